"""States: each state of one thing has its own points (mechanisms 2, 3)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import STATE, Const, Expression, Ratio, When
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.steps import common_denominator


class States(Shape):
    """`amounts` maps each state (a code of the column) to its points."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("state",)
    shares: ClassVar[Shares] = "per_record"
    amounts: dict[str, Points] = Field(min_length=1, title="各情形分值")

    @property
    def order(self) -> list[str]:
        """The states in the order whose place is the `state` count."""
        return list(self.amounts)

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - one kind only
        """The points of the state at hand."""
        scale = common_denominator(list(self.amounts.values()))
        values = [int(points * scale) for points in self.amounts.values()]
        tree: Expression = Const(values[-1])
        for place in range(len(values) - 2, -1, -1):
            tree = When(STATE, Const(place), Const(values[place]), tree, equal=True)
        return Ratio(tree, Const(scale))

    def rule_text(self, reading: Reading) -> str:
        """The points of the state that was found."""
        if reading.state in self.amounts:
            return f"属本情形的{reading.verb}{points_text(self.amounts[reading.state])}分"
        return "按所处情形计分"

    def most(self) -> Fraction | None:
        """The points of the worst state."""
        return max(self.amounts.values())
