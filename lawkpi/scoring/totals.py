"""Totals, grades, ranks and conversion."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from lawkpi.rubric.assessment import Conversion
from lawkpi.rubric.model import Rubric
from lawkpi.scoring.exact import Whole, half_up
from lawkpi.scoring.items import ItemScores, ItemState


@dataclass(frozen=True)
class Totals:
    """Sums for all departments, in units. `total` is never below zero."""

    base: Whole
    bonus: Whole
    malus: Whole
    total: Whole
    pending_count: list[int]
    pending: Whole


def totals(items: Sequence[ItemScores], bonus: Whole, malus: Whole) -> Totals:
    """Exact sums of rounded items; pending items stay outside and are shown apart."""
    size = len(bonus)
    base = np.zeros(size, dtype=object)
    pending = np.zeros(size, dtype=object)
    count = [0] * size
    for item in items:
        base = base + np.where(item.is_counted, item.points, 0)
        for place, state in enumerate(item.state):
            if state is ItemState.PENDING:
                pending[place] += item.full[place]
                count[place] += 1
    return Totals(base, bonus, malus, np.maximum(base + bonus - malus, 0), count, pending)


def grade_of(total: Fraction, rubric: Rubric, *, at_most: str | None = None) -> str:
    """The grade of a total; a line itself belongs to the better grade. A veto limits it."""
    labels = [band.grade for band in rubric.grades]
    place = next(
        (place for place, band in enumerate(rubric.grades) if total >= band.at_least),
        len(labels) - 1,
    )
    return labels[max(place, labels.index(at_most))] if at_most else labels[place]


def ranks(
    values: Mapping[str, int], groups: Mapping[str, str], ties: Literal["competition", "dense"]
) -> dict[str, int]:
    """Ranks within groups, the largest value first.

    `competition` counts everyone ahead (1, 2, 2, 4), `dense` the different values ahead (1, 2, 2, 3).
    """
    ranked: dict[str, int] = {}
    for group in dict.fromkeys(groups.values()):
        own = {code: value for code, value in values.items() if groups[code] == group}
        counted = set(own.values()) if ties == "dense" else own.values()
        falling = sorted(-value for value in counted)
        ranked |= {code: 1 + bisect_left(falling, -value) for code, value in own.items()}
    return ranked


def converted(total: Fraction, grade: str, rubric: Rubric, conversion: Conversion) -> Fraction:
    """The figure for the overall performance assessment (折算分), rounded half up."""
    if conversion.method == "by_grade":
        return conversion.amounts[grade]
    exact = total * conversion.full_points / rubric.full_points
    power = 10**conversion.places
    return Fraction(half_up(exact * power), power)
