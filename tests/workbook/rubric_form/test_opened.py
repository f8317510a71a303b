"""A filled workbook opened: any file, any order of rows and columns, nothing left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.errors import RubricError

from .given import HEAD_ROW, at, found_in, places, read, sample


def changed(form: Path, folder: Path, change: Callable[[Any], Any]) -> Path:
    """A copy of the workbook after something was done to it."""
    book = openpyxl.load_workbook(form)
    change(book)
    path = folder / "改.xlsx"
    book.save(path)
    return path


def test_rows_and_columns_may_be_inserted_and_moved(form: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["条件"].insert_rows(1, 2)
        book["条件"].insert_rows(12)
        book["一级指标"].insert_cols(1)
        for row in book["等次"].iter_rows(min_row=HEAD_ROW, max_row=HEAD_ROW + 3):
            row[0].value, row[1].value = row[1].value, row[0].value

    assert read(changed(form, tmp_path, change)) == sample()


def test_an_address_is_where_the_cell_now_stands(form: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["一级指标"]
        sheet[at("一级指标", "性质", 1)[1]].value = "扣分"
        sheet.insert_cols(1)
        sheet.insert_rows(2)

    found = places(found_in(changed(form, tmp_path, change)))
    assert found == [("RUBRIC_FORM_WORD_UNKNOWN", "一级指标", "D6")]


def test_further_sheets_and_remarks_above_the_table_do_not_matter(
    form: Path, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book.create_sheet("讨论记录")["A1"] = "草稿"
        book["考核细则"]["A2"].value = "第二稿"

    assert read(changed(form, tmp_path, change)) == sample()


def test_a_sheet_that_is_missing_is_found(form: Path, tmp_path: Path) -> None:
    found = found_in(changed(form, tmp_path, lambda book: book.remove(book["等次"])))
    assert ("RUBRIC_FORM_SHEET_MISSING", "等次", "") in places(found)


def test_a_heading_that_was_changed_is_found_with_what_stands_below_it(
    form: Path, tmp_path: Path
) -> None:
    heading = f"E{HEAD_ROW}"

    def change(book: Any) -> None:
        book["考核细则"][heading].value = "分值（新）"

    found = places(found_in(changed(form, tmp_path, change)))
    assert ("RUBRIC_FORM_HEADING_MISSING", "考核细则", f"第{HEAD_ROW}行") in found
    assert ("RUBRIC_FORM_COLUMN_EXTRA", "考核细则", at("考核细则", "分值", 1)[1]) in found


def test_a_column_of_one_s_own_is_found_and_so_is_a_stray_cell(form: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["等次"]["J4"].value = "备注"
        book["等次"]["J5"].value = "领导同意"
        book["等次"]["L7"].value = "待定"

    found = places(found_in(changed(form, tmp_path, change)))
    assert found == [
        ("RUBRIC_FORM_COLUMN_EXTRA", "等次", "J5"),
        ("RUBRIC_FORM_COLUMN_EXTRA", "等次", "L7"),
    ]


def test_a_column_of_the_form_that_stands_twice_is_found(form: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["等次"]["J4"].value = "不低于"
        book["等次"]["J5"].value = 17

    found = places(found_in(changed(form, tmp_path, change)))
    assert found == [("RUBRIC_FORM_COLUMN_EXTRA", "等次", "J5")]


def test_a_setting_that_is_not_known_is_found(form: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["基本设置"]["A6"].value = "标题"

    found = places(found_in(changed(form, tmp_path, change)))
    assert found == [
        ("RUBRIC_FORM_WORD_UNKNOWN", "基本设置", "A6"),
        ("RUBRIC_FORM_CELL_MISSING", "基本设置", "项目"),
    ]


def test_per_cent_is_known_by_the_cell_s_format(form: Path, tmp_path: Path) -> None:
    cell = at("计分规则", "低于", 5)[1]

    def change(book: Any) -> None:
        book["计分规则"][cell].number_format = "General"

    found = places(found_in(changed(form, tmp_path, change)))
    assert found == [("RUBRIC_FORM_NUMBER_UNREADABLE", "计分规则", cell)]


def test_an_error_value_is_never_taken_for_a_blank(form: Path, tmp_path: Path) -> None:
    cell = at("考核细则", "起评分", 1)[1]

    def change(book: Any) -> None:
        book["考核细则"][cell].value = "#N/A"

    found = places(found_in(changed(form, tmp_path, change)))
    assert found == [("RUBRIC_FORM_CELL_ERROR", "考核细则", cell)]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0" + b"\0" * 600]
)
def test_what_is_no_workbook_is_one_message(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "细则.xlsx"
    path.write_bytes(content)
    with pytest.raises(RubricError) as caught:
        read(path)
    assert caught.value.code == "RUBRIC_FORM_UNREADABLE"
    assert "细则.xlsx" in caught.value.message


def test_a_file_that_is_not_there_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(RubricError) as caught:
        read(tmp_path / "没有.xlsx")
    assert caught.value.code == "RUBRIC_FORM_UNREADABLE"


def test_a_stray_cell_at_the_end_of_the_sheet_is_refused_before_it_is_read(
    form: Path, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["等次"]["XFD1048576"].value = "x"

    with pytest.raises(RubricError) as caught:
        read(changed(form, tmp_path, change))
    assert caught.value.code == "RUBRIC_FORM_UNREADABLE"
    assert "XFD1048576" in caught.value.message
