"""Later days and elapsed time, at the ends of months and on both sides of each full month."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawkpi.law.calendar import Calendar
from lawkpi.law.days import as_days
from lawkpi.ledger.dates import elapsed_units, later_days
from lawkpi.ledger.derived_columns import LaterColumn

CALENDAR = Calendar.national()
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
TIMES = st.fixed_dictionaries(
    {},
    optional={
        "years": st.integers(1, 5),
        "months": st.integers(1, 30),
        "days": st.integers(1, 400),
    },
).filter(bool)
Unit = Literal["days", "months", "years"]
UNITS: tuple[Unit, ...] = ("days", "months", "years")


def column(**time: int) -> LaterColumn:
    return LaterColumn.model_validate({"title": "应报日", "later_than": "start_on", **time})


def later(start: Any, **time: int) -> tuple[str, str]:
    last, reasons = later_days(as_days(start), column(**time), CALENDAR)
    return str(last[0]), str(reasons[0])


def elapsed(start: Any, end: Any, unit: Unit, parts: str = "down") -> int:
    return int(elapsed_units(as_days(start), as_days(end), unit, begun=parts == "up")[0])


@pytest.mark.parametrize(
    ("start", "time", "last"),
    [
        ("2022-03-01", {"days": 1}, "2022-03-02"),
        ("2022-03-01", {"days": 30}, "2022-03-31"),
        ("2022-01-30", {"months": 1}, "2022-02-28"),
        ("2022-01-31", {"months": 1}, "2022-02-28"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2022-02-28", {"months": 1}, "2022-03-28"),
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-02-28", {"years": 1}, "2025-02-28"),
        ("2024-02-29", {"years": 4}, "2028-02-29"),
        ("2021-12-31", {"months": 2}, "2022-02-28"),
        ("2022-11-30", {"months": 3}, "2023-02-28"),
    ],
)
def test_the_first_day_is_not_counted_and_a_short_month_ends_on_its_last_day(
    start: str, time: dict[str, int], last: str
) -> None:
    assert later(start, **time) == (last, "")


@pytest.mark.parametrize(
    ("start", "time", "last"),
    [
        # One year in force, then three months for the report.
        ("2021-07-15", {"years": 1, "months": 3}, "2022-10-15"),
        # 29 February + 1 year is 28 February; three months later 28 May, not 29.
        ("2024-02-29", {"years": 1, "months": 3}, "2025-05-28"),
        # 31 January + 1 month is 28 February; the day after that is 1 March.
        ("2022-01-31", {"months": 1, "days": 1}, "2022-03-01"),
        # 31 January is a holiday and starts all the same; 1 March is the working day after 28 February.
        ("2022-01-31", {"months": 1, "working_days": 1}, "2022-03-01"),
    ],
)
def test_years_are_added_before_months_and_months_before_days(
    start: str, time: dict[str, int], last: str
) -> None:
    assert later(start, **time) == (last, "")


def test_a_later_day_that_is_a_rest_day_stays_where_it_is() -> None:
    """Saturday 1 October 2022, a holiday."""
    assert later("2022-09-01", days=30) == ("2022-10-01", "")


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2022-09-30", 1, "2022-10-08"),  # a Saturday that is worked
        ("2022-09-30", 2, "2022-10-09"),
        ("2022-09-30", 3, "2022-10-10"),
        ("2022-06-24", 1, "2022-06-27"),
    ],
)
def test_working_days_are_those_of_the_calendar(start: str, count: int, last: str) -> None:
    assert later(start, working_days=count) == (last, "")


def test_working_days_beyond_the_calendar_have_no_day_and_name_the_year_that_is_missing() -> None:
    known = CALENDAR.known_to
    assert later(known.isoformat(), working_days=1) == ("NaT", f"日历未载{known.year + 1}年")
    assert later("2062-05-05", working_days=1) == ("NaT", "日历未载2062年")
    assert later("1998-05-05", working_days=1) == ("NaT", "日历未载1998年")


def test_the_last_working_day_that_the_calendar_knows_is_a_day() -> None:
    last = as_days(CALENDAR.known_to)
    before = last - int(np.flatnonzero(CALENDAR.working[::-1])[0]) - 1
    assert later(before[0], working_days=1)[1] == ""


def test_natural_days_and_months_need_no_calendar() -> None:
    assert later("2062-05-05", months=1, days=1) == ("2062-06-06", "")


@pytest.mark.parametrize("time", [{"days": 1}, {"working_days": 1}, {"years": 1, "months": 1}])
def test_a_day_that_is_not_known_gives_no_later_day_and_no_reason(time: dict[str, int]) -> None:
    assert later(None, **time) == ("NaT", "")


@given(first=DAYS, second=DAYS, time=TIMES)
def test_a_later_start_never_gives_an_earlier_day(
    first: dt.date, second: dt.date, time: dict[str, int]
) -> None:
    starts = as_days(sorted([first, second]))
    last, _ = later_days(starts, column(**time), CALENDAR)
    assert starts[0] < last[0] <= last[1]


@given(
    first=st.dates(dt.date(2015, 1, 1), dt.date(2023, 1, 1)),
    second=st.dates(dt.date(2015, 1, 1), dt.date(2023, 1, 1)),
    count=st.integers(1, 60),
)
def test_a_later_start_never_gives_an_earlier_day_in_working_days(
    first: dt.date, second: dt.date, count: int
) -> None:
    starts = as_days(sorted([first, second]))
    last, _ = later_days(starts, column(working_days=count), CALENDAR)
    assert starts[0] < last[0] <= last[1]


@pytest.mark.parametrize(
    ("end", "days"),
    [("2022-03-30", 0), ("2022-03-31", 0), ("2022-04-01", 1), ("2023-03-31", 365)],
)
def test_days_elapsed_are_natural_days_and_none_on_the_day_itself(end: str, days: int) -> None:
    assert elapsed("2022-03-31", end, "days") == days


@pytest.mark.parametrize(
    ("start", "end", "down", "up"),
    [
        ("2022-05-31", "2022-05-30", 0, 0),
        ("2022-05-31", "2022-05-31", 0, 0),
        ("2022-05-31", "2022-06-01", 0, 1),
        ("2022-05-31", "2022-06-29", 0, 1),
        ("2022-05-31", "2022-06-30", 1, 1),
        ("2022-05-31", "2022-07-01", 1, 2),
        ("2022-05-31", "2022-07-30", 1, 2),
        ("2022-05-31", "2022-07-31", 2, 2),
        ("2022-01-31", "2022-02-28", 1, 1),
        ("2022-01-31", "2022-03-01", 1, 2),
        ("2022-12-15", "2023-01-14", 0, 1),
        ("2022-12-15", "2023-01-15", 1, 1),
    ],
)
def test_a_month_is_full_on_the_same_day_of_the_next_or_on_its_last_day(
    start: str, end: str, down: int, up: int
) -> None:
    assert (elapsed(start, end, "months"), elapsed(start, end, "months", "up")) == (down, up)


@pytest.mark.parametrize(
    ("start", "end", "down", "up"),
    [
        ("2020-06-15", "2019-06-15", 0, 0),
        ("2020-06-15", "2020-06-15", 0, 0),
        ("2020-06-15", "2020-06-16", 0, 1),
        ("2020-06-15", "2021-06-14", 0, 1),
        ("2020-06-15", "2021-06-15", 1, 1),
        ("2020-06-15", "2021-06-16", 1, 2),
        ("2020-06-15", "2023-06-15", 3, 3),
        ("2024-02-29", "2025-02-27", 0, 1),
        ("2024-02-29", "2025-02-28", 1, 1),
        ("2024-02-29", "2028-02-28", 3, 4),
        ("2024-02-29", "2028-02-29", 4, 4),
    ],
)
def test_a_year_is_full_on_the_same_day_of_the_next_and_after_29_february_on_the_28th(
    start: str, end: str, down: int, up: int
) -> None:
    assert (elapsed(start, end, "years"), elapsed(start, end, "years", "up")) == (down, up)


@given(start=DAYS, end=DAYS, unit=st.sampled_from(UNITS), parts=st.sampled_from(["up", "down"]))
def test_elapsed_time_is_never_negative_and_nothing_when_done_before(
    start: dt.date, end: dt.date, unit: Unit, parts: str
) -> None:
    units = elapsed(start, end, unit, parts)
    assert units >= 0
    assert units == 0 or end > start


@given(start=DAYS, end=DAYS, unit=st.sampled_from(UNITS))
def test_a_begun_part_adds_at_most_one_and_a_day_later_never_takes_any_away(
    start: dt.date, end: dt.date, unit: Unit
) -> None:
    full, begun = elapsed(start, end, unit), elapsed(start, end, unit, "up")
    assert full <= begun <= full + 1
    assert elapsed(start, end + dt.timedelta(days=1), unit) >= full


@given(start=DAYS, count=st.integers(1, 40), unit=st.sampled_from(UNITS))
def test_so_many_units_later_just_so_many_units_have_elapsed(
    start: dt.date, count: int, unit: Unit
) -> None:
    last, _ = later_days(as_days(start), column(**{unit: count}), CALENDAR)
    assert elapsed(start, last, unit) == elapsed(start, last, unit, "up") == count
    assert elapsed(start, last + 1, unit, "up") == count + 1
    assert elapsed(start, last - 1, unit) == count - 1
