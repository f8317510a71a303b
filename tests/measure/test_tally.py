"""Counts per department, and the rows that cause points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lawkpi.measure import Facts, Measured
from lawkpi.scoring import ItemState

from .given import MATTERS, counted, facts, ledger

DAY = "2024-05-01"
STATES = {"states": {"amounts": {"a": "0", "b": "1", "c": "3"}}}
RATE: dict[str, Any] = {"ledger": "matters", "done": {"flag": {"is": "yes"}}}


def known(departments: list[str | None], **cells: list[Any]) -> Facts:
    day = {"held_on": [DAY] * len(departments)}
    return facts(ledger(MATTERS, {**day, "department": departments, **cells}))


def causing(tally: Measured) -> dict[int, list[int]]:
    return {place: rows.tolist() for place, rows in tally.causing.items()}


def test_rows_are_counted_per_department_in_the_register_s_order() -> None:
    tally = counted({"count": {"ledger": "matters"}}, known(["02", "01", "02"]))
    assert tally.done.tolist() == [1, 2]
    assert causing(tally) == {0: [1], 1: [0, 2]}


def test_bodies_that_are_not_assessed_and_blank_departments_count_for_nobody() -> None:
    tally = counted({"count": {"ledger": "matters"}}, known(["99", None, "01"]))
    assert tally.done.tolist() == [1, 0]
    assert causing(tally) == {0: [2]}


def test_a_rate_counts_both_sides_and_missing_rows_cause_the_loss() -> None:
    tally = counted(
        {"rate": {**RATE, "empty": "pending"}},
        known(["01", "01", "02", "01"], flag=["yes", "no", "yes", None]),
    )
    assert (tally.done.tolist(), tally.due.tolist()) == ([1, 1], [3, 1])
    assert causing(tally) == {0: [1, 3]}


def test_above_a_line_the_rows_that_were_counted_cause_the_loss() -> None:
    shape = {"linear": {"above": "10%", "step": "1%", "points": "0.1", "steps": "up"}}
    tally = counted(
        {"rate": {**RATE, "empty": "pending"}},
        known(["01", "01"], flag=["yes", "no"]),
        shape=shape,
    )
    assert causing(tally) == {0: [0]}


def test_causing_rows_stand_in_row_id_order_and_not_in_file_order() -> None:
    rows = known(["01"] * 3, number=["N9", "N1", "N5"])
    assert causing(counted({"count": {"ledger": "matters"}}, rows)) == {0: [1, 2, 0]}


def test_a_joint_matter_is_charged_to_both_in_full() -> None:
    rows = known(["01", "02"], number=["J1-01", "J1-02"])
    assert counted({"count": {"ledger": "matters"}}, rows).done.tolist() == [1, 1]


def test_another_column_may_say_who_is_charged() -> None:
    rows = known(["01", "01"], joint=["02", None])
    tally = counted({"count": {"ledger": "matters", "charged_by": "joint"}}, rows)
    assert tally.done.tolist() == [0, 1]


def test_an_undecided_row_makes_only_its_own_department_pending() -> None:
    tally = counted(
        {"count": {"ledger": "matters", "where": {"kind": {"is": "a"}}}},
        known(["01", "02"], kind=["?", "a"]),
    )
    assert tally.pending.tolist() == [True, False]
    assert tally.done.tolist() == [0, 1]


def test_an_undecided_cell_that_cannot_change_a_count_makes_nobody_pending() -> None:
    tally = counted(
        {"rate": {**RATE, "due": {"kind": {"is": "a"}}, "empty": "pending"}},
        known(["01", "02"], kind=["b", "a"], flag=["?", "yes"]),
    )
    assert tally.pending.tolist() == [False, False]


@pytest.mark.parametrize("means", ["not_applicable", "full", "pending"])
def test_nothing_due_is_empty_with_the_declared_meaning(means: str) -> None:
    tally = counted({"rate": {**RATE, "empty": means}}, known(["02"], flag=["yes"]))
    assert tally.empty.tolist() == [True, False]
    assert set(np.atleast_1d(tally.empty_means)) == {means}


def test_a_small_base_has_its_own_meaning() -> None:
    measure = {**RATE, "empty": "not_applicable", "min_base": 3, "below_base": "full"}
    tally = counted({"rate": measure}, known(["01"] * 2 + ["02"] * 3, flag=["no"] * 5))
    assert tally.empty.tolist() == [True, False]
    assert np.atleast_1d(tally.empty_means)[0] == "full"


def test_a_small_base_and_no_base_at_all_are_two_things() -> None:
    measure = {**RATE, "empty": "not_applicable", "min_base": 3, "below_base": "full"}
    tally = counted({"rate": measure}, known(["01"], flag=["no"]))
    assert tally.empty.tolist() == [True, True]
    assert np.atleast_1d(tally.empty_means).tolist() == ["full", "not_applicable"]


def test_a_count_of_nothing_is_a_count_and_not_empty() -> None:
    tally = counted({"count": {"ledger": "matters"}}, known(["02"]))
    assert tally.empty.tolist() == [False, False]
    assert tally.done.tolist() == [0, 1]


def state(**terms: Any) -> dict[str, Any]:
    return {"state": {"ledger": "matters", "column": "kind", **terms}}


def test_a_state_is_read_from_the_department_s_row() -> None:
    tally = counted(state(), known(["01", "02"], kind=["b", "a"]), shape=STATES)
    assert tally.state_code == ["b", "a"]
    assert tally.state.tolist() == [1, 0]
    assert tally.pending.tolist() == [False, False]


def test_of_several_rows_the_state_that_costs_most_counts() -> None:
    tally = counted(state(), known(["01"] * 3, kind=["a", "c", "b"]), ["01"], shape=STATES)
    assert tally.state_code == ["c"]


def test_only_the_rows_in_the_state_that_costs_cause_the_loss() -> None:
    tally = counted(state(), known(["01"] * 3, kind=["a", "c", "b"]), ["01"], shape=STATES)
    assert causing(tally) == {0: [1]}


def test_without_a_row_the_state_is_pending_unless_its_absence_is_a_state() -> None:
    rows = known(["02"], kind=["a"])
    assert counted(state(), rows, shape=STATES).pending.tolist() == [True, False]
    missing = counted(state(missing="c"), rows, shape=STATES)
    assert missing.pending.tolist() == [False, False]
    assert missing.state_code == ["c", "a"]


def test_a_state_that_the_rubric_does_not_price_is_pending() -> None:
    priced = {"states": {"amounts": {"a": "0", "b": "1"}}}
    tally = counted(state(), known(["01", "02"], kind=["c", "a"]), shape=priced)
    assert tally.pending.tolist() == [True, False]


def test_a_state_without_a_price_is_not_taken_for_a_missing_row() -> None:
    priced = {"states": {"amounts": {"a": "0", "b": "1"}}}
    tally = counted(state(missing="b"), known(["01", "02"], kind=["c", "a"]), shape=priced)
    assert tally.pending.tolist() == [True, False]


def test_an_unreadable_state_is_pending() -> None:
    tally = counted(state(), known(["01", "02"], kind=["?", "a"]), shape=STATES)
    assert tally.pending.tolist() == [True, False]


def test_a_state_without_prices_is_refused() -> None:
    with pytest.raises(ValueError, match="计分方式"):
        counted(state(), known(["01"], kind=["a"]), shape={"each": {"points": "1"}})


def test_the_four_states_have_four_labels() -> None:
    assert [one.label for one in ItemState] == ["已计分", "不适用", "未报送", "待核"]
