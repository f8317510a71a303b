"""Totals, ranks and conversion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from lawkpi.rubric.assessment import Conversion
from lawkpi.rubric.model import Rubric
from lawkpi.scoring.exact import Whole, half_up, ranked, rounded, whole
from lawkpi.scoring.items import ItemScores, ItemState


@dataclass(frozen=True)
class Totals:
    """Sums for all departments, in units. `exact` are the totals in units before any rounding.

    `sections` are the points of each base section as they enter the total.
    """

    sections: Mapping[str, Whole]
    base: Whole
    bonus: Whole
    malus: Whole
    total: Whole
    exact: tuple[Fraction, ...]
    pending_count: list[int]
    pending: Whole

    def zeroed(self, places: Sequence[int]) -> Totals:
        """The same with a total of nothing at some places."""
        total, exact = self.total.copy(), list(self.exact)
        for place in places:
            total[place], exact[place] = 0, Fraction(0)
        return Totals(
            self.sections,
            self.base,
            self.bonus,
            self.malus,
            total,
            tuple(exact),
            self.pending_count,
            self.pending,
        )


def totals(rubric: Rubric, items: Sequence[ItemScores], bonus: Whole, malus: Whole) -> Totals:
    """Sums of items, sections folded by their weight; pending items stay outside and are shown apart.

    Rounded items are added exactly, a folded section is rounded once. Where only the total is
    rounded, everything before it is exact. Without base sections the rubric counts down from full.
    """
    sections = {
        section.id: _section(rubric, section.id, items, len(bonus))
        for section in rubric.base_sections
    }
    exact = [
        sum((own[place] for own in sections.values()), Fraction(0)) for place in range(len(bonus))
    ]
    if not sections:
        exact = [rubric.full_points / rubric.unit] * len(bonus)
    whole_total = [
        base + int(plus) - int(minus) for base, plus, minus in zip(exact, bonus, malus, strict=True)
    ]
    floor = rubric.floors.total
    if isinstance(floor, Fraction):
        whole_total = [max(one, floor / rubric.unit) for one in whole_total]
    count, pending = _pending(items, len(bonus))
    return Totals(
        sections={name: _printed(rubric, own) for name, own in sections.items()},
        base=_printed(rubric, exact),
        bonus=bonus,
        malus=malus,
        total=_printed(rubric, whole_total),
        exact=tuple(whole_total),
        pending_count=count,
        pending=pending,
    )


def _section(
    rubric: Rubric, section_id: str, items: Sequence[ItemScores], size: int
) -> list[Fraction]:
    """A section's points as they enter the total, in units: exact, or rounded items folded once."""
    section = next(one for one in rubric.base_sections if one.id == section_id)
    own = {item.id for item in section.items}
    is_exact = rubric.rounding.at == "total"
    sums = [Fraction(0)] * size
    if not is_exact:
        added = np.zeros(size, dtype=object)
        for item in items:
            if item.item.id in own:
                added = added + np.where(item.is_counted, item.points, 0)
        sums = [Fraction(int(one)) for one in added]
    else:
        for item in items:
            if item.item.id in own:
                counted = item.is_counted
                sums = [
                    one + item.exact[place] if counted[place] else one
                    for place, one in enumerate(sums)
                ]
    weight = rubric.weight_of(section)
    if weight == 1 or is_exact:
        return [one * weight for one in sums]
    return [Fraction(int(one)) for one in _rounded([one * weight for one in sums], rubric)]


def _rounded(values: Sequence[Fraction], rubric: Rubric) -> Whole:
    above = whole([one.numerator for one in values])
    below = whole([one.denominator for one in values])
    return rounded(above, below, rubric.rounding.mode)


def _printed(rubric: Rubric, values: Sequence[Fraction]) -> Whole:
    """Whole units, rounded to the declared places where only totals are."""
    step = 10 ** (rubric.rounding.item_places - rubric.rounding.places)
    return np.asarray(_rounded([one / step for one in values], rubric) * step, dtype=object)


def _pending(items: Sequence[ItemScores], size: int) -> tuple[list[int], Whole]:
    pending = np.zeros(size, dtype=object)
    count = [0] * size
    for item in items:
        for place, state in enumerate(item.state):
            if state is ItemState.PENDING:
                pending[place] += item.full[place]
                count[place] += 1
    return count, pending


def ranks(
    values: Mapping[str, Sequence[Fraction]],
    groups: Mapping[str, str],
    ties: Literal["competition", "dense"],
) -> dict[str, int]:
    """Ranks within groups, the largest value first; of equal values the next one decides.

    `values` are each department's total and its tie-breakers, in order.
    """
    found: dict[str, int] = {}
    for group in dict.fromkeys(groups.values()):
        codes = [code for code in values if groups[code] == group]
        own = [tuple(values[code]) for code in codes]
        order = {one: Fraction(place) for place, one in enumerate(sorted(set(own)))}
        places = ranked([order[one] for one in own], ties, falling=True)
        found |= dict(zip(codes, places, strict=True))
    return found


def converted(total: Fraction, grade: str, rubric: Rubric, conversion: Conversion) -> Fraction:
    """The figure for the overall performance assessment (折算分), rounded half up; never below zero."""
    if conversion.method == "by_grade":
        return conversion.amounts[grade]
    exact = max(total, Fraction(0)) * conversion.full_points / rubric.full_points
    power = 10**conversion.places
    return Fraction(half_up(exact * power), power)
