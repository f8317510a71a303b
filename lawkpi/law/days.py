"""Days as numpy arrays: what every other module of this room computes with."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from lawkpi.errors import LawError

Days: TypeAlias = npt.NDArray[np.datetime64]
"""Days of kind datetime64[D]; NaT where a day is not known."""
Flags: TypeAlias = npt.NDArray[np.bool_]
Counts: TypeAlias = npt.NDArray[np.int64]
Texts: TypeAlias = npt.NDArray[np.object_]

NAT = np.datetime64("NaT", "D")
EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2199, 12, 31)
"""Days that a question may be about; others are slips of the pen."""
UNKNOWN = -1
"""Stands in an array of counts where the count is not known."""


def as_days(days: Any) -> Days:
    """One day or many as a one-dimensional array of days.

    Parameters
    ----------
    days : one date, a sequence of dates, a numpy array or a pandas Series; empty cells give NaT

    Raises
    ------
    LawError LAW_DAY_UNREADABLE : something is neither a day nor empty
    """
    array = np.atleast_1d(np.asarray(days)).copy()
    empty = np.asarray(pd.isna(array))
    if array.dtype == object:
        array[empty] = None
    if not empty.all() and (_is_numeric(array) or _is_cut_short(array[~empty])):
        raise _unreadable(days)
    try:
        return no_days(len(array)) if empty.all() else array.astype("datetime64[D]")
    except (ValueError, TypeError):
        raise _unreadable(days) from None


def _is_numeric(array: npt.NDArray[Any]) -> bool:
    """Whether there are numbers, which numpy would read as days since 1970."""
    kind = pd.api.types.infer_dtype(array, skipna=True)
    return any(word in kind for word in ("integer", "floating", "decimal", "boolean"))


def _is_cut_short(array: npt.NDArray[Any]) -> bool:
    """Whether a text names no day, such as "2024-03", which numpy would read as its first day."""
    whole = len("2024-03-11")
    texts = array.tolist() if array.dtype.kind in "OU" else []
    return any(isinstance(text, str) and len(text) < whole for text in texts)


def _unreadable(days: Any) -> LawError:
    return LawError(
        "LAW_DAY_UNREADABLE", f"无法识别为日期：{days!r:.80}", expected='日期，如 "2022-11-07"'
    )


def as_date(day: np.datetime64) -> dt.date:
    """One known day as a Python date."""
    return dt.date.fromisoformat(str(day))


def no_days(count: int) -> Days:
    """Days of which none is known."""
    return np.full(count, NAT)


def years(days: Days) -> Counts:
    """The year of each day; NaT gives a number without meaning."""
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def month_later(days: Days, months: npt.NDArray[np.int64] | int) -> Days:
    """The day with the same number some months later, or the last day of a shorter month (N5)."""
    month = days.astype("datetime64[M]")
    number = days - month.astype("datetime64[D]")
    target = month + months
    last = (target + 1).astype("datetime64[D]") - 1
    same: Days = target.astype("datetime64[D]") + number
    return np.asarray(np.minimum(same, last), dtype="datetime64[D]")


def chinese(day: dt.date, beside: dt.date | None = None) -> str:
    """A day as Chinese text; the year is left out when it is that of the day beside it."""
    year = "" if beside is not None and beside.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


_WEEKDAYS = "一二三四五六日"


def weekday(day: dt.date) -> str:
    """The day of the week, such as 星期二."""
    return f"星期{_WEEKDAYS[day.weekday()]}"
