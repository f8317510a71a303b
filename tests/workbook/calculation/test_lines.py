"""The lines of 计算表: each rule has its own, no column stays empty, other sheets find what they ask for."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.workbook.calculation.calculated import ALWAYS, FIRST, columns_for
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned

RATE = {"rate": {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}}
GATE = {"gate": {"at_least": "90%", "else": "2"}}
SUM = {"sum": {"ledger": "events", "column": "quantity", "empty": "full"}}
SHARED = {"caps": [{"rules": ["a", "b"], "cap": "2"}]}


def plan(*sections: dict[str, Any], **more: Any) -> Planned:
    rows = [*events("甲", 3, mended="yes", quantity=1), *events("乙", 2, mended="no", quantity=1)]
    departments = {"01": "all", "02": "all"}
    return planned(run(rubric(*sections, **more), {"events": rows}, departments))


def plain(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return section("1", item("1.1", "10", *rules, **more))


def keys(made: Planned) -> set[str]:
    return {column.key for column in columns_for(made.desk.assessment.rubric, made.figures)}


AT_TOTAL = {"rounding": {"at": "total", "places": 2, "mode": "half_up"}}
MALUS = section("M", item("M.1", None, rule(effect={"malus": {}})), kind="malus")
ASKED: dict[str, tuple[tuple[dict[str, Any], ...], dict[str, Any], set[str]]] = {
    "shared caps": ((plain(rule(), rule(), **SHARED),), {}, {"capped"}),
    "malus": ((plain(), MALUS), {}, {"rounded"}),
    "one rounding at the end": ((plain(),), AT_TOTAL, {"divisor", "counted"}),
    "weights": (
        (section("1", item("1.1", "10"), weight="100%"),),
        {},
        {"counted"},
    ),
    "a base of records": ((plain(rule(SUM)),), {}, {"rows"}),
    "parts of the year": (
        (plain(rule(periods={"each": "quarter", "combine": "sum"})),),
        {},
        {"count", "part_scale"},
    ),
}


@pytest.mark.parametrize("name", list(ASKED))
def test_a_column_is_there_where_something_stands_in_it(name: str) -> None:
    sections, more, added = ASKED[name]
    assert keys(plan(*sections, **more)) - ALWAYS == added


@pytest.mark.parametrize("name", list(ASKED))
def test_no_column_of_a_plan_is_empty(name: str) -> None:
    sections, more, added = ASKED[name]
    grid = plan(*sections, **more).calculated.grid
    filled = {place for _, place in grid.entries}
    assert {key for key in added if grid.places[key] not in filled} == set()


def test_each_rule_has_its_line_and_the_item_ends_with_the_last() -> None:
    quarters = rule(periods={"each": "quarter", "combine": "sum"})
    made = plan(section("1", item("1.1", "10", rule(), quarters), item("1.2", "10")))
    lines = made.calculated.lines
    assert lines["1.1"].rules == {"a": FIRST, "b": FIRST + 1}
    assert lines["1.1"].last == FIRST + 1
    assert lines["1.2"].rules == {"a": FIRST + 6}


def test_other_sheets_find_points_and_full_points_by_their_cells() -> None:
    made = plan(plain())
    line, grid = made.calculated.lines["1.1"], made.calculated.grid
    assert line.points.startswith("'计算表'!$")
    assert line.points.replace("$", "").endswith(grid.at(line.last, "points"))
    assert line.full.replace("$", "").endswith(grid.at(line.last, "full"))


def test_counts_are_found_by_rule_and_name() -> None:
    line = plan(plain(rule(), rule(RATE, GATE))).calculated.lines["1.1"]
    assert line.count("a", "done").value == 3
    assert (line.count("b", "due").value, line.count("b", "done").value) == (5, 3)
    assert line.count("b", "state_of").value == 1


def test_a_rule_that_is_not_for_the_department_has_no_counts() -> None:
    line = plan(plain(rule(applies_to={"departments": ["02"]}))).calculated.lines["1.1"]
    with pytest.raises(KeyError):
        line.count("a", "done")
