from __future__ import annotations

import datetime as dt
from typing import Any

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.errors import LawError
from lawkpi.law import (
    Calendar,
    LastDays,
    Limits,
    Overlay,
    last_days,
    load_limits,
    mixed_last_days,
)

from .given import ROOT, cases, terms

LIMITS = load_limits(ROOT / "params" / "law")
NATIONAL = [key for key, limit in LIMITS.items() if limit.is_declared]
COUNTED = [key for key in NATIONAL if LIMITS[key].versions[-1].unit.is_counted]
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2026, 12, 31))
FIELDS = ("start", "last", "unrolled", "first", "disputed", "reason", "version")


def given_limit(case: dict[str, Any], limits: Limits) -> Any:
    limit = limits[case["given"]["limit"]]
    day = case["given"].get("governed_by")
    return limit.governed_by(dt.date.fromisoformat(day)) if day else limit


def texts(answer: LastDays) -> list[list[str]]:
    return [np.asarray(getattr(answer, name)).astype(str).tolist() for name in FIELDS]


@pytest.mark.parametrize("case", cases("dates") + cases("effective_dates") + cases("trials"))
def test_a_dated_case_has_its_last_day(
    case: dict[str, Any], limits: Limits, calendar: Calendar
) -> None:
    given, expect = case["given"], case["expect"]
    answer = last_days(given_limit(case, limits), given["start"], calendar, **terms(given))
    assert str(answer.last[0]) == expect.get("last", "NaT")
    assert str(answer.reason[0]) == expect.get("reason", "")
    assert str(answer.first[0]) == expect.get("first", "NaT") or "first" not in expect
    if "reason" not in expect or "unrolled" in expect:
        assert str(answer.unrolled[0]) == expect.get("unrolled", expect.get("last", "NaT"))


@settings(max_examples=300, deadline=None)
@given(key=st.sampled_from(COUNTED), start=DAYS, days=st.integers(1, 30))
def test_a_later_start_under_one_version_never_gives_an_earlier_last_day(
    key: str, start: dt.date, days: int
) -> None:
    starts = [start, start + dt.timedelta(days=days)]
    answer = last_days(LIMITS[key], starts, Calendar.national())
    if answer.version[0] == answer.version[1]:
        assert not answer.last[1] < answer.last[0]
        assert not answer.first[1] < answer.first[0]


@settings(max_examples=200, deadline=None)
@given(key=st.sampled_from(COUNTED), start=DAYS, holiday=DAYS, extended=st.booleans())
def test_a_holiday_more_never_makes_a_last_day_earlier(
    key: str, start: dt.date, holiday: dt.date, extended: bool
) -> None:
    content = {"year": holiday.year, "off": [holiday], "working": [], "notice": "示例"}
    longer = Calendar.national([Overlay.model_validate(content)])
    before = last_days(LIMITS[key], start, Calendar.national(), extended=extended)
    after = last_days(LIMITS[key], start, longer, extended=extended)
    assert not after.last[0] < before.last[0]
    assert not after.first[0] < before.first[0]


@settings(max_examples=100, deadline=None)
@given(key=st.sampled_from(NATIONAL), starts=st.lists(st.none() | DAYS, min_size=1, max_size=20))
def test_many_starts_at_once_agree_with_each_alone(key: str, starts: list[dt.date | None]) -> None:
    calendar, limit = Calendar.national(), LIMITS[key]
    together = texts(last_days(limit, starts, calendar))
    alone = [texts(last_days(limit, start, calendar)) for start in starts]
    assert together == [[row[field][0] for row in alone] for field in range(len(FIELDS))]


@pytest.mark.parametrize("key", sorted(LIMITS))
def test_a_long_ledger_agrees_with_the_same_rows_reckoned_alone(
    key: str, calendar: Calendar
) -> None:
    random = np.random.default_rng(20260731)
    days = np.datetime64("2018-01-01") + random.integers(0, 3400, 5000)
    days[random.integers(0, 5000, 50)] = np.datetime64("NaT")
    table = last_days(LIMITS[key], days, calendar)
    by_row = last_days(LIMITS[key], days, calendar, extended=np.zeros(5000, dtype=bool))
    assert texts(table) == texts(by_row)


