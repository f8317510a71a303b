"""Working days of the official calendar, counted day by day."""

from __future__ import annotations

import datetime as dt

import chinese_calendar

ONE_DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    """A date from its ISO text."""
    return dt.date.fromisoformat(text)


def rolled(start: dt.date) -> dt.date:
    """The day itself, or the next working day where it is a rest day."""
    while not chinese_calendar.is_workday(start):
        start += ONE_DAY
    return start


def working_after(start: dt.date, count: int) -> dt.date:
    """The count-th working day after a day."""
    for _ in range(count):
        start = rolled(start + ONE_DAY)
    return start


def natural_after(start: dt.date, count: int) -> dt.date:
    """A number of natural days after a day."""
    return start + count * ONE_DAY


def last_of(start: dt.date, count: int) -> dt.date:
    """The last day of a term of natural days: the first day is not counted, rest days roll."""
    return rolled(natural_after(start, count))


def worked(start: dt.date, count: int, last: dt.date) -> dt.date:
    """A working day so many natural days after a day, at the latest a given last day."""
    return min(rolled(natural_after(start, count)), last)
