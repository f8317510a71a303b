"""Linear: so many points for each step a rate lies beyond a line (mechanism 9)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field, model_validator

from lawkpi.params import Percent, Points, points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.expression import DONE, DUE, Const, Expression, Larger, Quotient, Ratio, upward
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.lines import STEPS, Steps


class Linear(Shape):
    """Each `step` below (or above) a line costs `points`.

    `steps` says what a part of a step costs: a whole one (`up`), nothing (`down`) or its
    share (`fraction`). There is no default: published rubrics differ.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate",)
    shares: ClassVar[Shares] = "equal"
    below: Percent | None = Field(default=None, title="低于")
    above: Percent | None = Field(default=None, title="高于")
    step: Percent = Field(title="步长")
    points: Points = Field(title="每步分值")
    steps: Steps = Field(title="不足一步")

    @model_validator(mode="after")
    def _one_line(self) -> Linear:
        if (self.below is None) == (self.above is None):
            raise ValueError("below 与 above 应当且只能写一个")
        if self.step <= 0:
            raise ValueError("step 应大于0")
        return self

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - one kind only
        """Steps beyond the line x points; the line itself costs nothing."""
        gap, base = self._gap()
        if self.steps == "fraction":
            return Ratio(gap * self.points.numerator, base * self.points.denominator)
        count = upward(gap, base) if self.steps == "up" else Quotient(gap, base)
        return Ratio(count * self.points.numerator, Const(self.points.denominator))

    def _gap(self) -> tuple[Expression, Expression]:
        line = self.line
        done, due = DONE * line.denominator, DUE * line.numerator
        beyond = due - done if self.below is not None else done - due
        gap = Larger(beyond, Const(0)) * self.step.denominator
        return gap, DUE * (line.denominator * self.step.numerator)

    @property
    def line(self) -> Fraction:
        """The line, whichever side of it is free."""
        line = self.below if self.below is not None else self.above
        if line is None:
            raise AssertionError
        return line

    @property
    def caused_by_done(self) -> bool:
        """A rate above its line is caused by what was counted."""
        return self.above is not None

    def rule_text(self, reading: Reading) -> str:
        """低于95%的，每1个百分点扣0.2分，不足一步按一步计."""
        side = "低于" if self.below is not None else "高于"
        word = "低" if self.below is not None else "高"
        step = points_text(self.step * 100)
        return (
            f"{side}{percent_text(self.line)}的，每{word}{step}个百分点"
            f"{reading.verb}{points_text(self.points)}分（{STEPS[self.steps]}）"
        )
