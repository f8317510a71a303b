"""Items: rules in order, floors, states, one rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.measure import Measured
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import Departments, ItemState, Reporting, RuleScores, Tally
from lawkpi.scoring import rule_scores as tally_scores
from lawkpi.scoring.items import included, item_states

from .given import EACH_HALF, HALF_UP, TRUNCATE, item, rule, scored, tallied

ON, OFF = ItemState.SCORED, ItemState.NOT_APPLICABLE
PENDING, SILENT = ItemState.PENDING, ItemState.NOT_REPORTED
LINEAR = {"linear": {"below": "95%", "step": "1%", "points": "0.2", "steps": "fraction"}}


def rule_scores(made: Rule, counted: Measured) -> RuleScores:
    return tally_scores(made, Tally(counted))


def states(
    tally: Any, *, silent: bool = False, reminded: bool = False, among: bool = True, **more: Any
) -> ItemState:
    """The state of one department for an item with one rule over a rate."""
    one = item("4", rule("rate", LINEAR), **more)
    given_rule = rule_scores(one.rules[0], tally)
    reporting = Reporting(np.array([silent]), np.array([reminded]))
    return item_states(np.array([among]), [given_rule], one, reporting)[0]


def test_points_are_full_points_less_losses() -> None:
    got = scored(item("4", EACH_HALF), [tallied([0, 3])])
    assert got.points.tolist() == [400, 250]
    assert got.rule_losses.tolist() == [[0, 150]]


def test_an_item_never_falls_below_nothing() -> None:
    got = scored(item("4", EACH_HALF), [tallied([8, 9, 100])])
    assert got.points.tolist() == [0, 0, 0]
    assert got.rule_losses.tolist() == [[400, 400, 400]]


def test_rules_take_in_written_order_and_the_later_one_gets_what_is_left() -> None:
    one = item("4", EACH_HALF, rule("count", {"each": {"points": "2"}}, name="b"))
    got = scored(one, [tallied([2, 7, 9]), tallied([1, 1, 1])])
    assert got.points.tolist() == [100, 0, 0]
    assert got.rule_losses.tolist() == [[100, 350, 400], [200, 50, 0]]
    assert got.exact_loss(1, 1) == Fraction("0.5")


def test_each_rule_keeps_its_own_cap_before_the_item_s_floor() -> None:
    capped = rule("count", {"each": {"points": "0.5"}}, cap="1")
    one = item("4", capped, rule("count", {"each": {"points": "1"}}, cap="1.5", name="b"))
    got = scored(one, [tallied([9]), tallied([9])])
    assert got.rule_losses[:, 0].tolist() == [100, 150]
    assert got.points.tolist() == [150]


def test_an_item_is_rounded_once_when_it_is_finished() -> None:
    third = rule("rate", LINEAR)
    one = item("4", third, rule("rate", LINEAR, name="b"))
    got = scored(one, [tallied([18], [19]), tallied([18], [19])])
    assert got.exact_loss(0, 0) == Fraction(1, 19)
    assert got.points.tolist() == [389]  # 4 - 2/19 = 3.8947...; two roundings would say 3.90
    assert sorted(got.rule_losses[:, 0].tolist()) == [5, 6]


@pytest.mark.parametrize(
    ("mode", "points"), [(HALF_UP, [399, 399, 400]), (TRUNCATE, [398, 399, 399])]
)
def test_half_up_and_truncate_part_at_the_half(mode: Any, points: list[int]) -> None:
    fine = rule("count", {"each": {"points": "0.001"}})
    got = scored(item("4", fine), [tallied([15, 10, 5])], rounding=mode)
    assert got.points.tolist() == points
    assert (got.points + got.rule_losses.sum(axis=0)).tolist() == [400, 400, 400]


def test_redistributed_full_points_scale_the_loss_with_them() -> None:
    got = scored(item("4", EACH_HALF), [tallied([1, 8])], full=[600, 600])
    assert got.points.tolist() == [525, 0]


def test_nothing_due_takes_nothing_and_is_no_rate_at_all() -> None:
    made = rule_scores(rule("rate", LINEAR), tallied([0, 0], [0, 5]))
    assert made.applies.tolist() == [False, True]
    assert made.exact(0) == 0
    assert made.exact(1) == 19


def test_an_empty_base_that_means_full_points_is_scored_without_loss() -> None:
    tally = tallied([0], [0], empty_means="full")
    assert states(tally) is ON
    assert rule_scores(rule("rate", LINEAR), tally).exact(0) == 0


@pytest.mark.parametrize(
    ("means", "state"), [("not_applicable", OFF), ("pending", PENDING), ("full", ON)]
)
def test_an_empty_base_means_what_the_rubric_says(means: str, state: ItemState) -> None:
    assert states(tallied([0], [0], empty_means=means)) is state


def test_an_undecided_record_makes_the_item_pending() -> None:
    assert states(tallied([3], [5], pending=[True])) is PENDING


@pytest.mark.parametrize("means", ["not_applicable", "full", "pending"])
def test_an_undecided_record_over_an_empty_base_is_pending_and_not_out_of_the_base(
    means: str,
) -> None:
    assert states(tallied([0], [0], pending=[True], empty_means=means)) is PENDING


def test_a_department_that_is_not_named_is_out_whatever_it_reported() -> None:
    assert states(tallied([0], [5]), among=False) is OFF
    assert states(tallied([0], [5], pending=[True]), among=False, silent=True) is OFF


def test_not_reporting_is_pending_until_a_reminder_is_on_record() -> None:
    cost = {"not_reported": {"deduct": "4"}}
    assert states(tallied([0], [0]), silent=True, **cost) is PENDING
    assert states(tallied([0], [0]), silent=True, reminded=True, **cost) is SILENT


def test_not_reporting_costs_nothing_where_the_item_declares_no_price() -> None:
    assert states(tallied([0], [0]), silent=True, reminded=True) is PENDING


def test_one_rule_that_applies_keeps_the_item_in_the_base() -> None:
    one = item("4", rule("rate", LINEAR), rule("rate", LINEAR, name="b"))
    rules = [
        rule_scores(one.rules[0], tallied([0], [0])),
        rule_scores(one.rules[1], tallied([5], [5])),
    ]
    quiet = Reporting(np.array([False]), np.array([False]))
    assert item_states(np.array([True]), rules, one, quiet) == [ON]


def test_items_out_of_the_base_and_pending_ones_have_no_points_and_no_losses() -> None:
    got = scored(
        item("4", EACH_HALF),
        [tallied([3, 3, 3])],
        full=[400, 0, 400],
        states=[ON, OFF, PENDING],
    )
    assert got.points.tolist() == [250, 0, 0]
    assert got.rule_losses.tolist() == [[150, 0, 0]]
    assert got.is_counted.tolist() == [True, False, False]


def test_an_item_that_does_not_apply_and_keeps_its_points_has_earned_them() -> None:
    got = scored(item("4", EACH_HALF), [tallied([3])], full=[400], states=[OFF])
    assert (got.points.tolist(), got.rule_losses.tolist()) == ([400], [[0]])
    assert got.is_counted.tolist() == [True]


@pytest.mark.parametrize(
    ("deduct", "full", "points"), [("4", 400, 0), ("1", 400, 300), ("9", 400, 0), ("2", 333, 167)]
)
def test_an_unreported_item_costs_its_declared_part(deduct: str, full: int, points: int) -> None:
    one = item("4", EACH_HALF, not_reported={"deduct": deduct})
    got = scored(one, [tallied([0])], full=[full], states=[SILENT])
    assert got.points.tolist() == [points]
    assert got.is_counted.tolist() == [True]


def test_an_unreported_item_is_rounded_as_the_rubric_says() -> None:
    one = item("4", EACH_HALF, not_reported={"deduct": "2"})
    cut = scored(one, [tallied([0])], full=[333], states=[SILENT], rounding=TRUNCATE)
    assert cut.points.tolist() == [166]


def test_a_veto_has_no_points_to_ask_for() -> None:
    veto = rule("count", {"each": {"points": "1"}}).model_copy(update={"shape": None})
    with pytest.raises(TypeError):
        rule_scores(veto, tallied([1]))


@pytest.mark.parametrize(
    ("target", "who"),
    [
        ({}, [True, True, True]),
        ({"groups": ["x"]}, [True, False, True]),
        ({"departments": ["02"]}, [False, True, False]),
        ({"groups": ["x"], "departments": ["02"]}, [True, True, True]),
    ],
)
def test_items_are_for_the_groups_and_departments_they_name(
    target: dict[str, list[str]], who: list[bool]
) -> None:
    one = item("4", EACH_HALF, applies_to=target)
    assert included(one, Departments(["01", "02", "03"], ["x", "y", "x"])).tolist() == who


COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4)
QUIET = settings(max_examples=60, deadline=None, derandomize=True)


def two_rules(pairs: Sequence[tuple[int, int]], full: int, cap: str | None) -> Any:
    """A rate and a count in one item, for as many departments as there are pairs."""
    one = item(
        "5", rule("rate", LINEAR, cap=cap), rule("count", {"each": {"points": "0.3"}}, name="b")
    )
    rate = tallied([min(pair) for pair in pairs], [max(*pair, 1) for pair in pairs])
    count = tallied([pair[0] for pair in pairs])
    return scored(one, [rate, count], full=[full] * len(pairs))


@QUIET
@given(COUNTS, st.integers(0, 2000), st.sampled_from([None, "0.25", "2", "9"]))
def test_losses_and_points_add_up_and_stay_within_the_item(
    pairs: list[tuple[int, int]], full: int, cap: str | None
) -> None:
    got = two_rules(pairs, full, cap)
    assert (got.points + got.rule_losses.sum(axis=0)).tolist() == [full] * len(pairs)
    assert all(0 <= points <= full for points in got.points)
    assert all(loss >= 0 for loss in got.rule_losses.ravel())
    most = Fraction(cap or "5")
    assert all(got.exact_loss(0, place) <= most for place in range(len(pairs)))


@QUIET
@given(COUNTS, st.integers(0, 2000))
def test_equal_counts_have_equal_points_whoever_else_is_scored(
    pairs: list[tuple[int, int]], full: int
) -> None:
    together = two_rules([*pairs, *reversed(pairs)], full, "2").points.tolist()
    assert together == together[::-1]
    alone = [two_rules([pair], full, "2").points.tolist()[0] for pair in pairs]
    assert together[: len(pairs)] == alone


@QUIET
@given(st.integers(1, 40), st.integers(0, 600), st.sampled_from(["up", "down", "fraction"]))
def test_one_more_done_never_lowers_points_where_higher_is_better(
    due: int, full: int, steps: str
) -> None:
    shape = {"linear": {"below": "95%", "step": "3%", "points": "0.2", "steps": steps}}
    points = scored(
        item("4", rule("rate", shape)),
        [tallied(list(range(due + 1)), [due] * (due + 1))],
        full=[full] * (due + 1),
    ).points.tolist()
    assert points == sorted(points)
