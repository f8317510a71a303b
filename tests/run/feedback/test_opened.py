"""A returned file is looked at before it is opened, and nothing in it is computed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lawkpi.errors import RunError
from lawkpi.run.feedback.opened import Found, address, opened


def test_values_formulas_and_days_are_told_apart(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("甲")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_string("B1", "=1+1")
    sheet.write_datetime("C2", dt.datetime(2024, 3, 1), day)
    sheet.write_string("D2", "甲\r\n乙")
    sheet.write_string("E2", "")
    book.close()
    assert opened(tmp_path / "a.xlsx") == {
        "甲": {
            (0, 0): Found(2, "=1+1"),
            (0, 1): Found("=1+1"),
            (1, 2): Found(dt.date(2024, 3, 1)),
            (1, 3): Found("甲\n乙"),
        }
    }


def test_a_formula_without_a_stored_result_has_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    (cells,) = opened(tmp_path / "a.xlsx").values()
    assert cells == {(0, 0): Found(None, "=1+1")}


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Found(2.0), "2"),
        (Found(0.25), "0.25"),
        (Found("  甲 "), "甲"),
        (Found(), ""),
        (Found(2, "=1+1"), "=1+1"),
        (Found(dt.date(2024, 3, 1)), "2024-03-01"),
    ],
)
def test_cells_read_as_people_wrote_them(found: Found, text: str) -> None:
    assert found.text == text


def test_places_are_named_as_excel_names_them() -> None:
    assert (address((0, 0)), address((9, 27))) == ("A1", "AB10")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\0"])
def test_what_is_no_workbook_is_one_readable_message(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "坏.xlsx").write_bytes(content)
    with pytest.raises(RunError) as refused:
        opened(tmp_path / "坏.xlsx")
    assert (refused.value.code, refused.value.where) == ("RUN_FEEDBACK_UNREADABLE", "坏.xlsx")
    assert refused.value.todo


def test_a_stray_cell_that_blows_up_the_used_area_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("甲").write_string(1048575, 16383, "x")
    book.close()
    with pytest.raises(RunError) as refused:
        opened(tmp_path / "a.xlsx")
    assert "XFD1048576" in refused.value.what


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError) as refused:
        opened(tmp_path / "没有.xlsx")
    assert refused.value.code == "RUN_FEEDBACK_UNREADABLE"
