"""An item's line: rules over one denominator, shared caps, full points and floor, one rounding; bonus and malus."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.rubric.model import Rubric
from tests.support.rubric_cases import outcome
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned

TWO = {"01": "all", "02": "all"}
THIRD = {"linear": {"below": "100%", "step": "3%", "points": "0.1", "steps": "fraction"}}
MENDED = {"rate": {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}}
OTHER = {"count": {"ledger": "events", "where": {"kind": {"is": "乙"}}}}


def each(
    points: str, kind: str = "deduct", measure: Any = None, **amounting: Any
) -> dict[str, Any]:
    return rule(measure, {"each": {"points": points}}, {kind: amounting})


def assessed(given: Rubric, first: int = 3, second: int = 2) -> Assessment:
    rows = [*events("甲", first, mended="yes"), *events("乙", second, mended="no")]
    return run(given, {"events": [*rows, *events("甲", 1, "02", mended="no")]}, TWO)


def one_item(*rules: dict[str, Any], full: str = "10", **more: Any) -> tuple[Assessment, Planned]:
    rounding = more.pop("rounding", {"at": "item", "places": 2, "mode": "half_up"})
    floors = {"item": more.pop("every_floor", "0"), "total": "0"}
    given = rubric(
        section("1", item("1.1", full, *rules, **more)), rounding=rounding, floors=floors
    )
    assessment = assessed(given)
    return assessment, planned(assessment)


ITEMS: dict[str, tuple[tuple[dict[str, Any], ...], dict[str, Any], str]] = {
    "one rule": ((each("1.5"),), {}, "5.5"),
    "two rules": ((each("1.5"), each("0.25", measure=OTHER)), {}, "5"),
    "more than there is": ((each("9"),), {}, "0"),
    "no floor": ((each("9"),), {"floor": "none"}, "-17"),
    "a floor of every item": ((each("9"),), {"every_floor": "none"}, "-17"),
    "a floor above nothing": ((each("9"),), {"floor": "1.5"}, "1.5"),
    "points are awarded": ((each("1.5", "award"),), {}, "4.5"),
    "never more than full": ((each("9", "award"),), {}, "10"),
    "awarded and taken": (
        (each("1", "award"), each("0.5", measure=OTHER)),
        {"starts_at": "5"},
        "7",
    ),
    "a start": ((each("1"),), {"starts_at": "6"}, "3"),
    "a shared cap": (
        (each("1.5"), each("1", measure=OTHER)),
        {"caps": [{"rules": ["a", "b"], "cap": "5.25"}]},
        "4.75",
    ),
    "a shared cap that is used up": (
        (each("2"), each("1", measure=OTHER)),
        {"caps": [{"rules": ["a", "b"], "cap": "4"}]},
        "6",
    ),
    "a shared cap that some stand outside": (
        (each("2"), each("1", measure=OTHER), each("0.5")),
        {"caps": [{"rules": ["a", "b"], "cap": "4"}]},
        "4.5",
    ),
    "two shared caps": (
        (each("2"), each("1", measure=OTHER), each("0.5")),
        {"caps": [{"rules": ["a", "b"], "cap": "7"}, {"rules": ["b", "c"], "cap": "2"}]},
        "2",
    ),
    "thirds": ((rule(MENDED, THIRD),), {}, "8.67"),
    "thirds and halves": ((rule(MENDED, THIRD), each("0.5")), {}, "7.17"),
    "thirds cut off": (
        (rule(MENDED, THIRD),),
        {"rounding": {"at": "item", "places": 2, "mode": "truncate"}},
        "8.66",
    ),
    "whole points": (
        (each("0.5"),),
        {"rounding": {"at": "item", "places": 0, "mode": "half_up"}},
        "9",
    ),
    "below nothing by half": (
        (each("3.5"),),
        {"floor": "none", "rounding": {"at": "item", "places": 0, "mode": "half_up"}},
        "-1",
    ),
    "below nothing cut off": (
        (each("3.5"),),
        {"floor": "none", "rounding": {"at": "item", "places": 0, "mode": "truncate"}},
        "0",
    ),
}


@pytest.mark.parametrize("name", list(ITEMS))
def test_an_item_comes_to_what_the_engine_has_and_is_live(name: str) -> None:
    rules, more, points = ITEMS[name]
    assessment, made = one_item(*rules, **more)
    assert outcome(assessment, "1.1") == points
    assert made.at("1.1", "points") == float(points)
    assert made.is_live("1.1", "points")
    assert made.is_live("1.1", "points_units")
    assert not made.desk.is_frozen


def test_only_points_below_nothing_look_at_the_sign() -> None:
    made = one_item(each("1.5"))[1]
    signed = one_item(each("1.5"), floor="none")[1]
    formulas = [
        str(one.entry(one.calculated.lines["1.1"].last, "points_units").formula)
        for one in (made, signed)
    ]
    assert [formula.count("QUOTIENT(") for formula in formulas] == [1, 2]


def test_earlier_rules_use_up_a_shared_cap_first() -> None:
    rules, more, _ = ITEMS["a shared cap"]
    made = one_item(*rules, **more)[1]
    scale = made.at("1.1", "scale", "a")
    assert [made.at("1.1", "capped", letter) for letter in "ab"] == [
        int(4.5 * scale),
        int(0.75 * scale),
    ]


def test_an_item_without_shared_caps_has_no_column_for_them() -> None:
    assert "capped" not in one_item(each("1"))[1].calculated.grid.places


def test_full_points_of_a_group_are_those_of_the_item() -> None:
    given = rubric(
        section("1", item("1.1", "10", each("9"), full_points_for={"x": "4"}, floor="none"))
    )
    assessment = run(given, {"events": events("甲", 1)}, {"01": "x", "02": "y"})
    made = planned(assessment)
    assert (made.at("1.1", "full"), made.at("1.1", "points")) == (400, -5.0)
    assert outcome(assessment, "1.1") == "-5"


# Bonus and malus.


def beside(kind: str, *items: dict[str, Any], **more: Any) -> tuple[Assessment, Planned]:
    given = rubric(section("1", item("1.1", "10")), section("M", *items, kind=kind, **more))
    assessment = assessed(given)
    return assessment, planned(assessment)


OUTSIDE: dict[str, tuple[tuple[dict[str, Any], ...], dict[str, Any], list[str]]] = {
    "each rule is rounded by itself": (
        (item("M.1", None, each("0.125", "malus"), each("0.0025", "malus", OTHER)),),
        {},
        ["0.39"],
    ),
    "a rule's cap": ((item("M.1", None, each("1", "malus", cap="2.5")),), {}, ["2.5"]),
    "an item's cap": (
        (item("M.1", None, each("1", "malus"), each("1", "malus", OTHER), cap="4"),),
        {},
        ["4"],
    ),
    "a shared cap": (
        (
            item(
                "M.1",
                None,
                each("1", "malus"),
                each("1", "malus", OTHER),
                caps=[{"rules": ["a", "b"], "cap": "3.5"}],
            ),
        ),
        {},
        ["3.5"],
    ),
    "a section's cap": (
        (item("M.1", None, each("1", "malus")), item("M.2", None, each("1", "malus", OTHER))),
        {"cap": "4"},
        ["3", "1"],
    ),
    "a section's cap that is used up": (
        (item("M.1", None, each("2", "malus")), item("M.2", None, each("1", "malus", OTHER))),
        {"cap": "4"},
        ["4", "0"],
    ),
    "no cap at all": (
        (item("M.1", None, each("20", "malus")), item("M.2", None, each("1", "malus", OTHER))),
        {},
        ["60", "2"],
    ),
}


@pytest.mark.parametrize("name", list(OUTSIDE))
def test_malus_comes_to_what_the_engine_has(name: str) -> None:
    items, more, points = OUTSIDE[name]
    assessment, made = beside("malus", *items, **more)
    names = [one["id"] for one in items]
    assert [outcome(assessment, one) for one in names] == points
    assert [made.at(one, "points") for one in names] == [float(one) for one in points]
    assert all(made.is_live(one, "points") for one in names)


def test_a_section_s_running_sum_stands_beside_its_items() -> None:
    items, more, _ = OUTSIDE["a section's cap"]
    made = beside("malus", *items, **more)[1]
    assert [made.at(name, "within") for name in ("M.1", "M.2")] == [300, 400]


def test_bonus_is_counted_as_malus_is() -> None:
    bonus = item("M.1", None, each("0.35", "bonus"))
    assessment, made = beside("bonus", bonus, cap="1")
    assert outcome(assessment, "M.1") == "1"
    assert made.at("M.1", "points") == 1.0


def test_malus_that_a_blank_price_leaves_open_says_so_and_takes_nothing() -> None:
    by = {"each": {"by": {"column": "points", "factor": "1"}}}
    assessment, made = beside("malus", item("M.1", None, rule(shape=by, effect={"malus": {}})))
    assert outcome(assessment, "M.1") == "pending"
    assert (made.at("M.1", "item_state"), made.at("M.1", "points")) == (2, 0.0)


def test_an_item_whose_numbers_are_too_large_is_a_value_and_the_records_are_locked() -> None:
    assessment, made = one_item(each("0.000000000001"), each("0.3333333333"))
    assert outcome(assessment, "1.1") == "9"
    assert (made.at("1.1", "points"), made.is_live("1.1", "points")) == (9.0, False)
    assert made.desk.is_frozen
    schema = made.desk.sheets["events"].ledger.schema
    assert made.desk.dead_columns(schema) == set(schema.columns)
