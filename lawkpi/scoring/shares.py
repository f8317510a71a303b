"""Shares: how a rule's points fall on the records that cause them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lawkpi.rubric.shapes import Shape
from lawkpi.scoring.exact import largest_remainder
from lawkpi.scoring.worth import RecordWorth


@dataclass(frozen=True)
class RecordShare:
    """One record's part of a rule's points.

    `row` is the record's position in its ledger, None for a line that stands for all; `units` its
    share; `is_beyond` marks a record that costs nothing because a cap was reached before it,
    `is_covered` one whose matter counts elsewhere already.
    """

    row: int | None
    units: int
    is_beyond: bool = False
    is_covered: bool = False


@dataclass(frozen=True)
class Behind:
    """The records behind a rule's points.

    `rows` stand in row-id order; `worths` say what each is worth, `gravity` how much of a common figure
    each causes (None: alike).
    `one_line`: no record can be named for the points alone (an award not earned).
    """

    rows: Sequence[int]
    worths: Sequence[RecordWorth] | None = None
    gravity: Sequence[int] | None = None
    one_line: bool = False


def record_shares(shape: Shape, behind: Behind, units: int, exact: Fraction) -> list[RecordShare]:
    """A rule's units over its causing records, in row-id order, adding up exactly.

    Parameters
    ----------
    shape : says whether each record costs the same, all share alike, or one line stands for all
    units : the rule's points in the item, in units
    exact : the rule's exact points before rounding, its own cap and the item's floor applied
    """
    rows = list(behind.rows)
    if not rows or behind.one_line or shape.shares == "one_line":
        return [RecordShare(None, units)] if units else []
    weights = _weights(shape, behind, exact)
    if any(weights):
        parts = largest_remainder(weights, units)
    elif units:
        return [RecordShare(None, units)]
    else:
        parts = [0] * len(rows)
    covered = {one.row for one in behind.worths or () if one.is_covered}
    return [
        RecordShare(
            row,
            part,
            is_beyond=(weight == 0 or not units) and row not in covered,
            is_covered=row in covered,
        )
        for row, part, weight in zip(rows, parts, weights, strict=True)
    ]


def _weights(shape: Shape, behind: Behind, exact: Fraction) -> list[Fraction]:
    """What each record takes of the exact points, in order, until they are used up."""
    if behind.worths is not None:
        return _used_up([one.counted for one in behind.worths], exact)
    if behind.gravity is not None and any(behind.gravity):
        return [Fraction(one) for one in behind.gravity]
    each = shape.unit_points()
    if shape.shares == "equal" or each is None:
        return [Fraction(1)] * len(behind.rows)
    return _used_up([each] * len(behind.rows), exact)


def _used_up(worths: Sequence[Fraction], exact: Fraction) -> list[Fraction]:
    left = exact
    weights = []
    for worth in worths:
        weights.append(max(Fraction(0), min(worth, left)))
        left -= worth
    return weights
