"""One question answered in full: the last day of one start, its steps, its ground, its doubts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from lawkpi.errors import LawError
from lawkpi.law.answers import CALENDAR_ENDS, NO_LIMIT, LastDays
from lawkpi.law.calendar import Calendar
from lawkpi.law.counting import last_days
from lawkpi.law.days import EARLIEST, LATEST, UNKNOWN, as_date, as_days
from lawkpi.law.limits import Limit
from lawkpi.law.pauses import PauseDays
from lawkpi.law.reckoning import lateness, reckoning
from lawkpi.law.rules import Unit, Version
from lawkpi.law.states import TimeState, acts, state_reasons, time_states
from lawkpi.law.steps import Step, counted_steps


@dataclass(frozen=True)
class DueDate:
    """The last day of one start under one limit, and everything that is to be said of it.

    Parameters
    ----------
    answer : the last days of this one start
    version : the version of the limit that governs it; None where none does
    original : the last day before the extension; None where nothing was extended
    sentence : how it was reckoned, in Chinese, without full stop
    steps : the runs of counted and uncounted days
    """

    limit: Limit
    start: dt.date
    answer: LastDays
    version: Version | None
    original: dt.date | None
    sentence: str
    steps: tuple[Step, ...]
    calendar: Calendar

    @property
    def last(self) -> dt.date | None:
        """The last day in time; None if undetermined or without upper bound."""
        return _day(self.answer.last[0])

    @property
    def unrolled(self) -> dt.date | None:
        """The day before the last day rolled, or may roll; None where nothing rolls."""
        may_roll = self.reason.startswith(CALENDAR_ENDS)
        return _day(self.answer.unrolled[0]) if self.answer.has_rolled[0] or may_roll else None

    @property
    def first(self) -> dt.date | None:
        """The first day that is not too short; None for limits that are no windows."""
        return _day(self.answer.first[0])

    @property
    def reason(self) -> str:
        """Why there is no last day, in Chinese; empty where there is an answer."""
        return str(self.answer.reason[0])

    @property
    def status(self) -> str:
        """`determined`, `undetermined` or `no_limit`."""
        if self.reason == NO_LIMIT:
            return TimeState.NO_LIMIT.value
        return TimeState.UNDETERMINED.value if self.reason else "determined"

    def judged(
        self,
        as_of: dt.date,
        *,
        done_on: dt.date | None = None,
        posted_on: dt.date | None = None,
    ) -> Judged:
        """Whether an act was in time, asked on a day; what was done later is not yet done on it.

        Parameters
        ----------
        done_on : the day it was done or arrived; None if it was not
        posted_on : the day of the postmark; None if nothing was posted
        """
        done_on = None if done_on is not None and done_on > as_of else done_on
        posted_on = None if posted_on is not None and posted_on > as_of else posted_on
        given: dict[str, Any] = {"posted_on": posted_on}
        acted = acts(done_on, self.answer, **given)[0]
        state = TimeState(str(time_states(done_on, self.answer, as_of, **given)[0]))
        until = as_days(as_of)[0] if np.isnat(acted) else acted
        working = self.version is not None and self.version.unit is Unit.WORKING_DAYS
        late = str(lateness(working, self.answer, until, self.calendar)[0])
        reason = str(state_reasons(done_on, self.answer, as_of=as_of, **given)[0])
        return Judged(state, reason, late if state.is_late else "")

    def record(self) -> dict[str, Any]:
        """Everything as plain texts, numbers and lists: what `lawkpi due --json` prints."""
        version = self.version
        rule: dict[str, Any] = {}
        if version is not None:
            rule = {
                "count": version.count,
                "at_least": version.at_least,
                "unit": version.unit.value,
                "length": version.length,
                "roll": version.roll.value,
                "postmark": version.postmark,
                "in_force": {"from": _iso(version.start), "to": _iso(version.end)},
                "basis": [source.text for source in version.basis],
                "evidence": version.evidence,
            }
        return {
            "limit": self.limit.id,
            "title": self.limit.title,
            "start": self.start.isoformat(),
            "start_event": self.limit.start_event,
            "end_event": self.limit.end_event,
            "status": self.status,
            "reason": self.reason,
            "last_day": _iso(self.last),
            "unrolled_day": _iso(self.unrolled),
            "first_day": _iso(self.first),
            "original_last_day": _iso(self.original),
            **rule,
            "sentence": self.sentence,
            "steps": [_step(step) for step in self.steps],
        }


@dataclass(frozen=True)
class Judged:
    """The state of one act: why it is undetermined, or by how much it is late (Chinese)."""

    state: TimeState
    reason: str
    late: str

    def record(self) -> dict[str, str]:
        """The state as texts, beside those of the due date."""
        return {"state": self.state.value, "state_reason": self.reason, "late": self.late}


def due_date(
    limit: Limit,
    start: dt.date,
    calendar: Calendar,
    *,
    extended: bool | int = False,
    notified_on: dt.date | None = None,
    pauses: PauseDays = (),
) -> DueDate:
    """The last day of one start, with its steps and its ground.

    Parameters
    ----------
    extended : whether the limit was extended (by its full extension), or by how many units
    notified_on : the day the extension was notified; None means in time
    pauses : pairs (after, until)

    Raises
    ------
    LawError LAW_DAY_UNREADABLE : the start lies outside the years 1949 to 2199

    Basis
    -----
    The conventions of `last_days`; each version's own `basis`.
    """
    if not EARLIEST <= start <= LATEST:
        raise LawError(
            "LAW_DAY_UNREADABLE",
            f"起算日 {start} 超出可以推算的范围",
            expected="1949年10月至2199年",
        )
    granted: dict[str, Any] = {"extended": extended, "notified_on": notified_on, "pauses": pauses}
    answer = last_days(limit, start, calendar, **granted)
    index = int(answer.version[0])
    version = None if index == UNKNOWN else limit.versions[index]
    original = _day(last_days(limit, start, calendar, pauses=pauses).last[0])
    return DueDate(
        limit=limit,
        start=start,
        answer=answer,
        version=version,
        original=original if extended else None,
        sentence=reckoning(limit, start, calendar, **granted),
        steps=counted_steps(version, start, answer, calendar, pauses) if version else (),
        calendar=calendar,
    )


def _day(day: np.datetime64) -> dt.date | None:
    return None if np.isnat(day) else as_date(day)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None or day.year == 1 else day.isoformat()


def _step(step: Step) -> dict[str, Any]:
    return {
        "from": step.first.isoformat(),
        "to": step.last.isoformat(),
        "counted": None if step.number is None else list(step.number),
        "text": step.text,
    }
