"""Submitted records are found by their key in any spelling, and their cells compared as they are read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import Finding
from lawkpi.ledger import CellReader, read_tables
from lawkpi.ledger.submitted import Submitted, column_named, is_same, key_parts, record_id
from tests.ledger.given import CASES, REGISTER, cases_book, line

READERS = {name: CellReader(column, REGISTER) for name, column in CASES.columns.items()}


def submitted(folder: Path, *lines: Any) -> Submitted:
    findings: list[Finding] = []
    tables = read_tables(cases_book(folder, *lines), CASES, sheet=None, findings=findings)
    return Submitted(tables, READERS, CASES, REGISTER)


@pytest.mark.parametrize(
    ("column", "raw", "text", "same"),
    [
        ("served_on", dt.date(2022, 3, 7), "2022年3月7日", True),
        ("served_on", "2022/3/7", "20220307", True),
        ("served_on", 44627, "2022-03-07", True),
        ("served_on", dt.date(2022, 3, 7), "2022-03-08", False),
        ("served_on", None, "", True),
        ("served_on", "  ", "", True),
        ("served_on", None, "2022-03-07", False),
        ("served_on", dt.date(2022, 3, 7), "", False),
        ("served_on", "三月 七日", "三月七日", True),
        ("served_on", "三月七日", "三月八日", False),
        ("served_on", "三月七日", "", False),
        ("department", "城管局", "城市管理局", True),
        ("department", "城管局", "01", True),
        ("department", "城管局", "市监局", False),
        ("department", "城管分局", "城管分局", True),
        ("good", 12.0, "12", True),
        ("good", "１２", "12", True),
        ("hours", 1.5, "1.50", True),
        ("hours", 1.5, "1.4", False),
        ("number", "（2022）甲 1号", "(2022)甲1号", True),
    ],
)
def test_a_cell_is_compared_as_the_reader_reads_it(
    column: str, raw: Any, text: str, same: bool
) -> None:
    assert is_same(READERS[column], raw, text) is same


def test_records_are_found_by_key_and_by_the_row_that_is_named(tmp_path: Path) -> None:
    rows = submitted(tmp_path, line("1号"), line("2号"), line("1号", "城市管理局"))
    assert rows.found("1号|甲区城管局", "", None) == [0, 2]
    assert rows.found("1号|城管局", "", 4) == [2]
    assert rows.found("1号|城管局", "案件.xlsx", None) == [0, 2]
    assert rows.found("1号|城管局", "别的.xlsx", None) == []
    assert rows.found("1号", "", None) == []


def test_a_record_without_readable_key_is_found_as_it_stands(tmp_path: Path) -> None:
    rows = submitted(tmp_path, line("1号", "城管分局"), line("", "城管局"))
    assert rows.found("1号|城管分局", "", None) == [0]
    assert rows.found("|城管局", "", None) == [1]


def test_cells_are_said_as_officials_read_them(tmp_path: Path) -> None:
    rows = submitted(tmp_path, line("1号", "城管局", dt.date(2022, 3, 7)))
    raw = rows.records[0].raw
    assert [rows.shown(name, raw[name]) for name in ("department", "served_on", "reply_on")] == [
        "甲区城管局", "2022-03-07", "",
    ]  # fmt: skip
    assert rows.shown("hours", 2) == "2.0"
    assert rows.shown("served_on", "三月") == "三月"
    assert rows.text(raw) == "1号|甲区城管局"


def test_a_key_of_one_column_may_hold_the_sign_that_joins_others() -> None:
    one = CASES.model_copy(update={"key": ("number",)})
    assert key_parts(one, "甲|乙") == ["甲|乙"]
    assert key_parts(CASES, "甲|乙") == ["甲", "乙"]
    assert key_parts(CASES, "甲") is None
    assert record_id(one, {"number": "甲 1"}) == "cases/甲1"
    assert record_id(CASES, {"number": "1号", "department": None}) == "cases/1号|"


def test_a_column_has_its_id_its_title_and_its_other_headings() -> None:
    assert {column_named(CASES, text) for text in ("department", "承办单位", "责任 单位")} == {
        "department"
    }
    assert column_named(CASES, "时限状态") is None
