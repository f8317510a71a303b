"""A rule's lines: counts, state, exact points as one whole number over another; parts put together."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook.calculation.calculated import COLUMNS
from lawkpi.workbook.calculation.grid import Grid
from lawkpi.workbook.calculation.rules import RuleCells, RuleWriter, lines_of, used_columns
from lawkpi.workbook.calculation.states import NOT_APPLICABLE, PENDING, SCORED
from lawkpi.workbook.figures import RuleFigures
from lawkpi.workbook.whole import NotExact
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import planned

GATE = {"gate": {"at_least": "90%", "else": "2"}}
PER_CENT = {"linear": {"below": "90%", "step": "1%", "points": "0.1", "steps": "fraction"}}
RATE = {"rate": {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "not_applicable"}}
FULL_RATE = {"rate": {**RATE["rate"], "empty": "full"}}
HALF = {"each": {"points": "0.5"}}


def on(*days: str, kind: str = "甲", **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "number": f"{kind}{day}{place}",
            "department": "01",
            "kind": kind,
            "occurred_on": day,
            **more,
        }
        for place, day in enumerate(days)
    ]


def assessed(one: dict[str, Any], rows: list[dict[str, Any]]) -> Assessment:
    given = rubric(section("1", item("1.1", "10", one)))
    return run(given, {"events": [*rows, *events("丙", 1)]}, {"01": "all", "02": "all"})


def figures(one: dict[str, Any], rows: list[dict[str, Any]]) -> RuleFigures:
    return planned(assessed(one, rows)).rule("1.1")


def planned_line(one: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Grid, RuleCells]:
    """The rule's lines alone on a grid with every column."""
    grid = Grid("计算表", COLUMNS)
    return grid, RuleWriter(grid, figures(one, rows)).plan(4)


def points(cells: RuleCells) -> Fraction:
    numerator, denominator = cells.cells["numerator"], cells.cells["denominator"]
    return Fraction(numerator.value, denominator.value)


def exact(one: dict[str, Any], rows: list[dict[str, Any]]) -> Fraction:
    return points(planned_line(one, rows)[1])


# One line.


def test_points_are_a_whole_number_over_another() -> None:
    cells = planned_line(rule(shape=HALF), on(*["2024-05-05"] * 3))[1].cells
    assert (cells["numerator"].value, cells["denominator"].value) == (3, 2)


def test_a_share_stays_exact_until_the_item_is_rounded() -> None:
    """2 of 3 is 23 1/3 per cent short of 90."""
    rows = [*on("2024-05-05", "2024-05-06", mended="yes"), *on("2024-05-07", kind="乙")]
    line = rule({"rate": {**RATE["rate"], "due": {"kind": {"in": ["甲", "乙"]}}}}, PER_CENT)
    assert exact(line, rows) == Fraction(7, 3)


def test_a_denominator_that_no_record_changes_is_known() -> None:
    assert planned_line(rule(shape=HALF), on("2024-05-05"))[1].constant == 2
    rows = on("2024-05-05", mended="no")
    assert planned_line(rule(FULL_RATE, PER_CENT), rows)[1].constant is None


def test_a_rule_s_own_cap_is_in_its_points() -> None:
    rows = on(*["2024-05-05"] * 9)
    assert exact(rule(shape=HALF, effect={"deduct": {"cap": "2"}}), rows) == 2


def test_a_base_of_nothing_divides_nothing() -> None:
    grid, cells = planned_line(
        rule({"rate": {**RATE["rate"], "due": {"kind": {"is": "无"}}}}, PER_CENT), []
    )
    assert cells.state.value == NOT_APPLICABLE
    assert points(cells) == 0
    assert cells.cells["denominator"].value > 0
    formula = grid.entries[4, grid.places["denominator"]].formula
    assert "MAX(" in str(formula)


def test_an_open_rule_has_no_points_whatever_was_counted() -> None:
    by = {"each": {"by": {"column": "points", "factor": "1"}}}
    rows = [*on("2024-05-05", points=2.0), *on("2024-05-06")]
    cells = planned_line(rule(shape=by), rows)[1]
    assert (cells.state.value, points(cells)) == (PENDING, 0)


def test_a_rule_that_is_not_for_the_department_has_a_state_and_nothing_else() -> None:
    grid, cells = planned_line(rule(applies_to={"departments": ["02"]}), on("2024-05-05"))
    assert (cells.state.value, cells.cells, cells.constant) == (NOT_APPLICABLE, {}, 1)
    assert [place for _, place in grid.entries] == [grid.places["state_of"]]


def test_a_count_without_conditions_that_leave_anything_open_is_scored_by_formula() -> None:
    """A price can be emptied, so the state looks at the number of open records."""
    grid, cells = planned_line(rule(), on("2024-05-05"))
    assert cells.state.value == SCORED
    assert "IF(" in str(grid.entries[4, grid.places["state_of"]].formula)


def test_a_number_that_is_too_large_for_a_spreadsheet_is_refused() -> None:
    shape = {"each": {"points": "9999999999999999"}}
    grid = Grid("计算表", COLUMNS)
    one = figures(rule(shape=shape), on("2024-05-05"))
    with pytest.raises(NotExact):
        RuleWriter(grid, one).plan(4)


