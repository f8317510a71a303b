"""By rank: points by the place within the group (mechanism 17)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from lawkpi.params import Points, points_text
from lawkpi.rubric.expression import LAST, RANK, Const, Expression, Larger, Ratio, When
from lawkpi.rubric.shapes.base import Compared, MeasureKind, Reading, Shape, Shares
from lawkpi.rubric.shapes.steps import common_denominator


class ByRank(Shape):
    """Points by rank among the departments of the group that the rule applies to.

    One of three ways: `each_place` below the first is worth so many points; the `last` so many places
    are worth `points` each; or a list of `places`, all further ones worth `else`. Equal figures have
    equal ranks (`ties`: competition 1, 2, 2, 4; dense 1, 2, 2, 3).
    """

    kinds: ClassVar[tuple[MeasureKind, ...]] = ("rate", "count", "amount")
    shares: ClassVar[Shares] = "one_line"
    better: Literal["higher", "lower"] = Field(title="何者为先")
    ties: Literal["competition", "dense"] = Field(title="并列")
    each_place: Points | None = Field(default=None, title="每低1名分值")
    last: int | None = Field(default=None, gt=0, title="末几名")
    points: Points | None = Field(default=None, title="末几名分值")
    places: tuple[Points, ...] | None = Field(default=None, title="各名次分值")
    otherwise: Points | None = Field(default=None, alias="else", title="其余名次分值")

    @model_validator(mode="after")
    def _one(self) -> ByRank:
        ways = [one for one in (self.each_place, self.last, self.places) if one is not None]
        if len(ways) != 1:
            raise ValueError("each_place、last、places 应当且只能写一种")
        if (self.last is None) != (self.points is None):
            raise ValueError("last 与 points 应同时写明")
        if (self.places is None) != (self.otherwise is None) or self.places == ():
            raise ValueError("places（至少一名）与 else 应同时写明")
        return self

    @property
    def compares(self) -> Compared | None:
        """The departments of the group."""
        return "group"

    def amount(self, kind: MeasureKind, scale: int = 1) -> Ratio:  # noqa: ARG002 - ranks only
        """Points over the rank from the first, or from the last."""
        if self.each_place is not None:
            below = Larger(RANK - 1, Const(0))
            return Ratio(below * self.each_place.numerator, Const(self.each_place.denominator))
        if self.last is not None and self.points is not None:
            among = When(Const(self.last), LAST, Const(self.points.numerator), Const(0))
            return Ratio(among, Const(self.points.denominator))
        prices = [*(self.places or ()), self.otherwise or Fraction(0)]
        common = common_denominator(prices)
        tree: Expression = Const(int(prices[-1] * common))
        for place in range(len(prices) - 1, 0, -1):
            price = Const(int(prices[place - 1] * common))
            tree = When(RANK, Const(place), price, tree, equal=True)
        return Ratio(tree, Const(common))

    def rule_text(self, reading: Reading) -> str:
        """按本组名次，每低1个名次扣0.5分."""
        order = "由高到低" if self.better == "higher" else "由低到高"
        verb = reading.verb
        if self.each_place is not None:
            how = f"第1名不{verb}分，每低1个名次{verb}{points_text(self.each_place)}分"
        elif self.last is not None:
            how = f"末{self.last}名{verb}{points_text(self.points or Fraction(0))}分"
        else:
            named = [
                f"第{place}名{verb}{points_text(points)}分"
                for place, points in enumerate(self.places or (), start=1)
            ]
            how = "，".join([*named, f"其余{verb}{points_text(self.otherwise or Fraction(0))}分"])
        return f"本组{order}排名，{how}"

    def place_text(self, reading: Reading) -> str:
        """The place that counts: from the first, or from the last where the last ones are meant."""
        if self.last is not None:
            return f"列倒数第{reading.last}名"
        return f"列第{reading.rank}名"

    def most(self) -> Fraction | None:
        """The dearest place; none where each place costs more."""
        if self.each_place is not None:
            return None
        return max(
            [*(self.places or ()), self.points or Fraction(0), self.otherwise or Fraction(0)]
        )
