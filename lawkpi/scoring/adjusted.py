"""Adjusted: what a scoring office adds to, or takes from, a finished item (核分调整).

An adjustment comes after the item's one rounding, so that everything behind it (vetoes on points, sums,
ranks, grades) sees it. Nothing is clamped: what does not fit between the item's floor and its full
points is a fault for a person to mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from lawkpi.rubric.conventions import Rounding
from lawkpi.scoring.exact import rounded, whole
from lawkpi.scoring.items import ItemScores, ItemState, ItemTerms

ADJUSTABLE = (ItemState.SCORED, ItemState.NOT_REPORTED)
"""States whose points an office may adjust: what is 不适用 or 待核 has none."""


@dataclass(frozen=True)
class Bounds:
    """Between what a department's item may come to, in units; `least` is None without a floor."""

    least: Fraction | None
    most: Fraction

    def hold(self, units: Fraction) -> bool:
        """Whether points lie within."""
        return units <= self.most and (self.least is None or units >= self.least)


def item_bounds(
    floor: Fraction | None, declared: Fraction, full: int, rounding: Rounding
) -> Bounds:
    """The bounds of one department's item.

    Parameters
    ----------
    floor, declared : the item's floor and full points as issued, in points
    full : full points after redistribution, in units; the floor moves in proportion
    """
    if floor is None:
        return Bounds(None, Fraction(full))
    least = floor * full / declared if declared else Fraction(0)
    if rounding.at == "item":
        above, below = whole([least.numerator]), whole([least.denominator])
        least = Fraction(int(rounded(above, below, rounding.mode)[0]))
    return Bounds(least, Fraction(full))


def bounds_at(terms: ItemTerms, place: int) -> Bounds:
    """The bounds of an item for the department at a place."""
    full = int(terms.full[place])
    return item_bounds(terms.floor, terms.declared[place], full, terms.rounding)


def adjusted(scores: ItemScores, amounts: Mapping[int, int]) -> ItemScores:
    """The item with whole units added (or taken) at some places; its losses by rule stay as they were."""
    if not amounts:
        return scores
    added = whole([amounts.get(place, 0) for place in range(len(scores.points))])
    exact = tuple(own + int(one) for own, one in zip(scores.exact, added, strict=True))
    return replace(
        scores, points=scores.points + added, exact=exact, adjusted=scores.adjusted + added
    )


def fits(scores: ItemScores, terms: ItemTerms, place: int, amount: int) -> bool:
    """Whether an item stays within its bounds with so many units more (or fewer)."""
    own = Fraction(int(scores.points[place]))
    if terms.rounding.at == "total":
        own = scores.exact[place]
    return bounds_at(terms, place).hold(own + amount)
