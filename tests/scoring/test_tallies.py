"""Parts of the year: every day in exactly one of them, each named as a reader knows it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.params import Period
from lawkpi.scoring.tallies import parts_of, period_name

YEAR = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
DAY = dt.timedelta(days=1)


def said(start: dt.date, end: dt.date, months: int) -> list[tuple[str, str]]:
    return [(one.start.isoformat(), one.end.isoformat()) for one in parts_of(start, end, months)]


def test_a_year_has_twelve_months_four_quarters_and_two_halves() -> None:
    assert [len(parts_of(*YEAR, months)) for months in (1, 3, 6)] == [12, 4, 2]


def test_a_month_ends_on_its_own_last_day() -> None:
    months = said(*YEAR, 1)
    assert months[1] == ("2024-02-01", "2024-02-29")
    assert months[3] == ("2024-04-01", "2024-04-30")
    assert months[11] == ("2024-12-01", "2024-12-31")


def test_quarters_and_halves_end_with_their_last_month() -> None:
    assert said(*YEAR, 3)[0] == ("2024-01-01", "2024-03-31")
    assert said(*YEAR, 6) == [("2024-01-01", "2024-06-30"), ("2024-07-01", "2024-12-31")]


def test_a_year_with_its_own_cut_off_date_is_cut_from_its_first_day() -> None:
    months = said(dt.date(2023, 12, 1), dt.date(2024, 11, 30), 1)
    assert len(months) == 12
    assert months[0] == ("2023-12-01", "2023-12-31")
    assert months[-1] == ("2024-11-01", "2024-11-30")


def test_what_is_left_at_the_end_is_a_part_of_its_own() -> None:
    assert said(dt.date(2024, 1, 1), dt.date(2024, 4, 15), 3) == [
        ("2024-01-01", "2024-03-31"),
        ("2024-04-01", "2024-04-15"),
    ]


def test_a_time_shorter_than_a_part_is_one_part() -> None:
    assert said(dt.date(2024, 2, 10), dt.date(2024, 2, 10), 6) == [("2024-02-10", "2024-02-10")]


def test_a_month_that_has_no_such_day_is_not_skipped() -> None:
    parts = said(dt.date(2023, 1, 31), dt.date(2023, 4, 30), 1)
    assert parts == [
        ("2023-01-31", "2023-02-28"),
        ("2023-03-01", "2023-03-30"),
        ("2023-03-31", "2023-04-30"),
    ]


def test_no_time_at_all_has_no_parts() -> None:
    assert parts_of(dt.date(2024, 1, 2), dt.date(2024, 1, 1), 1) == []


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ((2024, 2, 1), (2024, 2, 29), "2月"),
        ((2024, 1, 1), (2024, 3, 31), "第1季度"),
        ((2024, 10, 1), (2024, 12, 31), "第4季度"),
        ((2024, 2, 1), (2024, 4, 30), "2月至4月"),
        ((2023, 12, 1), (2024, 2, 29), "12月至2月"),
        ((2024, 7, 1), (2024, 12, 31), "7月至12月"),
    ],
)
def test_a_part_is_named_by_its_month_its_quarter_or_its_first_and_last_month(
    start: tuple[int, int, int], end: tuple[int, int, int], name: str
) -> None:
    assert period_name(Period(start=dt.date(*start), end=dt.date(*end))) == name


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.dates(dt.date(2019, 1, 1), dt.date(2025, 12, 31)),
    st.integers(0, 800),
    st.sampled_from([1, 3, 6]),
)
def test_every_day_lies_in_exactly_one_part(start: dt.date, days: int, months: int) -> None:
    end = start + days * DAY
    parts = parts_of(start, end, months)
    assert (parts[0].start, parts[-1].end) == (start, end)
    assert all(one.start <= one.end for one in parts)
    assert all(after.start - before.end == DAY for before, after in pairwise(parts))
