"""The same sheets as plain XlsxWriter calls: every cell a constant, same formats, widths and merges."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from lawkpi.workbook.book import Book

Call = tuple[str, tuple[Any, ...]]
"""A method of a worksheet and what it is given; formats are numbers."""


@dataclass(frozen=True)
class Recording:
    """What a finished workbook holds: the properties of its formats, and each sheet's calls."""

    formats: tuple[Mapping[str, Any], ...]
    sheets: Mapping[str, tuple[Call, ...]]

    @property
    def cells(self) -> int:
        """How many cells are written."""
        return sum(name.startswith("write") for calls in self.sheets.values() for name, _ in calls)

    def replay(self, path: Path) -> None:
        """Write it again, cell after cell; without searching for garbage, as a book does."""
        gc.disable()
        try:
            self._replay(path)
        finally:
            gc.enable()

    def _replay(self, path: Path) -> None:
        with xlsxwriter.Workbook(str(path), {"in_memory": True}) as workbook:
            formats = [workbook.add_format(dict(one)) for one in self.formats]
            for name, calls in self.sheets.items():
                worksheet = workbook.add_worksheet(name)
                for method, given in calls:
                    *values, number = given
                    written = None if number is None else formats[number]
                    getattr(worksheet, method)(*values, written)


def kept_books(monkeypatch: Any, *modules: str) -> list[Book]:
    """The list of books that these modules write from now on."""
    kept: list[Book] = []

    class Kept(Book):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            kept.append(self)

    for module in modules:
        monkeypatch.setattr(f"{module}.Book", Kept)
    return kept


def recording(book: Book) -> Recording:
    """A written book as plain calls."""
    numbers: dict[int, int] = {}
    properties: list[Mapping[str, Any]] = []
    for names, made in book._formats.items():
        if names[0] != "shading":
            numbers[id(made)] = len(properties)
            properties.append(book._properties(names))
    strings = book.workbook.str_table.string_array
    sheets = {
        sheet.name: tuple(_calls(sheet.worksheet, numbers, strings))
        for sheet in book._sheets.values()
    }
    return Recording(tuple(properties), sheets)


def _calls(worksheet: Any, numbers: Mapping[int, int], texts: Sequence[str]) -> list[Call]:
    calls: list[Call] = [
        ("set_column_pixels", (place, place, info.width, None))
        for place, info in worksheet.col_info.items()
    ]
    calls += [
        ("set_row_pixels", (row, info.height, None)) for row, info in worksheet.row_info.items()
    ]
    covered = set()
    for top, left, bottom, right in worksheet.merge:
        number = numbers[id(worksheet.table[top][left].format)]
        calls.append(("merge_range", (top, left, bottom, right, "", number)))
        across = range(left, right + 1)
        covered |= {(row, column) for row in range(top, bottom + 1) for column in across}
        covered.remove((top, left))
    for row, cells in worksheet.table.items():
        for column, cell in cells.items():
            if (row, column) not in covered:
                calls.append(_call((row, column), cell, numbers.get(id(cell.format)), texts))
    return calls


def _call(at: tuple[int, int], cell: Any, number: int | None, texts: Sequence[str]) -> Call:
    if cell._fields == ("format",):
        return "write_blank", (*at, None, number)
    value = cell.value if "formula" in cell._fields else cell[0]
    if "string" in cell._fields:
        value = texts[value]
    return ("write_string" if isinstance(value, str) else "write_number"), (*at, value, number)
