from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from lawkpi.errors import LawError
from lawkpi.law.days import as_date, as_days, chinese, month_later


@pytest.mark.parametrize(
    "given",
    [
        "2024-03-11",
        dt.date(2024, 3, 11),
        np.datetime64("2024-03-11"),
        pd.Timestamp("2024-03-11 18:30"),
        [dt.date(2024, 3, 11)],
        pd.Series(["2024-03-11"], dtype="datetime64[us]"),
        pd.Series([dt.date(2024, 3, 11)], dtype=object),
    ],
)
def test_every_kind_of_day_becomes_the_same_array(given: object) -> None:
    assert as_days(given).tolist() == [dt.date(2024, 3, 11)]
    assert as_days(given).dtype == np.dtype("datetime64[D]")


@pytest.mark.parametrize(
    "given", [None, pd.NaT, [None], [pd.NaT], [], [np.nan], pd.Series([None], dtype=object)]
)
def test_an_empty_cell_is_not_a_day(given: object) -> None:
    assert np.isnat(as_days(given)).all()


def test_an_empty_cell_beside_days_is_not_a_day_and_the_input_stays_as_it_was() -> None:
    given = np.array([dt.date(2024, 3, 11), pd.NaT], dtype=object)
    assert np.isnat(as_days(given)).tolist() == [False, True]
    assert given[1] is pd.NaT


@pytest.mark.parametrize(
    "given",
    [
        "三月十一日",
        "2024-02-30",
        "2024-03",
        ["2024-03-11", "2024"],
        ["2024-03-11", "x"],
        [1.5],
        [20240311, None],
        [True],
        {"a": 1},
    ],
)
def test_what_is_no_day_is_refused(given: object) -> None:
    with pytest.raises(LawError) as caught:
        as_days(given)
    assert caught.value.code == "LAW_DAY_UNREADABLE"


def test_months_end_on_the_same_number_or_at_the_end_of_a_shorter_month() -> None:
    starts = as_days(["2024-12-31", "2023-12-31", "2025-02-28", None])
    ends = month_later(starts, 2)
    assert ends.astype(str).tolist() == ["2025-02-28", "2024-02-29", "2025-04-28", "NaT"]


def test_the_year_is_left_out_beside_a_day_of_the_same_year() -> None:
    day = as_date(np.datetime64("2025-01-05"))
    assert chinese(day) == "2025年1月5日"
    assert chinese(day, beside=dt.date(2025, 1, 1)) == "1月5日"
    assert chinese(day, beside=dt.date(2024, 12, 31)) == "2025年1月5日"
