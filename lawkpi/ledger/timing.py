"""Last days and time states of a ledger's rows: which cells mean a start, an extension, a pause.

What the law makes of them is the law room's business; a cell that decides and is blank gives a
reason, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.law.answers import NO_LIMIT, START_UNKNOWN, LastDays
from lawkpi.law.calendar import Calendar
from lawkpi.law.counting import last_days
from lawkpi.law.days import UNKNOWN, Texts, as_date, chinese
from lawkpi.law.limits import Limit
from lawkpi.law.reckoning import lateness, reckoning
from lawkpi.law.rules import Unit
from lawkpi.ledger.dates import later_days
from lawkpi.ledger.derived_columns import (
    CompareColumn,
    DefinitionColumn,
    LaterColumn,
    LimitColumn,
)
from lawkpi.ledger.table import Flags, Ledger

APPROVAL_UNKNOWN = "延长是否经批准不明"
NOTICE_UNKNOWN = "延长告知日不明"
NOT_APPROVED = "延长未经批准，不予计算"
FULL_EXTENSION = UNKNOWN
"""As many units as the law allows: how many is the law's business."""
NO_SUCH_EXTENSION = FULL_EXTENSION - 1
"""An extension by fewer than no days: the law room refuses it."""


@dataclass(frozen=True)
class Clock:
    """Reckons the last days of ledgers, under given limits and a calendar."""

    limits: Mapping[str, Limit]
    calendar: Calendar

    def last_days(self, ledger: Ledger, column: LimitColumn) -> LastDays:
        """The last day of each row under the limit that it has by a derived column."""
        starts, granted = _days(ledger, column.start), _granted(ledger, column)
        answer = last_days(self.limits[column.limit], starts, self.calendar, **granted.terms)
        if column.instead is not None:
            rows = self.has_other(ledger, column)
            other = self.limits[column.instead.limit]
            others = last_days(other, starts, self.calendar, **granted.terms)
            answer.put(rows, others.taken(rows))
        for doubtful, reason in granted.doubts:
            answer = answer.undone(doubtful & (answer.reason != NO_LIMIT), reason)
        return answer.undone(~applies(ledger, column), NO_LIMIT)

    def has_other(self, ledger: Ledger, column: LimitColumn) -> Flags:
        """The rows that have the limit named by `instead`."""
        if column.instead is None:
            return np.zeros(len(ledger), dtype=bool)
        chosen = (ledger.frame[column.instead.column] == column.instead.code).to_numpy(dtype=bool)
        version = self.limits[column.instead.limit].versions_at(_days(ledger, column.start))
        return np.asarray(chosen & (version != UNKNOWN), dtype=bool)

    def limit_of(self, ledger: Ledger, row: int, column: LimitColumn) -> Limit:
        """The limit that one row has."""
        is_other = column.instead is not None and bool(self.has_other(ledger.only(row), column)[0])
        return self.limits[column.limits[int(is_other)]]

    def later(self, ledger: Ledger, column: LaterColumn) -> LastDays:
        """The day of each row that the rubric's own text sets; no limit where its start is blank."""
        last, reasons = later_days(_days(ledger, column.later_than), column, self.calendar)
        answer = LastDays.stated(last)
        answer = replace(answer, reason=np.where(reasons == "", answer.reason, reasons))
        return answer.undone(ledger.unknown_in(column.later_than), START_UNKNOWN)

    def compared_to(self, ledger: Ledger, column: CompareColumn) -> LastDays:
        """The last days that a state is measured by: computed, or stated by the ledger itself."""
        due = ledger.schema.derived.get(column.to)
        if isinstance(due, LimitColumn):
            return self.last_days(ledger, due)
        if isinstance(due, LaterColumn):
            return self.later(ledger, due)
        return LastDays.stated(_days(ledger, column.to))

    def lateness(self, ledger: Ledger, column: CompareColumn, until: Any) -> Texts:
        """By how much each row's day lies behind its last day, in Chinese; empty where it does not.

        Parameters
        ----------
        until : the day each act counts as done, or the day of asking
        """
        last = self.compared_to(ledger, column)
        due = ledger.schema.derived.get(column.to)
        working = np.zeros(len(ledger), dtype=bool)
        if isinstance(due, LimitColumn):
            rows = self.has_other(ledger, due)
            first, *others = (_in_working_days(self.limits[one], last) for one in due.limits)
            working = np.where(rows, others[0], first) if others else first
        elif isinstance(due, LaterColumn):
            working[:] = due.working_days is not None
        return lateness(working, last, until, self.calendar)

    def later_sentence(self, ledger: Ledger, row: int, column: LaterColumn) -> str:
        """How one row's later day was reckoned; empty where its start is blank or unreadable."""
        one = ledger.only(row)
        start, answer = _days(one, column.later_than)[0], self.later(one, column)
        if np.isnat(start):
            return ""
        last, reason = answer.last[0], answer.reason[0]
        ending = f"待定：{reason}" if reason else f"为{chinese(as_date(last))}"
        begun = f"{ledger.schema.title_of(column.later_than)}为{chinese(as_date(start))}"
        return f"{begun}，次日起算{column.length}，{column.title}{ending}"

    def sentence(self, ledger: Ledger, row: int, column: LimitColumn) -> str:
        """How one row's last day was reckoned; empty where the limit does not apply."""
        one = ledger.only(row)
        start = _days(one, column.start)[0]
        if np.isnat(start) or not applies(one, column)[0]:
            return ""
        granted = _granted(one, column)
        doubts = [reason for doubtful, reason in granted.doubts if doubtful[0]]
        terms = granted.first() | ({"extended": False} if doubts else {})
        text = reckoning(self.limit_of(one, 0, column), start, self.calendar, **terms)
        if doubts:
            return f"{text}；另有延长，{doubts[0]}，届满日待定"
        return f"{text}；{NOT_APPROVED}" if granted.refused[0] else text


