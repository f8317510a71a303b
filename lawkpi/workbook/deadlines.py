"""The sheet 期限预警: what is overdue, what falls due, per department, with the last day."""

from __future__ import annotations

from collections import Counter

from lawkpi.result.deadlines import Deadline, Warned, Watch
from lawkpi.workbook.book import Book, Sheet

NAME = "期限预警"
HEADINGS = ("序号", "单位", "情形", "事项", "记录", "届满日", "剩余或超出", "推算", "位置或依据")
WIDTHS = (6, 20, 14, 22, 24, 12, 26, 44, 30)
LAST = 5
"""The column of the last day."""


def deadlines_sheet(book: Book, watch: Watch, title: str) -> Sheet:
    """The counts per department, then every duty."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADINGS) - 1), title, "title")
    sheet.worksheet.set_row(0, 32)
    sheet.merged((1, 0, 1, len(HEADINGS) - 1), watch.summary, "subtitle")
    head = _counts(sheet, watch, 3) + 1
    sheet.row(head, HEADINGS, "head")
    number = 0
    for name, own in watch.by_department():
        for one in own:
            number += 1
            _line(sheet, head + number, number, name, one)
    if not number:
        sheet.merged((head + 1, 0, head + 1, len(HEADINGS) - 1), "没有需要预警的期限", "cell")
    sheet.finish(head=(head, head))
    return sheet


def _counts(sheet: Sheet, watch: Watch, row: int) -> int:
    """A table of counts; the first free row below it."""
    heads = ("序号", "单位", *(warned.label for warned in Warned))
    sheet.row(row, heads, "head")
    for number, (name, own) in enumerate(watch.by_department(), start=1):
        row += 1
        counted = Counter(one.warned for one in own)
        sheet.number(row, 0, number, "cell", "whole")
        sheet.text(row, 1, name, "cell")
        sheet.height(row, [(1, name)])
        for place, warned in enumerate(Warned, start=2):
            sheet.number(row, place, counted[warned], "cell", "whole")
    return row + 1


def _line(sheet: Sheet, row: int, number: int, name: str, one: Deadline) -> None:
    before = (name, one.warned.label, one.matter, one.record)
    after = (one.margin, one.reckoning, one.place)
    sheet.number(row, 0, number, "cell", "whole")
    sheet.row(row, before, "cell", start=1)
    if one.last is None:
        sheet.text(row, LAST, "待定", "cell", "center")
    else:
        sheet.day(row, LAST, one.last, "cell", "day")
    sheet.row(row, after, "cell", start=LAST + 1)
    sheet.height(row, [*enumerate(before, start=1), *enumerate(after, start=LAST + 1)])
