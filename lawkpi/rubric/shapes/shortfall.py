"""Shortfall: each one short of a target (mechanism 7)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import DONE, Const, Larger, Ratio
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares


class Shortfall(Shape):
    """max(0, target - count) x points; what is missing has no record, so the loss is one line."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("count",)
    shares: ClassVar[Shares] = "one_line"
    target: int
    points: Points

    def amount(self, kind: MeasureKind) -> Ratio:  # noqa: ARG002 - one kind only
        """Missing units x points."""
        short = Larger(Const(self.target) - DONE, Const(0))
        return Ratio(short * self.points.numerator, Const(self.points.denominator))

    def rule_text(self, reading: Reading) -> str:
        """应达4次，每少1次扣0.5分."""
        points = points_text(self.points)
        return f"应达{self.target}{reading.unit}，每少1{reading.unit}{reading.verb}{points}分"

    def most(self) -> Fraction | None:
        """The points when nothing is there."""
        return self.target * self.points
