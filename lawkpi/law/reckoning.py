"""A last day in words: one Chinese sentence for one start day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np

from lawkpi.law.answers import NO_LIMIT, LastDays
from lawkpi.law.calendar import Calendar
from lawkpi.law.counting import last_days
from lawkpi.law.days import UNKNOWN, Texts, as_date, as_days, chinese
from lawkpi.law.limits import Limit
from lawkpi.law.pauses import Paused, PauseDays
from lawkpi.law.rules import Unit, Version


def reckoning(
    limit: Limit,
    start: Any,
    calendar: Calendar,
    *,
    extended: Any = False,
    notified_on: Any = None,
    pauses: PauseDays = (),
) -> str:
    """How the last day of one start was reckoned, as one Chinese sentence without full stop.

    Basis
    -----
    The conventions of `last_days`; a roll without a clause of its own says so.

    Example
    -------
    2022年11月7日收到起诉状副本，次日起算15日，届满日2022年11月22日
    """
    last = last_days(
        limit, start, calendar, extended=extended, notified_on=notified_on, pauses=pauses
    )
    day = as_days(start)[0]
    if np.isnat(day):
        return f"{limit.start_event}的日期不明，届满日待定"
    if last.version[0] < 0:
        return _without_version(limit, as_date(day), last)
    version = limit.versions[int(last.version[0])]
    if not version.unit.is_counted:
        return _named(limit, version, as_date(day), last)
    is_used = bool(np.any(extended)) and _is_used(limit, start, calendar, last, pauses)
    steps = [
        f"{chinese(as_date(day))}{limit.start_event}",
        f"次日起算{version.length}",
        _extended(version, extended, is_used=is_used),
        *_paused(version, last, pauses, calendar),
        *_ending(version, last),
    ]
    return "，".join(step for step in steps if step)


def lateness(working: Any, last: LastDays, until: Any, calendar: Calendar) -> Texts:
    """By how much each day lies behind its last day, in Chinese; empty where it does not.

    Parameters
    ----------
    working : whether each limit is in working days; such limits are late by working days, all
        others by natural days
    until : the day of each act, or the day of asking

    Example
    -------
    超出规定期限8日（自然日）
    """
    days = as_days(until)
    told = np.full(len(last.last), "", dtype=object)
    natural = (days - last.last).astype(np.int64)
    worked = calendar.working_days_between(last.last, days)
    by_work = np.broadcast_to(working, told.shape) & (worked != UNKNOWN)
    for row in np.flatnonzero(np.broadcast_to(days > last.last, told.shape)):
        count, unit = (worked[row], "工作日") if by_work[row] else (natural[row], "自然日")
        if count == 0:  # late, but no working day has passed since the last day
            count, unit = natural[row], "自然日，均为休息日"
        told[row] = f"超出规定期限{count}日（{unit}）"
    return told


def _without_version(limit: Limit, day: dt.date, last: LastDays) -> str:
    if last.reason[0] == NO_LIMIT:
        return f"{chinese(day)}{limit.start_event}，当时该事项无期限规定"
    return f"{chinese(day)}{limit.start_event}，届满日待定：{last.reason[0]}"


def _named(limit: Limit, version: Version, day: dt.date, last: LastDays) -> str:
    """A last day that is named, not counted."""
    if version.unit is Unit.FIXED_DATE:
        text = f"{day.year}年度{limit.title}，{_before(last)}"
    else:
        text = f"{limit.start_event}为{chinese(day)}，以该日为届满日"
    return f"{text}；待定：{last.reason[0]}" if last.reason[0] else text


def _before(last: LastDays) -> str:
    ending = chinese(as_date(last.unrolled[0]))
    if np.isnat(last.disputed[0]):
        return f"应在{ending}前完成（含当日，遇休息日不顺延）"
    named = chinese(as_date(last.disputed[0]))
    return f"应在{named}之前完成，届满日{ending}（遇休息日不顺延）"


def _is_used(
    limit: Limit, start: Any, calendar: Calendar, last: LastDays, pauses: PauseDays
) -> bool:
    """Whether an extension moved the unrolled day at all."""
    plain = last_days(limit, start, calendar, pauses=pauses).unrolled[0]
    return bool(np.isnat(plain) or last.unrolled[0] != plain)


def _extended(version: Version, extended: Any, *, is_used: bool) -> str:
    granted = np.asarray(extended)
    if version.extension is None or version.count is None or not granted.any():
        return ""
    if not is_used:
        return "延长未在原期限内告知，不予计算"
    more = version.extension.count if granted.dtype == bool else int(granted.ravel()[0])
    word = version.unit.word
    return f"经批准延长{more}{word}，合并计算{version.count + more}{word}"


def _paused(
    version: Version, last: LastDays, pauses: PauseDays, calendar: Calendar
) -> Iterator[str]:
    if version.pause is None:
        return
    given = Paused.of(pauses, 1)
    capped = given.capped(version, calendar)
    cap = f"（以{version.pause.cap}个工作日为限）"
    rows = zip(given.after[:, 0], given.until[:, 0], capped.until[:, 0], strict=True)
    for after, until, cut in (row for row in rows if not np.isnat(row[0])):
        if after >= last.unrolled[0] or cut <= last.start[0]:
            yield f"{_span(after, until)}在期限之外，不影响届满日"
            continue
        is_cut = not np.isnat(cut) and (np.isnat(until) or cut < until)
        yield f"扣除{_span(max(after, last.start[0]), cut)}" + (cap if is_cut else "")


def _span(after: np.datetime64, until: np.datetime64) -> str:
    ends = "扣除事由消除之日" if np.isnat(until) else chinese(as_date(until))
    return f"{chinese(as_date(after + 1))}至{ends}"


def _ending(version: Version, last: LastDays) -> list[str]:
    first = "" if np.isnat(last.first[0]) else f"最早{chinese(as_date(last.first[0]))}"
    if last.reason[0]:
        return [first, f"届满日待定：{last.reason[0]}"]
    if version.count is None:
        return [first, "不设最长期限"]
    return [first, _rolled(version, last), f"届满日{chinese(as_date(last.last[0]))}"]


def _rolled(version: Version, last: LastDays) -> str:
    if not last.has_rolled[0]:
        return ""
    before, after = as_date(last.unrolled[0]), as_date(last.last[0])
    analogy = version.roll.ground
    short = f"{before.month}月{before.day}日"
    return f"原届满日{short}为休息日，顺延{analogy}至{chinese(after, beside=before)}"
