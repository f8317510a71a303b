"""Trees: what is put in the place of a count, and which counts a tree asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lawkpi.rubric.expression import (
    DONE,
    DUE,
    Const,
    Count,
    Divisor,
    Expression,
    Larger,
    Quotient,
    Ratio,
    Smaller,
    When,
    constant,
    folded,
    names_in,
)
from lawkpi.scoring import evaluated
from lawkpi.scoring.exact import whole

EVERY: list[Expression] = [
    DONE + DUE,
    DONE - DUE,
    DONE * DUE,
    Quotient(DONE, DUE),
    Smaller(DONE, DUE),
    Larger(DONE, DUE),
    When(DONE, Const(3), DUE, Const(1)),
    When(DONE, DUE, Const(4), DONE * 2, equal=True),
]


@pytest.mark.parametrize("tree", EVERY, ids=lambda tree: type(tree).__name__)
def test_a_number_put_in_gives_what_the_count_would_have_given(tree: Expression) -> None:
    counts = {"done": whole([2, 3, 4]), "due": whole([5, 5, 5])}
    filled = folded(tree, {"due": 5})
    assert names_in(filled) <= {"done"}
    assert evaluated(filled, counts).tolist() == evaluated(tree, counts).tolist()


def test_constants_are_multiplied_out() -> None:
    assert folded(DONE * DUE, {"done": 3, "due": 5}) == Const(15)
    assert folded(DONE * DUE, {"due": 1}) == DONE


def test_a_tree_may_be_put_in_the_place_of_a_count() -> None:
    safe = Larger(DUE, Const(1))
    assert folded(Quotient(DONE, DUE), {"due": safe}) == Quotient(DONE, safe)


def test_a_count_that_is_not_named_stays() -> None:
    assert folded(DONE - DUE, {"state": 1}) == DONE - DUE


@pytest.mark.parametrize("tree", [*EVERY, Divisor(DONE, DUE)], ids=lambda tree: type(tree).__name__)
def test_a_tree_asks_for_the_counts_on_all_its_sides(tree: Expression) -> None:
    assert names_in(tree) == {"done", "due"}


def test_a_comparison_asks_for_what_either_branch_needs() -> None:
    tree = When(Count("a"), Count("b"), Count("c"), Count("d"))
    assert names_in(tree) == {"a", "b", "c", "d"}
    assert names_in(Const(1)) == set()


@pytest.mark.parametrize("function", [names_in, lambda tree: folded(tree, {})])
def test_what_is_no_tree_is_refused(function: Any) -> None:
    with pytest.raises(TypeError):
        function(Fraction(1, 2))


@pytest.mark.parametrize(("done", "points"), [(1, "0.5"), (2, "1"), (3, "1")])
def test_a_capped_ratio_never_passes_its_cap(done: int, points: str) -> None:
    capped = Ratio(DONE, Const(2)).capped(Fraction(1))
    above, below = (
        evaluated(one, {"done": whole([done])})[0] for one in (capped.numerator, capped.denominator)
    )
    assert Fraction(int(above), int(below)) == Fraction(points)


def test_a_ratio_without_a_cap_stays_as_it_is() -> None:
    assert constant(Fraction(3, 4)).capped(None) == Ratio(Const(3), Const(4))
