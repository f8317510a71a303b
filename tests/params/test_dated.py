"""Versions of a text: at most one holds on a day, and both ends are included."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from lawkpi.params import Dated, Period, on_day, refuse_overlap


def dated(start: str, end: str | None = None) -> Dated:
    return Dated.model_validate({"from": start, "to": end})


FIRST, SECOND = dated("2020-01-01", "2023-12-31"), dated("2024-01-01")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2019-12-31", None),
        ("2020-01-01", FIRST),
        ("2023-12-31", FIRST),
        ("2024-01-01", SECOND),
        ("2199-12-31", SECOND),
    ],
)
def test_the_version_of_a_day_is_found_on_both_sides_of_its_ends(
    day: str, found: Dated | None
) -> None:
    assert on_day([FIRST, SECOND], dt.date.fromisoformat(day)) == found


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        ("2019-01-01", "2019-12-31", False),
        ("2019-01-01", "2020-01-01", True),
        ("2023-12-31", "2024-06-30", True),
        ("2024-01-01", "2024-12-31", False),
    ],
)
def test_a_version_holds_in_a_period_that_it_meets(start: str, end: str, *, holds: bool) -> None:
    assert FIRST.holds_in(Period.model_validate({"from": start, "to": end})) is holds


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValidationError, match="失效日早于施行日"):
        dated("2020-01-02", "2020-01-01")


@pytest.mark.parametrize("later", ["2023-12-31", "2019-01-01"])
def test_versions_that_overlap_are_refused(later: str) -> None:
    with pytest.raises(ValueError, match="与前一版本重叠"):
        refuse_overlap([FIRST, dated(later)])


def test_nothing_follows_a_version_without_an_end() -> None:
    with pytest.raises(ValueError, match="与前一版本重叠"):
        refuse_overlap([SECOND, dated("2030-01-01")])


def test_versions_that_follow_one_another_are_taken() -> None:
    refuse_overlap([FIRST, SECOND])
    refuse_overlap([FIRST, dated("2025-01-01")])
