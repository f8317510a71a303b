"""What an office entered or judged by hand: read by item and department, pending without a row."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.measure import Facts, Measured

from .given import by_hand, counted, facts

LINEAR = {"linear": {"below": "95%", "step": "1%", "points": "0.2", "steps": "up"}}
PLANS = {"states": {"amounts": {"有计划并落实": "0", "有计划未落实": "1", "无计划": "2"}}}


def entered(rows: list[dict[str, Any]]) -> Facts:
    return facts(by_hand("entered", rows))


def rate(rows: list[dict[str, Any]], empty: str = "pending") -> Measured:
    measure = {"entered": {"gives": "rate", "empty": empty}}
    return counted(measure, entered(rows), shape=LINEAR)


def test_both_sides_are_taken_as_entered() -> None:
    tally = rate(
        [{"department": "02", "done": 18, "due": 20}, {"department": "01", "done": 5, "due": 5}]
    )
    assert (tally.done.tolist(), tally.due.tolist()) == ([5, 18], [5, 20])
    assert not tally.pending.any()


@pytest.mark.parametrize(
    "row",
    [
        {"done": 18},
        {"due": 20},
        {"done": "?", "due": 20},
        {"done": 21, "due": 20},
        {"done": -1, "due": 20},
    ],
)
def test_figures_that_are_incomplete_or_impossible_are_pending(row: dict[str, Any]) -> None:
    assert rate([{"department": "01", **row}]).pending.tolist() == [True, True]


def test_nothing_due_by_hand_is_empty_with_the_declared_meaning() -> None:
    tally = rate([{"department": "01", "done": 0, "due": 0}], "not_applicable")
    assert tally.empty.tolist() == [True, False]
    assert tally.pending.tolist() == [False, True]


def test_a_count_by_hand_needs_no_due_side() -> None:
    known = entered([{"department": "01", "done": 0}])
    tally = counted({"entered": {"gives": "count"}}, known)
    assert (tally.done.tolist(), tally.pending.tolist()) == ([0, 0], [False, True])


def test_another_item_s_figures_are_not_this_item_s() -> None:
    known = entered([{"item": "1.2", "department": "01", "done": 3}])
    assert counted({"entered": {"gives": "count"}}, known).pending.tolist() == [True, True]


def test_a_state_by_hand_is_read_and_its_absence_is_pending() -> None:
    known = entered([{"department": "02", "state": "有计划未落实"}])
    tally = counted({"entered": {"gives": "state"}}, known, shape=PLANS)
    assert tally.pending.tolist() == [True, False]
    assert tally.state_code == ["", "有计划未落实"]


@pytest.mark.parametrize("cell", [None, "?"])
def test_a_state_by_hand_that_cannot_be_read_is_pending(cell: Any) -> None:
    known = entered([{"department": "01", "state": cell}])
    tally = counted({"entered": {"gives": "state"}}, known, shape=PLANS)
    assert tally.pending.tolist() == [True, True]


def judged(rows: list[dict[str, Any]]) -> Measured:
    shape: dict[str, Any] = {"as_judged": {}}
    return counted({"judged": {"at_most": "1"}}, facts(by_hand("judged", rows)), shape=shape)


def test_judged_points_are_kept_as_whole_hundredths() -> None:
    tally = judged([{"department": "01", "points": 0.29}, {"department": "02", "points": 0.07}])
    assert tally.done.tolist() == [29, 7]


def test_nothing_judged_off_is_a_judgement_and_no_row_is_none() -> None:
    tally = judged([{"department": "01", "points": 0.0}])
    assert (tally.done.tolist(), tally.pending.tolist()) == ([0, 0], [False, True])


@pytest.mark.parametrize("cell", [None, "?"])
def test_judged_points_that_cannot_be_read_are_pending(cell: Any) -> None:
    assert judged([{"department": "01", "points": cell}]).pending.tolist() == [True, True]


def test_a_folder_without_the_hand_ledger_leaves_everybody_pending() -> None:
    assert judged([]).pending.tolist() == [True, True]
