"""Last days as arrays: what a limit answers for many starts at once.

Where a last day cannot be known there is a reason in Chinese instead of a day.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from lawkpi.law.days import NAT, Counts, Days, Flags, Texts, no_days

START_UNKNOWN = "起算日不明"
NO_LIMIT = "无期限规定"
NOT_DECLARED = "本地期限未声明"
NOT_VERIFIED = "期限数字未经核实，不用于计分"
NOT_RECORDED = "更早的规定未载"
REPLACED = "起算日已适用新的规定"
"""Only where the former text was asked for."""
NO_EXTENSION = "该期限无延长规定"
EXTENSION_TOO_LONG = "延长超过规定上限"
NOTICE_TOO_EARLY = "延长告知日早于起算日"
NOT_PAUSABLE = "该期限无扣除规定"
PAUSE_REVERSED = "扣除期间起止颠倒"
PAUSE_OPEN = "扣除期间尚未结束"
CALENDAR_ENDS = "日历未载"
"""Followed by the year."""


@dataclass(frozen=True, eq=False)
class LastDays:
    """The last days of many starts; arrays of equal length.

    Parameters
    ----------
    start : the start days; NaT for limits whose start does not bound the act from below
    last : the last day on which the act is in time; NaT if undetermined or without upper bound
    unrolled : the last day before it rolled out of rest days; equal to `last` where none rolled
    first : the first day on which the act is not too short; NaT for limits that are no windows
    disputed : the day named by a limit "before" a day, whose inclusion no text settles (D6)
    postmark : whether a paper posted by the last day is in time, whenever it arrives (N7)
    reason : "" where determined; otherwise, in Chinese, why not
    version : index of the version of the limit; -1 where none
    """

    start: Days
    last: Days
    unrolled: Days
    first: Days
    disputed: Days
    postmark: Flags
    reason: Texts
    version: Counts

    @classmethod
    def blank(cls, reason: Texts, version: Counts) -> LastDays:
        """No days yet: a reason and a version for each row."""
        count = len(reason)
        days = {name: no_days(count) for name in ("start", "last", "unrolled", "first", "disputed")}
        return cls(**days, postmark=np.zeros(count, bool), reason=reason, version=version)

    @classmethod
    def stated(cls, days: Days) -> LastDays:
        """Last days that a document states; no limit where there is none."""
        reason = np.where(np.isnat(days), NO_LIMIT, "").astype(object)
        blank = cls.blank(reason, np.zeros(len(days), np.int64))
        return replace(blank, last=days.copy(), unrolled=days.copy())

    @property
    def is_determined(self) -> Flags:
        """Whether there is an answer: a last day, or the knowledge that nothing ends."""
        return np.asarray(self.reason == "", dtype=bool)

    @property
    def has_rolled(self) -> Flags:
        """Whether the last day moved out of rest days."""
        return self.last > self.unrolled

    def taken(self, rows: Any) -> LastDays:
        """The last days of some rows, by number or by mask."""
        return LastDays(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def put(self, rows: Any, part: LastDays) -> None:
        """Write the answers of some rows in place, by number or by mask."""
        for field in fields(self):
            getattr(self, field.name)[rows] = getattr(part, field.name)

    def undone(self, rows: Flags, reason: str) -> LastDays:
        """The same answers with a reason instead of a day in some rows."""
        days = {name: np.where(rows, NAT, getattr(self, name)) for name in ("last", "first")}
        return replace(self, **days, reason=np.where(rows, reason, self.reason))
