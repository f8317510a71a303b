"""Outside the items: bonus and malus sections with their caps, and vetoes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawkpi.rubric.model import Item, Rounding, Section
from lawkpi.scoring.exact import Whole, rounded
from lawkpi.scoring.items import RuleScores


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
    """The sums of a section, rules taking from its cap in printing order.

    `unit` is the number of units in one point.
    """
    rows = []
    running = np.zeros_like(lines[0][1].numerator)
    cap = None if section.cap is None else int(section.cap * unit)
    for _, scores in lines:
        units = rounded(scores.numerator * unit, scores.denominator, rounding.mode)
        upper = running + units if cap is None else np.minimum(running + units, cap)
        rows.append(upper - running)
        running = upper
    pending = np.logical_or.reduce([scores.pending for _, scores in lines])
    return OutsideScores(section, lines, running, np.array(rows, dtype=object), pending)
