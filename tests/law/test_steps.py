"""The counted steps end where the arithmetic ends, found by looking at every day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.law import Calendar, DueDate, Limits, Unit, due_date, load_limits

from .given import ROOT

LIMITS = load_limits(ROOT / "params" / "law")
DAYS_COUNTED = [
    key
    for key, limit in LIMITS.items()
    if limit.versions and limit.versions[-1].unit in (Unit.NATURAL_DAYS, Unit.WORKING_DAYS)
]
STARTS = st.dates(dt.date(2018, 1, 1), dt.date(2025, 12, 31))
STEP = dt.timedelta(days=1)


def reached(key: str, start: str, **granted: Any) -> DueDate:
    return due_date(LIMITS[key], dt.date.fromisoformat(start), Calendar.national(), **granted)


def texts(due: DueDate) -> list[str]:
    return [step.text for step in due.steps]


@settings(max_examples=300, deadline=None)
@given(key=st.sampled_from(DAYS_COUNTED), start=STARTS, extended=st.booleans())
def test_the_last_number_of_the_steps_is_the_length_of_the_limit(
    key: str, start: dt.date, extended: bool
) -> None:
    due = due_date(LIMITS[key], start, Calendar.national(), extended=extended)
    counted = [step for step in due.steps if step.number]
    if due.status != "determined" or due.version is None:
        assert due.steps == ()
        return
    more = due.version.extension.count if extended and due.version.extension else 0
    length = (due.version.count or due.version.at_least or 0) + more
    assert counted[-1].number is not None
    assert counted[-1].number[1] == length
    assert counted[-1].last == (due.unrolled or due.last or due.first)


@settings(max_examples=200, deadline=None)
@given(key=st.sampled_from(DAYS_COUNTED), start=STARTS, after=st.integers(0, 20))
def test_every_day_from_the_start_to_the_count_s_end_stands_in_one_step(
    key: str, start: dt.date, after: int
) -> None:
    begins = start + STEP * after
    due = due_date(LIMITS[key], start, Calendar.national(), pauses=[(begins, begins + STEP * 9)])
    days = [
        step.first + STEP * number
        for step in due.steps
        if "顺延" not in step.why and "第一个工作日" not in step.why
        for number in range((step.last - step.first).days + 1)
    ]
    assert days == [start + STEP * number for number in range(len(days))]


def test_working_days_are_told_with_rest_days_and_made_up_days() -> None:
    assert texts(reached("RECO-REPLY", "2024-09-25")) == [
        "2024年9月25日，起算日，不计入",
        "2024年9月26日至9月27日，第1至2日",
        "2024年9月28日，休息日，不计",
        "2024年9月29日至9月30日，第3至4日，其中9月29日为调休上班日",
        "2024年10月1日至10月7日，休息日，不计",
        "2024年10月8日至10月12日，第5至9日，其中10月12日为调休上班日",
        "2024年10月13日，休息日，不计",
        "2024年10月14日，第10日",
    ]


def test_a_roll_is_told_by_the_rest_days_it_leaves() -> None:
    assert texts(reached("LIT-REPLY", "2024-09-18"))[1:] == [
        "2024年9月19日至10月3日，第1至15日",
        "2024年10月3日至10月7日，休息日，届满日顺延",
        "2024年10月8日，休息日后的第一个工作日",
    ]


def test_a_shorter_month_is_told_as_such() -> None:
    assert texts(reached("DUTY-2M", "2024-12-31"))[1:] == [
        "2025年2月28日，满2个月，当月没有对应日，以月末日为准"
    ]
    assert texts(reached("DUTY-2M", "2025-02-28"))[1:] == ["2025年4月28日，满2个月的对应日"]


def test_paused_days_are_told_as_not_counting() -> None:
    due = reached("FOI-REPLY", "2024-09-10", pauses=[("2024-09-13", "2024-09-25")])
    assert "2024年9月14日至9月25日，扣除，不计" in texts(due)


def test_a_calendar_that_ends_too_early_is_followed_as_far_as_it_goes() -> None:
    due = reached("RECO-REPLY", "2026-12-25")
    assert due.last is None
    assert texts(due)[-1] == "2026年12月28日至12月31日，第1至4日"


def test_a_pause_without_an_end_stops_the_steps_on_its_first_day() -> None:
    due = reached("RECO-DECIDE", "2024-03-11", pauses=[("2024-03-14", None)])
    assert texts(due)[1:] == [
        "2024年3月12日至3月14日，第1至3日",
        "2024年3月15日，起扣除，待扣除事由消除后继续计算",
    ]


@pytest.mark.parametrize(
    ("key", "start", "granted"),
    [
        ("FOI-ANN-D", "2025-12-31", {}),
        ("LIT-PERFORM", "2024-10-01", {}),
        ("PEN-DECIDE", "2021-07-14", {}),
        ("NORM-FILE", "2024-03-11", {}),
        ("RECO-DECIDE-S", "2024-03-11", {"extended": True}),
        ("LIT-REPLY", "2024-03-11", {"pauses": [("2024-03-12", "2024-03-14")]}),
    ],
)
def test_what_is_named_or_refused_has_no_steps(
    key: str, start: str, granted: dict[str, Any], limits: Limits
) -> None:
    assert reached(key, start, **granted).steps == ()
