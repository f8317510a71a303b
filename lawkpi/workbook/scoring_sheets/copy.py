"""The hidden sheet 底本: who wrote the workbook from what, and what every cell held then.

Reading back compares against it: what an office left alone is no change, and a closed cell that was
changed is found with its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from lawkpi.result import Assessment
from lawkpi.workbook.book import Book
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.scoring_sheets.columns import COLUMNS, COPY, FIRST
from lawkpi.workbook.scoring_sheets.plan import Bound, Line
from lawkpi.workbook.scoring_sheets.records import plain

MARK = "lawkpi 评分底稿"
LEADING = 5
"""Cells before a row's own: sheet, Excel row, key, least, most."""


@dataclass(frozen=True)
class Identity:
    """Whose sheet it is and what it was written from."""

    assessment: str
    stage: str
    office: str
    fingerprint: str

    @classmethod
    def of(cls, assessment: Assessment, office: str) -> Identity:
        """The identity of an office's sheet of an assessment."""
        settings = assessment.settings
        return cls(settings.id, settings.stage, office, fingerprint(assessment.inputs))


def write_copy(book: Book, identity: Identity, sheets: Mapping[str, Sequence[Line]]) -> None:
    """The sheet, very hidden and protected."""
    sheet = book.sheet(COPY)
    sheet.text(0, 0, MARK)
    row = 1
    for name, value in asdict(identity).items():
        sheet.row(row, (name, value))
        row += 1
    for name, lines in sheets.items():
        for number, line in enumerate(lines):
            sheet.row(row, (name, str(FIRST + number + 1), *_texts(name, line)))
            row += 1
    sheet.worksheet.very_hidden()
    sheet.worksheet.protect("", {})


def _texts(sheet: str, line: Line) -> list[str]:
    cells = [
        line.given.get(one.field) if one.field else line.shown.get(one.heading)
        for one in COLUMNS[sheet]
    ]
    head = [line.key.text if line.is_open else "", _bound(line.least), _bound(line.most)]
    return [*head, *(plain(cell) for cell in cells)]


def _bound(bound: Bound) -> str:
    return "" if bound is None else f"{bound:f}"


def read_identity(rows: Sequence[Sequence[Any]]) -> Identity | None:
    """The identity that a copy begins with; None for a sheet that is none."""
    names = [one.name for one in fields(Identity)]
    if len(rows) <= len(names) or str(rows[0][0] or "") != MARK:
        return None
    found = {str(row[0]): str(row[1] or "") for row in rows[1 : 1 + len(names)]}
    return Identity(**found) if list(found) == names else None
