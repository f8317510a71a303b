"""Early warning: what falls due soon, what is overdue, what cannot be told, on a day that is asked.

The answer is that of the day: a record whose start lies later is not there yet, and an act done
later is not yet done. Every line carries its last day and how it was reckoned.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.law.answers import NO_LIMIT, LastDays
from lawkpi.law.days import as_date, chinese
from lawkpi.law.due import due_date
from lawkpi.law.limits import Limit
from lawkpi.law.states import acts
from lawkpi.ledger.schema import CompareColumn, LimitColumn
from lawkpi.ledger.table import Ledger
from lawkpi.result.sentences import Speaker

EVERYONE = ""
"""Stands for a department where a duty is the same for all."""
EVERYONE_TITLE = "各单位（年度固定日期）"


class Warned(StrEnum):
    """Why a record is on the list, the most urgent first."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    UNDETERMINED = "undetermined"
    LATE = "late"
    """Done, but after its last day."""

    @property
    def label(self) -> str:
        """The word an evaluator reads."""
        return _TITLES[self]


_TITLES = {
    Warned.OVERDUE: "逾期未办",
    Warned.DUE_SOON: "将届满",
    Warned.UNDETERMINED: "届满日待定",
    Warned.LATE: "已办结但逾期",
}


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One duty on the list.

    Parameters
    ----------
    department : code of the department that owes it; empty for a yearly duty of everyone
    matter : what is to be done; `record` : which record; `place` : file, sheet and row
    last : the last day; None where it is not known
    margin : how many days are left, or by how much it is late, or why it is not known (Chinese)
    reckoning : how the last day was counted (Chinese)
    """

    department: str
    warned: Warned
    matter: str
    record: str
    place: str
    last: dt.date | None
    margin: str
    reckoning: str


@dataclass(frozen=True)
class Watch:
    """What was asked and found: the day, how far ahead, the duties, the departments' names."""

    as_of: dt.date
    days: int
    deadlines: Sequence[Deadline]
    names: Mapping[str, str]

    @property
    def counts(self) -> dict[Warned, int]:
        """How many duties of each kind."""
        counted = Counter(one.warned for one in self.deadlines)
        return {warned: counted[warned] for warned in Warned}

    @property
    def summary(self) -> str:
        """The day, the reach and the counts in one line."""
        counts = "，".join(f"{warned.label}{count}项" for warned, count in self.counts.items())
        day = f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"
        return f"截至{day}，{self.days}日内：{counts}"

    def by_department(self) -> Iterator[tuple[str, list[Deadline]]]:
        """Departments by name, each with its duties; those of everyone last."""
        codes = dict.fromkeys(one.department for one in self.deadlines)
        for code in sorted(codes, key=lambda code: (code == EVERYONE, code)):
            yield self.name(code), [one for one in self.deadlines if one.department == code]

    def name(self, code: str) -> str:
        """A department's name."""
        return EVERYONE_TITLE if code == EVERYONE else self.names.get(code, code)


def deadlines(
    speaker: Speaker, ledgers: Mapping[str, Ledger], as_of: dt.date, days: int
) -> list[Deadline]:
    """Every duty in the ledgers that is late, unknown, or falls due within some days.

    Parameters
    ----------
    speaker : who names records and reckons last days
    as_of : the day of asking
    days : natural days to look ahead, that day not counted
    """
    found: list[Deadline] = []
    for ledger in ledgers.values():
        for name, column in ledger.schema.derived.items():
            if isinstance(column, CompareColumn):
                found += _Watch(speaker, ledger, name, column, as_of, days).lines()
    return sorted(found, key=_urgency)


def yearly_deadlines(
    limits: Mapping[str, Limit], speaker: Speaker, as_of: dt.date, days: int
) -> list[Deadline]:
    """The yearly duties with a fixed date that falls within some days; the same for everyone."""
    found = []
    yearly = [limit for limit in limits.values() if limit.is_yearly]
    ends = [dt.date(as_of.year - back, 12, 31) for back in (1, 0)]
    for limit, year_end in product(yearly, ends):
        due = due_date(limit, year_end, speaker.reckoner.calendar)
        if due.version and due.last and as_of <= due.last <= as_of + dt.timedelta(days=days):
            found.append(
                Deadline(
                    department=EVERYONE,
                    warned=Warned.DUE_SOON,
                    matter=limit.title,
                    record=f"{year_end.year}年度",
                    place=due.version.sources,
                    last=due.last,
                    margin=_left((due.last - as_of).days),
                    reckoning=due.sentence,
                )
            )
    return sorted(found, key=_urgency)


