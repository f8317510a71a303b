"""By column: what each record costs, read from its own cells (mechanisms 15, 20, 21, 30, 32)."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field, model_validator

from lawkpi.params import Points, Strict, points_text
from lawkpi.rubric.shapes.base import Reading
from lawkpi.rubric.shapes.tiers import Tier, disordered, tier_text


class ByColumn(Strict):
    """Points of a record by one of its columns: by word, by size, or the number itself.

    `points` prices each code of the column; `tiers` price ranges of a number; `factor` multiplies the
    number, which has to lie between `at_least` and `at_most` where they are written. A record whose
    cell has no price is 待核.
    """

    column: str = Field(title="列")
    points: dict[str, Points] | None = Field(default=None, title="各情形分值")
    tiers: tuple[Tier, ...] | None = Field(default=None, title="各档分值")
    factor: Points | None = Field(default=None, title="系数")
    at_least: Points | None = Field(default=None, title="最低")
    at_most: Points | None = Field(default=None, title="最高")

    @model_validator(mode="after")
    def _one(self) -> ByColumn:
        given = [one for one in (self.points, self.tiers, self.factor) if one is not None]
        if len(given) != 1:
            raise ValueError("by 中 points、tiers、factor 应当且只能写一种")
        if self.factor is None and (self.at_least is not None or self.at_most is not None):
            raise ValueError("at_least、at_most 只与 factor 同写")
        if self.tiers is not None:
            if fault := disordered(self.tiers):
                raise ValueError(fault)
            if any(line.is_share for tier in self.tiers for line in tier.lines):
                raise ValueError("按列分档的界限应为数字，不写百分比")
        return self

    @property
    def denominator(self) -> int:
        """A number that makes every price whole (times the column's own decimals)."""
        prices = list(self.points.values()) if self.points else []
        prices += [tier.points for tier in self.tiers or ()]
        prices += [self.factor] if self.factor is not None else []
        whole = 1
        for price in prices:
            whole *= (price * whole).denominator
        return whole

    def most(self) -> Fraction | None:
        """The dearest record; None without bound."""
        if self.factor is not None:
            return None if self.at_most is None else self.at_most * self.factor
        prices = list(self.points.values()) if self.points else []
        return max(prices + [tier.points for tier in self.tiers or ()])

    def text(self, reading: Reading) -> str:
        """The prices in one clause."""
        title, verb = reading.words.title(self.column), reading.verb
        if self.points is not None:
            return "，".join(
                f"{title}为“{reading.words.label(self.column, code)}”的"
                f"每1{reading.unit}{verb}{points_text(points)}分"
                for code, points in self.points.items()
            )
        if self.tiers is not None:
            priced = "，".join(
                f"{tier_text(tier, '')}的{verb}{points_text(tier.points)}分" for tier in self.tiers
            )
            return f"每1{reading.unit}按{title}：{priced}"
        times = "" if self.factor in (None, 1) else f"的{points_text(self.factor or Fraction(1))}倍"
        return f"每1{reading.unit}按“{title}”{times}{verb}分{self._range()}"

    def _range(self) -> str:
        low = points_text(self.at_least) if self.at_least is not None else "0"
        if self.at_most is not None:
            return f"（{low}至{points_text(self.at_most)}分）"
        return "" if self.at_least is None else f"（不低于{low}分）"
