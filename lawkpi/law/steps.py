"""The counted steps of one last day: which days count, which do not, and why.

The steps are found by looking at every day in turn, apart from the arithmetic that gives the last
day; a reader can follow them on a wall calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lawkpi.law.answers import CALENDAR_ENDS, PAUSE_OPEN, LastDays
from lawkpi.law.calendar import Calendar
from lawkpi.law.days import Counts, Days, Flags, as_date, chinese
from lawkpi.law.pauses import Paused, PauseDays
from lawkpi.law.rules import Unit, Version

_SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """A run of days that are treated alike.

    Parameters
    ----------
    first, last : the first and the last day of the run
    number : the numbers of its first and last day in the count; None where it does not count
    why : what is to be said of it, in Chinese; empty for days that simply count
    """

    first: dt.date
    last: dt.date
    number: tuple[int, int] | None
    why: str

    @property
    def text(self) -> str:
        """The step as one Chinese line without full stop."""
        until = "" if self.first == self.last else f"至{chinese(self.last, beside=self.first)}"
        said = [f"{chinese(self.first)}{until}", _numbers(self.number), self.why]
        return "，".join(part for part in said if part)


def counted_steps(
    version: Version, start: dt.date, last: LastDays, calendar: Calendar, pauses: PauseDays = ()
) -> tuple[Step, ...]:
    """The steps from a start day to its last day; none for days that are named, not counted.

    Parameters
    ----------
    last : the answer for this one start
    pauses : the pauses that went into the answer

    Returns
    -------
    Steps in order of days. Where the calendar ends before the last day they end with it.
    """
    if not version.unit.is_counted or not _can_be_followed(str(last.reason[0])):
        return ()
    paused = Paused.of(pauses, 1).capped(version, calendar)
    until = _until(last, calendar, paused)
    begin = Step(start, start, None, "起算日，不计入")
    if version.unit is Unit.MONTHS:
        counted = list(_months(version, start, last, paused))
    else:
        counted = list(_runs(version, start, until, calendar, paused))
    return (begin, *counted, *_open(last, paused), *_roll(last))


def _can_be_followed(reason: str) -> bool:
    """Whether the days can be counted at least as far as they are known."""
    return reason in ("", PAUSE_OPEN) or reason.startswith(CALENDAR_ENDS)


def _numbers(number: tuple[int, int] | None) -> str:
    if number is None:
        return ""
    first, last = number
    return f"第{first}日" if first == last else f"第{first}至{last}日"


def _until(last: LastDays, calendar: Calendar, paused: Paused) -> Any:
    """The last day that is looked at."""
    if np.isnat(last.unrolled[0]) and paused.is_open[0]:
        return _begun(paused).min()
    for day in (last.unrolled[0], last.first[0]):
        if not np.isnat(day):
            return day
    return np.datetime64(calendar.known_to)


def _runs(
    version: Version, start: dt.date, until: np.datetime64, calendar: Calendar, paused: Paused
) -> Iterator[Step]:
    days = np.arange(np.datetime64(start) + 1, until + 1)
    skipped = _paused(days, paused)
    by_work = version.unit is Unit.WORKING_DAYS
    rest = by_work & ~calendar.is_working(days)
    kind = np.where(skipped, 2, np.where(rest, 1, 0))
    number = np.cumsum(kind == 0)
    for run in np.split(np.arange(len(days)), np.flatnonzero(np.diff(kind)) + 1):
        if len(run):
            yield _run(days[run], int(kind[run[0]]), number[run], by_work=by_work)


def _run(days: Days, kind: int, number: Counts, *, by_work: bool) -> Step:
    first, last = as_date(days[0]), as_date(days[-1])
    if kind:
        return Step(first, last, None, "扣除，不计" if kind == 2 else "休息日，不计")
    why = _made_up(days) if by_work else ""
    return Step(first, last, (int(number[0]), int(number[-1])), why)


def _made_up(days: Days) -> str:
    """The weekend days of a run of working days."""
    made_up = [day for day in map(as_date, days) if day.weekday() >= _SATURDAY]
    named = "、".join(f"{day.month}月{day.day}日" for day in made_up)
    return f"其中{named}为调休上班日" if named else ""


def _paused(days: Days, paused: Paused) -> Flags:
    """Whether each day lies in a pause; an open pause has no end."""
    after, until = paused.after[:, :1], paused.until[:, :1]
    inside = (days > after) & ((days <= until) | (np.isnat(until) & ~np.isnat(after)))
    return np.asarray(inside.any(axis=0), dtype=bool)


def _months(version: Version, start: dt.date, last: LastDays, paused: Paused) -> Iterator[Step]:
    day = as_date(last.unrolled[0]) if not np.isnat(last.unrolled[0]) else None
    if day is None:
        return
    for after, until in zip(paused.after[:, 0], paused.until[:, 0], strict=True):
        if not np.isnat(after) and not np.isnat(until):
            yield Step(as_date(after + 1), as_date(until), None, "扣除，顺延同样日数")
    is_shorter = day.day < start.day and not len(paused.after)
    ending = "，当月没有对应日，以月末日为准" if is_shorter else "的对应日"
    yield Step(day, day, None, f"满{version.length}{ending}")


def _begun(paused: Paused) -> Days:
    """The beginnings of pauses that have no end."""
    return np.asarray(paused.after[np.isnat(paused.until) & ~np.isnat(paused.after)])


def _open(last: LastDays, paused: Paused) -> list[Step]:
    """A pause that has begun before the last day and not ended."""
    begun = _begun(paused)
    if not len(begun) or not np.isnat(last.unrolled[0]):
        return []
    day = as_date(begun.min() + 1)
    return [Step(day, day, None, "起扣除，待扣除事由消除后继续计算")]


def _roll(last: LastDays) -> list[Step]:
    """The rest days that the last day moves out of."""
    if not last.has_rolled[0]:
        return []
    unrolled, rolled = as_date(last.unrolled[0]), as_date(last.last[0])
    one: Any = dt.timedelta(days=1)
    return [
        Step(unrolled, rolled - one, None, "休息日，届满日顺延"),
        Step(rolled, rolled, None, "休息日后的第一个工作日"),
    ]
