"""The sheets 评分底稿 and 核定评分: what is known in closed cells, open cells for the office, live results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.scoring_sheets.columns import (
    ADJUSTING,
    COLUMNS,
    FIRST,
    HEAD,
    JUDGING,
    RERUN,
    Column,
    letter_of,
)
from lawkpi.workbook.scoring_sheets.plan import Line
from lawkpi.workbook.scoring_sheets.records import Value
from lawkpi.workbook.signature import OFFICE_SIGNERS, write_signatures

ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True}
NOTES = {
    ADJUSTING: (
        "只填浅黄色的格子。调整分加分写正数，减分写负数；不调整的留空。撤销已登记的调整，把该行浅黄色的格子全部清空。"
        "填写调整分的，理由、调整人、调整日期必填。待核、不适用的指标不能调整。"
    ),
    JUDGING: (
        "只填浅黄色的格子。核定分填写扣（得）分的数额，不写负号，须在“幅度”之内；理由、评分人、评分日期必填。"
        f"“得分变动”写明{RERUN}的，读回并重新运行后才有结果。"
    ),
}
_DAYS = (dt.date(2000, 1, 1), dt.date(2199, 12, 31))


class EntrySheet:
    """One of the two sheets being written."""

    def __init__(self, book: Book, name: str, title: str, lines: Sequence[Line]) -> None:
        self.name, self.lines = name, lines
        self.places = book.imprint.places
        self.columns = COLUMNS[name]
        self.sheet: Sheet = book.sheet(name, landscape=True)
        self._head(title)

    def _head(self, title: str) -> None:
        last = len(self.columns) - 1
        self.sheet.widths([one.width for one in self.columns])
        self.sheet.merged((0, 0, 0, last), title, "title")
        self.sheet.worksheet.set_row(0, 32)
        self.sheet.merged((1, 0, 1, last), NOTES[self.name], "note")
        self.sheet.worksheet.set_row(1, 30)
        self.sheet.row(HEAD, [one.heading for one in self.columns], "head")
        self.sheet.worksheet.set_row(HEAD, 32)

    def write(self) -> None:
        """Every row, the checks while typing, the page."""
        for number, line in enumerate(self.lines):
            self._line(FIRST + number, line)
        if not self.lines:
            last = len(self.columns) - 1
            self.sheet.merged((FIRST, 0, FIRST, last), "无", "cell", "center")
        self._checks()
        after = FIRST + max(len(self.lines), 1)
        write_signatures(self.sheet, after + 1, len(self.columns), signers=OFFICE_SIGNERS)
        self.sheet.finish(head=(HEAD, HEAD), fixed=2)
        self.sheet.worksheet.autofilter(HEAD, 0, after - 1, len(self.columns) - 1)
        self.sheet.worksheet.protect("", ALLOWED)

    def _line(self, row: int, line: Line) -> None:
        for place, column in enumerate(self.columns):
            if column.is_live:
                self._live(row, place, line)
            elif column.field:
                styles = ("to_fill",) if line.is_open else ("fixed",)
                value = line.given.get(column.field)
                self._cell(row, place, value, *column.styles, *styles)
            else:
                self._cell(row, place, line.shown.get(column.heading), *column.styles)
        texts = [
            (place, str(line.shown.get(one.heading) or line.given.get(one.field) or ""))
            for place, one in enumerate(self.columns)
        ]
        self.sheet.height(row, texts)

    def _cell(self, row: int, place: int, value: Value, *styles: str) -> None:
        """A value as what it is: a day, a number, or text that stays text."""
        if isinstance(value, dt.date):
            self.sheet.day(row, place, value, "cell", *styles)
        elif isinstance(value, int | Decimal):
            self.sheet.number(row, place, float(value), "cell", *styles)
        else:
            self.sheet.text(row, place, value or "", "cell", *styles)

    def _live(self, row: int, place: int, line: Line) -> None:
        write = self._adjusted if self.name == ADJUSTING else self._moved
        write(row, place, line)

    def _adjusted(self, row: int, place: int, line: Line) -> None:
        """Points with all adjustments of the item, on its first row."""
        own = line.shown["系统得分"]
        if not isinstance(own, Decimal) or not line.is_first:
            text = str(own) if line.is_first else "见首行"
            self.sheet.text(row, place, text, "cell", "center")
            return
        rows = [one for one in self.lines if one.key[:4] == line.key[:4]]
        cell = letter_of(ADJUSTING, "调整分")
        span = f"{cell}{row + 1}:{cell}{row + len(rows)}"
        formula = f"ROUND({letter_of(ADJUSTING, '系统得分')}{row + 1}+SUM({span}),{self.places})"
        stored = float(own + sum((_points(one) for one in rows), Decimal(0)))
        self.sheet.formula(row, place, formula, stored, "cell", "points")

    def _moved(self, row: int, place: int, line: Line) -> None:
        """What the total gains by another judgment, where that is one to one."""
        given = f"{letter_of(JUDGING, '核定分')}{row + 1}"
        before = f"{letter_of(JUDGING, '已登记核定分')}{row + 1}"
        if line.moves is not None:
            change = f"{given}-{before}" if line.moves.sign > 0 else f"{before}-{given}"
            formula = f'IF(ISNUMBER({given}),ROUND({change},2),"{RERUN}")'
        elif line.given:
            formula = f'IF(AND(ISNUMBER({given}),{given}={before}),0,"{RERUN}")'
        else:
            formula = f'IF(LEN({given})=0,0,"{RERUN}")'
        self.sheet.formula(row, place, formula, 0, "cell", "points")

    def _checks(self) -> None:
        """Numbers within their range, real days, and what is missing beside a figure."""
        for place, column in enumerate(self.columns):
            if column.field == "points":
                for number, line in enumerate(self.lines):
                    self._range(FIRST + number, place, line)
            elif "day" in column.styles and self.lines:
                block = (FIRST, place, FIRST + len(self.lines) - 1, place)
                self.sheet.validation(block, _day_rule(column))
        if self.lines:
            self._missing()

    def _range(self, row: int, place: int, line: Line) -> None:
        if line.is_open:
            self.sheet.validation((row, place, row, place), _range_rule(self.name, line))

    def _missing(self) -> None:
        """Needed cells that are blank beside a figure are shaded."""
        heading = {ADJUSTING: "调整分", JUDGING: "核定分"}[self.name]
        figure = f"${letter_of(self.name, heading)}{FIRST + 1}"
        for place, column in enumerate(self.columns):
            if column.field in ("reason", "person", "adjusted_on", "judged_on"):
                own = f"${letter_of(self.name, column.heading)}{FIRST + 1}"
                block = (FIRST, place, FIRST + len(self.lines) - 1, place)
                self.sheet.shade_where(block, f"AND(ISNUMBER({figure}),LEN({own})=0)", "missing")


def _points(line: Line) -> Decimal:
    points = line.given.get("points")
    return points if isinstance(points, Decimal) else Decimal(0)


def _range_rule(sheet: str, line: Line) -> dict[str, Any]:
    what = "本项全部调整合计" if sheet == ADJUSTING else "核定分"
    least, most = line.least, line.most
    low = "不限" if least is None else f"{least:f}"
    text = f"{what}应在{low}至{most:f}之间，最多两位小数。"
    common = {
        "validate": "decimal",
        "input_title": "调整分" if sheet == ADJUSTING else "核定分",
        "input_message": text,
        "error_title": "超出范围",
        "error_message": text,
    }
    if least is None:
        return common | {"criteria": "<=", "value": float(most or 0)}
    return common | {"criteria": "between", "minimum": float(least), "maximum": float(most or 0)}


def _day_rule(column: Column) -> dict[str, Any]:
    text = "填写日期，如 2023-01-20。"
    first, last = (dt.datetime.combine(day, dt.time()) for day in _DAYS)
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first,
        "maximum": last,
        "input_title": column.heading,
        "input_message": text,
        "error_title": "不是日期",
        "error_message": text,
    }


def span_of(sheet: str, heading: str, rows: Sequence[int]) -> str:
    """A column's cells over rows that stand together, seen from any sheet; empty without rows."""
    if not rows:
        return ""
    letters = letter_of(sheet, heading)
    first, last = FIRST + rows[0] + 1, FIRST + rows[-1] + 1
    return f"{sheet_ref(sheet)}${letters}${first}:${letters}${last}"
