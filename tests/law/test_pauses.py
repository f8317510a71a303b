from __future__ import annotations

import numpy as np

from lawkpi.law import Calendar, Limits
from lawkpi.law.pauses import Paused


def test_pauses_stand_in_the_order_of_their_beginning_in_each_row() -> None:
    early, late = (["2024-01-01", None], ["2024-01-03", None]), ("2024-02-01", "2024-02-03")
    paused = Paused.of([late, early], 2)
    assert paused.after.astype(str).tolist() == [
        ["2024-01-01", "2024-02-01"],
        ["2024-02-01", "NaT"],
    ]
    assert paused.is_present.tolist() == [True, True]


def test_no_pause_is_neither_present_nor_open_nor_reversed() -> None:
    paused = Paused.of((), 2)
    for flags in (paused.is_present, paused.is_open, paused.is_reversed):
        assert flags.tolist() == [False, False]


def test_an_end_without_a_beginning_is_reversed() -> None:
    assert Paused.of([(None, "2024-01-01")], 1).is_reversed.tolist() == [True]


def test_an_end_before_the_beginning_is_reversed_and_the_same_day_is_not() -> None:
    ends = ["2024-01-01", "2024-01-02"]
    assert Paused.of([("2024-01-02", ends)], 2).is_reversed.tolist() == [True, False]


def test_a_beginning_without_an_end_is_open() -> None:
    assert Paused.of([("2024-01-02", None)], 1).is_open.tolist() == [True]


def test_a_cap_cuts_long_pauses_and_ends_open_ones(limits: Limits, calendar: Calendar) -> None:
    version = limits["FOI-REPLY"].versions[-1]
    ends = ["2024-03-20", "2024-06-01", None]
    capped = Paused.of([("2024-03-11", ends)], 3).capped(version, calendar)
    assert capped.until.astype(str).tolist() == [["2024-03-20", "2024-04-01", "2024-04-01"]]


def test_without_a_cap_pauses_stay_as_they_are(limits: Limits, calendar: Calendar) -> None:
    paused = Paused.of([("2024-03-11", None)], 1)
    capped = paused.capped(limits["RECO-DECIDE"].versions[-1], calendar)
    assert np.isnat(capped.until).all()
