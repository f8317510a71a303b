"""The sheet 台账更正: every declared amendment of a submitted record, carried out or not."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lawkpi.ledger.amendments import KINDS, STATUSES
from lawkpi.result import Assessment
from lawkpi.workbook.amended import change_texts
from lawkpi.workbook.book import Book

NAME = "台账更正"
HOLDS = "对所报台账的更正：记录、栏目、原值、更正后的内容、理由和依据"
HEADS = (
    "编号", "状态", "方式", "台账", "记录", "单位", "栏目", "原值", "更正为",
    "理由", "依据文书", "批准人", "批准日期",
)  # fmt: skip
WIDTHS = (7, 8, 7, 16, 30, 16, 16, 14, 14, 24, 20, 9, 12)


def has_amendments(assessment: Assessment) -> bool:
    """Whether anything was declared; without it the sheet is left out."""
    return bool(len(assessment.amendments))


def write_amendments(book: Book, assessment: Assessment) -> None:
    """The list, one line for each cell and department concerned."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADS) - 1), f"{assessment.settings.title}台账更正", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.row(2, HEADS, "head")
    for row, texts in enumerate(_lines(assessment), start=3):
        sheet.row(row, texts, "cell")
        sheet.height(row, list(enumerate(texts)))
    sheet.finish(head=(2, 2))


def _lines(assessment: Assessment) -> Iterator[list[str]]:
    names = {one.code: one.short for one in assessment.register.departments}
    for row in assessment.amendments.to_dict("records"):
        schema = assessment.schemas.get(row["ledger"])
        said = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
        yield [
            said["number"],
            STATUSES[said["status"]],
            KINDS[said["kind"]],
            schema.title if schema else said["ledger"],
            said["record"],
            names.get(said["department"], said["department"]),
            *change_texts(schema, row),
            said["reason"],
            said["document"],
            said["person"],
            said["approved_on"],
        ]
