"""The sheet 期限预警: what is overdue, what falls due, per department, with the last day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lawkpi.result.deadlines import EVERYONE, Deadline, Warned
from lawkpi.workbook.book import Book, Sheet

NAME = "期限预警"
HEADINGS = ("序号", "单位", "情形", "事项", "记录", "届满日", "剩余或超出", "推算", "位置或依据")
WIDTHS = (6, 18, 12, 22, 24, 12, 18, 46, 32)
EVERYONE_TITLE = "各单位（年度固定日期）"
LAST = 5
"""The column of the last day."""


@dataclass(frozen=True)
class Watch:
    """What was asked and found: the day, how far ahead, the duties, the departments' names."""

    as_of: dt.date
    days: int
    deadlines: Sequence[Deadline]
    names: Mapping[str, str]

    @property
    def counts(self) -> dict[Warned, int]:
        """How many duties of each kind."""
        counted = Counter(one.warned for one in self.deadlines)
        return {warned: counted[warned] for warned in Warned}

    @property
    def summary(self) -> str:
        """The day, the reach and the counts in one line."""
        counts = "，".join(f"{warned.label}{count}项" for warned, count in self.counts.items())
        day = f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"
        return f"截至{day}，{self.days}日内：{counts}"

    def by_department(self) -> Iterator[tuple[str, list[Deadline]]]:
        """Departments by name, each with its duties; those of everyone last."""
        codes = dict.fromkeys(one.department for one in self.deadlines)
        for code in sorted(codes, key=lambda code: (code == EVERYONE, code)):
            yield self.name(code), [one for one in self.deadlines if one.department == code]

    def name(self, code: str) -> str:
        """A department's name."""
        return EVERYONE_TITLE if code == EVERYONE else self.names.get(code, code)


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
    heads = ("", "单位", *(warned.label for warned in Warned))
    sheet.row(row, heads, "head")
    for name, own in watch.by_department():
        row += 1
        counted = Counter(one.warned for one in own)
        sheet.text(row, 0, "", "cell")
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
