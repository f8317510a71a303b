"""Cells that are planned before they are written: trees with their numbers, values that are seen to be values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from lawkpi.rubric.expression import Const, Count
from lawkpi.workbook.book import Book, Imprint
from lawkpi.workbook.calculation.grid import Cell, Column, Entry, Grid
from lawkpi.workbook.sources import Piece
from lawkpi.workbook.whole import MOST_WHOLE, NotExact
from tests.workbook.reading import formulas, stored

COLUMNS = (Column("title", "指标", 20), Column("done", "已计", 8), Column("points", "得分", 8))


@pytest.fixture
def grid() -> Grid:
    return Grid("计算表", COLUMNS)


def entry(grid: Grid, row: int, key: str) -> Entry:
    return grid.entries[row, grid.places[key]]


def test_a_tree_is_a_formula_over_cells_with_the_number_that_it_comes_to(grid: Grid) -> None:
    done = grid.number(4, "done", 3)
    points = grid.tree(4, "points", Count("done") * 5, {"done": done})
    assert points == Cell("计算表", 4, 2, 15)
    assert entry(grid, 4, "points") == Entry(15, "B5*5", ("cell", "whole"))


def test_a_cell_of_another_sheet_is_named_with_its_sheet(grid: Grid) -> None:
    other = Cell("分值's表", 6, 1, 9)
    grid.tree(4, "points", Count("full") + 1, {"full": other})
    assert entry(grid, 4, "points").formula == "('分值''s表'!$B$7+1)"


def test_a_constant_is_a_number_that_nothing_could_change(grid: Grid) -> None:
    """It is no value in the sense of the legend: it is the rubric's, so it is not shaded."""
    grid.tree(4, "points", Const(7), {})
    assert entry(grid, 4, "points") == Entry(7, None, ("cell", "whole"))


def test_a_number_that_no_formula_gives_is_shaded(grid: Grid) -> None:
    grid.number(4, "done", 3)
    grid.piece(5, "done", Piece(None, 3))
    grid.value(6, "points", "待核", "points")
    for row, key in ((4, "done"), (5, "done"), (6, "points")):
        assert "fixed" in entry(grid, row, key).styles


def test_a_live_piece_is_not_shaded(grid: Grid) -> None:
    cell = grid.piece(4, "done", Piece("SUM('台账'!A5:A9)", 3))
    assert cell.value == 3
    assert "fixed" not in entry(grid, 4, "done").styles


def test_a_tree_that_is_not_exact_plans_nothing(grid: Grid) -> None:
    done = Cell("计算表", 4, 1, MOST_WHOLE - 1)
    with pytest.raises(NotExact):
        grid.tree(4, "points", Count("done") * 2, {"done": done})
    assert grid.entries == {}


def test_a_cell_that_a_tree_asks_for_and_nobody_planned_is_an_error(grid: Grid) -> None:
    with pytest.raises(KeyError):
        grid.tree(4, "points", Count("done"), {})


def test_a_column_that_is_not_there_is_an_error(grid: Grid) -> None:
    with pytest.raises(KeyError):
        grid.number(4, "worth", 1)


def test_planned_cells_can_be_taken_back(grid: Grid) -> None:
    grid.number(4, "done", 3)
    grid.number(5, "done", 4)
    grid.cleared([4], ["done", "points", "worth"])
    assert list(grid.entries) == [(5, 1)]


def test_a_later_plan_of_a_cell_replaces_the_earlier_one(grid: Grid) -> None:
    grid.tree(4, "points", Count("done"), {"done": grid.number(4, "done", 3)})
    grid.number(4, "points", 8)
    assert entry(grid, 4, "points").formula is None


def test_rows_of_a_column_are_counted_from_one_as_readers_do(grid: Grid) -> None:
    assert grid.span("done", 4, 9) == "B5:B10"
    assert grid.at(4, "points") == "C5"


def test_texts_formulas_and_numbers_are_written_as_what_they_are(
    grid: Grid, tmp_path: Path
) -> None:
    grid.text(4, "title", "=1+1")
    done = grid.number(4, "done", 3)
    grid.tree(4, "points", Count("done") * 2, {"done": done})
    with Book(tmp_path / "w.xlsx", Imprint("题目", "初评", dt.date(2023, 1, 31), False)) as book:
        grid.write(book.sheet("计算表"))
    assert formulas(tmp_path / "w.xlsx") == {("计算表", "C5"): "=B5*2"}
    assert stored(tmp_path / "w.xlsx")["计算表", "A5"] == "=1+1"
