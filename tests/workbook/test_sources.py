"""Where counts stand on the ledger sheets, each formula with its number; and what is a value, with its reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook.sources import Piece, Sources
from tests.support.small_rubric import ONE_POINT, events, item, rubric, rule, run, section
from tests.workbook.given import World
from tests.workbook.planned import Planned, planned, small

GATE = {"gate": {"at_least": "90%", "else": "2"}}
SIGNED = {"item": "1.1", "source": "档案", "person": "张三", "entered_on": "2025-01-01"}
QUOTA = {**SIGNED, "department": "01", "reference": "quota"}
RATE = {"rate": {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}}
WHO = {"state": {"ledger": "events", "column": "kind"}}
STATES = {"states": {"amounts": {"甲": "1", "乙": "3"}}}
DONE = {"completion": {"ledger": "events", "empty": "full"}}
FIGURES = {"ledger": "monthly_figures", "column": "value", "unit": "万元"}


def assessed(one: dict[str, Any], ledgers: dict[str, list[dict[str, Any]]]) -> Assessment:
    return run(rubric(section("1", item("1.1", "10", one))), ledgers, {"01": "all", "02": "all"})


def found(one: dict[str, Any], ledgers: dict[str, list[dict[str, Any]]]) -> Sources:
    """The counts over the whole time."""
    return planned(assessed(one, ledgers)).rule("1.1").sources[0]


def figures(*values: float) -> dict[str, list[dict[str, Any]]]:
    rows = [
        {"kind": "甲", "month_on": f"2024-{month:02}-01", "value": value}
        for month, value in enumerate(values, start=1)
    ]
    return {"monthly_figures": rows}


# What is live.


def test_a_count_is_the_sum_of_its_marks() -> None:
    counted = found(rule(), {"events": [*events("甲", 3), *events("乙", 2)]})
    assert counted.done.value == 3
    assert str(counted.done.formula).startswith("SUM('事项登记簿'!")
    assert counted.why == ""


def test_a_rate_has_both_sides_and_rests_on_what_was_due() -> None:
    rows = [*events("甲", 3, mended="yes"), *events("乙", 2, mended="no")]
    counted = found(rule(RATE, GATE), {"events": rows})
    assert counted.due is not None
    assert (counted.done.value, counted.due.value) == (3, 5)
    assert counted.rows == counted.due


def test_a_mean_is_set_against_full_marks_for_every_row() -> None:
    measure = {"mean": {**FIGURES, "out_of": "100", "empty": "full"}}
    counted = found(rule(measure, GATE), figures(80.5, 70.0))
    assert counted.due is not None
    assert (counted.done.value, counted.due.value) == (1_505_000, 2_000_000)
    assert str(counted.due.formula).endswith("*1000000")


def test_a_trimmed_mean_stands_as_the_engine_has_it() -> None:
    measure = {"mean": {**FIGURES, "out_of": "100", "trim": 1, "min_base": 3}}
    measure["mean"] |= {"below_base": "full", "empty": "full"}
    counted = found(rule(measure, GATE), figures(80.0, 70.0, 60.0))
    assert counted.done == Piece(None, 700_000)
    assert counted.due == Piece(None, 1_000_000)
    assert counted.why == "去掉最高、最低的数值由系统确定"


def test_decimals_of_a_quota_raise_the_count_of_records_to_its_unit() -> None:
    counted = found(
        rule(DONE, ONE_POINT), {"events": events("甲", 3), "baselines": [{**QUOTA, "value": 4.5}]}
    )
    assert counted.due is not None
    assert (counted.done.value * 9, counted.due.value * 6) == (counted.due.value * 6,) * 2


@pytest.mark.parametrize(
    ("kinds", "place"), [(["甲"], 0), (["乙"], 1), (["甲", "乙"], 1)], ids=["甲", "乙", "both"]
)
def test_the_worst_state_on_record_counts(kinds: list[str], place: int) -> None:
    rows = [row for kind in kinds for row in events(kind, 1)]
    counted = found(rule(WHO, STATES), {"events": rows})
    assert counted.more["state"].value == place
    assert counted.open.value == 0


def test_a_state_that_nobody_recorded_is_open_unless_it_is_declared() -> None:
    none = {"events": events("甲", 1)}
    where = {"mended": {"is": "yes"}}
    asked = {"state": {**WHO["state"], "where": where}}
    assert found(rule(asked, STATES), none).open.value == 1
    declared = {"state": {**WHO["state"], "where": where, "missing": "乙"}}
    counted = found(rule(declared, STATES), none)
    assert (counted.open.value, counted.more["state"].value) == (0, 1)


def test_a_quota_that_is_not_on_record_leaves_the_rule_open() -> None:
    assert found(rule(DONE, ONE_POINT), {"events": events("甲", 3)}).open.value == 1


def test_a_quota_of_nothing_is_a_quota() -> None:
    ledgers = {"events": events("甲", 3), "baselines": [{**QUOTA, "value": 0.0}]}
    assert found(rule(DONE, ONE_POINT), ledgers).open.value == 0


def test_every_record_that_cannot_be_read_is_counted_as_open() -> None:
    by = {"each": {"by": {"column": "points", "factor": "1"}}}
    counted = found(rule(shape=by), {"events": events("甲", 3)})
    assert counted.open.value == 3
    assert str(counted.open.formula).count("COUNTIF(") == 2


# Parts of the year.

PARTS = {
    "count": rule(periods={"each": "quarter", "combine": "sum"}),
    "rate": rule(RATE, GATE, periods={"each": "month", "combine": "mean"}),
    "half years": rule(periods={"each": "half_year", "combine": "worst"}),
}


@pytest.mark.parametrize("name", list(PARTS))
def test_parts_of_the_year_sum_to_the_whole(name: str) -> None:
    rows = [*events("甲", 9, mended="yes"), *events("乙", 5)]
    whole, *parts = planned(assessed(PARTS[name], {"events": rows})).rule("1.1").sources
    assert len(parts) == {"count": 4, "rate": 12, "half years": 2}[name]
    assert sum(one.done.value for one in parts) == whole.done.value > 0
    assert all(str(one.done.formula).startswith("SUMIFS(") for one in parts)
    assert sum(one.due.value if one.due else 0 for one in parts) == (
        whole.due.value if whole.due else 0
    )


def test_amounts_of_parts_sum_to_the_whole() -> None:
    one = rule({"sum": FIGURES}, ONE_POINT, periods={"each": "quarter", "combine": "sum"})
    whole, *parts = planned(assessed(one, figures(1.5, 0.25, 3.0, 4.0))).rule("1.1").sources
    assert [part.done.value for part in parts] == [47_500, 40_000, 0, 0]
    assert whole.done.value == 87_500


def test_an_open_record_leaves_the_whole_open_and_no_part_of_its_own() -> None:
    by = {"each": {"by": {"column": "points", "factor": "1"}}}
    one = rule(shape=by, periods={"each": "quarter", "combine": "sum"})
    whole, *parts = planned(assessed(one, {"events": events("甲", 2)})).rule("1.1").sources
    assert whole.open.value == 2
    assert {part.open.value for part in parts} == {0}


# What is a value.


def test_what_an_office_entered_is_a_value_and_says_so() -> None:
    entered = {**SIGNED, "department": "01", "due": 5, "done": 3}
    one = rule({"entered": {"gives": "rate", "empty": "full"}}, GATE)
    counted = found(one, {"entered": [entered]})
    assert (counted.done, counted.due) == (Piece(None, 3), Piece(None, 5))
    assert counted.why == "核定录入"


def test_what_was_not_entered_yet_is_open() -> None:
    counted = found(rule({"entered": {"gives": "rate", "empty": "full"}}, GATE), {})
    assert counted.open == Piece(None, 1)


def test_a_department_without_own_records_has_counts_of_nothing_that_need_no_reason() -> None:
    counted = found(rule(), {"events": events("甲", 2, "02")})
    assert (counted.done, counted.open) == (Piece(None, 0), Piece(None, 0))
    assert counted.why == ""


def test_a_department_without_own_records_is_open_where_the_engine_says_so() -> None:
    counted = found(rule(WHO, STATES), {"events": events("甲", 2, "02")})
    assert counted.open == Piece(None, 1)


def test_a_department_without_own_records_has_as_many_parts_as_any_other() -> None:
    one = rule(periods={"each": "quarter", "combine": "sum"})
    made = planned(assessed(one, {"events": events("甲", 2, "02")}))
    assert [part.done for part in made.rule("1.1").sources] == [Piece(None, 0)] * 5


def test_a_place_among_others_is_a_value_because_of_the_others() -> None:
    shape = {"by_rank": {"better": "lower", "ties": "dense", "each_place": "1"}}
    rows = {"events": [*events("甲", 2), *events("甲", 1, "02")]}
    counted = found(rule(shape=shape), rows)
    assert counted.why == "取决于同组其他单位"
    assert counted.more["rank"] == Piece(None, 2)


def plan(given: World) -> Planned:
    return planned(given.assessment(), "ZX777")


def test_a_record_that_cannot_be_relied_on_is_open_in_the_count_of_its_rule() -> None:
    measure = {"count": {"ledger": "cases", "where": {"held": {"is": "yes"}}}}
    row = {"department": "ZX777", "served_on": dt.date(2022, 5, 5), "held": "yes"}
    given = small(
        rubric(section("1", item("1.1", "10", rule(measure)))),
        {"cases": [{**row, "number": "一"}, {**row, "number": "二"}]},
        {"cases": {"held": [1]}},
    )
    counted = plan(given).rule("1.1").sources[0]
    assert (counted.done.value, counted.open.value) == (1, 1)
