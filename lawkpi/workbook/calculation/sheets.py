"""The sheets 计算表 and 分值分配表, written from their plans."""

from __future__ import annotations

from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.calculation.calculated import FIRST, Calculated
from lawkpi.workbook.calculation.grid import Grid
from lawkpi.workbook.calculation.spread import HEAD
from lawkpi.workbook.calculation.states import LEGEND
from lawkpi.workbook.look import VALUE_WORD

NONE = "—"
NOTE = (
    "应计、已计等为各台账页计入列之和；分子÷分母为本条规则的精确分值，规则自身上限已计入；各规则依次累计，以满分、"
    "最低分为限；项目得分一次舍入，以最小分为单位的整数计算，避免小数误差。状态："
    f"{LEGEND}。标“{VALUE_WORD}”或灰底的为系统核定数值，不随台账改动。"
)
SPREAD_NOTE = (
    "不适用指标的分值按细则规定重新分配：先分得整数，剩余的最小分依余数由大到小各加一（余数相同的，排在前面的指标优先）。"
    "余数排序数＝余数×指标数＋次序，只用于排序。"
)
TEXTS = ("rule", "title", "text", "unit", "note", "item")


def write_calculation(book: Book, calculated: Calculated) -> None:
    """The calculation, and the table of redistributed points where there are items."""
    grid = calculated.grid
    sheet = book.sheet(grid.sheet, landscape=True)
    _head(sheet, grid, ("得分计算表", NOTE), FIRST - 1)
    _blanks(sheet, grid)
    grid.write(sheet)
    _heights(sheet, grid)
    sheet.finish(head=(FIRST - 1, FIRST - 1), fixed=2)
    if calculated.spread is not None:
        _write_spread(book, calculated.spread)


def _write_spread(book: Book, grid: Grid) -> None:
    sheet = book.sheet(grid.sheet, landscape=True)
    _head(sheet, grid, ("分值分配表", SPREAD_NOTE), HEAD)
    _blanks(sheet, grid)
    grid.write(sheet)
    sheet.finish(head=(HEAD, HEAD), fixed=1)


def _head(sheet: Sheet, grid: Grid, texts: tuple[str, str], row: int) -> None:
    title, note = texts
    last = len(grid.columns) - 1
    sheet.widths([column.width for column in grid.columns])
    sheet.merged((0, 0, 0, last), title, "title")
    sheet.merged((1, 0, 1, last), note, "note")
    sheet.worksheet.set_row(0, 30)
    sheet.worksheet.set_row(1, 40)
    sheet.row(row, [column.heading for column in grid.columns], "head")
    sheet.worksheet.set_row(row, 42)


def _blanks(sheet: Sheet, grid: Grid) -> None:
    """Cells of planned rows that hold nothing."""
    for row in sorted({row for row, _ in grid.entries}):
        for place, column in enumerate(grid.columns):
            if (row, place) not in grid.entries:
                text = "" if column.key in TEXTS else NONE
                sheet.text(row, place, text, "cell", "center")


def _heights(sheet: Sheet, grid: Grid) -> None:
    wrapped = [grid.places[key] for key in ("title", "text", "note")]
    for row in sorted({row for row, _ in grid.entries}):
        found = [(place, grid.entries.get((row, place))) for place in wrapped]
        texts = [(place, str(entry.stored)) for place, entry in found if entry is not None]
        if texts:
            sheet.height(row, texts)
