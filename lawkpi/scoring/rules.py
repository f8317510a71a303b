"""Rules: a rule's exact points for all departments, from its counts to its own cap.

Parts of the year are scored one by one and put together before the cap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from lawkpi.measure import Measured
from lawkpi.rubric.expression import Ratio
from lawkpi.rubric.rule import Rule
from lawkpi.scoring.comparison import Compared
from lawkpi.scoring.exact import Whole, evaluated, whole
from lawkpi.scoring.worth import RecordWorth, Worth

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Tally:
    """What was counted for one rule in one stretch of time, and what its shape compares it with."""

    measured: Measured
    worth: Worth | None = None
    compared: Compared | None = None

    @property
    def pending(self) -> Flags:
        """Departments whose points are not known."""
        pending = self.measured.pending.copy()
        for more in (self.worth, self.compared):
            if more is not None:
                pending |= more.pending
        return pending

    def rank(self, place: int) -> int | None:
        """A department's place in its group; None where nothing is ranked."""
        return self.compared.rank[place] or None if self.compared else None


@dataclass(frozen=True)
class Treated:
    """How departments differ before a rule: whom it is for, how many times deductions count.

    `reach` is what an award without a bound of its own could give to the item.
    """

    included: Flags
    times: Sequence[Fraction]
    reach: Sequence[Fraction] = ()


@dataclass(frozen=True)
class RuleScores:
    """One rule for all departments: its exact points, capped, as numerator over denominator.

    `applies`: its base was not empty (or an empty base means full points) and it is for the
    department; `included` whom it is for; `pending` as measured. `parts` are the parts of the year,
    where it has them, each with its `name`.
    """

    rule: Rule
    tally: Tally
    numerator: Whole
    denominator: Whole
    applies: Flags
    pending: Flags
    included: Flags
    parts: tuple[RuleScores, ...] = ()
    name: str = ""

    @property
    def measured(self) -> Measured:
        """What was counted."""
        return self.tally.measured

    def exact(self, place: int) -> Fraction:
        """A department's exact points of this rule."""
        return Fraction(self.numerator[place], self.denominator[place])

    def worths(self, place: int) -> tuple[RecordWorth, ...] | None:
        """What a department's records count one by one; None where each counts alike."""
        worth = self.tally.worth
        return None if worth is None else worth.records.get(place, ())

    def capped(self, caps: Mapping[int, Fraction]) -> RuleScores:
        """The same with at most so many points at some places."""
        values = [
            min(self.exact(place), caps.get(place, self.exact(place)))
            for place in range(len(self.numerator))
        ]
        return _with(self, values)


def rule_scores(rule: Rule, tally: Tally, treated: Treated | None = None) -> RuleScores:
    """A rule's exact points over one stretch of time, its own cap applied."""
    measured = tally.measured
    size = len(measured.done)
    if treated is None:
        treated = Treated(np.ones(size, dtype=bool), [Fraction(1)] * size)
    idle = measured.empty | tally.pending | ~treated.included
    counts = _counts(tally, idle)
    numerator = np.zeros(size, dtype=object)
    denominator = np.ones(size, dtype=object)
    for times, chosen in _by_times(treated.times, rule).items():
        ratio = _ratio(rule, measured, times)
        numerator[chosen] = evaluated(ratio.numerator, counts)[chosen]
        denominator[chosen] = evaluated(ratio.denominator, counts)[chosen]
    numerator[idle] = 0
    denominator[idle & (denominator < 1).astype(bool)] = 1
    means = measured.empty_means
    undue = measured.empty & (means != "pending") & ~tally.pending & treated.included
    _given_whole(rule, undue, treated.reach, (numerator, denominator))
    return RuleScores(
        rule=rule,
        tally=tally,
        numerator=numerator,
        denominator=denominator,
        applies=treated.included & (~measured.empty | (means == "full")),
        pending=treated.included & (tally.pending | (measured.empty & (means == "pending"))),
        included=treated.included,
    )


def _given_whole(
    rule: Rule, undue: Flags, reach: Sequence[Fraction], points: tuple[Whole, Whole]
) -> None:
    """What an award could have given is earned where nothing was due: no base is never 0 per cent."""
    if rule.effect.kind != "award":
        return
    for place in np.flatnonzero(undue).tolist():
        most = rule.most_of_a_part()
        own = most if most is not None else reach[place] if reach else Fraction(0)
        points[0][place], points[1][place] = own.numerator, own.denominator


