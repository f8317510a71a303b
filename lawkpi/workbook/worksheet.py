"""A worksheet of XlsxWriter with a shorter way for the four kinds of cells that this room writes.

Text, numbers, formulas and blanks are nearly all of a file. The library asks of each what it might be, escapes
attributes that are numbers, and looks every formula through for functions that the allow-list has none of;
that takes half the time of a workbook. The bytes are those of the library, and a test holds them side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

Stored = int | float | str | bool


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet that takes formulas as they stand and writes its cells in one go each."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - the library calls it by name
        return formula.removeprefix("=")

    def _write_formula(
        self, row: int, column: int, formula: str, written: Any = None, stored: Stored = 0
    ) -> int:
        if self._check_dimensions(row, column):
            return -1
        self.table[row][column] = CellFormulaTuple(self._prepare_formula(formula), written, stored)
        return 0

    def _write_rows(self) -> None:
        self._calculate_spans()
        for row in sorted({*self.row_info, *self.table}):
            cells, info = self.table.get(row), self.row_info.get(row)
            span = self.row_spans.get(row // 16)
            if cells:
                self._write_row(row, span, info)
                for column in sorted(cells):
                    self._write_cell(row, column, cells[column])
                self._xml_end_tag("row")
            elif info is not None:
                self._write_empty_row(row, span, info)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        inside = _INSIDE.get(type(cell))
        rest = inside(self, cell) if inside is not None and cell.format is not None else ""
        if not rest:
            super()._write_cell(row, col, cell)
            return
        style = cell.format._get_xf_index()
        self.fh.write(f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{style}"{rest}')

    def _calculate_spans(self) -> None:
        """The first and last column of every sixteen rows."""
        found: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                low, high = found.get(row // 16, (min(cells), 0))
                found[row // 16] = min(low, *cells), max(high, *cells)
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in found.items()}


def _text(_: PlainWorksheet, cell: Any) -> str:
    return f' t="s"><v>{cell.string}</v></c>'


def _number(_: PlainWorksheet, cell: Any) -> str:
    return f"><v>{cell.number:.16G}</v></c>"


def _blank(_: PlainWorksheet, __: Any) -> str:
    return "/>"


def _formula(sheet: PlainWorksheet, cell: Any) -> str:
    formula, stored = sheet._escape_data(cell.formula), cell.value
    if not isinstance(stored, str):
        return "" if isinstance(stored, bool) else f"><f>{formula}</f><v>{stored}</v></c>"
    if stored.startswith("#"):
        return ""
    kind = ' t="str"' if stored else ""
    return f"{kind}><f>{formula}</f><v>{sheet._escape_data(stored)}</v></c>"


_INSIDE: dict[type, Callable[[PlainWorksheet, Any], str]] = {
    CellStringTuple: _text,
    CellNumberTuple: _number,
    CellBlankTuple: _blank,
    CellFormulaTuple: _formula,
}
"""What follows a cell's place and style; empty where the library has to look: truth values and errors."""
