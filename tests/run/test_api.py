"""What analysts call: one due date, the named rates over checked ledgers, a printed figure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import lawkpi
from lawkpi.errors import LawError
from tests.run.given import folder


@pytest.mark.parametrize("start", ["2024-09-18", dt.date(2024, 9, 18)])
def test_a_due_date_is_one_call_away(start: str | dt.date) -> None:
    due = lawkpi.due("LIT-REPLY", start)
    assert (due.last, due.unrolled) == (dt.date(2024, 10, 8), dt.date(2024, 10, 3))


def test_a_due_date_takes_extensions_and_pauses() -> None:
    pauses = [("2024-09-13", "2024-09-25")]
    assert lawkpi.due("FOI-REPLY", "2024-09-10", pauses=pauses).last == dt.date(2024, 10, 23)
    late = lawkpi.due("FOI-REPLY", "2019-05-15", extended=True, notified_on=dt.date(2019, 6, 14))
    assert late.last == dt.date(2019, 6, 13)


@pytest.mark.parametrize(
    ("limit", "start", "code"),
    [
        ("LIT-RPLY", "2024-09-18", "LAW_LIMIT_UNKNOWN"),
        ("LIT-REPLY", "三月", "LAW_DAY_UNREADABLE"),
        ("TRAIN-60", "2024-09-18", "LAW_NOT_COUNTED"),
        ("LIT-REPLY", "", "LAW_DAY_UNREADABLE"),
        ("LIT-REPLY", "9999-12-31", "LAW_DAY_UNREADABLE"),
    ],
)
def test_what_has_no_last_day_is_refused(limit: str, start: str, code: str) -> None:
    with pytest.raises(LawError) as caught:
        lawkpi.due(limit, start)
    assert caught.value.code == code


def test_the_rates_of_a_folder_are_asked_over_its_checked_ledgers(tmp_path: Path) -> None:
    rates = lawkpi.open(folder(tmp_path).path).check().rates
    found = rates.figure(
        "court_appearance_rate",
        department="01",
        base="open_hearings", excused="leave_out", officials="dated", carried_in="include",
    )  # fmt: skip
    assert (found.done, found.due) == (19, 20)


def test_which_base_a_printed_rate_was_made_on_is_one_call_away() -> None:
    assert [one.base_name for one in lawkpi.which_base(
        "15.5", {"律师代理": 790}, {"收案": 5109, "结案": 5129}
    ).matches] == ["收案"]  # fmt: skip
