from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import Severity
from lawkpi.ledger import CellReader
from lawkpi.ledger.schema import Column
from lawkpi.params import read_yaml
from tests.ledger.given import REGISTER

CELLS = [
    pytest.param(case, id=case["name"]) for case in read_yaml(Path(__file__).parent / "cells.yaml")
]


def reader(**column: Any) -> CellReader:
    return CellReader(Column.model_validate({"title": "列", **column}), REGISTER)


def shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_is_read_as_written_or_not_at_all(case: dict[str, Any]) -> None:
    expect = dict(case["expect"])
    cell = reader(**case["column"])(case["raw"])
    assert shown(cell.value) == expect.get("value")
    assert cell.code == expect.get("code", "")
    assert cell.severity.value == expect.get("severity", "pending")
    assert expect.get("expected", "") in cell.expected
    assert cell.is_unreadable == ("value" not in expect and "code" in expect)


def test_a_date_cell_with_a_time_of_day_is_its_day() -> None:
    assert reader(type="date")(dt.datetime(2022, 3, 5, 17, 30)).value == dt.date(2022, 3, 5)


def test_a_date_in_a_number_column_is_refused_and_not_turned_into_a_day_number() -> None:
    cell = reader(type="integer")(dt.datetime(2022, 3, 5))
    assert (cell.value, cell.code) == (None, "LEDGER_NUMBER_UNREADABLE")


def test_a_date_in_a_text_column_is_written_out() -> None:
    assert reader(type="text")(dt.datetime(2022, 3, 5)).value == "2022-03-05"


def test_one_and_true_are_not_the_same_cell() -> None:
    """Equal keys in Python; each distinct content is looked at once, so types must differ."""
    numbers = reader(type="integer")
    assert numbers(1).value == 1
    assert numbers(True).code == "LEDGER_NUMBER_UNREADABLE"


def test_what_cannot_be_read_holds_up_its_own_cell_only_except_for_departments() -> None:
    assert reader(type="date")("?").severity is Severity.PENDING
    assert reader(type="department")("?").severity is Severity.ERROR
