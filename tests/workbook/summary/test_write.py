"""The summary workbook: live sums, conversion, matrix, links."""

from pathlib import Path

import openpyxl
import pytest

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.workbook import write_summary
from tests.workbook.given import CODES, NAMES, world
from tests.workbook.reading import differences, formulas, stored


def test_recalculating_changes_no_stored_value(summary: Path) -> None:
    assert differences(summary) == {}
    assert len(formulas(summary)) > 10


def test_every_sheet_is_there(summary: Path) -> None:
    names = openpyxl.load_workbook(summary).sheetnames
    assert names == [
        "目录",
        "汇总表",
        "建议等次",
        "指标矩阵",
        "统计",
        "自评与考评差异表",
        "折算报送表",
        "问题清单",
        "考核细则",
    ]


def test_totals_and_ranks_are_those_of_the_assessment(
    summary: Path, assessment: Assessment
) -> None:
    sheet = openpyxl.load_workbook(summary, data_only=True)["汇总表"]
    lines = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1] in NAMES.values()}
    for code in CODES:
        total = assessment.total(code)
        assert lines[NAMES[code]][7] == float(total["total"])
        assert lines[NAMES[code]][8] == total["rank"]
        assert lines[NAMES[code]][9] == total["grade"]


@pytest.mark.parametrize("places", [0, 1, 2, 4])
def test_the_conversion_is_live_and_half_up(tmp_path: Path, places: int) -> None:
    conversion = {
        "method": "proportional",
        "full_points": "7",
        "places": places,
        "basis": {"document": "甲〔2022〕2号"},
    }
    assessment = world(8, conversion=conversion).assessment()
    path = write_summary(assessment, tmp_path / "s.xlsx")
    assert differences(path) == {}
    cells = stored(path)
    shown = [cells["折算报送表", f"E{row}"] for row in (6, 7, 8)]
    assert shown == [float(assessment.total(code)["converted"]) for code in CODES]


def test_a_conversion_by_grade_is_a_value(tmp_path: Path) -> None:
    amounts = {"优秀": "5", "合格": "4", "不合格": "0"}
    conversion = {
        "method": "by_grade",
        "full_points": "5",
        "amounts": amounts,
        "basis": {"document": "甲"},
    }
    path = write_summary(world(8, conversion=conversion).assessment(), tmp_path / "s.xlsx")
    assert ("折算报送表", "E6") not in formulas(path)


def test_items_that_are_not_scored_are_text(tmp_path: Path) -> None:
    unknown = {"cases": {"held": list(range(3))}}
    path = write_summary(world(3, unknown=unknown).assessment(), tmp_path / "s.xlsx")
    cells = stored(path)
    assert "待核" in [value for (sheet, _), value in cells.items() if sheet == "指标矩阵"]
    assert differences(path) == {}


def test_the_contents_link_to_sheets_and_files(summary: Path) -> None:
    sheet = openpyxl.load_workbook(summary)["目录"]
    links = {
        cell.value: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink
    }
    assert links["汇总表"].location == "'汇总表'!A1"
    assert links["ZX777-甲字局.xlsx"].target.replace("\\", "/") == "departments/ZX777-甲字局.xlsx"


def test_self_assessed_points_are_compared_on_the_declared_full_points(tmp_path: Path) -> None:
    """With nothing redistributed the difference is self minus assessed, to the last digit."""
    assessment = world(3).assessment()
    path = write_summary(assessment, tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True)["自评与考评差异表"]
    lines = [row for row in sheet.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)]
    assert lines
    for line in lines:
        if line[4] == line[6]:
            assert line[8] == line[7]
        assert round(line[5] - line[8], 2) == line[9] != 0


def test_findings_are_counted_and_listed(summary: Path) -> None:
    values = [value for (sheet, _), value in stored(summary).items() if sheet == "问题清单"]
    assert "共1项：请核对1项" in values
    assert values.count("LEDGER_X") == 2


def test_two_writings_give_the_same_bytes(
    summary: Path, assessment: Assessment, tmp_path: Path
) -> None:
    assert write_summary(assessment, tmp_path / "s.xlsx").read_bytes() == summary.read_bytes()


def test_an_unwritable_place_is_said_so(assessment: Assessment, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        write_summary(assessment, tmp_path / "none" / "s.xlsx")
    assert refused.value.code == "WORKBOOK_FILE_UNWRITABLE"
