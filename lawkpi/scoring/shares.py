"""Shares: how a rule's points fall on the records that cause them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lawkpi.rubric.shapes import Shape
from lawkpi.scoring.exact import largest_remainder


@dataclass(frozen=True)
class RecordShare:
    """One record's part of a rule's points.

    `row` is the record's position in its ledger, None for a line that stands for all; `units` its
    share; `is_beyond` marks a record that costs nothing because a cap was reached before it.
    """

    row: int | None
    units: int
    is_beyond: bool = False


def record_shares(shape: Shape, rows: list[int], units: int, exact: Fraction) -> list[RecordShare]:
    """A rule's units over its causing records, in row-id order, adding up exactly.

    Parameters
    ----------
    shape : says whether each record costs the same, all share alike, or one line stands for all
    rows : positions of the causing records in row-id order
    units : the rule's points in the item, in units
    exact : the rule's exact points before rounding, its own cap and the item's floor applied
    """
    if not rows or shape.shares == "one_line":
        return [RecordShare(None, units)] if units else []
    each = shape.unit_points()
    if shape.shares == "equal" or each is None:
        weights = [Fraction(1)] * len(rows)
    else:
        weights = [max(Fraction(0), min(each, exact - each * place)) for place in range(len(rows))]
    parts = largest_remainder(weights, units) if any(weights) else [0] * len(rows)
    return [
        RecordShare(row, part, is_beyond=weight == 0)
        for row, part, weight in zip(rows, parts, weights, strict=True)
    ]
