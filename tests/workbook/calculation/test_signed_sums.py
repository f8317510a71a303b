"""Totals that may fall below zero, and floors that a spreadsheet's whole numbers cannot say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import planned
from tests.workbook.reading import differences

SIGNED = {"department": "01", "source": "档案", "person": "张三", "entered_on": "2025-01-01"}
RATE = {"entered": {"gives": "rate", "empty": "full"}}
SHARE = {"linear": {"below": "95%", "step": "7%", "points": "0.3", "steps": "fraction"}}


def rounding(at: str, mode: str = "half_up") -> dict[str, Any]:
    return {"rounding": {"at": at, "places": 2, "mode": mode}}


def assessed(floors: dict[str, str], **terms: Any) -> Assessment:
    """Nine events cost more than the item has, and a share that does not come out even costs more."""
    both = item("1.1", "10", rule(RATE, SHARE), rule(shape={"each": {"points": "7"}}))
    entered = [{**SIGNED, "item": "1.1", "rule": "a", "due": 11, "done": 4}]
    given = rubric(section("1", both, weight="35%"), floors=floors, **terms)
    return run(given, {"events": events("甲", 9), "entered": entered})


@pytest.mark.parametrize("at", ["item", "total"])
@pytest.mark.parametrize("mode", ["half_up", "truncate"])
def test_a_total_below_zero_is_the_engine_s_for_another_program_too(
    at: str, mode: str, tmp_path: Path
) -> None:
    """Spreadsheets refuse a divisor of a number below zero: its size is asked for instead."""
    assessment = assessed({"item": "none", "total": "none"}, **rounding(at, mode))
    made = planned(assessment)
    shown = made.entry(made.calculated.sums["total"].row, "points")
    assert shown.formula is not None
    assert Decimal(str(shown.stored)) == Decimal(assessment.total("01")["total"]) < 0
    assert differences(write_department(assessment, "01", tmp_path / "w.xlsx")) == {}


def test_a_floor_finer_than_the_rounding_makes_the_total_a_value() -> None:
    assessment = assessed({"item": "0", "total": "0.005"}, **rounding("item"))
    made = planned(assessment)
    shown = made.entry(made.calculated.sums["total"].row, "points")
    assert shown.formula is None
    assert Decimal(str(shown.stored)) == Decimal(assessment.total("01")["total"])
    assert made.desk.is_frozen
