"""The columns of 计算表: only those that some item needs; and where other sheets find its figures."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.rubric.model import Rubric
from lawkpi.workbook.calculation.calculated import ALWAYS, COLUMNS, FIRST, columns_for
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned

Raw = dict[str, Any]
ASKED = {"capped", "rounded", "counted", "adjusted", "divisor", "part_scale", "count"}
BONUS = section("B", item("B.1", None, rule(effect={"bonus": {}})), kind="bonus")
CAPPED = item("1.1", "10", rule(), rule(), caps=[{"rules": ["a", "b"], "cap": "1"}])
QUARTERS = {"each": "quarter", "combine": "sum"}


def base(one: Raw | None = None, *more: Raw, **terms: Any) -> Rubric:
    return rubric(section("1", one or item("1.1", "10")), *more, **terms)


def plan(given: Rubric) -> Planned:
    return planned(run(given, {"events": events("甲", 2)}))


def keys(given: Rubric) -> list[str]:
    return [column.key for column in columns_for(given, plan(given).figures)]


def test_every_column_has_one_name_and_what_is_always_there_is_a_column() -> None:
    names = [column.key for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert set(names) > ALWAYS


def test_plain_items_need_no_column_of_special_cases() -> None:
    assert set(keys(base())) == ALWAYS


NEEDS: dict[str, tuple[Rubric, set[str]]] = {
    "shared caps": (base(CAPPED), {"capped"}),
    "points outside the base": (base(None, BONUS), {"rounded"}),
    "one rounding at the end": (
        base(rounding={"at": "total", "places": 2, "mode": "half_up"}),
        {"counted", "divisor"},
    ),
    "parts of the year": (base(item("1.1", "10", rule(periods=QUARTERS))), {"part_scale", "count"}),
}


@pytest.mark.parametrize("name", list(NEEDS))
def test_a_special_case_has_its_columns_and_no_others(name: str) -> None:
    given, wanted = NEEDS[name]
    assert set(keys(given)) & ASKED == wanted


@pytest.mark.parametrize("name", list(NEEDS))
def test_columns_stand_in_the_same_order_in_every_file(name: str) -> None:
    order = [column.key for column in COLUMNS]
    found = keys(NEEDS[name][0])
    assert found == sorted(found, key=order.index)


def test_the_cells_of_an_item_are_named_for_other_sheets() -> None:
    made = plan(base())
    line = made.calculated.lines["1.1"]
    grid = made.calculated.grid
    assert line.points.replace("$", "") == f"'计算表'!{grid.at(line.last, 'points')}"
    assert line.count("a", "done").value == 2


def test_a_count_that_a_rule_does_not_have_is_an_error() -> None:
    """A count of occurrences has no base: nobody may print one."""
    with pytest.raises(KeyError):
        plan(base()).calculated.lines["1.1"].count("a", "due")


def test_the_states_of_all_items_reach_from_the_first_line_to_the_last() -> None:
    made = plan(base(CAPPED, BONUS)).calculated
    rows = [row for line in made.lines.values() for row in line.rules.values()]
    assert min(rows) == FIRST
    assert max(rows) <= made.last
    assert made.states == f"'计算表'!{made.grid.span('item_state', FIRST, made.last)}"
