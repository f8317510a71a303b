"""Answers as arrays: they can be taken apart and put together without losing anything."""

from __future__ import annotations

import numpy as np

from lawkpi.law import Calendar, LastDays, Limits, last_days
from lawkpi.law.days import as_days


def test_rows_taken_and_put_back_are_the_same_answer(limits: Limits, calendar: Calendar) -> None:
    whole = last_days(limits["LIT-REPLY"], ["2024-09-18", "2024-03-11", None], calendar)
    again = LastDays.blank(np.full(3, "", dtype=object), np.full(3, -1))
    for rows in ([2], [0, 1]):
        again.put(rows, whole.taken(rows))
    assert again.last.astype(str).tolist() == whole.last.astype(str).tolist()
    assert again.reason.tolist() == ["", "", "起算日不明"]
    assert again.postmark.tolist() == [True, True, False]


def test_a_stated_day_is_its_own_last_day_and_a_blank_one_is_no_limit() -> None:
    answer = LastDays.stated(as_days(["2024-05-01", None]))
    assert answer.last.astype(str).tolist() == ["2024-05-01", "NaT"]
    assert answer.reason.tolist() == ["", "无期限规定"]
    assert not answer.has_rolled.any()


def test_an_undone_row_keeps_no_day_and_the_other_rows_stay(
    limits: Limits, calendar: Calendar
) -> None:
    answer = last_days(limits["NORM-REVIEW"], ["2025-01-22", "2025-01-22"], calendar)
    undone = answer.undone(np.array([True, False]), "延长告知日不明")
    assert undone.last.astype(str).tolist() == ["NaT", "2025-02-18"]
    assert undone.first.astype(str).tolist() == ["NaT", "2025-02-05"]
    assert undone.reason.tolist() == ["延长告知日不明", ""]
    assert answer.reason.tolist() == ["", ""]
