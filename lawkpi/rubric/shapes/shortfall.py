"""Shortfall: each one, or each step, short of a target (mechanism 7)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field, model_validator

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import DONE, Const, Expression, Larger, Quotient, Ratio, upward
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.lines import STEPS, Steps


class Shortfall(Shape):
    """max(0, target - count) x points; what is missing has no record, so the loss is one line.

    `per`: so many units short make one step, with `steps` for a part of one. Without it a part of a unit
    costs its share. A whole `target` may stand without quotes.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("count", "amount")
    shares: ClassVar[Shares] = "one_line"
    target: Points = Field(title="应达数")
    points: Points = Field(title="每少1分值")
    per: Points | None = Field(default=None, title="几个单位为一步")
    steps: Steps | None = Field(default=None, title="不足一步")

    @model_validator(mode="before")
    @classmethod
    def _whole_target(cls, raw: Any) -> Any:
        target = raw.get("target") if isinstance(raw, dict) else None
        if isinstance(target, int) and not isinstance(target, bool):
            return {**raw, "target": str(target)}
        return raw

    @model_validator(mode="after")
    def _consistent(self) -> Shortfall:
        if self.target <= 0:
            raise ValueError("target 应大于0")
        if self.per is not None and self.per <= 0:
            raise ValueError("per 应大于0")
        if (self.per is None) != (self.steps is None):
            raise ValueError("写明 per 的应写明 steps（不足一步如何计），其他的不写")
        return self

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - the same for both
        """Missing units, or steps of them, x points."""
        over = self.target.denominator
        short = Larger(Const(self.target.numerator * scale) - DONE * over, Const(0))
        per = self.per or Fraction(1)
        if self.per is None or self.steps == "fraction":
            worth = self.points / per / scale / over
            return Ratio(short * worth.numerator, Const(worth.denominator))
        step = per * scale * over
        left, right = short * step.denominator, Const(step.numerator)
        whole: Expression = upward(left, right) if self.steps == "up" else Quotient(left, right)
        return Ratio(whole * self.points.numerator, Const(self.points.denominator))

    def short_text(self, reading: Reading) -> str:
        """The target and what is short of it: 应达4次，少1次."""
        short = max(self.target - Fraction(reading.done, reading.scale), Fraction(0))
        unit = reading.unit
        return f"应达{points_text(self.target)}{unit}，少{points_text(short)}{unit}"

    def rule_text(self, reading: Reading) -> str:
        """应达4次，每少1次扣0.5分."""
        points, unit = points_text(self.points), reading.unit
        step = points_text(self.per or Fraction(1))
        part = f"（{STEPS[self.steps]}）" if self.steps else ""
        target = f"应达{points_text(self.target)}{unit}"
        return f"{target}，每少{step}{unit}{reading.verb}{points}分{part}"

    def most(self) -> Fraction | None:
        """The points when nothing is there."""
        count = self.target / (self.per or Fraction(1))
        whole = {"up": -(-count // 1), "down": count // 1}.get(self.steps or "fraction", count)
        return Fraction(whole) * self.points