def _urgency(one: Deadline) -> tuple[str, int, dt.date, str]:
    """Department, then the most urgent, then the earliest last day."""
    return (
        one.department,
        list(Warned).index(one.warned),
        one.last or dt.date.max,
        one.record,
    )


def _left(days: int) -> str:
    return f"还有{days}日" if days else "当日届满"


@dataclass(frozen=True)
class _Watch:
    """One state column of a ledger, looked at on a day."""

    speaker: Speaker
    ledger: Ledger
    name: str
    column: CompareColumn
    as_of: dt.date
    days: int

    def lines(self) -> Iterator[Deadline]:
        """The rows that belong on the list."""
        last = self.speaker.reckoner.clock.compared_to(self.ledger, self.column)
        acted = self._known(acts(self._days(self.column.compare), last, posted_on=self._posted()))
        concerned = self._has_begun() & ~self._has_ended(last)
        until = np.where(np.isnat(acted), np.datetime64(self.as_of), acted)
        late = self.speaker.reckoner.clock.lateness(self.ledger, self.column, until)
        for row in np.flatnonzero(concerned):
            warned = self._warned(last, acted, int(row))
            if warned is not None:
                yield self._line(last, int(row), warned, str(late[row]))

    def _warned(self, last: LastDays, acted: Any, row: int) -> Warned | None:
        today, due = np.datetime64(self.as_of), last.last[row]
        reason, done = str(last.reason[row]), acted[row]
        warned: Warned | None = None
        if reason == NO_LIMIT:
            return None
        if not np.isnat(done):
            return Warned.LATE if done > due else None
        if reason:
            warned = Warned.UNDETERMINED
        elif today > due:
            warned = Warned.OVERDUE
        elif due <= today + self.days:
            warned = Warned.DUE_SOON
        return warned

    def _line(self, last: LastDays, row: int, warned: Warned, late: str) -> Deadline:
        owed = self.column.owed_by or self.ledger.schema.charged.by
        code = self.ledger.frame[owed].iloc[row]
        return Deadline(
            department="" if pd.isna(code) else str(code),
            warned=warned,
            matter=self._matter(row),
            record=self.speaker.label(self.ledger, row),
            place=self.speaker.place(self.ledger, row),
            last=None if np.isnat(last.last[row]) else as_date(last.last[row]),
            margin=late or self._margin(last, row, warned),
            reckoning=self._reckoning(row),
        )

    def _matter(self, row: int) -> str:
        due = self.ledger.schema.derived.get(self.column.to)
        if isinstance(due, LimitColumn):
            return self.speaker.reckoner.clock.limit_of(self.ledger, row, due).title
        return self.column.title.removesuffix("时限状态").removesuffix("状态")

    def _margin(self, last: LastDays, row: int, warned: Warned) -> str:
        """What is left, or why that is not known."""
        if warned is Warned.UNDETERMINED:
            return str(last.reason[row])
        return _left(int((last.last[row] - np.datetime64(self.as_of)).astype(int)))

    def _reckoning(self, row: int) -> str:
        told = self.speaker.reckoner.reckoning(self.ledger, row, self.name)
        if told or self.column.to not in self.ledger.schema.columns:
            return told
        stated = self.ledger.frame[self.column.to].iloc[row]
        title = self.ledger.schema.title_of(self.column.to)
        return "" if pd.isna(stated) else f"{title}为{chinese(stated.date())}，以该日为届满日"

    def _has_begun(self) -> Any:
        """Rows whose start lies on or before the day, or cannot be read.

        A blank start has not happened yet; a stated last day has always begun.
        """
        due = self.ledger.schema.derived.get(self.column.to)
        if not isinstance(due, LimitColumn):
            return np.ones(len(self.ledger), dtype=bool)
        begun = self._days(due.start) <= np.datetime64(self.as_of)
        return begun | self.ledger.unknown_in(due.start)

    def _has_ended(self, last: LastDays) -> Any:
        """Matters that ended by themselves by the day, before anything was late."""
        if self.column.ended is None:
            return np.zeros(len(self.ledger), dtype=bool)
        ended = self._known(self._days(self.column.ended))
        return ended <= last.last

    def _known(self, days: Any) -> Any:
        """Days as they were known on the day of asking: later ones are not there yet."""
        return np.where(days <= np.datetime64(self.as_of), days, np.datetime64("NaT"))

    def _days(self, name: str) -> Any:
        return self.ledger.frame[name].to_numpy().astype("datetime64[D]")

    def _posted(self) -> Any:
        return self._known(self._days(self.column.posted)) if self.column.posted else None
