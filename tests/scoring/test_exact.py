from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.expression import DONE, DUE, Const, Expression, Larger, Quotient, Smaller, upward
from lawkpi.scoring import evaluated, half_up, largest_remainder
from lawkpi.scoring.exact import rounded, whole

QUIET = settings(max_examples=80, deadline=None, derandomize=True)
WEIGHTS = st.lists(
    st.fractions(min_value=0, max_value=50, max_denominator=30), min_size=1, max_size=12
)


@pytest.mark.parametrize(
    ("value", "nearest"),
    [
        ("0", 0),
        ("0.49", 0),
        ("0.5", 1),
        ("0.51", 1),
        ("1.5", 2),
        ("2.5", 3),
        ("1/3", 0),
        ("2/3", 1),
    ],
)
def test_halves_go_up_and_never_to_the_even_number(value: str, nearest: int) -> None:
    assert half_up(Fraction(value)) == nearest


def test_half_up_and_truncate_differ_from_the_half_on() -> None:
    parts, tens = whole(range(21)), whole([10] * 21)
    assert rounded(parts, tens, "half_up").tolist() == [0] * 5 + [1] * 10 + [2] * 6
    assert rounded(parts, tens, "truncate").tolist() == [0] * 10 + [1] * 10 + [2]


def test_rounding_is_exact_beyond_what_a_float_can_hold() -> None:
    below = whole([2 * 10**30 - 1, 2 * 10**30])
    assert rounded(below, whole([4 * 10**30] * 2), "half_up").tolist() == [0, 1]


def test_a_tree_is_evaluated_for_every_department_at_once() -> None:
    counts = {"done": whole([1, 5, 9]), "due": whole([4, 5, 10]), "state": whole([0, 0, 0])}
    tree = Larger(Smaller(DUE * 2 - DONE, Const(8)) + 1, Const(7))
    assert evaluated(tree, counts).tolist() == [8, 7, 9]
    assert evaluated(upward(DUE, Const(4)), counts).tolist() == [1, 2, 3]
    assert evaluated(Quotient(DUE, Const(4)), counts).tolist() == [1, 1, 2]


def test_a_tree_of_an_unknown_kind_is_refused() -> None:
    class Strange(Expression):
        left = right = Const(1)

    with pytest.raises(TypeError):
        evaluated(Strange(), {"done": whole([1])})


def test_a_count_the_measure_does_not_give_is_refused() -> None:
    with pytest.raises(KeyError):
        evaluated(DUE, {"done": whole([1])})


def test_numbers_stay_whole_numbers_of_python() -> None:
    numbers = whole(np.array([1, 2], dtype="int64"))
    assert [type(number) for number in numbers] == [int, int]


@pytest.mark.parametrize(
    ("weights", "total", "shares"),
    [
        (["1", "1", "1"], 10, [4, 3, 3]),
        (["1", "1", "1"], 2, [1, 1, 0]),
        (["2", "1"], 3, [2, 1]),
        (["1", "3"], 2, [1, 1]),
        (["0", "1", "0"], 5, [0, 5, 0]),
        (["0.2", "0.2", "0.1"], 50, [20, 20, 10]),
        (["1", "2", "3"], 0, [0, 0, 0]),
    ],
)
def test_units_left_over_go_to_the_largest_remainders_and_then_to_the_first(
    weights: list[str], total: int, shares: list[int]
) -> None:
    assert largest_remainder([Fraction(one) for one in weights], total) == shares


@pytest.mark.parametrize("weights", [[], [Fraction(0)], [Fraction(0), Fraction(0)]])
def test_sharing_something_among_nobody_is_refused(weights: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="nothing to share"):
        largest_remainder(weights, 1)


def test_nothing_is_shared_among_nobody_without_complaint() -> None:
    assert largest_remainder([Fraction(0)], 0) == [0]


@QUIET
@given(WEIGHTS, st.integers(0, 10_000))
def test_shares_add_up_and_stay_within_one_unit_of_their_part(
    weights: list[Fraction], total: int
) -> None:
    if not any(weights):
        weights = [*weights, Fraction(1)]
    shares = largest_remainder(weights, total)
    assert sum(shares) == total
    exact = [weight * total / sum(weights) for weight in weights]
    assert all(abs(share - part) < 1 for share, part in zip(shares, exact, strict=True))
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


@QUIET
@given(st.integers(1, 12), st.integers(0, 500))
def test_equal_weights_differ_by_one_unit_at_most_and_earlier_ones_come_first(
    size: int, total: int
) -> None:
    shares = largest_remainder([Fraction(1)] * size, total)
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)
