"""Ledgers as workbooks: text, days and numbers only, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from example.given import Cell, Given, Rows

CREATED = dt.datetime(2023, 1, 31, 9, 0, 0)
WIDTHS = (9, 42)
YES_NO = {"yes": "是", "no": "否"}
BORDERED = {"border": 1, "font_name": "宋体", "font_size": 11}
HEADING = BORDERED | {
    "bold": True,
    "bg_color": "#D9D9D9",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
TITLE = {"bold": True, "font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}


@dataclass(frozen=True)
class Book:
    """One ledger as it will be written. `rows` hold what stands in the cells."""

    title: str
    headings: list[str]
    rows: list[list[Cell]]
    is_titled: bool

    @classmethod
    def of(cls, given: Given, name: str, rows: Rows) -> Book:
        """A ledger's rows in the words and the order of its schema, with its dirt."""
        schema = given.schemas[name]
        columns = list(schema["columns"])
        cells = [[_shown(given, schema, one, row.get(one)) for one in columns] for row in rows]
        for _, place, column, how in (line for line in given.plan["dirt"] if line[0] == name):
            at = columns.index(column)
            cells[place][at] = _dirty(given, cells[place][at], how)
        cells += _total(given, name, rows, columns)
        headings = [one["title"] for one in schema["columns"].values()]
        titled = name in given.plan["sheets"]["titled"]
        return cls(schema["title"], headings, cells, titled)

    def write(self, path: Path) -> None:
        """Write the workbook."""
        with xlsxwriter.Workbook(path) as workbook:
            workbook.set_properties({"title": self.title, "created": CREATED})
            sheet = workbook.add_worksheet(self.title)
            top = self._write_heads(workbook, sheet)
            formats = {
                "text": workbook.add_format(BORDERED),
                "day": workbook.add_format(BORDERED | {"num_format": "yyyy-mm-dd"}),
            }
            for number, row in enumerate(self.rows):
                for column, cell in enumerate(row):
                    _put(sheet, (top + number, column), cell, formats)

    def _write_heads(self, workbook: Any, sheet: Any) -> int:
        """Title line and headings; the number of the first row of data."""
        top = int(self.is_titled)
        if self.is_titled:
            style = workbook.add_format(TITLE)
            sheet.merge_range(0, 0, 0, len(self.headings) - 1, "", style)
            sheet.write_string(0, 0, f"示例高新区2022年度{self.title}", style)
            sheet.set_row(0, 28)
        heading = workbook.add_format(HEADING)
        for column, text in enumerate(self.headings):
            sheet.write_string(top, column, text, heading)
            sheet.set_column(column, column, self._width(column))
        sheet.freeze_panes(top + 1, 0)
        return top + 1

    def _width(self, column: int) -> int:
        shown = [self.headings[column], *(_plain(row[column]) for row in self.rows)]
        return min(max(WIDTHS[0], max(map(display_width, shown)) + 2), WIDTHS[1])


def display_width(text: str) -> int:
    """Columns a text takes on screen: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _put(sheet: Any, place: tuple[int, int], cell: Cell, formats: dict[str, Any]) -> None:
    match cell:
        case None:
            return
        case dt.date():
            moment = dt.datetime(cell.year, cell.month, cell.day)
            sheet.write_datetime(*place, moment, formats["day"])
        case str():
            sheet.write_string(*place, cell, formats["text"])
        case _:
            sheet.write_number(*place, cell, formats["text"])


def _shown(given: Given, schema: dict[str, Any], column: str, value: Cell) -> Cell:
    declared = schema["columns"][column]
    if value is None:
        return None
    match declared["type"]:
        case "department":
            return str(given.departments[str(value)]["name"])
        case "choice":
            return str(declared["choices"][value])
        case "yes_no":
            return YES_NO[str(value)]
    return value


def _dirty(given: Given, cell: Cell, how: str) -> str:
    """The same content as somebody might type it."""
    writers: dict[str, Callable[[Any], str]] = {
        "cn_date": lambda on: f"{on.year}年{on.month}月{on.day}日",
        "dot_date": lambda on: f"{on.year}.{on.month}.{on.day}",
        "fullwidth": _fullwidth,
        "trailing": lambda text: f"{text} ",
        "short": lambda name: _short(given, name),
    }
    return writers[how](cell)


def _fullwidth(number: float) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in str(number))


def _short(given: Given, name: str) -> str:
    found = next(one for one in given.departments.values() if one["name"] == name)
    return str(found["short"])


def _total(given: Given, name: str, rows: Rows, columns: list[str]) -> list[list[Cell]]:
    """A last row of sums, where the ledger has one."""
    summed = given.plan["sheets"]["total_row"].get(name)
    if summed is None:
        return []
    sums: list[Cell] = [
        sum(int(str(row[column])) for row in rows) if column in summed else None
        for column in columns
    ]
    return [["合计", *sums[1:]]]
