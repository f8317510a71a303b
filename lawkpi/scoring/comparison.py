"""Comparison: places in the group, and what a figure is set against.

A figure that is not known leaves everyone it is compared with 待核: a rank without it could change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lawkpi.measure import Facts, Measured, RuleInput
from lawkpi.measure.by_hand import baseline
from lawkpi.rubric.shapes import ByRank, Shape, Versus
from lawkpi.scoring.exact import Whole, ranked, whole

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Compared:
    """What a comparing shape asks for, one place per department.

    `rank` and `last` count from the first and from the last of `ranked` departments; `reference` is
    None where nothing is compared with a figure.
    """

    rank: list[int]
    last: list[int]
    ranked: list[int]
    reference: list[Fraction | None]
    pending: Flags

    def reference_of(self, place: int) -> Fraction:
        """What a department is set against; 1 where nothing comes of it, for it may be divided by."""
        reference = self.reference[place]
        return Fraction(1) if reference is None or self.pending[place] else reference

    def counts(self) -> dict[str, Whole]:
        """What the trees ask for."""
        values = [self.reference_of(place) for place in range(len(self.reference))]
        return {
            "rank": whole(self.rank),
            "last": whole(self.last),
            "reference": whole([one.numerator for one in values]),
            "reference_base": whole([one.denominator for one in values]),
        }


def compared(
    given: RuleInput,
    measured: Measured,
    facts: Facts,
    *,
    groups: Sequence[str],
    included: Flags,
) -> Compared | None:
    """The comparison that a rule's shape asks for; None for one that compares nothing.

    Parameters
    ----------
    groups : each department's group; only departments of one group are compared
    included : the departments that the rule is for
    """
    shape = given.rule.shape.shape if given.rule.shape else None
    if shape is None or shape.compares is None:
        return None
    blank = _Blank(len(groups))
    if isinstance(shape, Versus) and shape.compares == "baseline":
        given_ones = baseline(given, shape.reference, facts)
        zero = np.array([one == 0 for one in given_ones.value], dtype=bool)
        unusable = zero if shape.difference == "relative" else np.zeros_like(zero)
        blank.reference = list(given_ones.value)
        blank.pending = ~given_ones.known | unusable
        return blank.finished()
    left_out = measured.empty & (measured.empty_means != "pending")
    for group in dict.fromkeys(groups):
        inside = np.array([one == group for one in groups], dtype=bool)
        figures = _Figures(measured, given.rule.measure.kind == "rate")
        _of_group(shape, figures, inside & included & ~left_out, blank)
    return blank.finished()


class _Blank:
    """A comparison being filled, group after group."""

    def __init__(self, size: int) -> None:
        self.rank = [0] * size
        self.last = [0] * size
        self.ranked = [0] * size
        self.reference: list[Fraction | None] = [None] * size
        self.pending: Flags = np.zeros(size, dtype=bool)

    def finished(self) -> Compared:
        """The comparison as it stands."""
        return Compared(self.rank, self.last, self.ranked, self.reference, self.pending)


@dataclass(frozen=True)
class _Figures:
    """What departments are compared by: rates, or numbers in their own unit."""

    measured: Measured
    is_rate: bool

    def of(self, place: int) -> Fraction:
        """One department's figure."""
        return self.measured.figure(place, is_rate=self.is_rate)

    def mean(self, places: Sequence[int], *, pooled: bool) -> Fraction:
        """The mean of several figures, or their rate taken as one."""
        if pooled and self.is_rate:
            done, due = self.measured.done[list(places)], self.measured.due[list(places)]
            return Fraction(int(done.sum()), int(due.sum()))
        return sum((self.of(place) for place in places), Fraction(0)) / len(places)


def _of_group(shape: Shape, figures: _Figures, members: Flags, blank: _Blank) -> None:
    places = np.flatnonzero(members).tolist()
    if not places:
        return
    if (figures.measured.pending | figures.measured.empty)[members].any():
        blank.pending |= members
        return
    if isinstance(shape, ByRank):
        values = [figures.of(place) for place in places]
        first = ranked(values, shape.ties, falling=shape.better == "higher")
        last = ranked(values, shape.ties, falling=shape.better != "higher")
        for place, rank, back in zip(places, first, last, strict=True):
            blank.rank[place], blank.last[place] = rank, back
            blank.ranked[place] = len(places)
    elif isinstance(shape, Versus):
        mean = figures.mean(places, pooled=shape.reference == "group_pooled")
        for place in places:
            blank.reference[place] = mean
            blank.pending[place] |= shape.difference == "relative" and mean == 0
