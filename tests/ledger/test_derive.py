"""Derived columns. LIT-REPLY is 15 days from the day after, rolled over rest days (law room)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.ledger.given import cases_book, cells, derived, events, line, read


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


PLAN = {"title": "方案应报日", "later_than": "start_on", "days": 30}
REPORT = {"title": "报告应报日", "later_than": "start_on", "years": 1, "months": 3}
FILED = {"title": "备案应报日", "later_than": "start_on", "working_days": 5}
DELAY = {"title": "迟延月数", "elapsed_from": "due_on", "elapsed_to": "end_on", "unit": "months"}


def late(folder: Path, due: dict[str, Any], as_of: str = "2023-01-31", **row: Any) -> Any:
    """The state of one act under a later day, "?" where it is not known."""
    columns = {
        "last_on": due,
        "state": {"title": "状态", "compare": "end_on", "to": "last_on"},
    }
    return cells(events(folder, columns, row, as_of=as_of), "state")[0]


@pytest.mark.parametrize(
    ("due", "last"), [(PLAN, "2022-03-31"), (REPORT, "2023-06-01"), (FILED, "2022-03-08")]
)
def test_a_later_day_stands_in_its_column(tmp_path: Path, due: dict[str, Any], last: str) -> None:
    ledger = events(tmp_path, {"last_on": due}, {"start_on": "2022-03-01"})
    assert cells(ledger, "last_on") == [last]


@pytest.mark.parametrize(
    ("done", "state"),
    [("2022-03-01", "in_time"), ("2022-03-31", "in_time"), ("2022-04-01", "late")],
)
def test_an_act_is_in_time_up_to_and_on_the_later_day(
    tmp_path: Path, done: str, state: str
) -> None:
    assert late(tmp_path, PLAN, start_on="2022-03-01", end_on=done) == state


@pytest.mark.parametrize(
    ("as_of", "state"), [("2022-03-31", "not_yet_due"), ("2022-04-01", "overdue")]
)
def test_an_act_not_done_is_overdue_from_the_day_after_the_later_day(
    tmp_path: Path, as_of: str, state: str
) -> None:
    assert late(tmp_path, PLAN, as_of, start_on="2022-03-01") == state


@pytest.mark.parametrize(
    ("done", "as_of", "state"),
    [
        ("2022-03-31", "2023-01-31", "in_time"),
        ("2022-04-01", "2023-01-31", "late"),
        (None, "2022-03-31", "not_yet_due"),
        (None, "2022-04-01", "overdue"),
    ],
)
def test_a_plain_date_column_is_compared_with_like_a_computed_one(
    tmp_path: Path, done: str | None, as_of: str, state: str
) -> None:
    columns = {"state": {"title": "状态", "compare": "end_on", "to": "due_on"}}
    row = {"due_on": "2022-03-31", "end_on": done}
    assert cells(events(tmp_path, columns, row, as_of=as_of), "state") == [state]


def test_an_event_that_has_not_happened_sets_no_later_day(tmp_path: Path) -> None:
    ledger = events(tmp_path, {"last_on": PLAN}, {"end_on": "2022-03-31"})
    assert cells(ledger, "last_on") == [None]
    assert late(tmp_path, PLAN, end_on="2022-03-31") == "no_limit"


@pytest.mark.parametrize(
    ("due", "start"),
    [(PLAN, "三月"), (FILED, "2062-03-01")],
    ids=["unreadable", "a year without calendar"],
)
def test_a_later_day_that_cannot_be_told_is_unknown_and_its_state_undetermined(
    tmp_path: Path, due: dict[str, Any], start: str
) -> None:
    columns = {"last_on": due, "state": {"title": "状态", "compare": "end_on", "to": "last_on"}}
    ledger = events(tmp_path, columns, {"start_on": start, "end_on": "2022-03-31"})
    assert cells(ledger, "last_on") == cells(ledger, "state") == ["?"]
    assert ledger.frame["last_on"].isna().tolist() == [True]
    assert ledger.frame["state"].tolist() == ["undetermined"]


def test_a_later_day_may_follow_another_derived_day(tmp_path: Path) -> None:
    columns = {
        "asked_on": {"title": "起算日", "first_of": ["start_on", "happened_on"]},
        "last_on": {"title": "应报日", "later_than": "asked_on", "months": 1},
    }
    rows = [{"happened_on": "2022-01-31"}, {"start_on": "某日", "happened_on": "2022-01-31"}]
    assert cells(events(tmp_path, columns, *rows), "last_on") == ["2022-02-28", "?"]


@pytest.mark.parametrize(
    ("due", "done", "parts", "months"),
    [
        ("2022-05-31", "2022-05-20", "up", 0),
        ("2022-05-31", "2022-05-31", "up", 0),
        ("2022-05-31", "2022-06-01", "up", 1),
        ("2022-05-31", "2022-06-01", "down", 0),
        ("2022-05-31", "2022-06-30", "down", 1),
    ],
)
def test_months_of_delay_are_counted_as_declared(
    tmp_path: Path, due: str, done: str, parts: str, months: int
) -> None:
    columns = {"delay": {**DELAY, "parts": parts, "open": "blank"}}
    assert cells(events(tmp_path, columns, {"due_on": due, "end_on": done}), "delay") == [months]


@pytest.mark.parametrize(
    ("as_of", "open_rows", "months"),
    [
        ("2022-05-31", "as_of", 0),
        ("2022-06-01", "as_of", 1),
        ("2023-01-31", "as_of", 8),
        ("2022-05-01", "as_of", 0),
        ("2023-01-31", "blank", None),
    ],
)
def test_what_is_not_done_counts_up_to_the_day_of_asking_or_stays_blank(
    tmp_path: Path, as_of: str, open_rows: str, months: int | None
) -> None:
    columns = {"delay": {**DELAY, "parts": "up", "open": open_rows}}
    ledger = events(tmp_path, columns, {"due_on": "2022-05-31"}, as_of=as_of)
    assert cells(ledger, "delay") == [months]


def test_without_a_day_to_count_from_there_is_no_delay(tmp_path: Path) -> None:
    columns = {"delay": {**DELAY, "parts": "up", "open": "as_of"}}
    assert cells(events(tmp_path, columns, {"end_on": "2022-05-31"}, {}), "delay") == [None, None]


@pytest.mark.parametrize(
    "row", [{"due_on": "某日", "end_on": "2022-06-30"}, {"due_on": "2022-05-31", "end_on": "某日"}]
)
def test_a_delay_from_or_to_an_unreadable_day_is_unknown_and_not_counted_to_today(
    tmp_path: Path, row: dict[str, str]
) -> None:
    columns = {"delay": {**DELAY, "parts": "up", "open": "as_of"}}
    ledger = events(tmp_path, columns, row)
    assert cells(ledger, "delay") == ["?"]
    assert ledger.frame["delay"].isna().tolist() == [True]


def test_a_delay_from_a_last_day_that_the_law_leaves_open_is_unknown(tmp_path: Path) -> None:
    """FOI-REPLY counts working days, and no calendar knows those of 2062."""
    columns = {
        "last_on": {"title": "届满日", "limit": "FOI-REPLY", "start": "start_on"},
        "delay": {**DELAY, "elapsed_from": "last_on", "parts": "up", "open": "as_of"},
    }
    rows = [{"start_on": "2062-03-01"}, {"start_on": "2022-03-01"}, {}]
    ledger = events(tmp_path, columns, *rows)
    assert cells(ledger, "last_on") == ["?", "2022-03-29", None]
    assert cells(ledger, "delay") == ["?", 11, None]


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [(0.3, 0.1, 0.2), (59.9, 60.1, -0.2), (4, 4, 0.0), (12.5, 12.25, 0.25), (4, None, None)],
)
def test_a_difference_is_exact_may_be_negative_and_is_blank_beside_a_blank(
    tmp_path: Path, first: float, second: float | None, difference: float | None
) -> None:
    columns = {"rest": {"title": "差", "difference": ["hours", "done"]}}
    ledger = events(tmp_path, columns, {"hours": first, "done": second})
    assert cells(ledger, "rest") == [difference]


def test_a_difference_of_whole_numbers_is_whole(tmp_path: Path) -> None:
    columns = {"rest": {"title": "差", "difference": ["planned", "held"]}}
    rows = [{"planned": 6, "held": 8}, {"planned": None, "held": 8}]
    assert cells(events(tmp_path, columns, *rows), "rest") == [-2, None]


def test_a_difference_of_something_unreadable_is_unknown(tmp_path: Path) -> None:
    columns = {"rest": {"title": "差", "difference": ["hours", "done"]}}
    ledger = events(tmp_path, columns, {"hours": "若干", "done": 1}, {"hours": 2, "done": 1})
    assert cells(ledger, "rest") == ["?", 1]


def test_a_ledger_without_rows_has_all_its_derived_columns(tmp_path: Path) -> None:
    columns = {
        "last_on": PLAN,
        "delay": {**DELAY, "parts": "up", "open": "as_of"},
        "rest": {"title": "差", "difference": ["hours", "done"]},
        "nth": {"title": "次", "occurrence_of": ["kind"], "by": "happened_on"},
        "gap": {"title": "隔", "since_previous": ["kind"], "by": "happened_on"},
    }
    ledger = events(tmp_path, columns)
    types = {name: str(ledger.frame[name].dtype) for name in columns}
    assert types == {"last_on": "datetime64[s]", "delay": "Int64", "rest": "float64",
                     "nth": "Int64", "gap": "Int64"}  # fmt: skip
