"""Adjustments of the offices in a department's workbook: live over its own ledger sheet, nobody else's."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department, write_summary
from lawkpi.workbook.adjusted import adjustment_note
from tests.result.given import tiny_scored
from tests.workbook.reading import cell_of, differences, formulas, stored

SECOND = "甲区市监局"
SHEET = "核分调整登记表"


def entry(**more: Any) -> dict[str, Any]:
    row = {"item": "2.1", "department": SECOND, "number": 1, "points": 0.5, "reason": "=1+1理由"}
    return {**row, "person": "王五某", "adjusted_on": dt.date(2025, 1, 20), **more}


ROWS = [
    entry(),
    entry(number=2, points=-0.25),
    entry(item="2.2", points=-0.1),
    entry(department="甲区城管局", points=-0.75, reason="他单位的理由"),
]


@pytest.fixture(scope="module")
def adjusted(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return tiny_scored(tmp_path_factory.mktemp("a") / "甲", {"adjustments": ROWS})


@pytest.fixture
def path(adjusted: Assessment, tmp_path: Path) -> Path:
    return write_department(adjusted, "02", tmp_path / "乙.xlsx")


def test_the_workbook_recalculates_to_the_adjusted_points(path: Path) -> None:
    assert differences(path) == {}


def test_an_adjustment_is_a_value_of_the_calculation(path: Path) -> None:
    page = openpyxl.load_workbook(path)["计算表"]
    heads = [cell.value for cell in page[4]]
    place = heads.index("核分调整\n（最小分）")
    written = [row[place] for row in page.iter_rows(min_row=5, values_only=True)]
    assert [one for one in written if isinstance(one, int)] == [25, -10]


def test_an_unreported_item_is_adjusted_too(tmp_path: Path) -> None:
    reminded = {"department": "甲区城管局", "ledger": "学法台账", "form": "none"}
    rows = {
        "study_sessions": [],
        "submissions": [{**reminded, "reminded_on": dt.date(2025, 1, 5)}],
        "adjustments": [entry(item="1.1", department="甲区城管局", points=1.0)],
    }
    path = write_department(tiny_scored(tmp_path / "甲", rows), "01", tmp_path / "w.xlsx")
    assert differences(path) == {}


def test_nobody_can_adjust_in_a_department_s_workbook(path: Path) -> None:
    page = openpyxl.load_workbook(path)[SHEET]
    cells = [cell for row in page.iter_rows(min_row=5) for cell in row]
    assert cells
    assert all(cell.protection.locked for cell in cells)


def test_the_scorecard_says_it_and_points_to_the_list(path: Path) -> None:
    page = openpyxl.load_workbook(path, data_only=True)["考核评分表"]
    (row,) = [row for row in page.iter_rows(values_only=True) if str(row[2]).startswith("2.1 ")]
    assert "含核分调整+0.25分" in str(row[11])
    assert "扣分明细见" in str(row[11])


def test_the_list_of_losses_adds_up_with_negative_lines(adjusted: Assessment, path: Path) -> None:
    page = openpyxl.load_workbook(path, data_only=True)["扣分清单"]
    rows = [row for row in page.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)]
    assert [row[6] for row in rows if "核分调整" in str(row[3])] == [-0.5, 0.25, 0.1]
    scores = adjusted.of("scores", "02")
    assert sum(row[6] for row in rows) == float((scores["full_points"] - scores["points"]).sum())


def test_names_are_masked_text_stays_text_and_nobody_else_s_reason_is_there(path: Path) -> None:
    texts = [str(value) for value in stored(path).values()]
    assert not any("王五某" in text or "他单位的理由" in text for text in texts)
    assert any("=1+1理由" in text for text in texts)
    assert cell_of(path, SHEET, "调整理由", "王某某")
    assert "=1+1理由" not in set(formulas(path).values())


def test_the_summary_recalculates_too(adjusted: Assessment, tmp_path: Path) -> None:
    assert differences(write_summary(adjusted, tmp_path / "s.xlsx")) == {}


def test_an_item_without_adjustment_says_nothing() -> None:
    assert adjustment_note(Decimal("0.00")) == ""
