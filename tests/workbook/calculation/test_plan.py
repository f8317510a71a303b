"""The plan of 计算表: what agrees with the assessment is live; what does not is its value, and says so."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned
from tests.workbook.reading import differences

SIGNED = {"department": "01", "source": "档案", "person": "张三", "entered_on": "2025-01-01"}
RATE = {"entered": {"gives": "rate", "empty": "full"}}
SHARE = {"linear": {"below": "95%", "step": "7%", "points": "0.3", "steps": "fraction"}}
AT_TOTAL = {"rounding": {"at": "total", "places": 2, "mode": "half_up"}}
PRIMES = (9883, 9887, 9901, 9907, 9923)
"""Bases of rates without a common divisor: their fractions have no common denominator below 2**53."""


def entered_rates(*bases: int) -> Assessment:
    """An item over records, and one of an entered rate for each base; only the total is rounded."""
    names = [f"1.{number}" for number in range(2, 2 + len(bases))]
    items = [item("1.1", "10"), *(item(name, "10", rule(RATE, SHARE)) for name in names)]
    entered = [
        {**SIGNED, "item": name, "due": base, "done": base // 2}
        for name, base in zip(names, bases, strict=True)
    ]
    rows = {"events": events("甲", 2), "entered": entered}
    return run(rubric(section("1", *items), **AT_TOTAL), rows)


@pytest.fixture(scope="module")
def fine() -> Planned:
    return planned(entered_rates(*PRIMES))


def test_fractions_that_a_spreadsheet_can_hold_leave_the_total_live() -> None:
    made = planned(entered_rates(20, 25))
    assert made.entry(made.calculated.sums["total"].row, "points").formula is not None
    assert not made.desk.is_frozen


def test_a_fraction_too_fine_for_a_spreadsheet_leaves_the_total_a_value(fine: Planned) -> None:
    """The value is the assessment's own, not what a spreadsheet would round to."""
    shown = fine.entry(fine.calculated.sums["total"].row, "points")
    assert shown.formula is None
    assert Decimal(str(shown.stored)) == fine.desk.assessment.total("01")["total"]
    assert fine.calculated.whys["考评总分"] == "系统核定"
    assert fine.desk.is_frozen


def test_a_total_that_is_a_value_leaves_no_line_of_the_attempt_behind(fine: Planned) -> None:
    titles = [
        entry.stored
        for (row, _), entry in sorted(fine.calculated.grid.entries.items())
        if row > max(line.last for line in fine.calculated.lines.values())
    ]
    assert [one for one in titles if isinstance(one, str)] == ["基础分合计", "考评总分"]


def test_where_the_total_is_a_value_no_cell_of_the_records_can_be_changed(
    fine: Planned, tmp_path: Path
) -> None:
    schema = fine.desk.ledgers["events"].schema
    assert fine.desk.dead_columns(schema) == set(schema.columns)
    path = write_department(fine.desk.assessment, "01", tmp_path / "w.xlsx")
    page = openpyxl.load_workbook(path)[fine.desk.sheets["events"].name]
    assert page.protection.sheet
    records = [cell for row in page.iter_rows(min_row=5) for cell in row]
    assert records
    assert all(cell.protection.locked for cell in records)
    assert differences(path) == {}


def test_where_everything_is_live_some_cells_of_the_records_can_be_changed(tmp_path: Path) -> None:
    path = write_department(entered_rates(20), "01", tmp_path / "w.xlsx")
    page = openpyxl.load_workbook(path)["事项登记簿"]
    assert not all(cell.protection.locked for row in page.iter_rows(min_row=5) for cell in row)


def test_an_item_too_fine_for_a_spreadsheet_is_its_own_value_and_the_others_stay() -> None:
    """Five entered rates in one item have a common denominator that a spreadsheet cannot hold."""
    rules = [rule(RATE, SHARE) for _ in PRIMES]
    entered: list[dict[str, Any]] = [
        {**SIGNED, "item": "1.2", "rule": "abcde"[place], "due": base, "done": base // 2}
        for place, base in enumerate(PRIMES)
    ]
    given = rubric(section("1", item("1.1", "10"), item("1.2", "40", *rules)))
    made = planned(run(given, {"events": events("甲", 2), "entered": entered}))
    assert made.is_live("1.1", "points")
    assert not made.is_live("1.2", "points")
    assert Decimal(str(made.at("1.2", "points"))) == made.item("1.2").points
    assert made.calculated.whys["1.2"] == "系统核定"
    assert made.entry(made.calculated.lines["1.2"].last, "note").stored == "值：系统核定"
    assert made.desk.is_frozen


def test_an_item_over_live_records_has_no_note_and_an_entered_one_says_who_gave_it() -> None:
    made = planned(entered_rates(20))
    assert made.entry(made.calculated.lines["1.1"].last, "note").stored == ""
    assert made.entry(made.calculated.lines["1.2"].last, "note").stored == "值：核定录入"
