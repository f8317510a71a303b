"""The sheet 考核细则: the rubric as a table."""

from __future__ import annotations

from lawkpi.result import Assessment
from lawkpi.rubric.model import Item, Section
from lawkpi.workbook.book import Book, Sheet

NAME = "考核细则"
HEADINGS = ("一级指标", "二级指标", "评分标准", "分值", "评分单位", "依据", "口径")
WIDTHS = (16, 18, 50, 8, 14, 24, 30)
HEAD = 3


def write_rubric(book: Book, assessment: Assessment) -> None:
    """One line per item, in printing order."""
    rubric = assessment.rubric
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADINGS) - 1), rubric.title, "title")
    sheet.worksheet.set_row(0, 32)
    day = f"{rubric.issued_on:%Y-%m-%d}印发" if rubric.issued_on else "未载印发日期"
    issued = f"{rubric.document_number}    {day}"
    sheet.merged((1, 0, 1, len(HEADINGS) - 1), issued, "subtitle")
    sheet.row(HEAD, HEADINGS, "head")
    for row, (section, item) in enumerate(rubric.lines, start=HEAD + 1):
        _line(sheet, row, section, item)
    sheet.finish(head=(HEAD, HEAD))


def _line(sheet: Sheet, row: int, section: Section, item: Item) -> None:
    counting = item.counting_text
    texts = (
        f"{section.id} {section.title}",
        f"{item.id} {item.title}",
        item.clause,
        "",
        item.scored_by,
        item.basis_text,
        counting,
    )
    sheet.row(row, texts, "cell")
    if item.full_points is not None:
        sheet.number(row, 3, float(item.full_points), "cell", "points")
    sheet.height(row, list(enumerate(texts)))
