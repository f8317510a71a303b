"""As judged: points that a person entered within a declared range (mechanisms 32, 33)."""

from __future__ import annotations

from typing import ClassVar

from lawkpi.rubric.expression import DONE, Const, Ratio
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares

JUDGED_SCALE = 100
"""Judged points are kept as whole hundredths."""


class AsJudged(Shape):
    """The judged points themselves."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("judged",)
    shares: ClassVar[Shares] = "per_record"

    def amount(self, kind: MeasureKind) -> Ratio:  # noqa: ARG002 - one kind only
        """Hundredths of points as entered."""
        return Ratio(DONE, Const(JUDGED_SCALE))

    def rule_text(self, reading: Reading) -> str:
        """按评分单位核定意见扣分."""
        return f"按评分单位核定意见{reading.verb}分"
