"""Outside the items: bonus and malus sections with their caps, and vetoes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from lawkpi.rubric.conventions import Rounding
from lawkpi.rubric.model import Item, Section
from lawkpi.scoring.exact import Whole, rounded
from lawkpi.scoring.rules import RuleScores


@dataclass(frozen=True)
class OutsideScores:
    """A bonus or malus section for all departments, in units.

    `rule_units` has one row per rule in printing order; columns add up to `amount`, the section's
    capped sum. `pending` marks departments with an undecided record.
    """

    section: Section
    lines: tuple[tuple[Item, RuleScores], ...]
    amount: Whole
    rule_units: Whole
    pending: NDArray[np.bool_]


def outside_scores(
    section: Section, lines: tuple[tuple[Item, RuleScores], ...], rounding: Rounding, unit: int
) -> OutsideScores:
    """The sums of a section; rules take from the caps of item and section in printing order.

    `unit` is the number of units in one point.
    """
    rows: list[Whole] = []
    running = np.zeros_like(lines[0][1].numerator)
    for _, own in groupby(lines, key=lambda line: line[0].id):
        inside = np.zeros_like(running)
        for item, scores in own:
            units = rounded(scores.numerator * unit, scores.denominator, rounding.mode)
            upper = _capped(inside + units, item.cap, unit)
            upper = np.asarray(_capped(running + upper, section.cap, unit) - running, dtype=object)
            rows.append(upper - inside)
            inside = upper
        running = running + inside
    pending = np.logical_or.reduce([scores.pending for _, scores in lines])
    return OutsideScores(section, lines, running, np.array(rows, dtype=object), pending)


def _capped(units: Whole, cap: Fraction | None, unit: int) -> Whole:
    if cap is None:
        return units
    return np.asarray(np.minimum(units, int(cap * unit)), dtype=object)
