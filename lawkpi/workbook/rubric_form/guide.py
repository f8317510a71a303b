"""The sheet 填写说明: what each sheet is for, how cells are filled, and what each way of scoring needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import ROW_POINTS, lines_needed
from lawkpi.workbook.rubric_form.fields import Box, Leaf, Many, Part, Side
from lawkpi.workbook.rubric_form.plan import CONDITIONS, GUIDE, LISTS, Plan

WIDTHS = (20.0, 36.0, 26.0, 50.0)
LAST = len(WIDTHS) - 1
_NUMERALS = "一二三四五六七八九"


def write_guide(book: Book, plan: Plan, title: str) -> None:
    """The whole sheet."""
    sheet = book.sheet(GUIDE, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, LAST), f"{title}{GUIDE}", "title")
    sheet.worksheet.set_row(0, 34)
    guide = plan.terms.guide
    row, numerals = _text(sheet, 1, guide.opening), iter(_NUMERALS)
    for section in guide.sections:
        row = _table(sheet, row, f"{next(numerals)}、{section.title}", section.lines)
    breaks = []
    for box in plan.rules.boxes:
        breaks.append(row)
        row = _ways(sheet, row, f"{next(numerals)}、{box.title}", box, plan.rules.parts)
    sheet.finish()
    sheet.worksheet.set_h_pagebreaks(breaks)
    sheet.worksheet.repeat_rows(0)


def _heading(sheet: Sheet, row: int, text: str) -> int:
    sheet.text(row, 0, text, "heading")
    sheet.worksheet.set_row(row, 24)
    return row + 1


def _text(sheet: Sheet, row: int, text: str) -> int:
    sheet.merged((row, 0, row, LAST), text, "plain_line", "wrapped")
    sheet.worksheet.set_row(row, ROW_POINTS * lines_needed(text, sum(WIDTHS)) + 6)
    return row + 1


def _table(sheet: Sheet, row: int, title: str, lines: Mapping[str, str]) -> int:
    row = _heading(sheet, row, title)
    for name, text in lines.items():
        sheet.text(row, 0, name, "cell", "strong")
        sheet.merged((row, 1, row, LAST), text, "cell")
        count = lines_needed(text, sum(WIDTHS[1:]))
        sheet.worksheet.set_row(row, ROW_POINTS * count + 6)
        row += 1
    return row + 1


def _ways(sheet: Sheet, row: int, title: str, box: Box, parts: tuple[Part, ...]) -> int:
    """A table of the alternatives of one choice: what each needs, what it may have."""
    row = _heading(sheet, row, f"{title}可选的方式")
    sheet.row(row, (box.title, "说明", "必填", "可以填写"), "head")
    row += 1
    for name, word in box.alternatives.pairs.items():
        own = [one for one in parts if _choice(one) == (box.path, name)]
        texts = (box.said.get(name, ""), "、".join(_needed(own)), "、".join(_optional(own)))
        sheet.text(row, 0, word, "cell", "strong")
        sheet.row(row, texts, "cell", start=1)
        sheet.height(row, list(enumerate(texts, 1)))
        row += 1
    return row + 1


def _choice(part: Part) -> object:
    return None if isinstance(part, Box) else part.choice


def _needed(own: list[Part]) -> Iterator[str]:
    for part in own:
        if isinstance(part, Leaf) and part.required and part.firm:
            yield part.title
        elif isinstance(part, Many | Side) and part.required:
            yield f"{part.title}（{_where(part)}）"


def _optional(own: list[Part]) -> Iterator[str]:
    for part in own:
        if isinstance(part, Leaf) and not (part.required and part.firm):
            yield part.title
        elif isinstance(part, Many | Side) and not part.required:
            yield f"{part.title}（{_where(part)}）"


def _where(part: Many | Side) -> str:
    return f"见《{LISTS if isinstance(part, Many) else CONDITIONS}》"
