"""Entries that nobody has read back yet: a new run must not write over them."""

from __future__ import annotations

from pathlib import Path

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.workbook.scoring_sheets.plan import records_of
from lawkpi.workbook.scoring_sheets.read import ReturnedRow, read_scoring
from lawkpi.workbook.scoring_sheets.records import Fields, Key, is_same, plain, shown_record


def has_unread_entries(path: Path, assessment: Assessment) -> bool:
    """Whether a workbook holds entries that the ledgers of an assessment do not have.

    What cannot be read as a scoring sheet is somebody's file and counts as such.
    """
    try:
        returned = read_scoring(path)
    except WorkbookError:
        return True
    records = records_of(assessment)
    return bool(returned.findings) or any(
        not (row.is_untouched or _is_on_record(row, records)) for row in returned.rows
    )


def _is_on_record(row: ReturnedRow, records: dict[Key, Fields]) -> bool:
    given = {name: plain(value) for name, value in shown_record(row.given).items()}
    return is_same(records.get(row.key, {}), given)
