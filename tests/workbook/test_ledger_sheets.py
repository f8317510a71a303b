"""Ledger sheets: headings, labels, real dates, shading, protection."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from lawkpi.workbook import write_department
from tests.workbook.given import World, schemas


def headings(path: Path, sheet: str) -> dict[str, str]:
    page = openpyxl.load_workbook(path)[sheet]
    return {str(cell.value): cell.column_letter for cell in page[4] if cell.value}


def test_headings_are_the_declared_titles(workbook: Path) -> None:
    titles = [column.title for column in schemas()["cases"].columns.values()]
    wanted = ["序号", "原表行号", *titles, "届满日", "时限状态"]
    assert list(headings(workbook, "案件台账"))[: len(wanted)] == wanted


def test_each_side_of_each_rule_has_its_column(workbook: Path) -> None:
    names = headings(workbook, "案件台账")
    wanted = {
        "1.1a 应计",
        "1.1a 已计",
        "1.1b 计入",
        "1.2a 应计",
        "1.2a 已计",
        "1.3a 计入",
        "V.1a 计入",
    }
    assert wanted <= names.keys()


def test_dates_are_dates_and_choices_are_labels(workbook: Path) -> None:
    names, page = headings(workbook, "案件台账"), openpyxl.load_workbook(workbook)["案件台账"]
    for row in range(5, page.max_row + 1):
        assert isinstance(page[f"{names['收到日期']}{row}"].value, dt.datetime)
        assert page[f"{names['出庭人员']}{row}"].value in (None, "正职", "=工作人员", '律师"甲"')
        assert str(page[f"{names['承办单位']}{row}"].value).endswith("字局")


def test_inputs_behind_values_are_locked_and_shaded(workbook: Path) -> None:
    names, page = headings(workbook, "案件台账"), openpyxl.load_workbook(workbook)["案件台账"]
    dead, live = page[f"{names['收到日期']}5"], page[f"{names['出庭人员']}5"]
    assert page.protection.sheet
    assert dead.protection.locked
    assert dead.fill.fgColor.rgb == "FFEDEDED"
    assert not live.protection.locked
    assert page[f"{names['收到日期']}3"].value == "非联动"
    assert page[f"{names['届满日']}3"].value == "值"
    assert page[f"{names['时限状态']}3"].value == "公式"


def test_wide_sheets_print_on_several_pages_of_readable_size(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook)["案件台账"]
    width = sum(one.width for one in page.column_dimensions.values())
    assert width / page.page_setup.fitToWidth < 200
    assert page.print_title_rows == "$3:$4"


def test_no_row_of_another_department_is_written(small: World, workbook: Path) -> None:
    names, page = headings(workbook, "人员名册"), openpyxl.load_workbook(workbook)["人员名册"]
    written = {page[f"{names['人员编号']}{row}"].value for row in range(5, page.max_row + 1)}
    assert written == {
        row["person"] for row in small.rows["people"] if row["department"] == "ZX777"
    }


@pytest.mark.parametrize("code", ["ZX777", "ZX999"])
def test_the_number_of_records_is_stated(small: World, tmp_path: Path, code: str) -> None:
    path = write_department(small.assessment(), code, tmp_path / "w.xlsx")
    page = openpyxl.load_workbook(path)["人员名册"]
    assert f"记录 {page.max_row - 4} 条" in page["A2"].value


def test_how_to_read_the_sheet_stands_within_its_first_page(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook)["案件台账"]
    (block,) = [one for one in page.merged_cells.ranges if one.min_row == 2]
    assert "待核为不能确定" in str(page["A2"].value)
    assert 2 <= block.max_col < page.max_column
    assert page.row_dimensions[2].height > 13
