"""Ranks on exact or printed totals, grades within their seats."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small_rubric import events, item, rubric, rule, run, section

THREE = {"01": "x", "02": "x", "03": "x"}
AT_TOTAL = {"at": "total", "places": 0, "mode": "half_up"}


def ranks(on: str) -> list[int]:
    small = rule(shape={"each": {"points": "0.1"}})
    given = rubric(
        section("1", item("1.1", "10", small)),
        rounding=AT_TOTAL,
        rank={"on": on, "ties": "competition"},
    )
    rows = [row for place, code in enumerate(THREE) for row in events("甲", place, code)]
    run_of = run(given, {"events": rows}, THREE)
    return [int(run_of.total(code)["rank"]) for code in THREE]


def test_totals_that_print_alike_share_a_rank_only_where_the_printed_one_decides() -> None:
    assert ranks("printed") == [1, 1, 1]
    assert ranks("exact") == [1, 2, 3]


@pytest.mark.parametrize(
    ("quota", "grades"),
    [
        ({"count": 1, "ties": "in"}, ["优", "良", "良"]),
        ({"share": "50%", "rounding": "up", "ties": "out"}, ["优", "优", "良"]),
        ({"share": "50%", "rounding": "down", "ties": "out"}, ["优", "良", "良"]),
    ],
)
def test_who_finds_no_seat_falls_to_the_next_grade(
    quota: dict[str, Any], grades: list[str]
) -> None:
    bands = [{"grade": "优", "at_least": "5", "quota": quota}, {"grade": "良", "at_least": "0"}]
    given = rubric(section("1", item("1.1", "10", rule())), grades=bands)
    rows = [row for place, code in enumerate(THREE) for row in events("甲", place, code)]
    run_of = run(given, {"events": rows}, THREE)
    assert [run_of.total(code)["grade"] for code in THREE] == grades
