"""Working days: the official calendar as arrays.

The room knows the years that chinesecalendar holds and those that overlay files add; a day
outside them is not known, never guessed. A notice may still change the last days of the year
before (the notice for 2019 did), so a year counts as known before its last days are certain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import chinese_calendar
import numpy as np
from pydantic import Field, field_validator, model_validator

from lawkpi.errors import LawError
from lawkpi.law.days import NAT, UNKNOWN, Counts, Days, Flags, as_date, as_days
from lawkpi.params import Day, Strict, load_model


class Span(Strict):
    """Days from one to another, both ends included; one day where there is no end."""

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.end is not None and self.end < self.start:
            raise ValueError("放假安排的止日早于起日")
        return self

    @property
    def days(self) -> Iterator[dt.date]:
        """Each day."""
        for step in range(((self.end or self.start) - self.start).days + 1):
            yield self.start + dt.timedelta(days=step)


class Overlay(Strict):
    """A year's days off and make-up working days, as a notice states them.

    For a year the calendar does not know, the overlay supplies it whole: weekends, `off` and
    `working`. For a known year it adds to it (a change during the year, a local holiday). Its
    days lie in the year or in December before it.

    Basis
    -----
    《全国年节及纪念日放假办法》; the yearly notice named in `notice`.
    """

    year: int = Field(ge=1950, le=2200)
    off: list[Span]
    working: list[Day]
    notice: str = Field(min_length=1)

    @field_validator("off", mode="before")
    @classmethod
    def _single_days(cls, off: Any) -> Any:
        if not isinstance(off, list):
            return off
        return [{"from": day} if isinstance(day, str | dt.date) else day for day in off]

    @model_validator(mode="after")
    def _consistent(self) -> Overlay:
        off, working = set(self.days_off), set(self.working)
        if both := sorted(off & working):
            raise ValueError(f"{both[0]} 既列为放假又列为上班")
        first, last = dt.date(self.year - 1, 12, 1), dt.date(self.year, 12, 31)
        if outside := sorted(day for day in off | working if not first <= day <= last):
            raise ValueError(f"{outside[0]} 不属于{self.year}年的安排")
        return self

    @property
    def days_off(self) -> Iterator[dt.date]:
        """Each day off."""
        for span in self.off:
            yield from span.days


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are working days, over one unbroken run of known days.

    Parameters
    ----------
    first : the first known day
    working : one flag per day from `first` on
    """

    first: np.datetime64
    working: Flags

    def __post_init__(self) -> None:
        self.working.setflags(write=False)

    @classmethod
    def national(cls, overlays: Sequence[Overlay] = ()) -> Calendar:
        """The national calendar: chinesecalendar's years, with overlays laid over it in order.

        Raises
        ------
        LawError LAW_CALENDAR_GAP : the years of the overlays do not join the known ones
        """
        known = _national()
        return _overlaid(known, overlays) if overlays else known

    @property
    def known_from(self) -> dt.date:
        """The first day the calendar knows."""
        return as_date(self.first)

    @property
    def known_to(self) -> dt.date:
        """The last day the calendar knows."""
        return as_date(self.first + (len(self.working) - 1))

    def is_known(self, days: Any) -> Flags:
        """Whether the calendar knows each day; NaT is not known."""
        return self._known(as_days(days))

    def is_working(self, days: Any) -> Flags:
        """Whether each day is a working day; False where the day is not known (see `is_known`)."""
        asked = as_days(days)
        return self._known(asked) & self.working[self._position(asked)]

    def rolled(self, days: Any) -> Days:
        """The first working day on or after each day (N3); NaT where it is not known.

        Basis
        -----
        《中华人民共和国民法典》第203条.
        """
        asked = as_days(days)
        before = self._counted[self._position(asked)]
        return self._workday(before, self._known(asked))

    def nth_working_day(self, starts: Any, count: Any) -> Days:
        """The count-th working day after each start day (N4); NaT where it is not known.

        Parameters
        ----------
        starts : days; the start day itself is not counted
        count : working days, 1 or more; one number or one per start
        """
        asked = as_days(starts)
        through = self._counted[self._position(asked) + 1]
        return self._workday(through + np.asarray(count) - 1, self._known(asked))

    def working_days_between(self, starts: Any, ends: Any) -> Counts:
        """The number of working days after each start, up to and including the end.

        Returns
        -------
        0 where the end is not after the start; -1 (`UNKNOWN`) where either day is not known.
        """
        after, until = as_days(starts), as_days(ends)
        counted = (
            self._counted[self._position(until) + 1] - self._counted[self._position(after) + 1]
        )
        known = self._known(after) & self._known(until)
        return np.where(known, np.maximum(counted, 0), UNKNOWN)

    @cached_property
    def _counted(self) -> Counts:
        return np.concatenate([[0], np.cumsum(self.working, dtype=np.int64)])

    @cached_property
    def _workdays(self) -> Days:
        return self.first + np.flatnonzero(self.working)

    def _known(self, days: Days) -> Flags:
        return (days >= self.first) & (days < self.first + len(self.working))

    def _position(self, days: Days) -> Counts:
        offset = (days - self.first).astype(np.int64)
        return np.clip(offset, 0, len(self.working) - 1)

    def _workday(self, number: Counts, known: Flags) -> Days:
        last = len(self._workdays) - 1
        found = self._workdays[np.clip(number, 0, last)]
        return np.where(known & (number <= last), found, NAT)


