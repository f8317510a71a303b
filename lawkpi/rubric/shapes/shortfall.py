"""Shortfall: each one short of a target (mechanism 7)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import DONE, Const, Larger, Ratio
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares


class Shortfall(Shape):
    """max(0, target - count) x points; what is missing has no record, so the loss is one line."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("count", "amount")
    shares: ClassVar[Shares] = "one_line"
    target: int = Field(gt=0, title="应达数")
    points: Points = Field(title="每少1分值")

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - the same for both
        """Missing units x points; a part of a unit costs its share."""
        short = Larger(Const(self.target * scale) - DONE, Const(0))
        worth = self.points / scale
        return Ratio(short * worth.numerator, Const(worth.denominator))

    def rule_text(self, reading: Reading) -> str:
        """应达4次，每少1次扣0.5分."""
        points = points_text(self.points)
        return f"应达{self.target}{reading.unit}，每少1{reading.unit}{reading.verb}{points}分"

    def most(self) -> Fraction | None:
        """The points when nothing is there."""
        return self.target * self.points
