"""The plan of 计算表 beside the assessment: unreported, adjusted and idle items, and what does not agree with it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.calculation import calculated
from lawkpi.workbook.calculation.states import NOT_APPLICABLE, NOT_REPORTED, PENDING, SCORED
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import item_figures
from tests.support.rubric_cases import outcome
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned
from tests.workbook.reading import differences

TWO = {"01": "all", "02": "all"}
ROWS: dict[str, list[dict[str, Any]]] = {"events": events("甲", 3)}
TOO_FINE = [rule(shape={"each": {"points": one}}) for one in ("0.000000000001", "0.3333333333")]
STUDIED = rule(
    {"count": {"ledger": "study_sessions"}}, {"shortfall": {"target": 4, "points": "0.5"}}
)
NOT_IN = {"department": "01", "ledger": "study_sessions", "form": "none"}
REMINDED = {**NOT_IN, "reminded_on": "2025-01-05"}
ADJUSTED = {
    "department": "01",
    "number": 1,
    "reason": "核定",
    "person": "张三",
    "adjusted_on": "2025-01-20",
}


def assessed(*sections: dict[str, Any], rows: Any = None, **more: Any) -> Assessment:
    return run(rubric(*sections, **more), {**ROWS, **(rows or {})}, TWO)


def note(made: Planned, name: str) -> str:
    return str(made.entry(made.calculated.lines[name].last, "note").stored)


# An ordinary plan.


def test_points_full_points_and_states_are_those_of_the_assessment() -> None:
    idle = item("1.3", "5", rule(applies_to={"departments": ["02"]}))
    open_one = item("1.4", "5", rule(shape={"each": {"by": {"column": "points", "factor": "1"}}}))
    assessment = assessed(section("1", item("1.1", "10"), item("1.2", "7"), idle, open_one))
    made = planned(assessment)
    for row in assessment.of("scores", "01").to_dict("records"):
        assert made.at(row["item"], "full") == row["full_points"] * 100
        points = made.at(row["item"], "points")
        words = {"not_applicable": "不适用", "pending": "待核"}
        assert points == words.get(row["state"], row["points"] and float(row["points"]))
    states = [made.at(f"1.{number}", "item_state") for number in (1, 2, 3, 4)]
    assert states == [SCORED, SCORED, NOT_APPLICABLE, PENDING]


def test_nothing_of_an_ordinary_plan_stands_still() -> None:
    made = planned(assessed(section("1", item("1.1", "10"), item("1.2", "7"))))
    assert made.calculated.whys == {}
    assert not made.desk.is_frozen
    assert all(made.is_live(name, key) for name in ("1.1", "1.2") for key in ("points", "full"))
    assert note(made, "1.1") == ""


def test_a_rubric_without_base_has_no_table_of_redistribution() -> None:
    malus = section("M", item("M.1", None, rule(effect={"malus": {}})), kind="malus")
    assert planned(assessed(malus)).calculated.spread is None


def test_an_item_that_is_not_for_the_department_says_so() -> None:
    made = planned(
        assessed(section("1", item("1.1", "10"), item("1.2", "5", applies_to={"groups": ["x"]})))
    )
    assert note(made, "1.2") == "不适用于本单位"
    assert (made.at("1.2", "points"), made.at("1.1", "full")) == ("不适用", 1500)


def test_an_idle_item_may_keep_its_points() -> None:
    assessment = assessed(
        section("1", item("1.1", "10"), item("1.2", "5", rule(applies_to={"departments": ["02"]}))),
        not_applicable={"default": "full"},
    )
    made = planned(assessment)
    assert (made.at("1.2", "item_state"), made.at("1.2", "points")) == (NOT_APPLICABLE, 5.0)


# What was not reported.


def unreported(*lines: dict[str, Any], **more: Any) -> Assessment:
    costs = {"not_reported": {"deduct": "4"}}
    return assessed(
        section("1", item("1.1", "10", STUDIED, **costs), item("1.2", "10")),
        rows={"study_sessions": [], "submissions": list(lines), **more},
    )


def test_an_unreported_item_is_left_its_declared_part() -> None:
    assessment = unreported(REMINDED)
    made = planned(assessment)
    assert outcome(assessment, "1.1") == "not_reported"
    assert (made.at("1.1", "item_state"), made.at("1.1", "points")) == (NOT_REPORTED, 6.0)
    assert not made.is_live("1.1", "item_state")
    assert made.is_live("1.1", "points")


def test_an_unreported_item_that_nobody_asked_for_again_is_open() -> None:
    made = planned(unreported(NOT_IN))
    assert (made.at("1.1", "item_state"), made.at("1.1", "points")) == (PENDING, "待核")
    assert not made.is_live("1.1", "item_state")


def test_what_was_reported_as_nothing_is_scored() -> None:
    made = planned(unreported({**NOT_IN, "form": "nil"}))
    assert (made.at("1.1", "item_state"), made.at("1.1", "points")) == (SCORED, 8.0)


# What an office adjusted.


def adjusting(*lines: dict[str, Any]) -> Assessment:
    rows = {"adjustments": [{**ADJUSTED, **line} for line in lines]}
    return assessed(section("1", item("1.1", "10"), item("1.2", "7")), rows=rows)


def test_an_adjustment_is_a_value_added_to_live_points() -> None:
    assessment = adjusting(
        {"item": "1.1", "points": 0.5}, {"item": "1.1", "number": 2, "points": -0.25}
    )
    made = planned(assessment)
    assert (made.at("1.1", "adjusted"), made.is_live("1.1", "adjusted")) == (25, False)
    assert (made.at("1.1", "points"), made.is_live("1.1", "points")) == (7.25, True)
    assert outcome(assessment, "1.1") == "7.25"
    assert "核分调整" in note(made, "1.1")


def test_an_item_left_alone_has_no_adjustment() -> None:
    made = planned(adjusting({"item": "1.1", "points": 0.5}))
    cells = made.calculated.grid
    assert (made.calculated.lines["1.2"].last, cells.places["adjusted"]) not in cells.entries
    assert "adjusted" not in planned(adjusting()).calculated.grid.places


def test_an_unreported_item_can_be_adjusted() -> None:
    lines = [{**ADJUSTED, "item": "1.1", "points": 1.5}]
    made = planned(unreported(REMINDED, adjustments=lines))
    assert (made.at("1.1", "item_state"), made.at("1.1", "points")) == (NOT_REPORTED, 7.5)


# What stands as a value.


def test_no_half_of_such_an_item_is_left_standing() -> None:
    made = planned(assessed(section("1", item("1.1", "10", *TOO_FINE), item("1.2", "7"))))
    grid, line = made.calculated.grid, made.calculated.lines["1.1"]
    for row in line.rules.values():
        for key in ("scale", "scaled", "running", "most", "within"):
            assert (row, grid.places[key]) not in grid.entries


MONTHS = (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)
"""So many cases a month: twelve bases without a divisor in common."""


def monthly() -> Assessment:
    rows = [
        {"number": f"{month}-{case}", "department": "01", "kind": "甲", "occurred_on": f"2024-{month:02}-05",
         "mended": "yes" if case else "no"}
        for month, size in enumerate(MONTHS, start=1)
        for case in range(size)
    ]  # fmt: skip
    rate = {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}
    line = {"below": "100%", "step": "3%", "points": "0.1", "steps": "fraction"}
    one = rule({"rate": rate}, {"linear": line}, periods={"each": "month", "combine": "mean"})
    return assessed(section("1", item("1.1", "10", one)), rows={"events": rows})


def test_a_mean_of_months_too_fine_for_a_spreadsheet_shows_its_counts_and_its_points(
    tmp_path: Path,
) -> None:
    assessment = monthly()
    made = planned(assessment)
    assert (made.at("1.1", "due"), made.at("1.1", "done")) == (sum(MONTHS), sum(MONTHS) - 12)
    assert (made.at("1.1", "state_of"), made.is_live("1.1", "state_of")) == (SCORED, True)
    assert (made.at("1.1", "points"), made.is_live("1.1", "points")) == (9.83, False)
    assert outcome(assessment, "1.1") == "9.83"
    assert differences(write_department(assessment, "01", tmp_path / "w.xlsx")) == {}


def test_malus_is_a_value_as_a_whole_where_one_item_of_it_is() -> None:
    one = rule(shape={"each": {"points": "9999999999999999"}}, effect={"malus": {"cap": "2"}})
    items = [item("M.1", None, rule(effect={"malus": {}})), item("M.2", None, one)]
    assessment = assessed(section("1", item("1.1", "10")), section("M", *items, kind="malus"))
    made = planned(assessment)
    assert [outcome(assessment, name) for name in ("M.1", "M.2")] == ["3", "2"]
    assert [made.at(name, "points") for name in ("M.1", "M.2")] == [3.0, 2.0]
    assert not any(made.is_live(name, "points") for name in ("M.1", "M.2"))
    assert made.desk.is_frozen


def planned_against(changed: dict[str, Any], *sections: dict[str, Any]) -> Planned:
    """A plan whose first item the assessment has otherwise than the formulas do."""
    assessment = assessed(*sections)
    desk = Desk(assessment, assessment.department("01"))
    first, *others = item_figures(desk)
    figures = [replace(first, row={**first.row, **changed}), *others]
    return Planned(desk, figures, calculated(desk, figures))


def test_points_that_do_not_agree_to_the_last_digit_are_the_assessment_s() -> None:
    made = planned_against({"points": Decimal("6.99")}, section("1", item("1.1", "10")))
    assert (made.at("1.1", "points"), made.is_live("1.1", "points")) == (6.99, False)
    assert made.calculated.whys["1.1"] == "系统核定"
    assert made.desk.is_frozen


def test_a_state_that_does_not_agree_is_the_assessment_s() -> None:
    made = planned_against(
        {"state": "pending", "points": None}, section("1", item("1.1", "10"), item("1.2", "7"))
    )
    assert (made.at("1.1", "item_state"), made.is_live("1.1", "item_state")) == (PENDING, False)
    assert (made.at("1.1", "points"), made.desk.is_frozen) == ("待核", True)


def test_full_points_that_do_not_agree_are_all_the_assessment_s() -> None:
    made = planned_against(
        {"full_points": Decimal("9.5")}, section("1", item("1.1", "10"), item("1.2", "7"))
    )
    assert [made.at(name, "full") for name in ("1.1", "1.2")] == [950, 700]
    assert not any(made.is_live(name, "full") for name in ("1.1", "1.2"))
    assert made.calculated.spread is None
    assert made.calculated.whys["分值分配"] == "系统核定"
    assert made.desk.is_frozen


@pytest.mark.parametrize("at", ["item", "total"])
def test_a_value_among_the_items_leaves_only_a_total_over_fractions_a_value(at: str) -> None:
    """Sums of printed points can still be added; a sum of exact ones has lost a part."""
    rounding = {"at": at, "places": 2, "mode": "half_up"}
    assessment = assessed(
        section("1", item("1.1", "10", *TOO_FINE), weight="40%"),
        section("2", item("2.1", "10"), weight="60%"),
        rounding=rounding,
        full_points="10",
    )
    made = planned(assessment)
    cell = made.calculated.sums["total"]
    assert ("考评总分" in made.calculated.whys) == (at == "total")
    assert bool(made.entry(cell.row, "points").formula) == (at == "item")
    power = 10**assessment.rubric.rounding.item_places
    assert Decimal(cell.value) / power == assessment.total("01")["total"]


def test_parts_of_the_year_are_named_in_their_lines() -> None:
    quarters = rule(periods={"each": "quarter", "combine": "sum"})
    made = planned(assessed(section("1", item("1.1", "10", quarters))))
    first = made.calculated.lines["1.1"].rules["a"]
    assert made.entry(first, "rule").stored == "1.1a"
    assert [made.entry(first + number, "title").stored for number in range(1, 5)] == (
        made.rule("1.1").part_names
    )