@dataclass(frozen=True)
class _Granted:
    """What a ledger says was granted: the terms of `last_days`, doubts, refused extensions."""

    terms: Mapping[str, Any]
    doubts: tuple[tuple[Flags, str], ...]
    refused: Flags

    def first(self) -> dict[str, Any]:
        """The terms of the first row."""
        terms = {name: self.terms[name][0] for name in self.terms if name != "pauses"}
        pauses = [(after[0], until[0]) for after, until in self.terms["pauses"]]
        return terms | {"pauses": [one for one in pauses if not np.isnat(one[0])]}


def applies(ledger: Ledger, column: LimitColumn | DefinitionColumn) -> Flags:
    """The rows that a limit or a definition is for."""
    wanted = np.ones(len(ledger), dtype=bool)
    for name, code in column.when.items():
        wanted &= (ledger.frame[name] == code).to_numpy(dtype=bool)
    return wanted


def _in_working_days(limit: Limit, last: LastDays) -> Flags:
    """The rows whose version of a limit counts working days."""
    versions = enumerate(limit.versions)
    worked = [index for index, one in versions if one.unit is Unit.WORKING_DAYS]
    return np.isin(last.version, worked)


def _days(ledger: Ledger, name: str) -> Any:
    return ledger.frame[name].to_numpy().astype("datetime64[D]")


def _granted(ledger: Ledger, column: LimitColumn) -> _Granted:
    pauses = [(_days(ledger, one.after), _days(ledger, one.until)) for one in column.pauses]
    none = np.zeros(len(ledger), dtype=bool)
    if column.extended is None:
        return _Granted({"pauses": pauses}, (), none)
    units = _units(ledger, column.extended)
    asked = units != 0
    approved = _approval(ledger, column.approved)
    extended = np.where(approved == "yes", units, 0)
    terms: dict[str, Any] = {"pauses": pauses, "extended": _flags_or_units(extended)}
    doubts = [(asked & pd.isna(approved), APPROVAL_UNKNOWN)]
    if column.notified_on is not None:
        terms["notified_on"] = _days(ledger, column.notified_on)
        doubts.append(((extended != 0) & np.isnat(terms["notified_on"]), NOTICE_UNKNOWN))
    return _Granted(terms, tuple(doubts), asked & (approved == "no"))


def _units(ledger: Ledger, name: str) -> Any:
    """Units of extension per row."""
    cells = ledger.frame[name]
    if ledger.schema.all_types[name] == "integer":
        units = cells.fillna(0).to_numpy(dtype=np.int64)
        return np.where(units < 0, NO_SUCH_EXTENSION, units)
    return np.where((cells == "yes").to_numpy(dtype=bool), FULL_EXTENSION, 0)


def _flags_or_units(units: Any) -> Any:
    """The full extension is asked for by a flag, a shorter one by its number."""
    is_flag = np.isin(units, [FULL_EXTENSION, 0]).all()
    return units == FULL_EXTENSION if is_flag else units


def _approval(ledger: Ledger, name: str | None) -> Any:
    if name is None:
        return np.full(len(ledger), "yes", dtype=object)
    return ledger.frame[name].to_numpy(dtype=object)
