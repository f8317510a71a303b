"""What stands beside the marks: figures, first records, states, parts of the year; and what stays 待核 or a value."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.workbook import write_department
from lawkpi.workbook.columns import state_order
from lawkpi.workbook.marks import OPEN
from tests.support.small_rubric import item, rubric, rule, section
from tests.workbook.given import World
from tests.workbook.planned import Planned, planned, small, stored
from tests.workbook.reading import differences

OWN = "ZX777"
QUARTERS = {"each": "quarter", "combine": "sum"}
STATES = {"states": {"amounts": {"head": "0", "staff": "2"}}}
MEAN = {"ledger": "hours", "column": "hours", "out_of": "12", "empty": "full"}
EACH = {"each": {"points": "1"}}


def hour(entry: str, hours: float | None = 1.0, **more: Any) -> dict[str, Any]:
    row = {"entry": entry, "person": "P1", "department": OWN, "held_on": "2022-05-05"}
    row |= {"present": "yes", "hours": hours, **more}
    return {**row, "held_on": dt.date.fromisoformat(row["held_on"])}


def case(number: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "department": OWN, "served_on": dt.date(2022, 5, 5), **more}


def world(measure: Any, rows: list[dict[str, Any]], shape: Any = None, **more: Any) -> World:
    ledger = next(iter(measure.values()))["ledger"]
    given = rubric(section("1", item("1.1", "10", rule(measure, shape or EACH, **more))))
    return small(given, {ledger: rows})


def plan(given: World) -> Planned:
    return planned(given.assessment(), OWN)


# First records.

PEOPLE = {"distinct": {"ledger": "hours", "column": "person", "where": {"present": {"is": "yes"}}}}


def test_the_first_counted_record_of_each_content_is_marked() -> None:
    rows = [
        hour("训1", person="甲", present="no"),
        hour("训2", person="甲"),
        hour("训3", person="乙"),
        hour("训4", person="甲"),
    ]
    assert stored(plan(world(PEOPLE, rows)).column("hours", "1.1a 首条")) == [0, 1, 1, 0]


def test_each_part_of_the_year_has_its_own_first_records() -> None:
    rows = [
        hour("训1", person="甲", held_on="2022-02-01"),
        hour("训2", person="甲", held_on="2022-03-01"),
        hour("训3", person="甲", held_on="2022-04-01"),
    ]
    made = plan(world(PEOPLE, rows, periods=QUARTERS))
    assert stored(made.column("hours", "1.1a 首条")) == [1, 0, 0]
    assert stored(made.column("hours", "1.1a 各期首条")) == [1, 0, 1]


def test_without_parts_there_is_one_column_of_first_records() -> None:
    made = plan(world(PEOPLE, [hour("训1")]))
    headings = [one.heading for one in made.desk.sheets["hours"].extras]
    assert not any(one.endswith("各期首条") for one in headings)


# Figures.


def test_a_figure_is_summed_in_its_smallest_unit() -> None:
    sums = {"sum": {"ledger": "hours", "column": "hours", "where": {"present": {"is": "yes"}}}}
    made = plan(world(sums, [hour("训1", 2.3), hour("训2", 4.0, present="no")]))
    assert stored(made.column("hours", "1.1a 学时×10")) == [23, 0]


@pytest.mark.parametrize("figure", [-0.1, None])
def test_a_figure_that_is_none_or_below_nothing_is_open(figure: float | None) -> None:
    sums = {"sum": {"ledger": "hours", "column": "hours"}}
    made = plan(world(sums, [hour("训1", figure), hour("训2", 0.0)]))
    assert stored(made.column("hours", "1.1a 计入")) == [OPEN, 1]
    assert stored(made.column("hours", "1.1a 学时×10")) == [0, 0]


def test_a_mark_beyond_full_marks_is_open_and_full_marks_are_not() -> None:
    shape = {"gate": {"at_least": "60%", "else": "2"}}
    made = plan(world({"mean": MEAN}, [hour("训1", 12.0), hour("训2", 12.1)], shape))
    assert stored(made.column("hours", "1.1a 计入")) == [1, OPEN]


def test_a_sum_knows_no_full_marks() -> None:
    sums = {"sum": {"ledger": "hours", "column": "hours"}}
    made = plan(world(sums, [hour("训1", 99.9)]))
    assert stored(made.column("hours", "1.1a 计入")) == [1]


def test_a_trimmed_mean_says_why_its_counts_are_values() -> None:
    trimmed = {"mean": {**MEAN, "trim": 1, "min_base": 3, "below_base": "full"}}
    shape = {"gate": {"at_least": "60%", "else": "2"}}
    made = plan(world(trimmed, [hour(f"训{n}", float(n)) for n in range(4)], shape))
    assert made.rule("1.1").why == "去掉最高、最低的数值由系统确定"


# States.

WHO = {"state": {"ledger": "cases", "column": "who"}}


def test_a_state_is_its_place_in_the_order_of_points() -> None:
    made = plan(world(WHO, [case("一", who="head"), case("二", who="staff")], STATES))
    assert stored(made.column("cases", "1.1a 情形")) == [1, 2]


@pytest.mark.parametrize("who", ["lawyer", None])
def test_a_state_without_points_is_open(who: str | None) -> None:
    made = plan(world(WHO, [case("一", who=who)], STATES))
    assert stored(made.column("cases", "1.1a 情形")) == [OPEN]


ORDERS = [
    ("deduct", "worst", ["head", "staff"]),
    ("deduct", "best", ["staff", "head"]),
    ("award", "worst", ["staff", "head"]),
    ("award", "best", ["head", "staff"]),
]


@pytest.mark.parametrize(("effect", "several", "order"), ORDERS)
def test_the_state_that_counts_comes_last(effect: str, several: str, order: list[str]) -> None:
    measure = {"state": {**WHO["state"], "several": several}}
    given = world(measure, [case("一", who="head")], STATES, effect={effect: {}})
    assert state_order(given.rubric.sections[0].items[0].rules[0]) == order


def test_a_rule_without_states_has_no_order() -> None:
    given = world({"count": {"ledger": "cases"}}, [])
    assert state_order(given.rubric.sections[0].items[0].rules[0]) == []


# Parts of the year.

DAYS = {
    "2021-12-31": 0,
    "2022-01-01": 1,
    "2022-03-31": 1,
    "2022-04-01": 2,
    "2022-06-30": 2,
    "2022-07-01": 3,
    "2022-12-31": 4,
    "2023-01-01": 0,
}


def by_day(periods: dict[str, str]) -> World:
    rows = [hour(f"训{place}", held_on=day) for place, day in enumerate(DAYS)]
    return world({"count": {"ledger": "hours"}}, rows, periods=periods)


def test_a_record_of_a_boundary_day_falls_into_the_part_it_ends_or_begins() -> None:
    made = plan(by_day(QUARTERS))
    assert stored(made.column("hours", "1.1a 所属期")) == list(DAYS.values())


def test_the_formula_of_the_part_finds_the_same(tmp_path: Path) -> None:
    path = write_department(by_day(QUARTERS).assessment(), OWN, tmp_path / "w.xlsx")
    assert differences(path) == {}


def test_records_of_any_date_have_no_part() -> None:
    measure = {"count": {"ledger": "hours", "period_by": "none"}}
    made = plan(world(measure, [hour("训1", held_on="2020-01-01")], periods=QUARTERS))
    headings = [one.heading for one in made.desk.sheets["hours"].extras]
    assert not any(one.endswith("所属期") for one in headings)


# Records that were let off.


def test_a_record_that_was_let_off_is_a_value_and_not_counted() -> None:
    given = world(
        {"count": {"ledger": "cases"}}, [case("一"), case("二")], exempt=["panel_decision"]
    )
    let_off = {"ledger": "cases", "record": "二", "department": OWN, "reason": "panel_decision"}
    given.rows["exemptions"].append({**let_off, "decision": "纪要1号"})
    made = plan(given)
    free = made.column("cases", "1.1a 免予计分")
    assert (stored(free), free.formula) == ([0, 1], None)
    assert stored(made.column("cases", "1.1a 计入")) == [1, 0]
