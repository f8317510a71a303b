"""Of several states the one that counts, for rules that take and for rules that give."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.measure import Measured, RuleInput
from lawkpi.measure.marks import marked
from lawkpi.measure.states import state
from lawkpi.rubric.measures import StateMeasure

from .given import MATTERS, counted, facts, ledger, rule

STATE = {"state": {"ledger": "matters", "column": "kind", "missing": "c"}}
PRICED = {"states": {"amounts": {"a": "3", "b": "1", "c": "0"}}}
ORDER: dict[str, Any] = {"states": {"amounts": {"c": "0", "a": "3", "b": "1"}}}


def tallied(kinds: list[Any], effect: str = "deduct", shape: dict[str, Any] = PRICED) -> Measured:
    cells = {"held_on": ["2024-05-01"] * len(kinds), "kind": kinds}
    rows = ledger(MATTERS, {**cells, "department": ["01"] * len(kinds)})
    return counted(STATE, facts(rows), ["01"], shape, effect={effect: {}})


def test_of_several_states_the_one_that_takes_most_counts() -> None:
    assert tallied(["b", "a", "c"]).state_code == ["a"]


@pytest.mark.parametrize("effect", ["award", "bonus"])
def test_where_points_are_given_the_state_that_gives_least_counts(effect: str) -> None:
    assert tallied(["b", "a"], effect).state_code == ["b"]


def test_rows_in_the_same_state_all_cause_it() -> None:
    assert tallied(["a", "b", "a"]).causing[0].tolist() == [0, 2]


def test_a_state_is_its_place_among_those_that_are_priced() -> None:
    assert tallied(["a"]).state.tolist() == [0]
    assert tallied(["a"], shape=ORDER).state.tolist() == [1]


def test_no_row_is_the_state_of_missing_and_no_record_causes_it() -> None:
    found = tallied([])
    assert (found.state_code, found.causing) == (["c"], {})


def test_one_state_without_a_price_among_several_leaves_it_open() -> None:
    only = {"states": {"amounts": {"a": "3", "c": "0"}}}
    assert tallied(["a", "b"], shape=only).pending.tolist() == [True]


def test_one_unreadable_state_among_several_leaves_it_open() -> None:
    assert tallied(["a", "?"]).pending.tolist() == [True]


def test_a_shape_that_prices_no_states_is_refused() -> None:
    known = facts(ledger(MATTERS, {"held_on": ["2024-05-01"], "kind": ["a"]}))
    measure = StateMeasure.model_validate(STATE["state"])
    count = RuleInput("1.1", rule({"count": {"ledger": "matters"}}), ["01"])
    with pytest.raises(TypeError, match="states"):
        state(count, measure, marked(measure, known))
