"""From a start event and a limit to the last day: the counting conventions, once.

What a convention needs is chosen by the limit, never by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.errors import LawError
from lawkpi.law.answers import (
    CALENDAR_ENDS,
    EXTENSION_TOO_LONG,
    NO_EXTENSION,
    NO_LIMIT,
    NOT_DECLARED,
    NOT_PAUSABLE,
    NOT_RECORDED,
    NOT_VERIFIED,
    NOTICE_TOO_EARLY,
    PAUSE_OPEN,
    PAUSE_REVERSED,
    REPLACED,
    START_UNKNOWN,
    LastDays,
)
from lawkpi.law.calendar import Calendar
from lawkpi.law.days import UNKNOWN, Counts, Days, Flags, as_days, no_days, years
from lawkpi.law.limits import Limit
from lawkpi.law.pauses import Paused, PauseDays, counted_to, paused_to
from lawkpi.law.rules import Roll, Unit, Version

_WORTH_A_TABLE = 1000
"""Fewer rows than this are reckoned one by one."""


def last_days(
    limit: Limit,
    starts: Any,
    calendar: Calendar,
    *,
    extended: Any = False,
    notified_on: Any = None,
    pauses: PauseDays = (),
) -> LastDays:
    """The last day of a limit for each start day.

    The start day is not counted (N1); natural days run through rest days (N2); a last day that
    is a rest day rolls to the next working day where the limit says so (N3, N11); working days
    (N4), months (N5), an extension as one run with the limit (N8), pauses (N9); the version is
    that of the start day (N10).

    Parameters
    ----------
    limit : the limit in all its versions
    starts : days of the start event; NaT where not known
    calendar : the working days
    extended : whether the limit was extended (by its full extension), or by how many units
    notified_on : days on which the extension was notified; an extension notified after the
        original last day does not count. None means that every extension was notified in time
    pauses : pairs (after, until)

    Returns
    -------
    LastDays, with a reason wherever the last day is not determined.

    Basis
    -----
    《中华人民共和国民法典》第201条至第203条；法释〔2018〕1号第48条；各期限的 basis.
    """
    days = as_days(starts)
    terms = _Terms.of(extended, notified_on, pauses, count=len(days))
    if np.ndim(extended) == 0 and notified_on is None and not len(pauses):
        return _by_day(limit, days, calendar, terms)
    return _by_row(limit, days, calendar, terms)


def mixed_last_days(
    limits: Mapping[str, Limit], keys: Any, starts: Any, calendar: Calendar
) -> LastDays:
    """The last day of each row under a limit of its own, without extensions or pauses.

    Parameters
    ----------
    limits : the limits by id
    keys : one limit id per row
    starts : one start day per row; NaT where not known

    Raises
    ------
    LawError LAW_LIMIT_UNKNOWN : a row names no limit
    """
    codes, named = pd.factorize(np.asarray(keys, dtype=object))
    if (codes < 0).any():
        raise LawError("LAW_LIMIT_UNKNOWN", "有的行没有写明期限编号", expected="每行一个期限编号")
    days = as_days(starts)
    answers = LastDays.blank(np.full(len(days), "", dtype=object), np.full(len(days), UNKNOWN))
    for code, key in enumerate(named):
        rows = np.flatnonzero(codes == code)
        answers.put(rows, last_days(limits[key], days[rows], calendar))
    return answers


def _by_day(limit: Limit, days: Days, calendar: Calendar, terms: _Terms) -> LastDays:
    """Every row has the same terms: reckon each day once, and look the rows up."""
    if len(days) < _WORTH_A_TABLE or np.isnat(days).all():
        return _by_row(limit, days, calendar, terms)
    low, high = np.nanmin(days), np.nanmax(days)
    span = int((high - low).astype(np.int64)) + 1
    if span + 1 > len(days):
        return _by_row(limit, days, calendar, terms)
    each = np.append(np.arange(low, high + 1), np.datetime64("NaT"))
    row = np.where(np.isnat(days), span, (days - low).astype(np.int64))
    return _by_row(limit, each, calendar, terms.at(slice(0, span + 1))).taken(row)


def _by_row(limit: Limit, days: Days, calendar: Calendar, terms: _Terms) -> LastDays:
    blank = _blank(limit, days)
    blank.start[:] = days
    for index, version in enumerate(limit.versions):
        rows = _rows(blank.version == index)
        if rows is not None:
            answer = _reckoned(version, days[rows], calendar, terms.at(rows))
            answer.version[:] = index
            blank.put(rows, answer)
    return blank


@dataclass(frozen=True)
class _Terms:
    """What was granted: units of extension (-1: the full one), its notice, pauses."""

    extension: Counts
    notified_on: Days | None
    paused: Paused

    @classmethod
    def of(cls, extended: Any, notified_on: Any, pauses: PauseDays, *, count: int) -> _Terms:
        units = np.broadcast_to(_units(extended), (count,))
        notified = None if notified_on is None else np.broadcast_to(as_days(notified_on), (count,))
        return cls(units, notified, Paused.of(pauses, count))

    def at(self, rows: Any) -> _Terms:
        notified = None if self.notified_on is None else self.notified_on[rows]
        return _Terms(self.extension[rows], notified, self.paused.at(rows))


def _units(extended: Any) -> Counts:
    granted = np.asarray(extended)
    if granted.dtype.kind not in "biu":
        raise LawError(
            "LAW_EXTENSION_UNREADABLE",
            f"延长的写法无法识别（{granted.dtype}）",
            expected="是否延长（真假值），或者延长的日数（整数）",
        )
    units = np.where(granted, UNKNOWN, 0) if granted.dtype == bool else granted
    return units.astype(np.int64)


def _blank(limit: Limit, days: Days) -> LastDays:
    return LastDays.blank(_first_reasons(limit, days), limit.versions_at(days))


def _first_reasons(limit: Limit, days: Days) -> Any:
    """Why there is no last day, as long as no version has given one."""
    if limit.unverified:
        return np.full(len(days), NOT_VERIFIED, dtype=object)
    reason = np.full(len(days), NO_LIMIT if limit.is_declared else NOT_DECLARED, dtype=object)
    if limit.is_declared or not limit.local:
        reason[np.isnat(days)] = START_UNKNOWN
    reason[limit.is_before_record(days)] = NOT_RECORDED
    reason[limit.is_after_replacement(days)] = REPLACED
    return reason


def _rows(mask: Flags) -> Any:
    """The rows of a mask: everything as a slice, some as numbers, none as None."""
    if mask.all():
        return slice(None) if len(mask) else None
    return np.flatnonzero(mask) if mask.any() else None


def _reckoned(version: Version, days: Days, calendar: Calendar, terms: _Terms) -> LastDays:
    if version.unit is Unit.FIXED_DATE:
        answer = _fixed(version, days)
    elif version.unit is Unit.STATED_DATE:
        answer = _answer(no_days(len(days)), last=days)
    else:
        answer = _counted(version, days, calendar, terms)
    answer.postmark[:] = version.postmark
    _refuse(answer, version, terms)
    return answer


def _answer(start: Days, last: Days, **parts: Days) -> LastDays:
    none = no_days(len(start))
    return LastDays(
        start=start.copy(),
        last=last.copy(),
        unrolled=parts.get("unrolled", last).copy(),
        first=parts.get("first", none),
        disputed=parts.get("disputed", none),
        postmark=np.zeros(len(start), dtype=bool),
        reason=np.full(len(start), "", dtype=object),
        version=np.zeros(len(start), dtype=np.int64),
    )


def _fixed(version: Version, days: Days) -> LastDays:
    month, number = (int(part) for part in str(version.day).split("-"))
    following = days.astype("datetime64[Y]") + 1
    named = (following.astype("datetime64[M]") + (month - 1)).astype("datetime64[D]")
    named = named + (number - 1)
    if version.day_included:
        return _answer(no_days(len(days)), last=named)
    return _answer(no_days(len(days)), last=named - 1, disputed=named)


def _counted(version: Version, days: Days, calendar: Calendar, terms: _Terms) -> LastDays:
    first = no_days(len(days))
    if version.at_least is not None:
        first = counted_to(version.unit, days, _each(version.at_least, days), calendar)
    unrolled = _unrolled(version, days, calendar, terms)
    last = unrolled if version.roll is Roll.NONE else calendar.rolled(unrolled)
    answer = _answer(days, last=last, unrolled=unrolled, first=first)
    for known, needed in ((first, version.at_least), (last, version.count)):
        _mark_calendar(answer, calendar, missing=np.isnat(known) & (needed is not None))
    return answer


def _unrolled(version: Version, days: Days, calendar: Calendar, terms: _Terms) -> Days:
    if version.count is None:
        return no_days(len(days))
    paused = terms.paused.capped(version, calendar) if version.pause else Paused.of((), len(days))
    counts = _each(version.count, days)
    original = paused_to(version.unit, days, counts, calendar, paused)
    if version.extension is None or not terms.extension.any():
        return original
    full = terms.extension == UNKNOWN
    granted = np.where(full, version.extension.count, terms.extension)
    if terms.notified_on is not None:
        granted = np.where(_in_time(terms.notified_on, original, version, calendar), granted, 0)
    return paused_to(version.unit, days, counts + granted, calendar, paused)


def _in_time(notified_on: Days, original: Days, version: Version, calendar: Calendar) -> Flags:
    last = original if version.roll is Roll.NONE else calendar.rolled(original)
    return notified_on <= last


def _each(count: int, days: Days) -> Counts:
    return np.full(len(days), count, dtype=np.int64)


def _mark_calendar(answer: LastDays, calendar: Calendar, *, missing: Flags) -> None:
    """Say which year the calendar lacks: that of the day itself, or the next one it lacks."""
    rows = np.flatnonzero(missing)
    if not rows.size:
        return
    lacking = np.full(len(rows), calendar.known_to.year + 1)
    for days in (answer.start[rows], answer.unrolled[rows]):
        outside = ~np.isnat(days) & ~calendar.is_known(days)
        lacking = np.where(outside, years(days), lacking)
    answer.reason[rows] = [f"{CALENDAR_ENDS}{year}年" for year in lacking]
    answer.last[rows] = np.datetime64("NaT")


def _refuse(answer: LastDays, version: Version, terms: _Terms) -> None:
    """Give no last day where what was granted is not known to the law."""
    granted, most = terms.extension, version.extension
    refusals: list[tuple[Flags, str]] = [
        (terms.paused.is_reversed, PAUSE_REVERSED),
        (granted < UNKNOWN, EXTENSION_TOO_LONG),
    ]
    if most is None:
        refusals.append((granted != 0, NO_EXTENSION))
    else:
        refusals.append((granted > most.count, EXTENSION_TOO_LONG))
        refusals.append(((granted != 0) & _is_before(terms.notified_on, answer), NOTICE_TOO_EARLY))
    if version.pause is None:
        refusals.append((terms.paused.is_present, NOT_PAUSABLE))
    elif version.pause.cap is None:
        refusals.append((terms.paused.is_open & np.isnat(answer.unrolled), PAUSE_OPEN))
    for wrong, reason in refusals:
        answer.reason[wrong] = reason
        answer.last[wrong] = np.datetime64("NaT")


def _is_before(notified_on: Days | None, answer: LastDays) -> Flags:
    """Whether an extension was notified before there was anything to extend: a slip of the pen."""
    if notified_on is None:
        return np.zeros(len(answer.start), dtype=bool)
    return np.asarray(notified_on < answer.start, dtype=bool)