@settings(max_examples=100, deadline=None)
@given(start=DAYS, after=st.integers(-5, 40), length=st.integers(0, 30))
def test_a_pause_never_makes_a_last_day_earlier(start: dt.date, after: int, length: int) -> None:
    begins = start + dt.timedelta(days=after)
    pauses = [(begins, begins + dt.timedelta(days=length))]
    for key in ("FOI-REPLY", "RECO-DECIDE", "LIC-DECIDE"):
        plain = last_days(LIMITS[key], start, Calendar.national())
        paused = last_days(LIMITS[key], start, Calendar.national(), pauses=pauses)
        assert not paused.last[0] < plain.last[0]


@settings(max_examples=300, deadline=None)
@given(
    key=st.sampled_from(["RECO-DECIDE", "LIC-DECIDE"]),
    start=st.dates(dt.date(2018, 1, 1), dt.date(2025, 12, 31)),
    spans=st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 25)), max_size=3),
)
def test_pauses_agree_with_a_walk_that_skips_paused_days(
    key: str, start: dt.date, spans: list[tuple[int, int]]
) -> None:
    step = dt.timedelta(days=1)
    pauses = [(start + step * after, start + step * (after + more)) for after, more in spans]
    day, left = start, LIMITS[key].versions[-1].count or 0
    while left:
        day += step
        paused = any(after < day <= until for after, until in pauses)
        left -= not paused and (key == "RECO-DECIDE" or chinese_calendar.is_workday(day))
    answer = last_days(LIMITS[key], start, Calendar.national(), pauses=pauses)
    assert answer.unrolled.tolist() == [day]


def test_pauses_may_differ_by_row_and_be_missing(limits: Limits, calendar: Calendar) -> None:
    after, until = ["2024-09-13", None], ["2024-09-25", None]
    starts = ["2024-09-10", "2024-09-10"]
    answer = last_days(limits["FOI-REPLY"], starts, calendar, pauses=[(after, until)])
    assert answer.last.astype(str).tolist() == ["2024-10-23", "2024-10-14"]


def test_the_order_of_pauses_does_not_matter(limits: Limits, calendar: Calendar) -> None:
    pauses = [("2024-03-20", "2024-03-25"), ("2024-03-12", "2024-03-15")]
    one = last_days(limits["FOI-REPLY"], "2024-03-11", calendar, pauses=pauses)
    two = last_days(limits["FOI-REPLY"], "2024-03-11", calendar, pauses=pauses[::-1])
    assert one.last.tolist() == two.last.tolist() == [dt.date(2024, 4, 17)]


def test_a_pause_may_begin_in_the_days_another_pause_has_added(
    limits: Limits, calendar: Calendar
) -> None:
    pauses = [("2024-03-12", "2024-03-15"), ("2024-04-10", "2024-04-12")]
    answer = last_days(limits["FOI-REPLY"], "2024-03-11", calendar, pauses=pauses)
    assert answer.last.tolist() == [dt.date(2024, 4, 16)]


def test_extensions_may_differ_by_row(limits: Limits, calendar: Calendar) -> None:
    starts = ["2024-08-05", "2024-08-05", "2024-08-05"]
    flags = last_days(limits["RECO-DECIDE"], starts, calendar, extended=[True, False, True])
    assert flags.last.astype(str).tolist() == ["2024-11-04", "2024-10-08", "2024-11-04"]
    days = last_days(limits["RECO-DECIDE"], starts, calendar, extended=[30, 0, 10])
    assert days.last.astype(str).tolist() == ["2024-11-04", "2024-10-08", "2024-10-14"]


def test_an_extension_nobody_notified_leaves_the_original_last_day(
    limits: Limits, calendar: Calendar
) -> None:
    answer = last_days(
        limits["FOI-REPLY"], ["2024-09-10"], calendar, extended=True, notified_on=[None]
    )
    assert answer.last.astype(str).tolist() == ["2024-10-14"]


