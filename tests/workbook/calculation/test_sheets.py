"""计算表: sums over marks, whole numbers, values marked."""

from pathlib import Path

import openpyxl

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.calculation.states import PENDING
from tests.workbook.given import World, world

UNITS = "得分\n（最小分）"


def lines(path: Path, *, stored: bool) -> dict[str, dict[str, object]]:
    page = openpyxl.load_workbook(path, data_only=stored)["计算表"]
    heads = [cell.value for cell in page[4]]
    rows = page.iter_rows(min_row=5, values_only=True)
    return {str(row[0]): dict(zip(heads, row, strict=True)) for row in rows if row[0]}


def test_counts_are_sums_over_the_marks(workbook: Path) -> None:
    line = lines(workbook, stored=False)["1.1a"]
    assert str(line["应计"]).startswith("=SUM('案件台账'!")
    assert str(line["已计"]).startswith("=SUM('案件台账'!")


def test_counts_are_those_of_the_assessment(workbook: Path, assessment: Assessment) -> None:
    shown = lines(workbook, stored=True)
    for row in assessment.of("rules", "ZX777").to_dict("records"):
        assert shown[f"{row['item']}{row['rule']}"]["已计"] == row["done"]


def test_rounding_is_whole_number_arithmetic(workbook: Path) -> None:
    assert "*2+" in str(lines(workbook, stored=False)["1.1b"][UNITS])


def test_truncation_has_its_own_formula(tmp_path: Path) -> None:
    path = write_department(world(3, mode="truncate").assessment(), "ZX777", tmp_path / "w.xlsx")
    assert "QUOTIENT(" in str(lines(path, stored=False)["1.1b"][UNITS])
    assert "*2+" not in str(lines(path, stored=False)["1.1b"][UNITS])


def test_entered_figures_are_marked_as_values(workbook: Path) -> None:
    line = lines(workbook, stored=False)["2.3a"]
    assert not str(line["已计"]).startswith("=")
    assert "值" in str(line["说明"])


def test_a_pending_item_stays_pending_by_formula(tmp_path: Path) -> None:
    given = world(3, unknown={"cases": {"replied_on": list(range(6))}})
    path = write_department(given.assessment(), "ZX777", tmp_path / "w.xlsx")
    line, formula = (lines(path, stored=stored)["1.2a"] for stored in (True, False))
    assert line["得分"] == "待核"
    assert line["状态"] == line["指标\n状态"] == PENDING
    assert str(formula["待核\n记录"]).startswith("=COUNTIF(")


def test_a_rule_without_own_records_is_a_zero_value(small: World, tmp_path: Path) -> None:
    rows = {**small.rows, "hours": []}
    path = write_department(
        World(rows, small.rubric, small.settings, {}).assessment(), "ZX777", tmp_path / "w.xlsx"
    )
    assert lines(path, stored=False)["B.1a"]["已计"] == 0
