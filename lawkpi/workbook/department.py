"""A department's workbook: cover, scorecard, list of losses, feedback, calculation, own ledgers, notes."""

from __future__ import annotations

from pathlib import Path

from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.calculation import calculated, write_calculation
from lawkpi.workbook.calculation.spread import NAME as SPREAD
from lawkpi.workbook.cover import write_cover
from lawkpi.workbook.desk import PAPERS, Desk
from lawkpi.workbook.feedback import write_feedback
from lawkpi.workbook.figures import item_figures
from lawkpi.workbook.ledger_sheets import write_ledger_sheets
from lawkpi.workbook.losses import write_losses
from lawkpi.workbook.notes import write_notes
from lawkpi.workbook.scorecard import write_scorecard


def write_department(assessment: Assessment, code: str, path: Path) -> Path:
    """Write one department's assessment workbook.

    It holds the department's own records and figures only. Equal results give equal bytes.

    Parameters
    ----------
    code : the department's code, name, short name or alias

    Raises
    ------
    ResultError RESULT_DEPARTMENT_UNKNOWN : no such department is assessed
    WorkbookError WORKBOOK_TEXT_TOO_LONG, WORKBOOK_FILE_UNWRITABLE
    """
    desk = Desk(assessment, assessment.department(code))
    with Book(path, Imprint.of(assessment, f"（{desk.department.name}）")) as book:
        _write(book, desk)
    return path


def _write(book: Book, desk: Desk) -> None:
    """Sheets in reading order, written in the order in which they refer to one another."""
    figures = item_figures(desk)
    desk.settle()
    planned = calculated(desk, figures)
    for name in PAPERS[:-1]:
        if name != SPREAD or planned.spread is not None:
            book.sheet(name, landscape=name != PAPERS[0])
    write_calculation(book, planned)
    card = write_scorecard(book, desk, figures, planned)
    write_cover(book, desk, card)
    write_losses(book, desk)
    write_feedback(book, desk)
    write_ledger_sheets(book, desk)
    write_notes(book, desk, figures, planned.whys)
    book.sheet(PAPERS[0]).worksheet.activate()