def _ratio(rule: Rule, measured: Measured, times: Fraction) -> Ratio:
    share = measured.ledger.schema.charged.share
    ratio = rule.ratio(measured.scale, share if measured.marks is not None else "each_full", times)
    if ratio is None:
        raise TypeError("a veto has no points")
    return ratio


def _by_times(times: Sequence[Fraction], rule: Rule) -> dict[Fraction, list[int]]:
    """Places by how many times their deductions count."""
    found: dict[Fraction, list[int]] = {}
    for place, one in enumerate(times):
        own = one if rule.effect.kind == "deduct" else Fraction(1)
        found.setdefault(own, []).append(place)
    return found


def _counts(tally: Tally, idle: Flags) -> dict[str, Whole]:
    measured = tally.measured
    counts = {
        "done": whole(np.where(idle, 0, measured.done)),
        "due": whole(np.where(idle, 1, np.maximum(measured.due, 1))),
        "state": whole(measured.state),
    }
    for more in (tally.worth, tally.compared):
        if more is not None:
            counts |= more.counts()
    return counts


def combined(whole_year: RuleScores, parts: Sequence[RuleScores]) -> RuleScores:
    """Points of parts of the year as one figure: mean, sum, worst or last of those that apply.

    A part that is 待核 leaves the whole 待核. The rule's own cap comes last; parts have theirs.
    """
    rule = whole_year.rule
    if rule.periods is None:
        raise TypeError("no parts of the year")
    size = len(whole_year.numerator)
    applies = np.logical_or.reduce([part.applies for part in parts])
    pending = np.logical_or.reduce([part.pending for part in parts])
    values = [_joined(rule, [part for part in parts if part.applies[p]], p) for p in range(size)]
    if rule.effect.kind == "award":
        values = [_undue_year(whole_year, p) if not applies[p] else values[p] for p in range(size)]
    cap = rule.effect.cap
    values = [value if cap is None else min(value, cap) for value in values]
    scores = RuleScores(
        rule=rule,
        tally=whole_year.tally,
        numerator=whole_year.numerator,
        denominator=whole_year.denominator,
        applies=applies,
        pending=pending,
        included=whole_year.included,
        parts=tuple(parts),
    )
    return _with(
        scores, [Fraction(0) if off else one for one, off in zip(values, pending, strict=True)]
    )


def _undue_year(whole_year: RuleScores, place: int) -> Fraction:
    """What an award gives to a department for which no part of the year applied."""
    rule = whole_year.rule
    if not whole_year.included[place]:
        return Fraction(0)
    most = rule.most()
    return whole_year.exact(place) if most is None else most


def _joined(rule: Rule, parts: Sequence[RuleScores], place: int) -> Fraction:
    if rule.periods is None or not parts:
        return Fraction(0)
    cap = rule.periods.cap
    values = [part.exact(place) for part in parts]
    values = [value if cap is None else min(value, cap) for value in values]
    if rule.periods.combine == "mean":
        return sum(values, Fraction(0)) / len(values)
    if rule.periods.combine == "sum":
        return sum(values, Fraction(0))
    if rule.periods.combine == "last":
        return values[-1]
    gives = rule.effect.kind in ("award", "bonus")
    return min(values) if gives else max(values)


def _with(scores: RuleScores, values: Sequence[Fraction]) -> RuleScores:
    """The same scores with other points."""
    return RuleScores(
        rule=scores.rule,
        tally=scores.tally,
        numerator=whole([one.numerator for one in values]),
        denominator=whole([one.denominator for one in values]),
        applies=scores.applies,
        pending=scores.pending,
        included=scores.included,
        parts=scores.parts,
        name=scores.name,
    )


def common_scale(rules: Sequence[RuleScores], *denominators: int) -> Whole:
    """One denominator per department that all rules share."""
    scale = np.full_like(rules[0].denominator, lcm(*denominators))
    for rule in rules:
        scale = np.asarray(np.lcm(scale, rule.denominator), dtype=object)
    return scale
