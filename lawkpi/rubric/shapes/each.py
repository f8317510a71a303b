"""Each: n occurrences, the same points each (mechanisms 5, 6, 14)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import Const, Ratio
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares, missing_count


class Each(Shape):
    """Every occurrence (count), or every unit due and not done (rate), costs `points`."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("count", "rate")
    shares: ClassVar[Shares] = "per_record"
    points: Points

    def amount(self, kind: MeasureKind) -> Ratio:
        """N x points."""
        count = missing_count(kind)
        return Ratio(count * self.points.numerator, Const(self.points.denominator))

    def unit_points(self) -> Fraction | None:
        """Points of one occurrence."""
        return self.points

    def rule_text(self, reading: Reading) -> str:
        """每1件扣0.5分."""
        return f"每1{reading.unit}{reading.verb}{points_text(self.points)}分"
