"""Slopes: so many points a step, more the farther a rate lies from its line (mechanism 11)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from lawkpi.params import Percent, Points, Strict, points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.expression import (
    DONE,
    DUE,
    Const,
    Expression,
    Larger,
    Quotient,
    Ratio,
    When,
    upward,
)
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.lines import STEPS, Steps
from lawkpi.rubric.shapes.steps import common_denominator


class Slope(Strict):
    """Below `below` each step costs `points`."""

    below: Percent = Field(title="低于")
    points: Points = Field(title="每步分值")


class Slopes(Shape):
    """Each `step` below the first line costs points; below each further line it costs more.

    `counted: within` prices every step by the range it lies in; `whole` prices all steps below the first
    line by the lowest line passed. Published texts rarely say which: there is no default.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate",)
    shares: ClassVar[Shares] = "equal"
    slopes: tuple[Slope, ...] = Field(title="各段")
    step: Percent = Field(title="步长")
    steps: Steps = Field(title="不足一步")
    counted: Literal["within", "whole"] = Field(title="分段方式")

    @model_validator(mode="after")
    def _falling(self) -> Slopes:
        lines = [one.below for one in self.slopes]
        points = [one.points for one in self.slopes]
        in_order = lines == sorted(set(lines), reverse=True) and points == sorted(set(points))
        if len(lines) < 2 or not in_order or self.step <= 0:
            raise ValueError("各段至少两段，界限从高到低、分值逐段增大，step 大于0")
        if any(((lines[0] - line) / self.step).denominator != 1 for line in lines):
            raise ValueError("各段界限之间应为 step 的整数倍")
        return self

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - one kind only
        """Steps x points; the steps are counted from each line on its own, or from the first."""
        common = common_denominator([one.points for one in self.slopes])
        tree = self._within(common) if self.counted == "within" else self._whole(common)
        base: Expression = Const(common)
        return Ratio(tree, self._base * common if self.steps == "fraction" else base)

    @property
    def _shared(self) -> int:
        """The common denominator of the lines."""
        return common_denominator([one.below for one in self.slopes])

    @property
    def _base(self) -> Expression:
        """What a gap is divided by to be counted in steps."""
        return DUE * (self._shared * self.step.numerator)

    def _count(self, below: Fraction) -> Expression:
        """Steps below a line; over `_base` where parts of a step count."""
        gap = Larger(DUE * int(below * self._shared) - DONE * self._shared, Const(0))
        scaled = gap * self.step.denominator
        if self.steps == "fraction":
            return scaled
        return upward(scaled, self._base) if self.steps == "up" else Quotient(scaled, self._base)

    def _within(self, common: int) -> Expression:
        tree: Expression = Const(0)
        before = 0
        for one in self.slopes:
            price = int(one.points * common)
            tree = tree + self._count(one.below) * (price - before)
            before = price
        return tree

    def _whole(self, common: int) -> Expression:
        tree: Expression = Const(0)
        count = self._count(self.slopes[0].below)
        for one in self.slopes:
            line = one.below
            priced = count * int(one.points * common)
            tree = When(DONE * line.denominator, DUE * line.numerator, tree, priced)
        return tree

    def rule_text(self, reading: Reading) -> str:
        """低于96%的每低1个百分点扣0.25分，低于90%的每低1个百分点扣0.5分."""
        step = points_text(self.step * 100)
        parts = [
            f"低于{percent_text(one.below)}的，每低{step}个百分点{reading.verb}"
            f"{points_text(one.points)}分"
            for one in self.slopes
        ]
        how = "分段累计" if self.counted == "within" else "按所处段一并计算"
        return f"{'，'.join(parts)}（{how}，{STEPS[self.steps]}）"
