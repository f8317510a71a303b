"""Exact arithmetic: expression trees over arrays of whole numbers of any size, and rounding."""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lawkpi.rubric.expression import (
    Binary,
    Const,
    Count,
    Difference,
    Divisor,
    Expression,
    Larger,
    Product,
    Quotient,
    Smaller,
    Sum,
    When,
)

Whole = NDArray[Any]
"""Arrays of Python ints: exact whatever the size."""
Mode = Literal["half_up", "truncate"]


def whole(values: Any) -> Whole:
    """Numbers as an array of Python ints."""
    return np.array([int(value) for value in values], dtype=object)


def evaluated(tree: Expression, counts: Mapping[str, Whole]) -> Whole:
    """A tree's value for every department at once.

    `counts` holds what the tree asks for by name; where nothing is due the caller passes a due of 1.
    """
    match tree:
        case Const(value):
            return np.full(len(counts["done"]), value, dtype=object)
        case Count(name):
            return counts[name]
        case When(left, right, then, otherwise, equal):
            a, b = evaluated(left, counts), evaluated(right, counts)
            holds = (a == b) if equal else (a >= b)
            return np.where(
                holds.astype(bool), evaluated(then, counts), evaluated(otherwise, counts)
            )
        case Binary(left, right):
            operation = _OPERATIONS[type(tree)]
            return np.asarray(operation(evaluated(left, counts), evaluated(right, counts)), object)
    raise TypeError(type(tree).__name__)


_OPERATIONS: dict[type[Expression], Callable[[Whole, Whole], Any]] = {
    Sum: operator.add,
    Difference: operator.sub,
    Product: operator.mul,
    Quotient: operator.floordiv,
    Smaller: np.minimum,
    Larger: np.maximum,
    Divisor: np.gcd,
}


def rounded(numerator: Whole, denominator: Whole, mode: Mode) -> Whole:
    """Whole units of a ratio: half up, or cut off; below zero by the size, as 四舍五入 is done."""
    size = np.abs(numerator)
    half = 0 if mode == "truncate" else denominator
    units = (2 * size + half) // (2 * denominator)
    return np.asarray(np.where(numerator < 0, -units, units), dtype=object)


def ranked(
    values: Sequence[Fraction], ties: Literal["competition", "dense"], *, falling: bool
) -> list[int]:
    """The rank of each value, the largest first where `falling`.

    `competition` counts everyone ahead (1, 2, 2, 4), `dense` the different values ahead (1, 2, 2, 3).
    """
    keys = [-value if falling else value for value in values]
    ahead = sorted(set(keys) if ties == "dense" else keys)
    return [1 + bisect_left(ahead, key) for key in keys]


def half_up(value: Fraction) -> int:
    """A non-negative fraction to the nearest whole number, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def largest_remainder(weights: Sequence[Fraction], total: int) -> list[int]:
    """Whole shares of a total in proportion to weights, adding up exactly.

    The units left after cutting off go to the largest remainders, earlier ones first. Weights of
    zero get nothing; with no positive weight every share is zero unless the total is not.

    Raises
    ------
    ValueError : something is to be shared and no weight is positive
    """
    whole_weight = sum(weights, Fraction(0))
    if total == 0:
        return [0] * len(weights)
    if whole_weight <= 0:
        raise ValueError("nothing to share among")
    if len(weights) == 1:
        return [total]
    exact = [weight * total / whole_weight for weight in weights]
    shares = [value.numerator // value.denominator for value in exact]
    order = sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares
