"""Grades: the line and who stands on it, quotas within each group, limits by vetoes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.conventions import Band
from lawkpi.scoring import Candidate, grade_of, grades

GOOD, FAIR, POOR = "优秀", "良好", "不合格"


def bands(quota: dict[str, Any] | None = None, second: dict[str, Any] | None = None) -> list[Band]:
    """Three grades from 90 and 60 on; quotas for the first and the second."""
    raw = [
        {"grade": GOOD, "at_least": "90", "quota": quota},
        {"grade": FAIR, "at_least": "60", "quota": second},
        {"grade": POOR, "at_least": "0"},
    ]
    return [Band.model_validate(one) for one in raw]


def given_grades(
    totals: list[int],
    own: list[Band],
    groups: str | None = None,
    limits: dict[int, str] | None = None,
) -> list[str]:
    candidates = [
        Candidate(Fraction(total), group, (limits or {}).get(place))
        for place, (total, group) in enumerate(
            zip(totals, groups or "x" * len(totals), strict=True)
        )
    ]
    return grades(candidates, own)


def test_a_line_belongs_to_its_grade_or_lies_below_it_as_written() -> None:
    on = Band.model_validate({"grade": GOOD, "at_least": "90"})
    beyond = Band.model_validate({"grade": GOOD, "above": "90"})
    rest = Band.model_validate({"grade": POOR, "at_least": "0"})
    exact, more = Fraction(90), Fraction("90.01")
    assert [grade_of(one, [on, rest]) for one in (exact, more)] == [GOOD, GOOD]
    assert [grade_of(one, [beyond, rest]) for one in (exact, more)] == [POOR, GOOD]


def test_a_total_below_every_line_has_the_last_grade() -> None:
    assert grade_of(Fraction(-3), bands()) == POOR


def test_without_quotas_the_line_alone_decides() -> None:
    assert given_grades([95, 90, 89, 59], bands()) == [GOOD, GOOD, FAIR, POOR]


@pytest.mark.parametrize(("count", "good"), [(0, 0), (1, 1), (2, 2), (3, 3), (9, 3)])
def test_so_many_of_a_group_have_the_grade_and_the_highest_totals_first(
    count: int, good: int
) -> None:
    found = given_grades([91, 99, 95, 70], bands({"count": count, "ties": "out"}))
    order = [found[place] for place in (1, 2, 0)]
    assert order == [GOOD] * good + [FAIR] * (3 - good)
    assert found[3] == FAIR


@pytest.mark.parametrize(("rounding", "good"), [("down", 1), ("half_up", 2), ("up", 2)])
def test_half_a_seat_is_rounded_as_declared(rounding: str, good: int) -> None:
    quota = {"share": "30%", "rounding": rounding, "ties": "out"}
    assert given_grades([99, 98, 97, 96, 95], bands(quota)).count(GOOD) == good


@pytest.mark.parametrize(("rounding", "good"), [("down", 1), ("half_up", 1), ("up", 2)])
def test_less_than_half_a_seat_is_rounded_as_declared(rounding: str, good: int) -> None:
    quota = {"share": "35%", "rounding": rounding, "ties": "out"}
    assert given_grades([99, 98, 97, 96], bands(quota)).count(GOOD) == good


def test_a_share_is_of_the_whole_group_and_not_of_those_who_reach_the_line() -> None:
    quota = {"share": "25%", "rounding": "down", "ties": "out"}
    assert given_grades([99, 98, 10, 10], bands(quota)) == [GOOD, FAIR, POOR, POOR]


@pytest.mark.parametrize(("ties", "found"), [("in", [GOOD] * 3), ("out", [GOOD, FAIR, FAIR])])
def test_equal_totals_on_the_last_seat_all_stay_in_or_all_fall(ties: str, found: list[str]) -> None:
    assert given_grades([99, 95, 95], bands({"count": 2, "ties": ties})) == found


@pytest.mark.parametrize("ties", ["in", "out"])
def test_equal_totals_that_all_have_seats_are_no_tie_on_the_edge(ties: str) -> None:
    found = given_grades([95, 95, 91], bands({"count": 2, "ties": ties}))
    assert found == [GOOD, GOOD, FAIR]


def test_where_everyone_is_equal_and_ties_fall_nobody_has_the_grade() -> None:
    assert given_grades([95, 95], bands({"count": 1, "ties": "out"})) == [FAIR, FAIR]


def test_who_falls_competes_for_the_seats_of_the_next_grade() -> None:
    own = bands({"count": 1, "ties": "out"}, {"count": 2, "ties": "out"})
    assert given_grades([99, 95, 89, 70], own) == [GOOD, FAIR, FAIR, POOR]


def test_the_last_grade_has_room_for_all() -> None:
    own = bands({"count": 0, "ties": "out"}, {"count": 0, "ties": "out"})
    assert given_grades([99, 95, 70], own) == [POOR] * 3


def test_every_group_has_its_own_seats() -> None:
    found = given_grades([99, 98, 91, 90], bands({"count": 1, "ties": "out"}), "xxyy")
    assert found == [GOOD, FAIR, GOOD, FAIR]


def test_a_veto_limits_the_grade_and_frees_the_seat() -> None:
    found = given_grades([99, 95, 91], bands({"count": 1, "ties": "out"}), limits={0: FAIR})
    assert found == [FAIR, GOOD, FAIR]


def test_a_veto_never_lifts_a_grade() -> None:
    assert given_grades([10], bands(), limits={0: FAIR}) == [POOR]


def test_a_limit_to_a_grade_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        given_grades([99], bands(), limits={0: "特优"})


@pytest.mark.parametrize(
    "quota",
    [
        {"ties": "in"},
        {"count": 1},
        {"count": 1, "share": "10%", "rounding": "up", "ties": "in"},
        {"share": "10%", "ties": "in"},
        {"count": 1, "rounding": "up", "ties": "in"},
        {"count": -1, "ties": "in"},
    ],
)
def test_a_quota_that_leaves_something_open_is_refused(quota: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"quota"):
        bands(quota)


@pytest.mark.parametrize("line", [{}, {"at_least": "1", "above": "1"}])
def test_a_grade_has_one_line(line: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="at_least 与 above"):
        Band.model_validate({"grade": GOOD, **line})


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 110), min_size=1, max_size=9),
    st.integers(0, 5),
    st.sampled_from(["in", "out"]),
)
def test_nobody_has_a_better_grade_than_one_with_a_higher_total(
    totals: list[int], count: int, ties: str
) -> None:
    own = bands({"count": count, "ties": ties}, {"count": count, "ties": ties})
    order = [band.grade for band in own]
    found = [order.index(one) for one in given_grades(totals, own)]
    pairs = sorted(zip(totals, found, strict=True), reverse=True)
    assert [grade for _, grade in pairs] == sorted(found)
    assert ties == "in" or found.count(0) <= count
