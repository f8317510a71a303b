"""How rules and items stand: the trees say what the engine says, for every combination."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from lawkpi.rubric.expression import Const, Count, names_in
from lawkpi.scoring.items import ItemState, Reporting, item_states
from lawkpi.scoring.rules import RuleScores
from lawkpi.workbook.calculation.states import (
    FULL,
    ITEM_STATES,
    LEGEND,
    NOT_APPLICABLE,
    NOT_REPORTED,
    PENDING,
    SCORED,
    asks,
    is_counted,
    is_pending,
    item_state,
    rule_state,
)
from lawkpi.workbook.whole import computed
from tests.support.rubric_cases import outcome
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import planned

RULES = (NOT_APPLICABLE, SCORED, PENDING, FULL)
EMPTY = ("not_applicable", "full", "pending")
SIGNED = {"item": "1.1", "source": "档案", "person": "张三", "entered_on": "2025-01-01"}


def engine_s(states: tuple[int, ...]) -> int:
    """What the engine makes of rules that stand so."""
    rules = [
        SimpleNamespace(
            applies=np.array([one in (SCORED, FULL)]), pending=np.array([one == PENDING])
        )
        for one in states
    ]
    nobody = np.zeros(1, dtype=bool)
    given = item_states(
        ~nobody,
        cast("list[RuleScores]", rules),
        cast("Any", SimpleNamespace(not_reported=None)),
        Reporting(nobody, nobody),
    )
    return ITEM_STATES[given[0]]


EVERY = [states for size in (1, 2, 3) for states in product(RULES, repeat=size)]


def test_an_item_stands_as_the_engine_says_for_all_combinations_of_three_rules() -> None:
    for states in EVERY:
        cells = {f"r{number}": one for number, one in enumerate(states)}
        tree = item_state([Count(name) for name in cells])
        assert computed(tree, cells) == engine_s(states), states


def test_one_open_rule_leaves_the_item_open_and_one_that_does_not_apply_does_not() -> None:
    assert computed(item_state([Const(SCORED), Const(PENDING)]), {}) == PENDING
    assert computed(item_state([Const(SCORED), Const(NOT_APPLICABLE)]), {}) == SCORED
    assert computed(item_state([Const(NOT_APPLICABLE)]), {}) == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("state", "counted", "pending"),
    [(NOT_APPLICABLE, 0, 0), (SCORED, 1, 0), (PENDING, 0, 1), (FULL, 1, 0)],
)
def test_a_part_of_the_year_counts_where_it_applies_and_is_known(
    state: int, counted: int, pending: int
) -> None:
    assert computed(is_counted(Count("s")), {"s": state}) == counted
    assert computed(is_pending(Count("s")), {"s": state}) == pending


def test_every_state_of_an_item_has_its_number_and_the_legend_names_it() -> None:
    assert set(ITEM_STATES) == set(ItemState)
    for number in (NOT_APPLICABLE, SCORED, PENDING, FULL, NOT_REPORTED):
        assert str(number) in LEGEND


# A rule's state over its records, beside what the engine makes of the same records.

SHAPES = {
    "rate": {"gate": {"at_least": "0%", "else": "1"}},
    "sum": {"each": {"points": "0.1"}},
    "completion": {"gate": {"at_least": "0%", "else": "1"}},
}


def measure(kind: str, empty: str, few: str) -> dict[str, Any]:
    base: dict[str, Any] = {"ledger": "events", "empty": empty}
    if kind == "rate":
        done = {"mended": {"is": "yes"}}
        return {"rate": {**base, "done": done, "min_base": 2, "below_base": few}}
    if kind == "sum":
        return {"sum": {**base, "column": "quantity"}}
    return {"completion": base}


def cases() -> list[tuple[str, str, str, int]]:
    rates = [
        ("rate", empty, few, rows) for empty, few in product(EMPTY, EMPTY) for rows in range(3)
    ]
    others = [
        (kind, empty, "", rows)
        for kind in ("sum", "completion")
        for empty in EMPTY
        for rows in (0, 2)
    ]
    return [*rates, *others]


@pytest.mark.parametrize(("kind", "empty", "few", "rows"), cases())
def test_a_rule_stands_as_the_engine_says(kind: str, empty: str, few: str, rows: int) -> None:
    """One record of another department's keeps the ledger from being empty."""
    one = rule(measure(kind, empty, few), SHAPES[kind])
    given = {"events": [*events("甲", rows, quantity=1), *events("甲", 1, "02", quantity=1)]}
    quota = {**SIGNED, "department": "01", "reference": "quota", "value": float(rows)}
    given["baselines"] = [quota]
    departments = {"01": "all", "02": "all"}
    assessment = run(rubric(section("1", item("1.1", "10", one))), given, departments)
    made = planned(assessment)
    state = made.at("1.1", "state_of")
    theirs = outcome(assessment, "1.1")
    if state in (SCORED, FULL):
        assert theirs not in ("not_applicable", "pending")
    else:
        assert theirs == {NOT_APPLICABLE: "not_applicable", PENDING: "pending"}[state]
    assert made.at("1.1", "item_state") == (SCORED if state == FULL else state)


def test_an_open_record_outweighs_everything_else() -> None:
    one = rule(measure("rate", "full", "full"), SHAPES["rate"])
    made = planned(run(rubric(section("1", item("1.1", "10", one)))))
    figures = made.rule("1.1")
    tree = rule_state(figures.rule.measure.measure, figures.counted)
    assert computed(tree, {"open": 1, "rows": 9}) == PENDING
    assert computed(tree, {"open": 0, "rows": 9}) == SCORED
    assert computed(tree, {"open": 0, "rows": 0}) == FULL


def test_what_was_entered_by_hand_stands_as_it_is() -> None:
    one = rule({"entered": {"gives": "rate", "empty": "full"}}, SHAPES["rate"])
    lines = [([], PENDING), ([{"due": 2, "done": 1}], SCORED), ([{"due": 0, "done": 0}], FULL)]
    for entered, state in lines:
        rows = {"entered": [{**SIGNED, "department": "01", **row} for row in entered]}
        figures = planned(run(rubric(section("1", item("1.1", "10", one))), rows)).rule("1.1")
        assert rule_state(figures.rule.measure.measure, figures.counted) == Const(state)


def test_a_state_asks_for_no_count_that_the_line_does_not_show() -> None:
    for kind, shape in SHAPES.items():
        one = rule(measure(kind, "full", "full"), shape)
        figures = planned(run(rubric(section("1", item("1.1", "10", one))))).rule("1.1")
        own = figures.rule.measure.measure
        assert names_in(rule_state(own, figures.counted)) == {"open", *asks(own)}
