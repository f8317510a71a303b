"""What a spreadsheet computes exactly is what the engine computed; beyond that it is refused, not rounded."""

from __future__ import annotations

from math import gcd

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.expression import (
    Const,
    Count,
    Divisor,
    Expression,
    Larger,
    Quotient,
    Smaller,
    When,
)
from lawkpi.scoring.exact import Mode, evaluated, rounded, whole
from lawkpi.workbook.formula import tree_formula
from lawkpi.workbook.whole import MOST_DIVISOR, MOST_WHOLE, NotExact, computed, rounded_tree, summed

QUIET = settings(max_examples=150, deadline=None, derandomize=True)
NAMES = ("done", "due", "state")
LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.integers(0, 40).map(Const), st.sampled_from(NAMES).map(Count)
)


def branches(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Every operation that a shape may use; nothing falls below zero, nothing is divided by it."""
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda two: two[0] + two[1]),
        pair.map(lambda two: two[0] * two[1]),
        pair.map(lambda two: Larger(two[0] - two[1], Const(0))),
        pair.map(lambda two: Quotient(two[0], Larger(two[1], Const(1)))),
        pair.map(lambda two: Smaller(*two)),
        pair.map(lambda two: Larger(*two)),
        st.tuples(inner, inner, inner, inner, st.booleans()).map(lambda five: When(*five)),
    )


TREES = st.recursive(LEAVES, branches, max_leaves=7)
COUNTS = st.fixed_dictionaries({name: st.integers(0, 60) for name in NAMES})


@QUIET
@given(TREES, COUNTS)
def test_a_tree_comes_to_what_the_engine_makes_of_it(
    tree: Expression, counts: dict[str, int]
) -> None:
    theirs = evaluated(tree, {name: whole([value]) for name, value in counts.items()})
    assert computed(tree, counts) == theirs[0]


@QUIET
@given(
    st.integers(-(10**9), 10**9), st.integers(1, 10**5), st.sampled_from(["half_up", "truncate"])
)
def test_a_signed_number_is_rounded_as_the_engine_rounds_it(
    above: int, below: int, mode: Mode
) -> None:
    tree = rounded_tree(Count("above"), Count("below"), mode, signed=True)
    theirs = rounded(whole([above]), whole([below]), mode)[0]
    assert computed(tree, {"above": above, "below": below}) == theirs


@QUIET
@given(st.integers(0, 10**9), st.integers(1, 10**5), st.sampled_from(["half_up", "truncate"]))
def test_a_number_that_cannot_fall_below_zero_needs_no_look_at_its_sign(
    above: int, below: int, mode: Mode
) -> None:
    tree = rounded_tree(Count("above"), Count("below"), mode)
    assert not isinstance(tree, When)
    assert (
        computed(tree, {"above": above, "below": below})
        == rounded(whole([above]), whole([below]), mode)[0]
    )


@pytest.mark.parametrize(("left", "right", "cut"), [(7, 2, 3), (-7, 2, -3), (-1, 2, 0), (0, 5, 0)])
def test_a_quotient_is_cut_off_towards_zero_as_spreadsheets_do(
    left: int, right: int, cut: int
) -> None:
    assert computed(Quotient(Const(left), Const(right)), {}) == cut


def test_the_largest_whole_number_of_a_spreadsheet_is_still_exact() -> None:
    assert computed(Count("n") + 1, {"n": MOST_WHOLE - 2}) == MOST_WHOLE - 1


@pytest.mark.parametrize("value", [9_007_199_254_740_992, -MOST_WHOLE, MOST_WHOLE**2])
def test_a_number_too_large_for_a_spreadsheet_is_refused(value: int) -> None:
    with pytest.raises(NotExact):
        computed(Count("n"), {"n": value})


def test_a_step_on_the_way_may_not_pass_the_limit_either() -> None:
    """The quotient is small again, but a spreadsheet has lost digits before."""
    tree = Quotient(Count("n") * 4, Const(4))
    assert computed(tree, {"n": 5}) == 5
    with pytest.raises(NotExact):
        computed(tree, {"n": MOST_WHOLE // 2})


def test_a_branch_that_is_not_taken_is_not_looked_at() -> None:
    tree = When(Count("n"), Const(1), Const(7), Const(MOST_WHOLE))
    assert computed(tree, {"n": 1}) == 7
    with pytest.raises(NotExact):
        computed(tree, {"n": 0})


@QUIET
@given(st.integers(0, MOST_DIVISOR - 1), st.integers(1, MOST_DIVISOR - 1))
def test_a_divisor_is_the_greatest_common_one(left: int, right: int) -> None:
    assert computed(Divisor(Const(left), Const(right)), {}) == gcd(left, right)


@pytest.mark.parametrize("pair", [(4_294_967_296, 2), (2, MOST_DIVISOR)])
def test_a_divisor_of_numbers_that_a_program_refuses_is_refused(pair: tuple[int, int]) -> None:
    left, right = pair
    with pytest.raises(NotExact):
        computed(Divisor(Const(left), Const(right)), {})


def test_the_formula_of_a_rounding_holds_no_decimal() -> None:
    tree = rounded_tree(Count("a"), 3, "half_up", signed=True)
    assert tree_formula(tree, {"a": "A1"}) == (
        "IF(A1>=0,QUOTIENT((A1*2+3),6),(0-QUOTIENT(((0-A1)*2+3),6)))"
    )


def test_a_sum_of_nothing_is_nothing_and_of_one_is_itself() -> None:
    assert summed([]) == Const(0)
    assert summed([Count("a")]) == Count("a")
    assert computed(summed([Const(1), Const(2), Const(4)]), {}) == 7
