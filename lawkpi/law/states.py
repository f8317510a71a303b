"""Whether an act was in time: one state per row, never a guess."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np

from lawkpi.law.answers import NO_LIMIT, LastDays
from lawkpi.law.days import UNKNOWN, Counts, Days, Flags, Texts, as_days

ON_THE_DAY = "恰在期限载明之日，是否含当日无明文"


class TimeState(StrEnum):
    """How an act stands to its time limit."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    """Not done, and the last day has passed."""
    NOT_YET_DUE = "not_yet_due"
    TOO_SHORT = "too_short"
    """Done before the first day that a window allows."""
    UNDETERMINED = "undetermined"
    NO_LIMIT = "no_limit"

    @property
    def label(self) -> str:
        """The word an evaluator reads."""
        return _TITLES[self]

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed, the act done or not."""
        return self in {TimeState.LATE, TimeState.OVERDUE}


_TITLES = {
    TimeState.IN_TIME: "按期",
    TimeState.LATE: "逾期",
    TimeState.OVERDUE: "逾期未办",
    TimeState.NOT_YET_DUE: "未到期",
    TimeState.TOO_SHORT: "时间不足",
    TimeState.UNDETERMINED: "待定",
    TimeState.NO_LIMIT: "无期限",
}


def time_states(
    done_on: Any, last: LastDays, as_of: Any, *, posted_on: Any = None, complete: Any = True
) -> Texts:
    """The state of each act on a day.

    Parameters
    ----------
    done_on : days on which the acts were done; NaT if not done
    last : the last days of the same rows
    as_of : the day on which the question is asked
    posted_on : days of the postmark of posted papers; NaT for others, None where none was posted
    complete : whether an empty day means that the act was not done; where it does not, an empty
        day is undetermined

    Returns
    -------
    One text of `TimeState` per row. A window without upper bound is never overdue.

    Basis
    -----
    law-limits, section 6: done <= last day, and for windows done >= first day; a posted paper by
    its postmark (N7) where the limit's text says so.
    """
    acted, today = acts(done_on, last, posted_on=posted_on), as_days(as_of)
    missing = np.isnat(acted)
    given = {"as_of": as_of, "posted_on": posted_on, "complete": complete}
    doubt = state_reasons(done_on, last, **given) != ""
    chosen = [
        (last.reason == NO_LIMIT, TimeState.NO_LIMIT),
        (doubt, TimeState.UNDETERMINED),
        (missing & (today > last.last), TimeState.OVERDUE),
        (missing, TimeState.NOT_YET_DUE),
        (acted < last.first, TimeState.TOO_SHORT),
        (acted > last.last, TimeState.LATE),
    ]
    return _first_of(chosen, otherwise=TimeState.IN_TIME)


def state_reasons(
    done_on: Any, last: LastDays, *, as_of: Any = None, posted_on: Any = None, complete: Any = True
) -> Texts:
    """Why each act is undetermined or without limit, in Chinese; empty where it has a state.

    On the very day that a limit "before" a day names, what is not done is neither overdue nor not
    yet due: no text settles it (D6).
    """
    acted = acts(done_on, last, posted_on=posted_on)
    reasons = last.reason.copy()
    doubts: list[tuple[Flags, str]] = [
        (np.isnat(acted) & ~np.asarray(complete, dtype=bool), "办结日不明"),
        (acted < last.start, "办结日早于起算日"),
        (np.where(np.isnat(acted), as_days(as_of), acted) == last.disputed, ON_THE_DAY),
        *_posting_doubts(done_on, last, posted_on),
    ]
    for doubted, text in doubts:
        reasons[last.is_determined & doubted] = text
    return reasons


def acts(done_on: Any, last: LastDays, *, posted_on: Any = None) -> Days:
    """The day on which each act counts as done: the postmark where the limit's text says so (N7).

    Basis
    -----
    《中华人民共和国民事诉讼法》第85条；法释〔2018〕1号第48条；各期限的 postmark.
    """
    done = as_days(done_on)
    if posted_on is None:
        return done
    posted = as_days(posted_on)
    return np.where(last.postmark & ~np.isnat(posted), posted, done)


def days_late(done_on: Any, last: LastDays, *, posted_on: Any = None) -> Counts:
    """Natural days from the last day to the day done.

    Returns
    -------
    0 for an act in time or without upper bound; -1 (`UNKNOWN`) where the last day or the day
    done is not known. For open acts pass the day of asking as `done_on`.
    """
    acted = acts(done_on, last, posted_on=posted_on)
    late = np.maximum((acted - last.last).astype(np.int64), 0)
    late = np.where(np.isnat(last.last), 0, late)
    return np.where(np.isnat(acted) | ~last.is_determined, UNKNOWN, late)


def _posting_doubts(done_on: Any, last: LastDays, posted_on: Any) -> list[tuple[Flags, str]]:
    if posted_on is None:
        return []
    done, posted = as_days(done_on), as_days(posted_on)
    arrived_late = (posted <= last.last) & ~(done <= last.last)
    return [
        (arrived_late & ~last.postmark, "交邮日在期限内，是否以交邮日为准无明文"),
        (done < posted, "收到日早于交邮日"),
    ]


def _first_of(chosen: list[tuple[Any, TimeState]], *, otherwise: TimeState) -> Texts:
    flags = [np.asarray(flag, dtype=bool) for flag, _ in chosen]
    states = np.array([state.value for _, state in chosen] + [otherwise.value], dtype=object)
    number = np.select(flags, range(len(flags)), default=len(flags))
    return np.asarray(states[number], dtype=object)