@pytest.mark.parametrize("extended", ["是", 1.5, [None], [np.nan]])
def test_an_extension_that_is_neither_a_flag_nor_a_number_is_refused(
    extended: Any, limits: Limits, calendar: Calendar
) -> None:
    with pytest.raises(LawError) as caught:
        last_days(limits["RECO-DECIDE"], "2024-08-05", calendar, extended=extended)
    assert caught.value.code == "LAW_EXTENSION_UNREADABLE"


def test_a_negative_extension_is_undetermined(limits: Limits, calendar: Calendar) -> None:
    answer = last_days(limits["RECO-DECIDE"], "2024-08-05", calendar, extended=-5)
    assert answer.reason.tolist() == ["延长超过规定上限"]


def test_no_start_gives_no_answer(limits: Limits, calendar: Calendar) -> None:
    assert len(last_days(limits["RECO-DECIDE"], [], calendar).last) == 0


def test_the_starts_are_left_as_they_were(limits: Limits, calendar: Calendar) -> None:
    starts = np.array(["2024-01-01", "NaT"], dtype="datetime64[D]")
    answer = last_days(limits["LIT-REPLY"], starts, calendar)
    answer.start[:] = np.datetime64("2000-01-01")
    assert starts.astype(str).tolist() == ["2024-01-01", "NaT"]


def test_a_notice_that_comes_later_settles_what_was_undetermined(limits: Limits) -> None:
    content = {"year": 2027, "off": ["2027-01-01"], "working": [], "notice": "示例"}
    calendar = Calendar.national([Overlay.model_validate(content)])
    answer = last_days(limits["RECO-REPLY"], "2026-12-25", calendar)
    assert answer.last.astype(str).tolist() == ["2027-01-11"]


def test_a_rolled_last_day_says_so(limits: Limits, calendar: Calendar) -> None:
    answer = last_days(limits["LIT-REPLY"], ["2024-09-18", "2024-03-11", None], calendar)
    assert answer.has_rolled.tolist() == [True, False, False]
    assert answer.is_determined.tolist() == [True, True, False]


def test_versions_are_chosen_row_by_row(limits: Limits, calendar: Calendar) -> None:
    starts = ["2023-12-31", "2024-01-01", None, "1990-01-01"]
    answer = last_days(limits["RECO-REPLY"], starts, calendar)
    assert answer.version.tolist() == [0, 1, -1, -1]
    assert answer.reason.tolist() == ["", "", "起算日不明", "更早的规定未载"]


def test_rows_of_mixed_limits_agree_with_each_limit_alone(
    limits: Limits, calendar: Calendar
) -> None:
    keys = ["LIT-REPLY", "RECO-REPLY", "NORM-FILE", "LIT-REPLY", "FOI-ANN-D"]
    starts = ["2024-09-18", "2024-09-25", "2024-03-11", None, "2025-12-31"]
    mixed = mixed_last_days(limits, keys, starts, calendar)
    alone = [
        texts(last_days(limits[key], start, calendar))
        for key, start in zip(keys, starts, strict=True)
    ]
    assert texts(mixed) == [[row[field][0] for row in alone] for field in range(len(FIELDS))]


@pytest.mark.parametrize("key", [None, "NO-SUCH-LIMIT"])
def test_a_row_that_names_no_limit_is_refused(
    key: str | None, limits: Limits, calendar: Calendar
) -> None:
    with pytest.raises(LawError) as caught:
        mixed_last_days(limits, ["LIT-REPLY", key], ["2024-09-18", "2024-09-18"], calendar)
    assert caught.value.code == "LAW_LIMIT_UNKNOWN"


@pytest.mark.parametrize("key", NATIONAL)
def test_no_later_start_of_twenty_years_gives_an_earlier_last_day_across_all_versions(
    key: str, calendar: Calendar
) -> None:
    starts = np.arange("2004-01-01", "2026-12-01", dtype="datetime64[D]")
    answer = last_days(LIMITS[key], starts, calendar)
    for days in (answer.last, answer.first):
        known = days[~np.isnat(days)]
        assert not (known[1:] < known[:-1]).any()
