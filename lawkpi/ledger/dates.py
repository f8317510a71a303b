"""Dates some time later, and the time between two dates: what a rubric's own text counts.

No law stands behind these days: the first day is not counted, months end as those of the law room do,
and nothing moves a day out of a weekend.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from lawkpi.law.answers import CALENDAR_ENDS
from lawkpi.law.calendar import Calendar
from lawkpi.law.days import Counts, Days, Texts, month_later, years
from lawkpi.ledger.derived_columns import LaterColumn

_MONTHS = {"months": 1, "years": 12}


def later_days(starts: Days, column: LaterColumn, calendar: Calendar) -> tuple[Days, Texts]:
    """The day some time after each start, and why there is none where a known start gives none.

    Parameters
    ----------
    starts : one day per row; NaT where not known
    column : how many years, months, days or working days, added in this order

    Returns
    -------
    One day per row (NaT where the start is, or where the calendar does not know the working days),
    and one reason per row, in Chinese; empty where none is needed.
    """
    counted = starts
    if column.years:
        counted = month_later(counted, 12 * column.years)
    if column.months:
        counted = month_later(counted, column.months)
    if column.days:
        counted = counted + column.days
    last = (
        calendar.nth_working_day(counted, column.working_days) if column.working_days else counted
    )
    lacking = ~np.isnat(counted) & np.isnat(last)
    reasons = np.full(len(starts), "", dtype=object)
    reasons[lacking] = _lacking_years(counted[lacking], calendar)
    return last, reasons


def _lacking_years(days: Days, calendar: Calendar) -> list[str]:
    """The year that the calendar lacks: that of the day itself, or the one after its last."""
    following = calendar.known_to.year + 1
    lacking = np.where(calendar.is_known(days), following, years(days))
    return [f"{CALENDAR_ENDS}{year}年" for year in lacking]


def elapsed_units(
    starts: Days, ends: Days, unit: Literal["days", "months", "years"], *, begun: bool
) -> Counts:
    """The whole units from each start to its end; 0 where the end is not later.

    A month is full on the day with the same number, or on the last day of a shorter month.

    Parameters
    ----------
    starts, ends : known days, one of each per row
    begun : whether a begun month or year counts; days have no parts
    """
    if unit == "days":
        return np.maximum((ends - starts).astype(np.int64), 0)
    return np.maximum(_runs(starts, ends, _MONTHS[unit], begun=begun), 0)


def _runs(starts: Days, ends: Days, length: int, *, begun: bool) -> Counts:
    """How many runs of so many months fit between two days."""
    between = (ends.astype("datetime64[M]") - starts.astype("datetime64[M]")).astype(np.int64)
    runs = between // length
    runs = runs - (month_later(starts, runs * length) > ends)
    unfinished = month_later(starts, runs * length) < ends
    return np.asarray(runs + unfinished if begun else runs, dtype=np.int64)
