"""Proportional: points in the ratio of what was done (mechanism 12)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import DONE, DUE, Const, Expression, Larger, Ratio, Smaller
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares


class Proportional(Shape):
    """`points` times the done share, or times the missing share; never more than `points`.

    A count or a sum needs its `target`: the number that stands for the whole.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate", "count", "amount")
    shares: ClassVar[Shares] = "equal"
    points: Points = Field(title="满额分值")
    of: Literal["done", "missing"] = Field(title="按何者的比例")
    target: Points | None = Field(default=None, title="应达数")

    @property
    def caused_by_done(self) -> bool:
        """Points for what was done come from what was counted."""
        return self.of == "done"

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """Points x min(done, whole) / whole, or the rest of it."""
        done, whole = self._sides(kind, scale)
        share: Expression = Smaller(done, whole)
        if self.of == "missing":
            share = Larger(whole - done, Const(0))
        return Ratio(share * self.points.numerator, whole * self.points.denominator)

    def _sides(self, kind: MeasureKind, scale: int) -> tuple[Expression, Expression]:
        if kind == "rate":
            return DONE, DUE
        target = (self.target or Fraction(1)) * scale
        return DONE * target.denominator, Const(target.numerator)

    def rule_text(self, reading: Reading) -> str:
        """按已计与应计之比得分，满额得20分."""
        verb = reading.verb
        return f"按{self._ratio_text(reading)}{verb}分，满额{verb}{points_text(self.points)}分"

    def _ratio_text(self, reading: Reading) -> str:
        is_done = self.of == "done"
        if reading.is_share:
            return "平均得分率" if is_done else "平均得分与满分之差"
        if reading.is_quota:
            return "完成率" if is_done else "未完成部分占任务数之比"
        target = f"应达{points_text(self.target or Fraction(1))}{reading.unit}"
        whole = "应计" if reading.kind == "rate" else target
        return f"已计与{whole}之比" if is_done else f"未达部分占{whole}之比"

    def most(self) -> Fraction | None:
        """The whole."""
        return self.points
