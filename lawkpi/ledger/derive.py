"""Derived columns: computed days, time states, shares, spans of time, sums, places in an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.errors import LawError
from lawkpi.law.answers import NO_LIMIT, START_UNKNOWN, LastDays
from lawkpi.law.calendar import Calendar
from lawkpi.law.days import Counts
from lawkpi.law.definitions import Definition, Standing, standings
from lawkpi.law.limits import Limits
from lawkpi.law.states import TimeState, time_states
from lawkpi.ledger.dates import elapsed_units
from lawkpi.ledger.derived_columns import (
    CompareColumn,
    DefinitionColumn,
    DifferenceColumn,
    ElapsedColumn,
    FirstOfColumn,
    LaterColumn,
    LatestColumn,
    LimitColumn,
    OccurrenceColumn,
    ShareColumn,
    SincePreviousColumn,
    SpanColumn,
    TotalColumn,
)
from lawkpi.ledger.sequence import sequenced
from lawkpi.ledger.table import Flags, Ledger
from lawkpi.ledger.timing import Clock, applies


@dataclass(frozen=True)
class Reckoner:
    """Adds derived columns to ledgers, under given limits and a calendar, as of a day."""

    limits: Limits
    calendar: Calendar
    as_of: dt.date
    definitions: Mapping[str, Definition] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        """What reckons last days."""
        return Clock(self.limits, self.calendar)

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
                case DefinitionColumn():
                    ledger = self._standing(ledger, name, column)
                case SpanColumn():
                    ledger = self._span(ledger, name, column)
                case LaterColumn():
                    ledger = self._later(ledger, name, column)
                case ElapsedColumn():
                    ledger = self._elapsed(ledger, name, column)
                case _:
                    ledger = _BY_ITSELF[type(column)](ledger, name, column)
        return ledger

    def reckoning(self, ledger: Ledger, row: int, column: str) -> str:
        """How a last day was counted, in one Chinese sentence; empty for other columns."""
        declared = ledger.schema.derived.get(column)
        if isinstance(declared, CompareColumn):
            return self.reckoning(ledger, row, declared.to)
        if isinstance(declared, LaterColumn):
            return self.clock.later_sentence(ledger, row, declared)
        if not isinstance(declared, LimitColumn):
            return ""
        return self.clock.sentence(ledger, row, declared)

    def _limit(self, ledger: Ledger, name: str, column: LimitColumn) -> Ledger:
        last = self.clock.last_days(ledger, column)
        days = last.last.astype("datetime64[s]")
        has_begun = ledger.frame[column.start].notna().to_numpy()
        unanswered = has_begun & ~np.isin(last.reason, ["", NO_LIMIT, START_UNKNOWN])
        unknown = _either_unknown(ledger, column.inputs) | unanswered
        return ledger.with_columns({name: days}, {name: unknown})

    def _later(self, ledger: Ledger, name: str, column: LaterColumn) -> Ledger:
        later = self.clock.later(ledger, column)
        unknown = ~np.isin(later.reason, ["", NO_LIMIT])
        return ledger.with_columns({name: later.last.astype("datetime64[s]")}, {name: unknown})

    def _elapsed(self, ledger: Ledger, name: str, column: ElapsedColumn) -> Ledger:
        starts, ends = (
            ledger.frame[one].to_numpy().astype("datetime64[D]") for one in column.inputs
        )
        if column.open == "as_of":
            ends = np.where(np.isnat(ends), np.datetime64(self.as_of), ends)
        unknown = _either_unknown(ledger, column.inputs)
        known = ~(np.isnat(starts) | np.isnat(ends) | unknown)
        units = np.zeros(len(ledger), dtype=np.int64)
        units[known] = elapsed_units(
            starts[known], ends[known], column.unit, begun=column.parts == "up"
        )
        return ledger.with_columns({name: _whole(units, known)}, {name: unknown})

    def _compare(self, ledger: Ledger, name: str, column: CompareColumn) -> Ledger:
        last = self.clock.compared_to(ledger, column)
        done = ledger.frame[column.compare].to_numpy().astype("datetime64[D]")
        posted = ledger.frame[column.posted].to_numpy() if column.posted else None
        states = time_states(done, last, np.datetime64(self.as_of), posted_on=posted)
        states[_ended_in_time(ledger, column, last)] = TimeState.NO_LIMIT.value
        unknown = _either_unknown(ledger, column.inputs)
        states[unknown] = TimeState.UNDETERMINED.value
        unknown = unknown | (states == TimeState.UNDETERMINED.value)
        return ledger.with_columns({name: pd.array(states, dtype="str")}, {name: unknown})

    def _standing(self, ledger: Ledger, name: str, column: DefinitionColumn) -> Ledger:
        """Whether a role counts; what the text leaves open is for a person, so it is unknown."""
        found = self._standings(ledger, column, column.role, column.on)
        if column.again is not None:
            asked = (ledger.frame[column.again.asked] == "yes").to_numpy(dtype=bool)
            again = self._standings(ledger, column, column.again.role, column.again.on)
            decides = asked & (found != Standing.NOT_COUNTED.value)
            found = np.where(decides & (again != Standing.COUNTED.value), again, found)
        concerned = applies(ledger, column)
        is_open = np.isin(found, [Standing.REVIEW.value, Standing.UNDETERMINED.value])
        unknown = _either_unknown(ledger, column.inputs) | (is_open & concerned)
        found = np.asarray(np.where(concerned, found, None), dtype=object)
        return ledger.with_columns({name: pd.array(found, dtype="str")}, {name: unknown})

    def _standings(self, ledger: Ledger, column: DefinitionColumn, role: str, on: str) -> Any:
        roles = ledger.frame[role].to_numpy(dtype=object)
        days = ledger.frame[on].to_numpy().astype("datetime64[D]")
        return standings(self._definition(column), roles, days)

    def _definition(self, column: DefinitionColumn) -> Definition:
        if column.definition not in self.definitions:
            raise LawError(
                "LAW_DEFINITION_UNKNOWN",
                f"没有编号为 {column.definition} 的定义",
                expected="、".join(self.definitions) or "params/law/definitions/ 中的定义",
                todo="核对台账声明中的 definition",
            )
        return self.definitions[column.definition]

    def _span(self, ledger: Ledger, name: str, column: SpanColumn) -> Ledger:
        first = ledger.frame[column.working_days_from].to_numpy().astype("datetime64[D]")
        last = ledger.frame[column.working_days_to].to_numpy().astype("datetime64[D]")
        known = ~(np.isnat(first) | np.isnat(last))
        inside = known & self.calendar.is_known(first) & self.calendar.is_known(last)
        days = np.zeros(len(first), dtype=np.int64)
        days[inside] = _signed_span(self.calendar, first[inside], last[inside])
        unknown = _either_unknown(ledger, column.inputs) | (known & ~inside)
        return ledger.with_columns({name: _whole(days, inside)}, {name: unknown})


def _whole(counts: Counts, known: Flags) -> Any:
    """Whole numbers with blanks where there is none."""
    return pd.arrays.IntegerArray(counts, ~known)


def _signed_span(calendar: Calendar, first: Any, last: Any) -> Any:
    forward = calendar.working_days_between(np.minimum(first, last), np.maximum(first, last))
    return np.where(last < first, -forward, forward)


def _ended_in_time(ledger: Ledger, column: CompareColumn, last: LastDays) -> Flags:
    """Matters that ended by themselves before anything was late, and were not done."""
    if column.ended is None:
        return np.zeros(len(ledger), dtype=bool)
    ended = ledger.frame[column.ended].to_numpy().astype("datetime64[D]")
    undone = ledger.frame[column.compare].isna().to_numpy()
    return np.asarray(undone & (ended <= last.last), dtype=bool)


def _first_of(ledger: Ledger, name: str, column: FirstOfColumn) -> Ledger:
    """An unreadable date is not passed over: it may be the one that counts."""
    first = ledger.frame[column.first_of[0]].copy()
    unknown = ledger.unknown_in(column.first_of[0]).copy()
    for other in column.first_of[1:]:
        blank = first.isna().to_numpy() & ~unknown
        first = first.where(~blank, ledger.frame[other])
        unknown = unknown | (blank & ledger.unknown_in(other))
    return ledger.with_columns({name: first.to_numpy()}, {name: unknown})


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
    unknown = _either_unknown(ledger, column.inputs)
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


def _difference(ledger: Ledger, name: str, column: DifferenceColumn) -> Ledger:
    """Whole units of the smallest decimal, so that 0.3 - 0.1 is 0.2."""
    scale = 10 ** ledger.schema.places_of(name)
    both = ledger.frame[list(column.difference)].astype("float64").to_numpy()
    units = np.rint(both * scale)
    unknown = _either_unknown(ledger, column.inputs)
    differences = np.where(unknown, np.nan, (units[:, 0] - units[:, 1]) / scale)
    return ledger.with_columns({name: differences}, {name: unknown})


def _occurrence(ledger: Ledger, name: str, column: OccurrenceColumn) -> Ledger:
    rows = sequenced(ledger, column.occurrence_of, column.by)
    return ledger.with_columns({name: _whole(rows.number, rows.is_known)}, {name: rows.unknown})


def _since_previous(ledger: Ledger, name: str, column: SincePreviousColumn) -> Ledger:
    rows = sequenced(ledger, column.since_previous, column.by)
    has_previous = rows.is_known & (rows.number > 1)
    return ledger.with_columns({name: _whole(rows.since, has_previous)}, {name: rows.unknown})


_BY_ITSELF: dict[type, Callable[[Ledger, str, Any], Ledger]] = {
    FirstOfColumn: _first_of,
    LatestColumn: _latest,
    ShareColumn: _share,
    TotalColumn: _total,
    DifferenceColumn: _difference,
    OccurrenceColumn: _occurrence,
    SincePreviousColumn: _since_previous,
}
"""Kinds that need nothing but the ledger: no limits, no calendar, no day of asking."""
