"""Exact arithmetic: expression trees over arrays of whole numbers of any size, and rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lawkpi.rubric.expression import (
    Const,
    Count,
    Difference,
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

    `counts` holds `done`, `due` and `state`; where nothing is due the caller passes a due of 1.
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
    return _joined(tree, counts)


def _joined(tree: Any, counts: Mapping[str, Whole]) -> Whole:
    left, right = evaluated(tree.left, counts), evaluated(tree.right, counts)
    match tree:
        case Sum():
            result = left + right
        case Difference():
            result = left - right
        case Product():
            result = left * right
        case Quotient():
            result = left // right
        case Smaller():
            result = np.minimum(left, right)
        case Larger():
            result = np.maximum(left, right)
        case _:
            raise TypeError(type(tree).__name__)
    return np.asarray(result, dtype=object)


def rounded(numerator: Whole, denominator: Whole, mode: Mode) -> Whole:
    """Whole units of a non-negative ratio: half up, or cut off."""
    if mode == "truncate":
        return np.asarray(numerator // denominator, dtype=object)
    return np.asarray((2 * numerator + denominator) // (2 * denominator), dtype=object)


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
