from __future__ import annotations

from pathlib import Path

from lawkpi.ledger.table import empty_ledger, missing_file
from tests.ledger.given import CASES, cases_book, line, places, read


def test_the_same_case_twice_for_one_department_is_an_error_that_names_both_places(
    tmp_path: Path,
) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号"), line("2号"), line("1号")))
    assert places(findings) == [("LEDGER_ROW_REPEATED", "error", "案件", "第4行")]
    assert "第2行" in findings[0].expected
    assert len(ledger) == 3


def test_a_case_is_the_same_case_with_half_width_brackets_and_the_department_s_alias(
    tmp_path: Path,
) -> None:
    path = cases_book(
        tmp_path, line("（2022）甲01行初1号", "城管局"), line("(2022) 甲01行初1号", "城市管理局")
    )
    _, findings = read(path)
    assert places(findings) == [("LEDGER_ROW_REPEATED", "error", "案件", "第3行")]


def test_one_case_of_two_departments_is_two_records(tmp_path: Path) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号", "城管局"), line("1号", "市监局")))
    assert findings == []
    assert ledger.frame["row_id"].to_list() == ["cases/1号|01", "cases/1号|02"]


def test_a_case_repeated_in_another_file_is_found(tmp_path: Path) -> None:
    first = cases_book(tmp_path, line("1号"), name="一.xlsx")
    second = cases_book(tmp_path, line("1号"), name="二.xlsx")
    _, findings = read(first, second)
    assert [(one.code, one.file, one.cell) for one in findings] == [
        ("LEDGER_ROW_REPEATED", "二.xlsx", "第2行")
    ]
    assert "一.xlsx" in findings[0].expected


def test_a_record_s_id_does_not_depend_on_where_its_row_stands(tmp_path: Path) -> None:
    first, _ = read(cases_book(tmp_path, line("1号"), line("2号")))
    second, _ = read(cases_book(tmp_path, line("2号"), line("1号")))
    assert set(first.frame["row_id"]) == set(second.frame["row_id"])


def test_without_key_or_department_a_row_cannot_be_placed_and_scoring_must_wait(
    tmp_path: Path,
) -> None:
    _, findings = read(cases_book(tmp_path, line("", "城管局"), line("2号", "")))
    assert places(findings) == [
        ("LEDGER_CELL_MISSING", "error", "案件", "A2"),
        ("LEDGER_CELL_MISSING", "error", "案件", "B3"),
    ]


def test_another_required_cell_left_empty_is_pending_for_that_row_only(tmp_path: Path) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号", "城管局", None), line("2号")))
    assert places(findings) == [("LEDGER_CELL_MISSING", "pending", "案件", "C2")]
    assert ledger.unknown_in("served_on").tolist() == [True, False]


def test_an_optional_cell_left_empty_is_known_to_be_empty(tmp_path: Path) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号")))
    assert findings == []
    assert not ledger.unknown_in("reply_on").any()


def test_an_unreadable_cell_keeps_its_row_and_says_what_stands_there(tmp_path: Path) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号", "城管局", "2022年3月"), line("2号")))
    assert places(findings) == [("LEDGER_DATE_UNREADABLE", "pending", "案件", "C2")]
    assert findings[0].found == "2022年3月"
    assert ledger.frame["number"].to_list() == ["1号", "2号"]
    assert ledger.unknown_in("served_on").tolist() == [True, False]


def test_an_unknown_department_is_an_error_with_its_cell(tmp_path: Path) -> None:
    _, findings = read(cases_book(tmp_path, line("1号", "城管分局")))
    assert places(findings) == [("LEDGER_DEPARTMENT_UNKNOWN", "error", "案件", "B2")]
    assert "甲区城管局" in findings[0].expected


def test_every_fault_of_a_ledger_is_found_at_once(tmp_path: Path) -> None:
    path = cases_book(
        tmp_path,
        line("1号", "?", "?", "?"),
        line("2号", "城管局", 44625, None, None, None, 1.5),
    )
    _, findings = read(path)
    assert [(one.code, one.cell) for one in findings] == [
        ("LEDGER_DEPARTMENT_UNKNOWN", "B2"),
        ("LEDGER_DATE_UNREADABLE", "C2"),
        ("LEDGER_DATE_UNREADABLE", "D2"),
        ("LEDGER_DATE_SERIAL", "C3"),
        ("LEDGER_NUMBER_UNREADABLE", "G3"),
    ]


def test_columns_are_added_to_a_new_ledger_and_not_in_place(tmp_path: Path) -> None:
    ledger, _ = read(cases_book(tmp_path, line("1号")))
    wider = ledger.with_columns({"more": ["x"]}, {})
    assert "more" not in ledger.frame
    assert list(wider.frame.columns)[-5:] == ["more", "row_id", "file", "sheet", "row"]


def test_an_empty_ledger_has_the_columns_and_types_of_a_read_one(tmp_path: Path) -> None:
    ledger, _ = read(cases_book(tmp_path, line("1号")))
    assert empty_ledger(CASES).frame.dtypes.to_dict() == ledger.frame.dtypes.to_dict()


def test_a_ledger_without_a_file_is_refused_with_the_patterns_searched() -> None:
    error = missing_file(CASES, ["ledgers/案件*.xlsx"])
    assert (error.code, error.where) == ("LEDGER_FILE_MISSING", "ledgers/案件*.xlsx")
