"""Whole numbers: what a spreadsheet computes exactly, and the trees that rounding takes.

A tree is printed as a formula by `formula.tree_formula`; here it is computed, in the same order, so that
the stored value is what a spreadsheet arrives at.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from math import gcd
from typing import Literal

from lawkpi.rubric.expression import (
    Binary,
    Const,
    Count,
    Difference,
    Divisor,
    Expression,
    Larger,
    Operand,
    Product,
    Quotient,
    Smaller,
    Sum,
    When,
    lift,
)

MOST_WHOLE = 2**53
"""Beyond this a spreadsheet's whole numbers are no longer exact."""
MOST_DIVISOR = 2**32
"""GCD is refused above this by one of the programs that have to agree."""


class NotExact(Exception):  # noqa: N818 - a signal inside this room, never shown
    """A number on the way is too large for a spreadsheet; the result is written as a value."""


def computed(tree: Expression, values: Mapping[str, int]) -> int:
    """A tree's number, every step of it exact in a spreadsheet.

    Raises
    ------
    NotExact : a step passes what a spreadsheet computes exactly
    """
    if isinstance(tree, Count):
        found = values[tree.name]
    elif isinstance(tree, Const):
        found = tree.value
    elif isinstance(tree, Binary):
        operation = _OPERATIONS[type(tree)]
        found = operation(computed(tree.left, values), computed(tree.right, values))
    elif isinstance(tree, When):
        left, right = computed(tree.left, values), computed(tree.right, values)
        holds = left == right if tree.equal else left >= right
        found = computed(tree.then if holds else tree.otherwise, values)
    else:
        raise TypeError(type(tree).__name__)
    if abs(found) >= MOST_WHOLE:
        raise NotExact
    return found


def _quotient_of(left: int, right: int) -> int:
    """The whole part of a quotient; spreadsheets cut off towards zero."""
    whole = abs(left) // abs(right)
    return whole if (left < 0) == (right < 0) else -whole


def _divisor(left: int, right: int) -> int:
    if max(left, right) >= MOST_DIVISOR:
        raise NotExact
    return gcd(left, right)


_OPERATIONS: dict[type[Expression], Callable[[int, int], int]] = {
    Sum: operator.add,
    Difference: operator.sub,
    Product: operator.mul,
    Quotient: _quotient_of,
    Smaller: min,
    Larger: max,
    Divisor: _divisor,
}


def rounded_tree(
    above: Operand, below: Operand, mode: Literal["half_up", "truncate"], *, signed: bool = False
) -> Expression:
    """Whole units of a ratio as `lawkpi.scoring.exact.rounded` gives them.

    Parameters
    ----------
    signed : the numerator may lie below zero; its size is rounded then
    """
    top, bottom = lift(above), lift(below)
    if not signed:
        return _quotient(top, bottom, mode)
    negative = Const(0) - _quotient(Const(0) - top, bottom, mode)
    return When(top, Const(0), _quotient(top, bottom, mode), negative)


def _quotient(top: Expression, bottom: Expression, mode: str) -> Expression:
    if mode == "truncate":
        return Quotient(top, bottom)
    return Quotient(top * 2 + bottom, bottom * 2)


def summed(parts: list[Expression]) -> Expression:
    """The sum of several trees; nothing is 0."""
    total: Expression = Const(0)
    for place, part in enumerate(parts):
        total = total + part if place else part
    return total