@pytest.mark.parametrize("periods", [None, {"each": "quarter", "combine": "sum"}])
def test_such_a_rule_still_says_what_was_counted_and_how_it_stands(periods: Any) -> None:
    more = {"periods": periods} if periods else {}
    one = rule(shape={"each": {"points": "9999999999999999"}}, **more)
    grid = Grid("计算表", COLUMNS)
    state = RuleWriter(grid, figures(one, on("2024-05-05"))).standing(4)
    assert (state.row, state.value) == (4, SCORED)
    assert grid.entries[4, grid.places["done"]].stored == 1
    assert not any(place == grid.places["numerator"] for _, place in grid.entries)


def test_a_veto_has_a_count_and_no_points() -> None:
    veto = item("V.1", None, rule(effect={"veto": {"grade_at_most": "不合格"}}))
    given = rubric(section("1", item("1.1", "10")), section("V", veto, kind="veto"))
    made = planned(run(given, {"events": events("甲", 2)}))
    assert made.at("V.1", "done") == 2
    assert made.is_live("V.1", "done")
    assert (made.calculated.lines["V.1"].last, made.calculated.grid.places["numerator"]) not in (
        made.calculated.grid.entries
    )


# Parts of the year.

TWO_QUARTERS = on("2024-01-05", "2024-02-05", "2024-02-06", "2024-05-05")
"""Three in the first quarter, one in the second."""
COMBINED = {
    ("sum", "deduct"): "4",
    ("mean", "deduct"): "1",
    ("worst", "deduct"): "3",
    ("worst", "award"): "0",
    ("last", "deduct"): "0",
}


def parts(
    combine: str, effect: str = "deduct", each: str = "quarter", **more: Any
) -> dict[str, Any]:
    return rule(effect={effect: {}}, periods={"each": each, "combine": combine, **more})


@pytest.mark.parametrize(("combine", "effect"), list(COMBINED))
def test_parts_are_put_together_as_declared(combine: str, effect: str) -> None:
    """A count applies in every quarter: one without any event is a quarter of nothing."""
    assert exact(parts(combine, effect), TWO_QUARTERS) == Fraction(COMBINED[combine, effect])


def test_each_part_has_its_own_cap() -> None:
    assert exact(parts("sum", cap="2"), TWO_QUARTERS) == 3


def test_the_rule_s_cap_comes_after_the_parts() -> None:
    one = rule(effect={"deduct": {"cap": "3.5"}}, periods={"each": "quarter", "combine": "sum"})
    assert exact(one, TWO_QUARTERS) == Fraction("3.5")


RATED = [
    *on("2024-01-05", mended="yes"),
    *on("2024-02-05", mended="no"),
    *on("2024-05-05", mended="yes"),
]
"""Half mended in the first quarter, all in the second, nothing due in the others."""
OWED = {**RATE["rate"], "due": {"kind": {"is": "甲"}}}


@pytest.mark.parametrize(
    ("combine", "expected"), [("mean", "2"), ("worst", "4"), ("sum", "4"), ("last", "0")]
)
def test_a_quarter_without_base_counts_for_nothing(combine: str, expected: str) -> None:
    """50 per cent is 40 points of one tenth short; the mean is over two quarters, not four."""
    one = rule({"rate": OWED}, PER_CENT, periods={"each": "quarter", "combine": combine})
    assert exact(one, RATED) == Fraction(expected)


def test_where_no_part_applies_the_rule_does_not() -> None:
    one = rule({"rate": OWED}, PER_CENT, periods={"each": "quarter", "combine": "mean"})
    cells = planned_line(one, [])[1]
    assert (cells.state.value, points(cells)) == (NOT_APPLICABLE, 0)


def test_an_open_record_of_one_part_leaves_the_whole_rule_open() -> None:
    by = {"each": {"by": {"column": "points", "factor": "1"}}}
    one = rule(shape=by, periods={"each": "quarter", "combine": "sum"})
    assert planned_line(one, on("2024-05-05"))[1].state.value == PENDING


def test_a_rule_takes_one_line_and_one_for_each_part() -> None:
    assert lines_of(figures(rule(), [])) == 1
    assert lines_of(figures(parts("sum", each="month"), [])) == 13


# Columns.


def test_only_what_a_rule_looks_at_has_a_column() -> None:
    assert used_columns(iter([figures(rule(), [])])) == set()
    assert used_columns(iter([figures(rule(FULL_RATE, GATE), [])])) == set()
    assert used_columns(iter([figures(parts("sum"), [])])) == {"count", "part_scale"}


USED: list[tuple[dict[str, Any], set[str]]] = [
    (rule(shape={"each": {"by": {"column": "points", "factor": "1"}}}), {"worth"}),
    (
        rule(shape={"by_rank": {"better": "lower", "ties": "dense", "last": 1, "points": "2"}}),
        {"rank"},
    ),
    (
        rule(
            {"state": {"ledger": "events", "column": "kind"}},
            {"states": {"amounts": {"甲": "1", "丙": "3"}}},
        ),
        {"state"},
    ),
    (
        rule({"sum": {"ledger": "events", "column": "quantity", "empty": "full"}}, HALF),
        {"rows"},
    ),
]


@pytest.mark.parametrize(("one", "names"), USED, ids=["worth", "rank", "state", "rows"])
def test_what_it_looks_at_has_one(one: dict[str, Any], names: set[str]) -> None:
    assert used_columns(iter([figures(one, on("2024-05-05"))])) == names
