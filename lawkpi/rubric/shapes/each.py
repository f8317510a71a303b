"""Each: n occurrences, so many points each (mechanisms 5, 6, 8, 14, 15, 20, 21)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field, model_validator

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import (
    WORTH,
    WORTH_BASE,
    Const,
    Expression,
    Larger,
    Quotient,
    Ratio,
    upward,
)
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares, missing_count
from lawkpi.rubric.shapes.by_column import ByColumn
from lawkpi.rubric.shapes.lines import STEPS, Steps


class Each(Shape):
    """Every occurrence (count), or every unit due and not done (rate), is worth `points`.

    `free`: so many are worth nothing; `per`: so many units make one step, with `steps` for a part of
    one. `by` prices each record by one of its columns instead.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("count", "amount", "rate")
    shares: ClassVar[Shares] = "per_record"
    points: Points | None = Field(default=None, title="每次分值")
    free: Points | None = Field(default=None, title="不计的前几次")
    per: Points | None = Field(default=None, title="几个单位为一步")
    steps: Steps | None = Field(default=None, title="不足一步")
    by: ByColumn | None = Field(default=None, title="按列计分")

    @model_validator(mode="after")
    def _consistent(self) -> Each:
        if (self.points is None) == (self.by is None):
            raise ValueError("points 与 by 应当且只能写一个")
        if self.by is not None and (self.free or self.per or self.steps):
            raise ValueError("按列计分（by）的，不写 free、per、steps")
        if self.per is not None and self.per <= 0:
            raise ValueError("per 应大于0")
        if (self.per is None) != (self.steps is None):
            raise ValueError("写明 per 的应写明 steps（不足一步如何计），其他的不写")
        return self

    @property
    def is_plain(self) -> bool:
        """Whether each record is worth the same."""
        return self.by is None and not self.free and self.per is None

    @property
    def is_by_record(self) -> bool:
        """Whether a column prices each record."""
        return self.by is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """The pricing column."""
        return (self.by.column,) if self.by else ()

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """Steps x points, or what the records are worth together."""
        if self.points is None:
            return Ratio(WORTH, WORTH_BASE)
        count = self._beyond_free(missing_count(kind), scale)
        per = self.per or Fraction(1)
        if self.per is None or self.steps == "fraction":
            worth = self.points / per / scale
            return Ratio(count * worth.numerator, Const(worth.denominator))
        step = per * scale
        left, right = count * step.denominator, Const(step.numerator)
        whole = upward(left, right) if self.steps == "up" else Quotient(left, right)
        return Ratio(whole * self.points.numerator, Const(self.points.denominator))

    def _beyond_free(self, count: Expression, scale: int) -> Expression:
        return Larger(count - int(self.free * scale), Const(0)) if self.free else count

    def unit_points(self) -> Fraction | None:
        """Points of one occurrence."""
        return self.points if self.is_plain else None

    def rule_text(self, reading: Reading) -> str:
        """每1件扣0.5分."""
        if self.by is not None:
            return self.by.text(reading)
        if self.points is None:
            raise AssertionError
        step, unit = points_text(self.per or Fraction(1)), reading.unit
        missing = "未达到的" if reading.kind == "rate" else ""
        free = f"超过{points_text(self.free)}{unit}的，每多" if self.free else "每"
        beyond = missing + free
        part = f"（{STEPS[self.steps]}）" if self.steps else ""
        return f"{beyond}{step}{unit}{reading.verb}{points_text(self.points)}分{part}"
