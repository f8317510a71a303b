from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lawkpi.law import (
    Calendar,
    Limits,
    TimeState,
    days_late,
    last_days,
    state_reasons,
    time_states,
)

from .given import cases, terms


@pytest.mark.parametrize("case", cases("states"))
def test_a_dated_case_has_its_state(
    case: dict[str, Any], limits: Limits, calendar: Calendar
) -> None:
    given, expect = case["given"], case["expect"]
    last = last_days(limits[given["limit"]], given["start"], calendar, **terms(given))
    done, complete = given.get("done"), given.get("complete", True)
    posted = given.get("posted")
    states = time_states(done, last, given["as_of"], posted_on=posted, complete=complete)
    assert states.tolist() == [expect["state"]]
    assert days_late(done, last, posted_on=posted).tolist() == [expect["late"]]
    reasons = state_reasons(done, last, as_of=given["as_of"], posted_on=posted, complete=complete)
    assert (reasons[0] != "") == (expect["state"] in {"undetermined", "no_limit"})


def test_every_state_has_a_chinese_title() -> None:
    assert [state.label for state in TimeState] == [
        "按期",
        "逾期",
        "逾期未办",
        "未到期",
        "时间不足",
        "待定",
        "无期限",
    ]


def test_whether_empty_days_count_may_differ_by_row(limits: Limits, calendar: Calendar) -> None:
    last = last_days(limits["LIT-REPLY"], ["2022-11-07", "2022-11-07"], calendar)
    states = time_states([None, None], last, "2022-12-31", complete=np.array([True, False]))
    assert states.tolist() == ["overdue", "undetermined"]
    reasons = state_reasons([None, None], last, complete=np.array([True, False]))
    assert reasons.tolist() == ["", "办结日不明"]


def test_rows_of_one_ledger_have_their_own_states(limits: Limits, calendar: Calendar) -> None:
    last = last_days(limits["LIT-REPLY"], ["2022-11-07"] * 3 + [None], calendar)
    done = ["2022-11-22", "2022-11-30", None, None]
    assert time_states(done, last, "2022-12-31").tolist() == [
        "in_time",
        "late",
        "overdue",
        "undetermined",
    ]
    assert days_late(done, last).tolist() == [0, 8, -1, -1]


def test_an_open_act_is_late_by_the_days_up_to_the_day_of_asking(
    limits: Limits, calendar: Calendar
) -> None:
    last = last_days(limits["LIT-REPLY"], "2022-11-07", calendar)
    assert days_late("2022-12-31", last).tolist() == [39]


def test_asking_changes_no_reason(limits: Limits, calendar: Calendar) -> None:
    last = last_days(limits["LIT-REPLY"], "2022-11-07", calendar)
    time_states(None, last, "2022-12-31", complete=False)
    assert last.reason.tolist() == [""]
