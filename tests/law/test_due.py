"""One question answered in full."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lawkpi.law import Calendar, Limits, due_date

from .given import cases, terms


def record(case: dict[str, Any], limits: Limits, calendar: Calendar) -> dict[str, Any]:
    given = case["given"]
    limit = limits[given["limit"]]
    if "governed_by" in given:
        limit = limit.governed_by(dt.date.fromisoformat(given["governed_by"]))
    granted = terms(given)
    if "notified_on" in granted:
        granted["notified_on"] = dt.date.fromisoformat(granted["notified_on"])
    return due_date(limit, dt.date.fromisoformat(given["start"]), calendar, **granted).record()


DATED = [
    case
    for name in ("dates", "effective_dates", "trials")
    for case in cases(name)
    if case.values[0]["given"]["start"]  # type: ignore[index]
]


@pytest.mark.parametrize("case", DATED)
def test_a_dated_case_has_the_same_answer_alone(
    case: dict[str, Any], limits: Limits, calendar: Calendar
) -> None:
    expect, found = case["expect"], record(case, limits, calendar)
    assert found["last_day"] == expect.get("last")
    assert found["reason"] == expect.get("reason", "")
    assert found["first_day"] == expect.get("first", found["first_day"])
    unrolled = expect.get("unrolled")
    assert found["unrolled_day"] == (None if unrolled == expect.get("last") else unrolled)
    assert found["sentence"]


@pytest.mark.parametrize(
    ("key", "roll"),
    [
        ("LIT-REPLY", "ordered"),
        ("RECO-DECIDE", "ordered"),
        ("RECO-REPLY", "none"),
        ("RULE-FILE", "by_analogy"),
        ("DUTY-2M", "by_analogy"),
        ("COMP-2M", "by_analogy"),
        ("PEN-DECIDE", "by_analogy"),
        ("PETITION-60", "by_analogy"),
        ("FOI-ANN-D", "none"),
    ],
)
def test_whether_a_limit_rolls_is_the_limit_s_own(
    key: str, roll: str, limits: Limits, calendar: Calendar
) -> None:
    assert due_date(limits[key], dt.date(2024, 9, 2), calendar).record()["roll"] == roll


def test_an_extension_shows_the_day_it_had_to_be_notified_by(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["FOI-REPLY"], dt.date(2019, 5, 15), calendar, extended=True)
    assert (due.last, due.original) == (dt.date(2019, 7, 11), dt.date(2019, 6, 13))
    assert due_date(limits["FOI-REPLY"], dt.date(2019, 5, 15), calendar).original is None


def test_lateness_is_told_in_the_limit_s_own_days(limits: Limits, calendar: Calendar) -> None:
    today = dt.date(2024, 12, 31)
    worked = due_date(limits["RECO-REPLY"], dt.date(2024, 9, 25), calendar)
    assert worked.judged(today, done_on=dt.date(2024, 10, 21)).late == "超出规定期限5日（工作日）"
    natural = due_date(limits["LIT-REPLY"], dt.date(2024, 9, 18), calendar)
    assert natural.judged(today, done_on=dt.date(2024, 10, 21)).late == "超出规定期限13日（自然日）"


def test_an_act_that_is_not_done_is_late_up_to_the_day_of_asking(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["LIT-REPLY"], dt.date(2024, 9, 18), calendar)
    judged = due.judged(dt.date(2024, 10, 10))
    assert (judged.state.value, judged.late) == ("overdue", "超出规定期限2日（自然日）")
    assert due.judged(dt.date(2024, 10, 8)).record() == {
        "state": "not_yet_due",
        "state_reason": "",
        "late": "",
    }


def test_a_reply_posted_on_the_last_day_and_received_three_days_later_is_in_time(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["LIT-REPLY"], dt.date(2024, 3, 11), calendar)
    posted, arrived = dt.date(2024, 3, 26), dt.date(2024, 3, 29)
    assert due.judged(arrived, done_on=arrived, posted_on=posted).state.value == "in_time"
    assert due.judged(arrived, done_on=arrived).state.value == "late"


def test_what_has_no_limit_is_neither_determined_nor_undetermined(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["RULE-REFILE"], dt.date(2024, 10, 31), calendar)
    assert (due.status, due.version, due.last) == ("no_limit", None, None)
    assert due.judged(dt.date(2024, 12, 31)).state.value == "no_limit"


def test_a_local_limit_that_nobody_declared_is_undetermined(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["NORM-FILE"], dt.date(2024, 10, 31), calendar)
    assert (due.status, due.reason) == ("undetermined", "本地期限未声明")
    assert "basis" not in due.record()


@pytest.mark.parametrize(
    ("key", "start", "done", "told"),
    [
        ("RECO-REPLY", "2024-03-08", "2024-03-23", "超出规定期限1日（自然日，均为休息日）"),
        ("RECO-REPLY", "2024-03-08", "2024-03-25", "超出规定期限1日（工作日）"),
        ("RECO-REPLY", "2024-09-11", "2024-10-07", "超出规定期限3日（工作日）"),
        ("PEN-RETRACT", "2024-09-25", "2024-10-07", "超出规定期限1日（工作日）"),
        ("FOI-REPLY", "2026-11-02", "2027-01-04", "超出规定期限35日（自然日）"),
        ("DUTY-2M", "2019-12-31", "2020-03-04", "超出规定期限2日（自然日）"),
        ("FOI-ANN-D", "2025-12-31", "2026-02-02", "超出规定期限2日（自然日）"),
    ],
)
def test_an_act_is_never_late_by_no_day_at_all(
    key: str, start: str, done: str, told: str, limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits[key], dt.date.fromisoformat(start), calendar)
    judged = due.judged(dt.date(2027, 6, 30), done_on=dt.date.fromisoformat(done))
    assert (judged.state.value, judged.late) == ("late", told)


def test_what_was_done_after_the_day_of_asking_is_not_yet_done_on_it(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["LIT-REPLY"], dt.date(2024, 3, 11), calendar)
    done, posted = dt.date(2024, 4, 10), dt.date(2024, 3, 28)
    assert due.judged(dt.date(2024, 3, 20), done_on=done).state.value == "not_yet_due"
    assert due.judged(dt.date(2024, 3, 27), done_on=done, posted_on=posted).state.value == "overdue"
    assert due.judged(dt.date(2024, 3, 28), done_on=done, posted_on=posted).state.value == "late"


def test_an_extension_that_the_law_does_not_know_is_told_with_the_day_that_stands(
    limits: Limits, calendar: Calendar
) -> None:
    due = due_date(limits["LIT-REPLY"], dt.date(2024, 3, 11), calendar, extended=True)
    assert (due.reason, due.original) == ("该期限无延长规定", dt.date(2024, 3, 26))
