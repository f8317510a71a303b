"""Tiers: ranges of a figure with their points; used by steps, versus and prices by column."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import Field, model_validator

from lawkpi.params import Points, Strict
from lawkpi.rubric.shapes.lines import Line, LineField


class Tier(Strict):
    """A range and its points: from `at_least` or `above` (itself out) to `below` or `at_most`."""

    at_least: LineField | None = Field(default=None, title="不低于")
    above: LineField | None = Field(default=None, title="高于")
    below: LineField | None = Field(default=None, title="低于")
    at_most: LineField | None = Field(default=None, title="不高于")
    points: Points = Field(title="分值")

    @model_validator(mode="after")
    def _bounded(self) -> Tier:
        if not self.lines:
            raise ValueError("档次应写明界限：below、at_most、at_least、above")
        if None not in (self.at_least, self.above) or None not in (self.below, self.at_most):
            raise ValueError("档次的一侧只写一个界限")
        if len({line.is_share for line in self.lines}) > 1:
            raise ValueError("同一档次的界限应同为百分比或同为数字")
        low, high = self.low, self.high
        if low and high and (low.value, self.above is not None) > (high.value, False):
            raise ValueError("档次的下限高于上限")
        return self

    @property
    def low(self) -> Line | None:
        """The lower line, whether or not it belongs to the range."""
        return self.at_least or self.above

    @property
    def high(self) -> Line | None:
        """The upper line, whether or not it belongs to the range."""
        return self.below or self.at_most

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, lower first."""
        return tuple(line for line in (self.low, self.high) if line is not None)

    def holds(self, value: Fraction) -> bool:
        """Whether a figure lies in the range."""
        return (
            (self.at_least is None or value >= self.at_least.value)
            and (self.above is None or value > self.above.value)
            and (self.below is None or value < self.below.value)
            and (self.at_most is None or value <= self.at_most.value)
        )


def is_nested(tiers: Sequence[Tier]) -> bool:
    """Whether all tiers are open on the same side: the one farthest in decides."""
    return all(tier.low is None for tier in tiers) or all(tier.high is None for tier in tiers)


def disordered(tiers: Sequence[Tier]) -> str:
    """What is wrong with a list of tiers; empty if nothing is."""
    if not tiers:
        return "至少写一档"
    if len({line.is_share for tier in tiers for line in tier.lines}) > 1:
        return "各档界限应同为百分比或同为数字"
    if is_nested(tiers):
        lines = [tier.lines[0].value for tier in tiers]
        falls = tiers[0].low is None
        points = [tier.points for tier in tiers]
        if lines != sorted(set(lines), reverse=falls) or points != sorted(set(points)):
            return "一侧敞开的档次应由轻到重排列，界限不重复，分值逐档增大"
    return ""


def ordered(tiers: Sequence[Tier]) -> list[Tier]:
    """The tiers in the order in which they are asked: the one farthest in first."""
    return list(reversed(tiers)) if is_nested(tiers) else list(tiers)


def tier_of(tiers: Sequence[Tier], value: Fraction) -> Tier | None:
    """The tier a figure falls into; None where no tier holds it."""
    return next((tier for tier in ordered(tiers) if tier.holds(value)), None)


def tier_text(tier: Tier, unit: str) -> str:
    """A range in words: 低于95%, 3人以上不满6人, 6件以上9件以下 (both ends in)."""
    low, high = tier.low, tier.high
    if low is None and high is not None:
        word = "不超过" if tier.at_most else "低于" if high.is_share else "不满"
        return f"{word}{high.said(unit)}"
    head = "" if low is None else _from(tier, low, unit)
    if high is None:
        return head
    return f"{head}{high.said(unit)}以下" if tier.at_most else f"{head}不满{high.said(unit)}"


def _from(tier: Tier, low: Line, unit: str) -> str:
    return f"{low.said(unit)}以上" if tier.at_least else f"超过{low.said(unit)}"
