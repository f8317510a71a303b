"""Reading workbooks back: stored values, formulas, parts; and recalculating them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import formualizer
import openpyxl

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
    before, after = stored(path), stored(recalculated(path))
    return {
        key: (before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if repr(before.get(key)) != repr(after.get(key))
    }


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