def load_overlays(folder: Path) -> tuple[Overlay, ...]:
    """The overlay files of a folder in the order of their names; none if there is no folder.

    Raises
    ------
    ParamsError PARAMS_INVALID : a file does not fit
    """
    return tuple(load_model(path, Overlay) for path in sorted(folder.glob("*.yaml")))


@cache
def _national() -> Calendar:
    listed = {day.year for day in chinese_calendar.holidays}
    calendar = _weeks(min(listed), max(listed))
    return _changed(calendar, off=chinese_calendar.holidays, working=chinese_calendar.workdays)


def _weeks(first_year: int, last_year: int) -> Calendar:
    """Plain weeks: Monday to Friday."""
    days = np.arange(f"{first_year}-01-01", f"{last_year + 1}-01-01", dtype="datetime64[D]")
    return Calendar(first=days[0], working=np.is_busday(days))


def _changed(calendar: Calendar, *, off: Any, working: Any) -> Calendar:
    flags = calendar.working.copy()
    for days, flag in ((off, False), (working, True)):
        listed = np.array(sorted(days), dtype="datetime64[D]")
        flags[calendar._position(listed[calendar._known(listed)])] = flag
    return Calendar(first=calendar.first, working=flags)


def _overlaid(known: Calendar, overlays: Sequence[Overlay]) -> Calendar:
    calendar = _extended(known, {overlay.year for overlay in overlays})
    for overlay in overlays:
        calendar = _changed(calendar, off=overlay.days_off, working=overlay.working)
    return calendar


def _extended(known: Calendar, added: set[int]) -> Calendar:
    first, last = known.known_from.year, known.known_to.year
    covered = sorted(added | set(range(first, last + 1)))
    missing = [year for year in range(covered[0], covered[-1]) if year not in covered]
    if missing:
        raise LawError(
            "LAW_CALENDAR_GAP",
            f"放假安排缺少{missing[0]}年",
            expected=f"与已载的{first}年至{last}年相连",
            todo=f"补充{missing[0]}年的放假安排文件",
        )
    weeks = _weeks(covered[0], covered[-1])
    flags = weeks.working.copy()
    start = int((known.first - weeks.first).astype(np.int64))
    flags[start : start + len(known.working)] = known.working
    return Calendar(first=weeks.first, working=flags)
