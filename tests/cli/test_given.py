"""Days and pauses as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from lawkpi.cli import given
from lawkpi.errors import UsageError


def test_a_day_may_have_spaces_around_it_and_nothing_is_no_day() -> None:
    assert given.day("--done", " 2024-03-11 ") == dt.date(2024, 3, 11)
    assert given.optional_day("--done", None) is None


def test_a_pause_names_both_days_or_only_its_beginning() -> None:
    assert given.pauses(["2024-09-13:2024-09-25", "2024-10-08:"]) == [
        (dt.date(2024, 9, 13), dt.date(2024, 9, 25)),
        (dt.date(2024, 10, 8), None),
    ]


def test_the_colon_of_a_chinese_keyboard_is_a_colon() -> None:
    assert given.pauses(["2024-09-13：2024-09-25", "2024-10-08："]) == given.pauses(
        ["2024-09-13:2024-09-25", "2024-10-08:"]
    )


@pytest.mark.parametrize(
    "typed",
    [
        "2024-13-01",
        "11/3/2024",
        "",
        "昨天",
        "2024-3-11",
        "20240311",
        "2024-W11-1",
        "２０２４-03-11",
    ],
)
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        given.day("--done", typed)
    assert (caught.value.code, "2024-03-11" in caught.value.expected) == (
        "USAGE_DAY_UNREADABLE",
        True,
    )


def test_a_pause_without_a_colon_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        given.pauses(["2024-09-13"])
    assert caught.value.code == "USAGE_PAUSE_UNREADABLE"
