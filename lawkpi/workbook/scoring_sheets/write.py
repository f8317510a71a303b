"""An office's scoring sheets written as one workbook; equal results give equal bytes."""

from __future__ import annotations

from pathlib import Path

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.scoring_sheets.columns import ADJUSTING, COPY, GUIDE, JUDGING, SUMS
from lawkpi.workbook.scoring_sheets.copy import Identity, write_copy
from lawkpi.workbook.scoring_sheets.entries import EntrySheet
from lawkpi.workbook.scoring_sheets.guide import write_guide
from lawkpi.workbook.scoring_sheets.plan import planned, scoring_offices
from lawkpi.workbook.scoring_sheets.sums import write_sums


def write_scoring(assessment: Assessment, office: str, path: Path) -> Path:
    """Write one scoring office's workbook: points of every department, open cells, expected totals.

    It is the office's own paper: departments stand beside one another in it, names of persons masked.

    Raises
    ------
    WorkbookError SCORING_OFFICE_UNKNOWN : no item is scored by such an office
    WorkbookError WORKBOOK_TEXT_TOO_LONG, WORKBOOK_FILE_UNWRITABLE
    """
    known = scoring_offices(assessment)
    if office not in known:
        raise WorkbookError(
            "SCORING_OFFICE_UNKNOWN",
            f"没有评分单位“{office}”",
            expected="、".join(known),
            todo="使用细则中的评分单位名称",
        )
    rows = planned(assessment, office)
    identity = Identity.of(assessment, office)
    with Book(path, Imprint.of(assessment, f"评分底稿（{office}）")) as book:
        for name in (GUIDE, ADJUSTING, JUDGING, SUMS, COPY):
            book.sheet(name, landscape=name in (ADJUSTING, JUDGING))
        write_guide(book, assessment, identity)
        EntrySheet(book, ADJUSTING, f"{office}评分底稿", rows.adjusting).write()
        EntrySheet(book, JUDGING, f"{office}核定评分", rows.judging).write()
        write_sums(book, assessment, rows)
        write_copy(book, identity, {ADJUSTING: rows.adjusting, JUDGING: rows.judging})
        book.sheet(GUIDE).worksheet.activate()
    return path
