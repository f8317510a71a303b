"""Sizes: whole numbers on the way to points that a spreadsheet can no longer hold exactly."""

from __future__ import annotations

from collections.abc import Iterator

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
from lawkpi.rubric.lint.faults import Around, Fault, placed_rules, warning
from lawkpi.rubric.measures import Chosen
from lawkpi.rubric.model import Rubric

MOST_WHOLE = 2**53
MOST_RECORDS = 100_000
"""Counts that a department may come to."""


def size_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Rules whose whole numbers could pass fifteen digits at a hundred thousand records."""
    for placed in placed_rules(rubric):
        rule = placed.rule
        scale = 1
        measure = rule.measure.measure
        column = getattr(measure, "column", None)
        if isinstance(measure, Chosen) and column and measure.ledger in around.schemas:
            scale = 10 ** around.schemas[measure.ledger].places_of(column)
        ratio = rule.ratio(scale)
        if ratio is None:
            continue
        largest = max(_largest(ratio.numerator, scale), _largest(ratio.denominator, scale))
        if largest > MOST_WHOLE:
            yield warning(
                "RUBRIC_NUMBER_TOO_LARGE",
                placed.at("shape"),
                f"{placed.name}的计算过程会超过15位整数，工作簿中不能精确重算",
                "减少界限、步长或分值的小数位数",
            )


def _largest(tree: Expression, scale: int) -> int:
    """The largest number anywhere in a tree."""
    return _bounds(tree, MOST_RECORDS * scale)[1]


def _bounds(tree: Expression, most: int) -> tuple[int, int]:
    """The largest value of a tree, and the largest on the way to it."""
    match tree:
        case Const(value):
            return abs(value), abs(value)
        case Count():
            return most, most
        case When(left, right, then, otherwise):
            parts = [_bounds(one, most) for one in (left, right, then, otherwise)]
            return max(parts[2][0], parts[3][0]), max(inner for _, inner in parts)
    return _joined(tree, most)


def _joined(tree: Expression, most: int) -> tuple[int, int]:
    if not isinstance(tree, Sum | Difference | Product | Quotient | Smaller | Larger):
        raise TypeError(type(tree).__name__)
    (a, inner_a), (b, inner_b) = _bounds(tree.left, most), _bounds(tree.right, most)
    match tree:
        case Product():
            value = a * b
        case Sum() | Difference():
            value = a + b
        case Smaller():
            value = min(a, b)
        case Quotient():
            value = a
        case _:
            value = max(a, b)
    return value, max(value, inner_a, inner_b)
