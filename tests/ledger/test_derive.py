"""Derived columns. LIT-REPLY is 15 days from the day after, rolled over rest days (law room)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.ledger.given import cases_book, derived, line, read


def of_one(folder: Path, *cells: Any, as_of: str = "2023-01-31") -> dict[str, Any]:
    ledger, _ = read(cases_book(folder, line("1号", "城管局", *cells)))
    frame = derived(ledger, as_of=as_of).frame
    row = frame.iloc[0].to_dict()
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def unknown(folder: Path, column: str, *cells: Any, as_of: str = "2023-01-31") -> bool:
    ledger, _ = read(cases_book(folder, line("1号", "城管局", *cells)))
    return bool(derived(ledger, as_of=as_of).unknown_in(column)[0])


def test_the_last_day_is_computed_and_rolled_over_a_weekend(tmp_path: Path) -> None:
    """1 April + 15 is Saturday 16 April 2022; the last day is Monday 18."""
    assert of_one(tmp_path, "2022-04-01")["due_on"] == pd.Timestamp("2022-04-18")


def test_the_last_day_is_rolled_to_a_saturday_that_is_worked(tmp_path: Path) -> None:
    """16 September + 15 is 1 October; 8 October 2022 is a Saturday made a working day."""
    assert of_one(tmp_path, "2022-09-16")["due_on"] == pd.Timestamp("2022-10-08")


@pytest.mark.parametrize(
    ("papers", "state"),
    [("2022-04-17", "in_time"), ("2022-04-18", "in_time"), ("2022-04-19", "late")],
)
def test_papers_are_in_time_up_to_and_on_the_last_day(
    tmp_path: Path, papers: str, state: str
) -> None:
    assert of_one(tmp_path, "2022-04-01", papers, papers)["state"] == state


@pytest.mark.parametrize(
    ("as_of", "state"), [("2022-04-18", "not_yet_due"), ("2022-04-19", "overdue")]
)
def test_what_is_not_done_is_overdue_from_the_day_after_the_last(
    tmp_path: Path, as_of: str, state: str
) -> None:
    assert of_one(tmp_path, "2022-04-01", as_of=as_of)["state"] == state


def test_papers_are_complete_when_the_last_of_them_is_in(tmp_path: Path) -> None:
    assert of_one(tmp_path, "2022-04-01", "2022-04-06", "2022-04-08")["papers_on"] == pd.Timestamp(
        "2022-04-08"
    )


def test_papers_are_not_complete_while_one_is_missing(tmp_path: Path) -> None:
    row = of_one(tmp_path, "2022-04-01", "2022-04-06", None)
    assert (row["papers_on"], row["state"]) == (None, "overdue")


def test_a_last_day_may_stand_in_the_ledger_itself_and_is_not_rolled(tmp_path: Path) -> None:
    """Sunday 10 April 2022, stated: Monday is late."""
    row = of_one(tmp_path, "2022-04-01", "2022-04-11", None, "2022-04-10")
    assert row["own_state"] == "late"


def test_without_a_stated_last_day_there_is_no_limit(tmp_path: Path) -> None:
    assert of_one(tmp_path, "2022-04-01", "2022-04-11")["own_state"] == "no_limit"


@pytest.mark.parametrize(
    ("good", "valid", "answer"),
    [(79, 100, "no"), (80, 100, "yes"), (4, 5, "yes"), (31, 39, "no"), (32, 39, "yes")],
)
def test_a_share_is_reached_exactly_on_its_line(
    tmp_path: Path, good: int, valid: int, answer: str
) -> None:
    row = of_one(tmp_path, "2022-04-01", None, None, None, good, valid)
    assert row["well_rated"] == answer


def test_a_share_of_nothing_is_neither_reached_nor_missed(tmp_path: Path) -> None:
    assert of_one(tmp_path, "2022-04-01", None, None, None, 0, 0)["well_rated"] is None


@pytest.mark.parametrize(
    ("sent", "meeting", "days"),
    [
        ("2022-01-28", "2022-01-30", 2),  # both weekend days before the Spring Festival are worked
        ("2022-04-02", "2022-04-06", 1),  # 3 to 5 April are off
        ("2022-06-21", "2022-06-21", 0),
        ("2022-06-22", "2022-06-21", -1),
        ("2022-06-24", "2022-06-27", 1),
    ],
)
def test_working_days_are_counted_from_the_day_after_to_the_day_itself(
    tmp_path: Path, sent: str, meeting: str, days: int
) -> None:
    assert of_one(tmp_path, sent, None, None, meeting)["lead_days"] == days


def test_working_days_of_a_year_without_calendar_are_unknown_and_not_zero(tmp_path: Path) -> None:
    assert of_one(tmp_path, "2022-04-01", None, None, "2062-04-06")["lead_days"] is None
    assert unknown(tmp_path, "lead_days", "2022-04-01", None, None, "2062-04-06")


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (("2022年4月",), ("due_on", "state", "lead_days")),
        (("2022-04-01", "某日", "2022-04-06"), ("papers_on", "state", "own_state")),
        (("2022-04-01", None, None, "某日"), ("own_state", "lead_days")),
        (("2022-04-01", None, None, None, "若干", 39), ("well_rated",)),
    ],
    ids=["start", "act", "stated day", "votes"],
)
def test_what_is_derived_from_an_unreadable_cell_is_unknown(
    tmp_path: Path, cells: tuple[Any, ...], columns: tuple[str, ...]
) -> None:
    ledger, _ = read(cases_book(tmp_path, line("1号", "城管局", *cells), line("2号")))
    full = derived(ledger)
    assert [full.unknown_in(name).tolist() for name in columns] == [[True, False]] * len(columns)


def test_a_state_from_an_unreadable_date_is_undetermined_and_not_late(tmp_path: Path) -> None:
    assert of_one(tmp_path, "2022-04-01", "某日", "2022-04-06")["state"] == "undetermined"


def test_deriving_leaves_the_read_ledger_as_it_was(tmp_path: Path) -> None:
    ledger, _ = read(cases_book(tmp_path, line("1号")))
    before = ledger.frame.copy(deep=True)
    derived(ledger)
    pd.testing.assert_frame_equal(ledger.frame, before)
