"""Reading workbooks back: stored values, formulas, parts; and recalculating them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

Cells = dict[tuple[str, str], Any]


def stored(path: Path) -> Cells:
    """Every stored value by sheet and cell."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """Every formula by sheet and cell."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def recalculated(path: Path) -> Path:
    """A copy whose every formula was computed by another program."""
    copy = path.with_name(f"again-{path.name}")
    shutil.copy(path, copy)
    formualizer.recalculate_xlsx_file(str(copy))
    return copy


def differences(path: Path) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Cells whose recalculated value is not the stored one, bit for bit."""
    again = recalculated(path)
    before, after = values(path), values(again)
    found = {
        key: (before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if repr(before.get(key)) != repr(after.get(key))
    }
    # The quick reader shows an error as nothing at all.
    return found | {(name, "error"): ("", "error") for name in errors(again)}


def values(path: Path) -> Cells:
    """Every stored value by sheet and cell, read quickly; numbers are floats."""
    book = CalamineWorkbook.from_path(path)
    return {
        (name, f"{get_column_letter(column)}{row}"): value
        for name in book.sheet_names
        for row, cells in enumerate(rows_of(book, name), start=1)
        for column, value in enumerate(cells, start=1)
        if value != ""
    }


def rows_of(book: CalamineWorkbook, sheet: str) -> list[list[Any]]:
    """A sheet's rows from the first one on."""
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def errors(path: Path) -> list[str]:
    """The parts of a workbook with a cell that holds an error."""
    with zipfile.ZipFile(path) as package:
        sheets = [one for one in package.namelist() if one.startswith("xl/worksheets/sheet")]
        return [name for name in sheets if b't="e"' in package.read(name)]


def parts(path: Path) -> dict[str, str]:
    """Every part of the package as text."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def cell_of(path: Path, sheet: str, title: str, key: str) -> str:
    """The cell of a heading in the row that holds a key."""
    worksheet = openpyxl.load_workbook(path)[sheet]
    rows = list(worksheet.iter_rows(min_row=4))
    column = next(cell.column_letter for cell in rows[0] if cell.value == title)
    row = next(row[0].row for row in rows[1:] if any(cell.value == key for cell in row))
    return f"{column}{row}"


def edited(path: Path, sheet: str, cell: str, value: Any) -> Path:
    """A copy with one cell changed, recalculated."""
    copy = path.with_name(f"edited-{path.name}")
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(copy)
    formualizer.recalculate_xlsx_file(str(copy))
    return copy
