"""Steps: a rate falls into tiers, each with its own points (mechanism 11)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import model_validator

from lawkpi.params import Percent, Points, Strict, points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.expression import DONE, DUE, Const, Expression, Ratio, When
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares


class Tier(Strict):
    """Below `below` (the line itself is not below) costs `points`."""

    below: Percent
    points: Points


class Steps(Shape):
    """The lowest tier that a rate falls below decides; tiers do not add up."""

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate",)
    shares: ClassVar[Shares] = "equal"
    tiers: tuple[Tier, ...]

    @model_validator(mode="after")
    def _falling(self) -> Steps:
        lines = [tier.below for tier in self.tiers]
        points = [tier.points for tier in self.tiers]
        ordered = lines == sorted(set(lines), reverse=True) and points == sorted(set(points))
        if not self.tiers or not ordered:
            raise ValueError("档次应从高到低排列，界限不重复，分值逐档增大")
        return self

    def amount(self, kind: MeasureKind) -> Ratio:  # noqa: ARG002 - one kind only
        """Nested comparisons: at or above a line the tiers above it decide."""
        scale = common_denominator([tier.points for tier in self.tiers])
        tree: Expression = Const(0)
        for tier in self.tiers:
            line = tier.below
            points = Const(int(tier.points * scale))
            tree = When(DONE * line.denominator, DUE * line.numerator, tree, points)
        return Ratio(tree, Const(scale))

    def rule_text(self, reading: Reading) -> str:
        """低于95%扣1分，低于90%扣2分."""
        return "，".join(
            f"低于{percent_text(tier.below)}{reading.verb}{points_text(tier.points)}分"
            for tier in self.tiers
        )

    def most(self) -> Fraction | None:
        """The points of the lowest tier."""
        return self.tiers[-1].points


def common_denominator(values: list[Fraction]) -> int:
    """The least common denominator."""
    product = Fraction(1)
    scale = 1
    for value in values:
        product = value * scale
        scale *= product.denominator
    return scale
