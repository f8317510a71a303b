"""As judged, as entered: points that people gave (mechanisms 30, 32, 33)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import DONE, DUE, Ratio
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares


class AsJudged(Shape):
    """The judged points themselves; of a panel, their mean."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("points",)
    shares: ClassVar[Shares] = "per_record"

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - one kind only
        """The sum of what was given over how many gave it."""
        return Ratio(DONE, DUE * scale)

    def rule_text(self, reading: Reading) -> str:
        """按评分单位核定意见扣分."""
        return f"按评分单位核定意见{reading.verb}分"


class AsEntered(AsJudged):
    """A score from another rule or office, times `factor`."""

    factor: Points = Field(default=Fraction(1), title="折算系数")

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """The entered points times the factor."""
        return super().amount(kind, scale).times(self.factor)

    def rule_text(self, reading: Reading) -> str:
        """按录入分值的0.25倍扣分."""
        times = "" if self.factor == 1 else f"的{points_text(self.factor)}倍"
        return f"按录入分值{times}{reading.verb}分"
