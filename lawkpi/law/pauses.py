"""Time that is not counted (扣除): consultations, expert reviews, suspensions.

Days strictly after a pause begins, up to and including the day it ends, are not counted (N9).
Overlapping pauses count once; a pause that begins on or after the last day changes nothing, whether
it has ended or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from lawkpi.law.calendar import Calendar
from lawkpi.law.days import NAT, UNKNOWN, Counts, Days, Flags, as_days, month_later
from lawkpi.law.rules import Unit, Version

PauseDays: TypeAlias = Sequence[tuple[Any, Any]]
"""Pairs (after, until): days, or one per row; NaT in `after` where a row has no such pause."""


_BEYOND_ANY_CALENDAR = 1_000_000
"""Working days of a pause that leaves the known calendar: its count reaches no known day."""


@dataclass(frozen=True)
class Paused:
    """Pauses as arrays of one row per pause and one column per start, in order of beginning."""

    after: Days
    until: Days

    @classmethod
    def of(cls, pauses: PauseDays, count: int) -> Paused:
        """Pauses for a number of starts, one day standing for all of them."""
        shape = (len(pauses), count)
        after, until = np.empty(shape, "datetime64[D]"), np.empty(shape, "datetime64[D]")
        for number, (begins, ends) in enumerate(pauses):
            after[number], until[number] = as_days(begins), as_days(ends)
        order = np.argsort(after, axis=0, kind="stable")
        return cls(
            np.take_along_axis(after, order, axis=0), np.take_along_axis(until, order, axis=0)
        )

    def at(self, rows: Any) -> Paused:
        """The pauses of some of the starts."""
        return Paused(self.after[:, rows], self.until[:, rows])

    @property
    def is_present(self) -> Flags:
        """Whether a start has any pause."""
        return np.asarray((~np.isnat(self.after)).any(axis=0))

    @property
    def is_reversed(self) -> Flags:
        """Whether a start has a pause that ends before it begins, or ends without a beginning."""
        lonely = np.isnat(self.after) & ~np.isnat(self.until)
        return np.asarray(((self.until < self.after) | lonely).any(axis=0))

    def capped(self, version: Version, calendar: Calendar) -> Paused:
        """The pauses cut at the version's cap of working days; an open one ends at the cap."""
        if version.pause is None or version.pause.cap is None or not len(self.after):
            return self
        shape = self.after.shape
        ends = calendar.nth_working_day(self.after.ravel(), version.pause.cap).reshape(shape)
        return Paused(self.after, np.fmin(self.until, ends))

    @property
    def is_open(self) -> Flags:
        """Whether a start has a pause whose end is not known."""
        return np.asarray((~np.isnat(self.after) & np.isnat(self.until)).any(axis=0))


def counted_to(unit: Unit, starts: Days, counts: Counts, calendar: Calendar) -> Days:
    """The day on which a count from the start is full, before any roll (N1, N2, N4, N5)."""
    if unit is Unit.WORKING_DAYS:
        return calendar.nth_working_day(starts, counts)
    if unit is Unit.MONTHS:
        return month_later(starts, counts)
    return starts + counts


def paused_to(unit: Unit, starts: Days, counts: Counts, calendar: Calendar, paused: Paused) -> Days:
    """The day on which a count is full when paused days are skipped.

    Returns
    -------
    NaT where a pause without a known end begins before the count is full.
    """
    last, covered, skipped = counted_to(unit, starts, counts, calendar), starts, 0 * counts
    endless = np.zeros(len(starts), dtype=bool)
    for after, until in zip(paused.after, paused.until, strict=True):
        begins = np.fmax(after, covered)
        endless |= ~np.isnat(after) & np.isnat(until) & (begins < last)
        counts_here = ~np.isnat(after) & (begins < last) & (until > begins)
        skipped = skipped + np.where(counts_here, _length(unit, begins, until, calendar), 0)
        covered = np.where(counts_here, until, covered)
        last = _extended(unit, starts, counts, calendar, skipped)
    return np.where(endless, NAT, last)


def _length(unit: Unit, begins: Days, until: Days, calendar: Calendar) -> Counts:
    if unit is Unit.WORKING_DAYS:
        length = calendar.working_days_between(begins, until)
        return np.where(length == UNKNOWN, _BEYOND_ANY_CALENDAR, length)
    return (until - begins).astype(np.int64)


def _extended(
    unit: Unit, starts: Days, counts: Counts, calendar: Calendar, skipped: Counts
) -> Days:
    if unit is Unit.MONTHS:
        return month_later(starts, counts) + skipped
    return counted_to(unit, starts, counts + skipped, calendar)
