"""Gate: reached or not, nothing between (mechanisms 1, 10)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from lawkpi.params import Percent, Points, points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.expression import DONE, DUE, Const, Ratio, When
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares


class Gate(Shape):
    """A rate of at least `at_least` costs nothing; anything less costs `else`."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate",)
    shares: ClassVar[Shares] = "one_line"
    at_least: Percent
    otherwise: Points = Field(alias="else")

    def amount(self, kind: MeasureKind) -> Ratio:  # noqa: ARG002 - one kind only
        """`else` points unless done x q >= due x p."""
        line = self.at_least
        reached = When(
            DONE * line.denominator,
            DUE * line.numerator,
            Const(0),
            Const(self.otherwise.numerator),
        )
        return Ratio(reached, Const(self.otherwise.denominator))

    def rule_text(self, reading: Reading) -> str:
        """未达到100%的扣5分."""
        line = percent_text(self.at_least)
        return f"未达到{line}的{reading.verb}{points_text(self.otherwise)}分"

    def most(self) -> Fraction | None:
        """The points behind the gate."""
        return self.otherwise
