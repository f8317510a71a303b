"""Gate: reached or not, nothing between (mechanisms 1, 10, 13, 34)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field, model_validator

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import Const, Ratio, When
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.lines import Line, LineField, against


class Gate(Shape):
    """A figure of at least `at_least` (or at most `at_most`) passes; any other is worth `else`.

    Where points are earned the passing figure has them: `then` instead of `else`.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate", "count", "amount")
    shares: ClassVar[Shares] = "one_line"
    at_least: LineField | None = Field(default=None, title="不低于")
    at_most: LineField | None = Field(default=None, title="不高于")
    then: Points | None = Field(default=None, title="达到的分值")
    otherwise: Points | None = Field(default=None, alias="else", title="未达到的分值")

    @model_validator(mode="after")
    def _one_line(self) -> Gate:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("at_least 与 at_most 应当且只能写一个")
        if (self.then is None) == (self.otherwise is None):
            raise ValueError("then 与 else 应当且只能写一个")
        return self

    @property
    def line(self) -> Line:
        """The line, whichever side of it passes."""
        line = self.at_least or self.at_most
        if line is None:
            raise AssertionError
        return line

    @property
    def lines(self) -> tuple[Line, ...]:
        """The line."""
        return (self.line,)

    @property
    def points(self) -> Fraction:
        """What hangs on the gate."""
        points = self.then if self.otherwise is None else self.otherwise
        if points is None:
            raise AssertionError
        return points

    @property
    def caused_by_done(self) -> bool:
        """Too many of what was counted close a gate that asks for few."""
        return self.at_most is not None

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """The points on the side of the line they hang on; compared crosswise."""
        left, right = against(self.line, kind, scale)
        if self.at_most is not None:
            left, right = right, left
        inside, outside = Const(self.points.numerator), Const(0)
        then, otherwise = (inside, outside) if self.otherwise is None else (outside, inside)
        return Ratio(When(left, right, then, otherwise), Const(self.points.denominator))

    def rule_text(self, reading: Reading) -> str:
        """未达到100%的扣5分."""
        reached, failed = ("达到", "未达到") if self.at_least else ("不超过", "超过")
        word = failed if self.then is None else reached
        points = points_text(self.points)
        return f"{word}{self.line.said(reading.unit)}的{reading.verb}{points}分"

    def most(self) -> Fraction | None:
        """The points behind the gate."""
        return self.points
