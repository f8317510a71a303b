"""Bonus and malus: beside the items, within their own caps."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.rubric.model import Section
from lawkpi.scoring import OutsideScores, Tally, outside_scores, rule_scores

from .given import HALF_UP, TRUNCATE, item, rule, tallied


def section(cap: str | None, *points: str, kind: str = "bonus", **caps: str) -> Section:
    """One item with a rule per amount of points, named a, b, ...; `caps` are the rules' own."""
    rules = [
        rule(
            "count", {"each": {"points": one}}, effect=kind, name=name, cap=caps.get(f"cap_{name}")
        )
        for name, one in zip("abc", points, strict=False)
    ]
    return Section.model_validate(
        {
            "id": "B",
            "title": "加分",
            "kind": kind,
            "cap": cap,
            "items": [item("1", *rules, number="B.1").model_dump(mode="json", by_alias=True)],
        }
    )


def outside(given: Section, tallies: list[Any], rounding: Any = HALF_UP) -> OutsideScores:
    (one,) = given.items
    lines = tuple(
        (one, rule_scores(made, Tally(tally)))
        for made, tally in zip(one.rules, tallies, strict=True)
    )
    return outside_scores(given, lines, rounding, 100)


def test_amounts_of_a_section_add_up_below_its_cap() -> None:
    got = outside(section("3", "1", "0.5"), [tallied([0, 1, 2]), tallied([0, 1, 2])])
    assert got.amount.tolist() == [0, 150, 300]
    assert got.rule_units.tolist() == [[0, 100, 200], [0, 50, 100]]


def test_a_cap_is_met_exactly_and_cut_beyond_rule_after_rule() -> None:
    got = outside(section("3", "1", "0.5"), [tallied([2, 3, 9]), tallied([2, 1, 1])])
    assert got.amount.tolist() == [300, 300, 300]
    assert got.rule_units.tolist() == [[200, 300, 300], [100, 0, 0]]


def test_a_rule_s_own_cap_comes_before_the_section_s() -> None:
    got = outside(section("3", "1", "0.5", cap_a="1"), [tallied([9]), tallied([9])])
    assert got.rule_units[:, 0].tolist() == [100, 200]


def test_a_section_without_a_cap_has_none() -> None:
    assert outside(section(None, "1"), [tallied([50])]).amount.tolist() == [5000]


def test_a_malus_is_kept_as_a_positive_amount() -> None:
    got = outside(section("10", "2", kind="malus"), [tallied([1, 6])])
    assert got.amount.tolist() == [200, 1000]


@pytest.mark.parametrize(("mode", "units"), [(HALF_UP, 1), (TRUNCATE, 0)])
def test_a_bonus_is_rounded_as_the_rubric_says(mode: Any, units: int) -> None:
    assert outside(section("1", "0.005"), [tallied([1])], mode).amount.tolist() == [units]


def test_an_undecided_record_is_not_yet_a_bonus_and_is_marked() -> None:
    got = outside(section("3", "1"), [tallied([2, 2], pending=[True, False])])
    assert got.amount.tolist() == [0, 200]
    assert got.pending.tolist() == [True, False]
