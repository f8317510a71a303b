"""Versus: points by the distance from a mean, from the past or from a quota (mechanism 18)."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import (
    DONE,
    DUE,
    REFERENCE,
    REFERENCE_BASE,
    Const,
    Expression,
    Larger,
    Quotient,
    Ratio,
    When,
    upward,
)
from lawkpi.rubric.shapes.base import Compared, MeasureKind, Reading, Shape, Shares, rounded_percent
from lawkpi.rubric.shapes.lines import STEPS, Line, LineField, Steps
from lawkpi.rubric.shapes.steps import common_denominator, inside
from lawkpi.rubric.shapes.tiers import Tier, disordered, ordered, tier_text

Reference = Literal["group_mean", "group_pooled", "last_year", "own_mean", "outside_mean", "quota"]
REFERENCES: dict[Reference, str] = {
    "group_mean": "本组各单位平均值",
    "group_pooled": "本组合并计算值",
    "last_year": "上年值",
    "own_mean": "本单位往年平均值",
    "outside_mean": "上级公布的平均值",
    "quota": "下达的指标值",
}


class Versus(Shape):
    """Points by how far the figure lies on one `side` of a reference.

    `group_mean` is the mean of the departments' figures, `group_pooled` the figure of the group as
    one; the other references are entered by an office. The distance is `absolute` (points of per
    cent, or a number) or `relative` to the reference. Either each `step` is worth `points`, or `tiers`
    price the distance; with a `step` beside them, each step of the absolute distance costs what the tier
    says. Equal to the reference is worth nothing.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate", "count", "amount")
    shares: ClassVar[Shares] = "one_line"
    reference: Reference = Field(title="比较对象")
    side: Literal["below", "above"] = Field(title="低于或高于")
    difference: Literal["absolute", "relative"] = Field(title="差额或差率")
    step: LineField | None = Field(default=None, title="步长")
    points: Points | None = Field(default=None, title="每步分值")
    steps: Steps | None = Field(default=None, title="不足一步")
    tiers: tuple[Tier, ...] | None = Field(default=None, title="各档")

    @model_validator(mode="after")
    def _one_way(self) -> Versus:
        if (self.tiers is None) == (self.points is None):
            raise ValueError("points 与 tiers 应当且只能写一个")
        if (self.step is None) != (self.steps is None) or (self.tiers, self.step) == (None, None):
            raise ValueError("step 与 steps 应同时写明；没有 tiers 的必须写明")
        if self.step is not None and self.step.value <= 0:
            raise ValueError("step 应大于0")
        if self.tiers is not None and (fault := disordered(self.tiers)):
            raise ValueError(fault)
        if self.tiers is not None and any(tier.low is None for tier in self.tiers):
            raise ValueError("与他者比较的各档应写明下限（at_least 或 above）")
        if self.difference == "relative" and not all(line.is_share for line in self._of_distance):
            raise ValueError("差率（relative）的界限和步长应为百分比")
        return self

    @property
    def compares(self) -> Compared | None:
        """The group, or a figure given beforehand."""
        return "group" if self.reference.startswith("group") else "baseline"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Steps and lines of an absolute distance, which is measured as the figure is."""
        own = () if self.difference == "relative" else self._of_distance
        return own + ((self.step,) if self.step is not None and self.tiers is not None else ())

    @property
    def _of_distance(self) -> tuple[Line, ...]:
        """What is measured as the distance is: the lines of tiers, or the step without them."""
        if self.tiers is not None:
            return tuple(line for tier in self.tiers for line in tier.lines)
        return (self.step,) if self.step is not None else ()

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """Steps of the distance x points, or the tier of the distance."""
        gap, base = self._distance(kind, scale)
        if self.tiers is not None:
            unit: Expression = DUE if kind == "rate" else Const(scale)
            return self._tiered(gap, base, unit * REFERENCE_BASE)
        if self.points is None:
            raise AssertionError
        count, parts = self._counted(gap, base)
        return Ratio(count * self.points.numerator, parts * self.points.denominator)

    def _counted(self, gap: Expression, base: Expression) -> tuple[Expression, Expression]:
        """A distance in steps: whole ones over 1, or with parts of one over what makes a step."""
        if self.step is None:
            return Const(1), Const(1)
        scaled = gap * self.step.value.denominator
        step = base * self.step.value.numerator
        if self.steps == "fraction":
            return scaled, step
        return upward(scaled, step) if self.steps == "up" else Quotient(scaled, step), Const(1)

    def _distance(self, kind: MeasureKind, scale: int) -> tuple[Expression, Expression]:
        """How far the figure lies on its side (never below zero), as one number over another."""
        unit: Expression = DUE if kind == "rate" else Const(scale)
        own, other = DONE * REFERENCE_BASE, REFERENCE * unit
        gap = other - own if self.side == "below" else own - other
        base = other if self.difference == "relative" else unit * REFERENCE_BASE
        return Larger(gap, Const(0)), base

    def _tiered(self, gap: Expression, base: Expression, absolute: Expression) -> Ratio:
        tiers = self.tiers or ()
        count, parts = self._counted(gap, absolute)
        common = common_denominator([tier.points for tier in tiers])
        tree: Expression = Const(0)
        for tier in reversed(ordered(tiers)):
            points: Expression = count * int(tier.points * common)
            tree = inside(tier, partial(_crosswise, gap, base), points, tree)
        return Ratio(When(Const(0), gap, Const(0), tree), parts * common)

    def most(self) -> Fraction | None:
        """The dearest tier; none where each step costs more."""
        is_bounded = self.tiers is not None and self.step is None
        return max(tier.points for tier in self.tiers or ()) if is_bounded else None

    def distance_text(self, reading: Reading) -> str:
        """What it is compared with, for one department, and how far it lies from it."""
        title, other = REFERENCES[self.reference], reading.reference
        if other is None or (reading.kind == "rate" and not reading.due):
            return title
        own = Fraction(reading.done, reading.due if reading.kind == "rate" else reading.scale)
        gap = own - other
        is_rate = reading.kind == "rate"
        figure = rounded_percent(other) if is_rate else f"{_rounded(other)}{reading.unit}"
        if not gap:
            return f"{title}{figure}，与之持平"
        far = (
            f"{_rounded(abs(gap) * 100)}个百分点"
            if is_rate
            else f"{_rounded(abs(gap))}{reading.unit}"
        )
        if self.difference == "relative" and other:
            far += f"（{_rounded(abs(gap) / other * 100)}%）"
        return f"{title}{figure}，{'高' if gap > 0 else '低'}{far}"

    def rule_text(self, reading: Reading) -> str:
        """低于上级公布的平均值的，每低1个百分点扣0.25分."""
        side, word = ("低于", "低") if self.side == "below" else ("高于", "高")
        head = f"{side}{REFERENCES[self.reference]}的"
        verb = reading.verb
        if self.tiers is not None:
            each = f"每{word}{self._step_text(reading.unit)}" if self.step else ""
            priced = "，".join(
                f"{self._tier_text(tier, reading.unit)}的{each}{verb}{points_text(tier.points)}分"
                for tier in self.tiers
            )
            return f"{head}，{priced}" + (f"（{STEPS[self.steps]}）" if self.steps else "")
        step = self._step_text(reading.unit)
        points, part = points_text(self.points or Fraction(0)), STEPS[self.steps or "up"]
        return f"{head}，每{word}{step}{verb}{points}分（{part}）"

    def _tier_text(self, tier: Tier, unit: str) -> str:
        """A tier of the distance: points of per cent, a number, or a share of the reference."""
        word = "低" if self.side == "below" else "高"
        if tier.high is not None and tier.low is not None and tier.low.value == 0:
            tier = tier.model_copy(update={"above": None, "at_least": None})
        if self.difference == "relative":
            return f"幅度{tier_text(tier, '')}"
        return word + tier_text(tier, unit).replace("%", "个百分点")

    def _step_text(self, unit: str) -> str:
        if self.step is None:
            raise AssertionError
        if self.difference == "relative" and self.tiers is None:
            return self.step.text
        if self.step.is_share:
            return f"{points_text(self.step.value * 100)}个百分点"
        return f"{self.step.text}{unit}"


def _crosswise(gap: Expression, base: Expression, line: Line) -> tuple[Expression, Expression]:
    """A distance set against a line in whole numbers."""
    return gap * line.value.denominator, base * line.value.numerator


def _rounded(value: Fraction) -> str:
    """A number for reading: two decimals at most."""
    units = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    return points_text(Fraction(units, 100))
