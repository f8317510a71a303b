"""The summary workbook: live sums, conversion, matrix, links."""

from pathlib import Path

import openpyxl
import pytest

from lawkpi.errors import WorkbookError
from lawkpi.result import Assessment
from lawkpi.workbook import write_summary
from tests.workbook.given import CODES, NAMES, world
from tests.workbook.reading import differences, edited, formulas, parts, stored
from tests.workbook.summary.given import place, summary_of


def test_recalculating_changes_no_stored_value(summary: Path) -> None:
    assert differences(summary) == {}
    assert len(formulas(summary)) > 10


def test_every_sheet_is_there(summary: Path) -> None:
    names = openpyxl.load_workbook(summary).sheetnames
    assert names == [
        "目录",
        "汇总表",
        "建议等次",
        "得分分布",
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


def test_the_chart_stands_on_the_contents_and_reads_the_distribution(summary: Path) -> None:
    found = parts(summary)
    charts = [name for name in found if name.startswith("xl/charts/")]
    assert charts == ["xl/charts/chart1.xml"]
    assert "<c:f>'得分分布'!$A$5:$A$14</c:f>" in found[charts[0]]
    assert "drawing1.xml" in found["xl/worksheets/_rels/sheet1.xml.rels"]


@pytest.mark.parametrize(
    "sheet", ["汇总表", "建议等次", "得分分布", "指标矩阵", "统计", "折算报送表"]
)
def test_every_sheet_carries_stage_and_marks_on_a4(summary: Path, sheet: str) -> None:
    page = openpyxl.load_workbook(summary)[sheet]
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddHeader.center.text == "【初评】"
    assert page.oddHeader.right.text == "示例数据，非真实考核结果"
    assert page.oddHeader.left.text == "内部资料，注意保存"
    assert page.oddFooter.center.text == "第&P页 共&N页"


def test_bonus_less_malus_of_the_conversion_is_live(tmp_path: Path) -> None:
    path = summary_of("plain", tmp_path)
    cell = place(path, "折算报送表", "甲市第02局", "加减分")
    assert stored(path)["折算报送表", cell] == -3.5
    assert "'汇总表'!" in formulas(path)["折算报送表", cell]


def test_a_change_in_the_matrix_reaches_the_converted_figure(tmp_path: Path) -> None:
    """98.11 of 100 are 4.9055 of 5: half up 4.91; 98.09 are 4.9045: 4.90."""
    path = summary_of("plain", tmp_path)
    cell = place(path, "折算报送表", "甲市第01局", "折算分")
    for points, expected in ((27.11, 4.91), (27.09, 4.9)):
        again = edited(path, "指标矩阵", "D6", points)
        assert stored(again)["折算报送表", cell] == expected


def test_a_total_below_zero_is_converted_to_nothing(tmp_path: Path) -> None:
    path = summary_of("no_floors", tmp_path)
    cells = stored(path)
    assert cells["折算报送表", place(path, "折算报送表", "甲市第02局", "百分制得分")] < 0
    assert cells["折算报送表", place(path, "折算报送表", "甲市第02局", "折算分")] == 0


def test_points_of_a_thousand_are_not_called_points_of_a_hundred(tmp_path: Path) -> None:
    texts = stored(summary_of("of_a_thousand", tmp_path)).values()
    assert "得分（满分1000分）" in texts
    assert "百分制得分" not in texts


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
