"""A department's rows as plain cells, and what is known of them."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from lawkpi.result.held import HeldRows, WholeLedger
from tests.workbook.given import ledger

ROWS: list[dict[str, Any]] = [
    {"number": "一", "department": "ZX777", "served_on": dt.date(2022, 3, 1), "sent_back": 2},
    {"number": "二", "department": "ZX888", "who": "head"},
    {"number": "三", "department": "ZX777", "served_on": dt.date(2022, 5, 6), "held": "yes"},
]


def held(*rows: int, unknown: dict[str, list[int]] | None = None) -> HeldRows:
    return HeldRows(WholeLedger(ledger("cases", ROWS, unknown)), np.array(rows, dtype=np.int64))


CELLS: list[tuple[str, list[Any]]] = [
    ("number", ["一", "三"]),
    ("served_on", [dt.date(2022, 3, 1), dt.date(2022, 5, 6)]),
    ("sent_back", [2, None]),
    ("held", [None, "yes"]),
    ("row", [2, 4]),
]


@pytest.mark.parametrize(("column", "cells"), CELLS)
def test_cells_are_plain_days_numbers_and_texts_and_none_where_blank(
    column: str, cells: list[Any]
) -> None:
    found = held(0, 2).cells(column)
    assert found == cells
    assert [type(one) for one in found] == [type(one) for one in cells]


def test_a_blank_number_is_no_unit() -> None:
    assert held(0, 2).units("sent_back") == ([2, 0], 1)


def test_a_blank_day_is_no_day() -> None:
    assert np.isnat(held(1).days("served_on")).tolist() == [True]


def test_a_row_keeps_its_place_among_those_held() -> None:
    assert [held(0, 2).place(row) for row in (0, 2)] == [0, 1]


def test_every_row_may_be_held() -> None:
    assert HeldRows.of_all(ledger("cases", ROWS)).cells("number") == ["一", "二", "三"]


def test_nothing_held_has_no_cells() -> None:
    nothing = held()
    assert (len(nothing), nothing.cells("number"), nothing.unreliable.tolist()) == (0, [], [])


def test_a_cell_that_cannot_be_relied_on_marks_its_row_and_no_other() -> None:
    own = held(0, 2, unknown={"held": [2], "who": [1]})
    assert own.unknown_in("held").tolist() == [False, True]
    assert own.unknown_in("who").tolist() == [False, False]
    assert own.unreliable.tolist() == [False, True]


def test_a_column_that_the_ledger_has_not_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such"):
        held(0).cells("no_such")
