"""Steps: a figure falls into tiers, each with its own points (mechanism 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import ClassVar

from pydantic import Field, model_validator

from lawkpi.params import points_text
from lawkpi.rubric.expression import Const, Expression, Ratio, When
from lawkpi.rubric.shapes.base import MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.lines import Line, against
from lawkpi.rubric.shapes.tiers import Tier, disordered, ordered, tier_text


class Steps(Shape):
    """The tier that a figure falls into decides; tiers do not add up, outside all of them it is 0.

    Tiers open on one side lie in one another (below 95 %, below 90 %): the one farthest in decides.
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate", "count", "amount")
    shares: ClassVar[Shares] = "equal"
    tiers: tuple[Tier, ...] = Field(title="各档")

    @model_validator(mode="after")
    def _in_order(self) -> Steps:
        if fault := disordered(self.tiers):
            raise ValueError(fault)
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all tiers."""
        return tuple(line for tier in self.tiers for line in tier.lines)

    @property
    def caused_by_done(self) -> bool:
        """Tiers that are open above punish what was counted."""
        return all(tier.high is None for tier in self.tiers)

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:
        """Nested comparisons: the first tier that holds the figure decides."""
        common = common_denominator([tier.points for tier in self.tiers])
        tree: Expression = Const(0)
        for tier in reversed(ordered(self.tiers)):
            points: Expression = Const(int(tier.points * common))
            tree = _within(tier, kind, scale, points, tree)
        return Ratio(tree, Const(common))

    def rule_text(self, reading: Reading) -> str:
        """低于95%扣1分，低于90%扣2分."""
        return "，".join(
            f"{tier_text(tier, reading.unit)}{reading.verb}{points_text(tier.points)}分"
            for tier in self.tiers
        )

    def most(self) -> Fraction | None:
        """The points of the dearest tier."""
        return max(tier.points for tier in self.tiers)


def _within(
    tier: Tier, kind: MeasureKind, scale: int, then: Expression, otherwise: Expression
) -> Expression:
    """`then` where the figure lies in the tier."""
    return inside(tier, lambda line: against(line, kind, scale), then, otherwise)


def common_denominator(values: list[Fraction]) -> int:
    """The least common denominator."""
    product = Fraction(1)
    scale = 1
    for value in values:
        product = value * scale
        scale *= product.denominator
    return scale


def inside(
    tier: Tier,
    sides: Callable[[Line], tuple[Expression, Expression]],
    then: Expression,
    otherwise: Expression,
) -> Expression:
    """`then` where a figure lies in a tier; `sides` sets it against a line in whole numbers."""
    tree = then
    for line, is_upper, is_within in _bounds(tier):
        figure, bound = sides(line)
        if is_upper:
            figure, bound = bound, figure
        holds, fails = (tree, otherwise) if is_within else (otherwise, tree)
        left, right = (figure, bound) if is_within else (bound, figure)
        tree = When(left, right, holds, fails)
    return tree


def _bounds(tier: Tier) -> Iterator[tuple[Line, bool, bool]]:
    """Each line of a tier: whether it is the upper one, whether it belongs to the tier."""
    if tier.high is not None:
        yield tier.high, True, tier.at_most is not None
    if tier.low is not None:
        yield tier.low, False, tier.at_least is not None
