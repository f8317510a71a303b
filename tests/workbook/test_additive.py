"""Where a total may stand as a sum, and where only the engine's figure is honest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lawkpi.workbook.additive import base_is_added, floored, total_is_added
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
