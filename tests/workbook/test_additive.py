"""Where a total may stand as a sum, and where only the engine's figure is honest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lawkpi.workbook.additive import (
    base_is_added,
    floored,
    section_formula,
    section_units,
    total_is_added,
)
from tests.support.small_rubric import item, rubric, rule, section

PLAIN = rubric(section("1", item("1.1", "100")))
AT_TOTAL = rubric(
    section("1", item("1.1", "100")), rounding={"at": "total", "places": 2, "mode": "half_up"}
)
FOLDED = rubric(
    section("1", item("1.1", "100"), weight="40%"),
    section("2", item("2.1", "100"), weight="60%"),
    full_points="100",
)
MALUS = rubric(section("M", item("M.1", None, rule(effect={"malus": {}})), kind="malus"))


@pytest.mark.parametrize(
    ("given", "added"), [(PLAIN, True), (AT_TOTAL, False), (FOLDED, False), (MALUS, False)]
)
def test_a_base_is_a_sum_only_of_rounded_unfolded_items(given: object, added: bool) -> None:
    assert base_is_added(given) is added  # type: ignore[arg-type]


def total(points: str) -> dict[str, Decimal]:
    return {"base": Decimal(90), "bonus": Decimal(1), "malus": Decimal(0), "total": Decimal(points)}


def test_a_total_that_a_veto_took_is_no_sum() -> None:
    assert total_is_added(PLAIN, total("91"))
    assert not total_is_added(PLAIN, total("0"))
    assert not total_is_added(AT_TOTAL, total("91"))


def test_a_sum_ends_at_the_rubric_s_floor() -> None:
    assert floored(PLAIN, "A1-B1") == "MAX(A1-B1,0)"
    free = rubric(section("1", item("1.1", "100")), floors={"item": "0", "total": "none"})
    assert floored(free, "A1-B1") == "A1-B1"


def test_a_total_of_nothing_that_is_no_sum_is_not_live_below_zero_either() -> None:
    """Without a floor a veto that takes the whole total lifts -10 to 0: no sum gives that."""
    free = rubric(section("1", item("1.1", "100")), floors={"item": "0", "total": "none"})
    below = {"base": Decimal(0), "bonus": Decimal(0), "malus": Decimal(10), "total": Decimal(0)}
    assert not total_is_added(free, below)
    assert total_is_added(free, below | {"total": Decimal(-10)})
    assert total_is_added(PLAIN, below)


@pytest.mark.parametrize(("mode", "units"), [("half_up", 3017), ("truncate", 3016)])
def test_a_folded_section_is_rounded_once_as_declared(mode: str, units: int) -> None:
    given = rubric(
        section("1", item("1.1", "100"), weight="33.3%"),
        section("2", item("2.1", "100"), weight="66.7%"),
        full_points="100",
        rounding={"at": "item", "places": 2, "mode": mode},
    )
    assert section_units(given, given.base_sections[0], 9060) == units


def test_a_weight_too_fine_for_a_spreadsheet_gives_no_formula() -> None:
    """Numbers above 2^53 are not all whole there."""
    given = rubric(
        section("1", item("1.1", "100"), weight="33.33333333333333%"),
        section("2", item("2.1", "100"), weight="66.66666666666667%"),
        full_points="100",
    )
    assert section_formula(given, given.base_sections[0], "SUM(A1:B1)", signed=False) is None
