"""File and sheet names are safe, stable and unique."""

import pytest

from lawkpi.ledger import Department
from lawkpi.workbook.names import MOST_BYTES, department_file_name, safe_file_name, sheet_names


def department(name: str, code: str = "007") -> Department:
    return Department(code=code, name=name, short=name[:4], group="one")


def test_a_department_file_is_its_code_and_name() -> None:
    assert department_file_name(department("城市管理局"), ".xlsx") == "007-城市管理局.xlsx"


def test_a_code_keeps_its_zeros() -> None:
    assert department_file_name(department("局", "007"), ".ipynb") == "007-局.ipynb"


@pytest.mark.parametrize("bad", list('\\/:*?"<>|\x00\x1f\n'))
def test_characters_that_file_systems_refuse_are_replaced(bad: str) -> None:
    assert department_file_name(department(f"甲{bad}乙"), ".xlsx") == "007-甲_乙.xlsx"


def test_full_width_characters_are_unified_before_they_are_judged() -> None:
    assert safe_file_name("００７－甲／乙", ".xlsx") == "007-甲_乙.xlsx"


def test_nothing_climbs_out_of_the_folder() -> None:
    assert "/" not in safe_file_name("../../etc/passwd", ".xlsx")
    assert not safe_file_name("..", ".xlsx").startswith(".")


@pytest.mark.parametrize("name", ["con", "NUL", "com1.x"])
def test_reserved_names_are_not_used(name: str) -> None:
    assert safe_file_name(name, ".xlsx").startswith("_")


def test_long_names_are_cut_by_bytes_and_stay_different() -> None:
    one, two = (department_file_name(department("局" * 200 + end), ".xlsx") for end in "甲乙")
    assert len(one.encode()) <= MOST_BYTES
    assert one != two
    assert one.endswith(".xlsx")


def test_sheet_names_lose_what_excel_refuses() -> None:
    assert sheet_names(["甲[1]:*?/\\乙", "'引号'"]) == ["甲_1______乙", "引号"]


def test_sheet_names_that_are_cut_do_not_collide() -> None:
    long = "很长的台账名称" * 6
    names = sheet_names([long + "甲", long + "乙", long.upper()])
    assert len({name.casefold() for name in names}) == 3
    assert max(map(len, names)) <= 31


def test_a_ledger_never_takes_the_name_of_a_paper() -> None:
    assert sheet_names(["封面"], taken=["封面"]) == ["封面（2）"]
    assert sheet_names(["History"]) == ["History（2）"]
