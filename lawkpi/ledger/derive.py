"""Derived columns: computed last days, time states, shares and spans of working days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.law.calendar import Calendar
from lawkpi.law.counting import NO_LIMIT, LastDays, last_days
from lawkpi.law.limits import Limits
from lawkpi.law.reckoning import reckoning
from lawkpi.law.states import TimeState, time_states
from lawkpi.ledger.schema import (
    CompareColumn,
    LatestColumn,
    LimitColumn,
    ShareColumn,
    SpanColumn,
    TotalColumn,
)
from lawkpi.ledger.table import Flags, Ledger


@dataclass(frozen=True)
class Reckoner:
    """Adds derived columns to ledgers, under given limits and a calendar, as of a day."""

    limits: Limits
    calendar: Calendar
    as_of: dt.date

    def derived(self, ledger: Ledger) -> Ledger:
        """The ledger with its derived columns, in declared order.

        A derived cell is unknown where one of its inputs is, or where the law gives no answer.
        """
        for name, column in ledger.schema.derived.items():
            match column:
                case LimitColumn():
                    ledger = self._limit(ledger, name, column)
                case CompareColumn():
                    ledger = self._compare(ledger, name, column)
                case LatestColumn():
                    ledger = _latest(ledger, name, column)
                case ShareColumn():
                    ledger = _share(ledger, name, column)
                case SpanColumn():
                    ledger = self._span(ledger, name, column)
                case TotalColumn():
                    ledger = _total(ledger, name, column)
        return ledger

    def reckoning(self, ledger: Ledger, row: int, column: str) -> str:
        """How a last day was counted, in one Chinese sentence; empty for other columns."""
        declared = ledger.schema.derived.get(column)
        if isinstance(declared, CompareColumn):
            return self.reckoning(ledger, row, declared.to)
        if not isinstance(declared, LimitColumn):
            return ""
        start = ledger.frame[declared.start].iloc[row]
        applies = all(ledger.frame[name].iloc[row] == code for name, code in declared.when.items())
        if pd.isna(start) or not applies:
            return ""
        return reckoning(self.limits[declared.limit], start.date(), self.calendar)

    def _limit(self, ledger: Ledger, name: str, column: LimitColumn) -> Ledger:
        last = self._last_days(ledger, column)
        unknown = _either_unknown(ledger, (column.start, *column.when))
        days = last.last.astype("datetime64[s]")
        return ledger.with_columns({name: days}, {name: unknown})

    def _last_days(self, ledger: Ledger, column: LimitColumn) -> LastDays:
        starts = ledger.frame[column.start].to_numpy().astype("datetime64[D]")
        last = last_days(self.limits[column.limit], starts, self.calendar)
        for name, code in column.when.items():
            apart = (ledger.frame[name] != code).to_numpy()
            last.reason[apart] = NO_LIMIT
            last.last[apart] = last.first[apart] = np.datetime64("NaT")
        return last

    def _compare(self, ledger: Ledger, name: str, column: CompareColumn) -> Ledger:
        due = ledger.schema.derived.get(column.to)
        done = ledger.frame[column.compare].to_numpy().astype("datetime64[D]")
        if isinstance(due, LimitColumn):
            last = self._last_days(ledger, due)
        else:
            last = _stated(ledger.frame[column.to].to_numpy().astype("datetime64[D]"))
        states = time_states(done, last, np.datetime64(self.as_of))
        unknown = ledger.unknown_in(column.compare) | ledger.unknown_in(column.to)
        states[unknown] = TimeState.UNDETERMINED.value
        unknown = unknown | (states == TimeState.UNDETERMINED.value)
        return ledger.with_columns({name: pd.array(states, dtype="str")}, {name: unknown})

    def _span(self, ledger: Ledger, name: str, column: SpanColumn) -> Ledger:
        first = ledger.frame[column.working_days_from].to_numpy().astype("datetime64[D]")
        last = ledger.frame[column.working_days_to].to_numpy().astype("datetime64[D]")
        known = ~(np.isnat(first) | np.isnat(last))
        inside = known & self.calendar.is_known(first) & self.calendar.is_known(last)
        days = pd.array(np.zeros(len(first), dtype="int64"), dtype="Int64")
        days[inside] = _signed_span(self.calendar, first[inside], last[inside])
        days[~inside] = pd.NA
        inputs = (column.working_days_from, column.working_days_to)
        unknown = _either_unknown(ledger, inputs) | (known & ~inside)
        return ledger.with_columns({name: days}, {name: unknown})


def _signed_span(calendar: Calendar, first: Any, last: Any) -> Any:
    forward = calendar.working_days_between(np.minimum(first, last), np.maximum(first, last))
    return np.where(last < first, -forward, forward)


def _stated(days: Any) -> LastDays:
    """A last day that the ledger itself states."""
    none = np.full(len(days), "NaT", dtype="datetime64[D]")
    reason = np.where(np.isnat(days), NO_LIMIT, "").astype(object)
    version = np.zeros(len(days), dtype=np.int64)
    return LastDays(
        start=none,
        last=days,
        unrolled=days,
        first=none,
        disputed=none,
        reason=reason,
        version=version,
    )


def _latest(ledger: Ledger, name: str, column: LatestColumn) -> Ledger:
    dates = ledger.frame[list(column.latest)].to_numpy().astype("datetime64[s]")
    latest = np.where(np.isnat(dates).any(axis=1), np.datetime64("NaT", "s"), dates.max(axis=1))
    return ledger.with_columns({name: latest}, {name: _either_unknown(ledger, column.latest)})


def _share(ledger: Ledger, name: str, column: ShareColumn) -> Ledger:
    """Cross-multiplied: sum x q >= of x p."""
    parts = ledger.frame[[*column.share, column.of]]
    known = ~parts.isna().any(axis=1).to_numpy()
    whole = parts.fillna(0).to_numpy(dtype="int64")
    reached = whole[:, :-1].sum(axis=1) * column.at_least.denominator
    reached_it = reached >= whole[:, -1] * column.at_least.numerator
    answer = np.where(reached_it, "yes", "no").astype(object)
    answer[~known | (whole[:, -1] <= 0)] = None
    unknown = _either_unknown(ledger, (*column.share, column.of))
    return ledger.with_columns({name: pd.array(answer, dtype="str")}, {name: unknown})


def _either_unknown(ledger: Ledger, columns: tuple[str, ...]) -> Flags:
    unknown = np.zeros(len(ledger), dtype=bool)
    for name in columns:
        unknown = unknown | ledger.unknown_in(name)
    return unknown


def _total(ledger: Ledger, name: str, column: TotalColumn) -> Ledger:
    """Sums in whole units of the smallest decimal, so that 59.9 + 0.1 is 60."""
    scale = 10 ** ledger.schema.places_of(name)
    parts = ledger.frame[list(column.total)].astype("float64").to_numpy()
    units = np.rint(np.nan_to_num(parts) * scale).sum(axis=1)
    totals = np.where(np.isnan(parts).all(axis=1), np.nan, units / scale)
    return ledger.with_columns({name: totals}, {name: _either_unknown(ledger, column.total)})
