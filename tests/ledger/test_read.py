from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from lawkpi.errors import LedgerError
from tests.ledger.given import CASES, HEADINGS, cases_book, line, places, read, workbook

CSV = "案号,承办单位,收到日\n1号,城管局,2022-03-01\n"


def refused(*paths: Path, sheet: str | None = None) -> LedgerError:
    with pytest.raises(LedgerError) as caught:
        read(*paths, sheet=sheet)
    return caught.value


def test_headings_under_a_merged_title_are_found_and_rows_keep_their_excel_numbers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "案件.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("案件")
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "甲区2022年案件台账")
    for row, cells in enumerate([HEADINGS, line("1号"), line("2号")], 1):
        sheet.write_row(row, 0, cells)
    book.close()
    ledger, findings = read(path)
    assert findings == []
    assert ledger.frame["row"].to_list() == [3, 4]
    assert set(ledger.frame["file"]) == {"案件.xlsx"}
    assert set(ledger.frame["sheet"]) == {"案件"}


def test_empty_rows_are_skipped_without_a_word(tmp_path: Path) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号"), (None,), (" ", ""), line("2号")))
    assert ledger.frame["row"].to_list() == [2, 5]
    assert findings == []


@pytest.mark.parametrize("word", ["合计", "总计", " 小 计 ", "共计"])
def test_a_row_of_sums_is_not_a_record_and_is_named(tmp_path: Path, word: str) -> None:
    ledger, findings = read(cases_book(tmp_path, line("1号"), (word, "", "", 1)))
    assert len(ledger) == 1
    assert places(findings) == [("LEDGER_TOTAL_ROW", "notice", "案件", "第3行")]


def test_a_hidden_sheet_is_not_read_and_a_person_is_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "案件.xlsx",
        {"案件": [HEADINGS, line("1号")], "底稿": [HEADINGS, line("2号")]},
        hidden=["底稿"],
    )
    ledger, findings = read(path)
    assert ledger.frame["number"].to_list() == ["1号"]
    assert places(findings) == [("LEDGER_SHEET_HIDDEN", "warning", "底稿", "")]


def test_hidden_rows_are_read_and_a_person_is_told(tmp_path: Path) -> None:
    path = tmp_path / "案件.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("案件")
    for row, cells in enumerate([HEADINGS, line("1号"), line("2号"), line("3号")]):
        sheet.write_row(row, 0, cells)
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    ledger, findings = read(path)
    assert len(ledger) == 3
    assert places(findings) == [("LEDGER_ROWS_HIDDEN", "warning", "案件", "第3行起")]


def test_a_column_that_is_not_declared_is_named_and_not_used(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "案件.xlsx", {"案件": [[*HEADINGS, "备注"], [*line("1号"), *[None] * 6, "无"]]}
    )
    ledger, findings = read(path)
    assert places(findings) == [("LEDGER_COLUMN_EXTRA", "notice", "案件", "J1")]
    assert findings[0].found == "备注"
    assert "备注" not in ledger.frame


def test_headings_may_be_aliases_codes_or_spaced_and_in_any_order(tmp_path: Path) -> None:
    heads = ["收 到 日", "责任单位", "number"]
    path = workbook(tmp_path / "案件.xlsx", {"案件": [heads, ["2022-03-01", "城管局", "1号"]]})
    ledger, findings = read(path)
    assert findings == []
    assert ledger.frame["department"].to_list() == ["01"]
    assert ledger.frame["reply_on"].isna().all()


def test_rows_of_several_sheets_and_files_stand_in_one_ledger_with_their_places(
    tmp_path: Path,
) -> None:
    first = workbook(
        tmp_path / "上半年.xlsx",
        {"一季度": [HEADINGS, line("1号")], "二季度": [HEADINGS, line("2号")]},
    )
    second = cases_book(tmp_path, line("3号"), name="下半年.xlsx")
    ledger, findings = read(first, second)
    assert findings == []
    origin = ledger.frame[["number", "file", "sheet", "row"]].to_numpy().tolist()
    assert origin == [
        ["1号", "上半年.xlsx", "一季度", 2],
        ["2号", "上半年.xlsx", "二季度", 2],
        ["3号", "下半年.xlsx", "案件", 2],
    ]


def test_a_sheet_that_is_something_else_is_skipped_and_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "案件.xlsx", {"说明": [["填表说明"], ["一案一行"]], "案件": [HEADINGS, line()]}
    )
    ledger, findings = read(path)
    assert len(ledger) == 1
    assert places(findings) == [("LEDGER_SHEET_SKIPPED", "notice", "说明", "")]


def test_only_the_named_sheet_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "案件.xlsx", {"甲": [HEADINGS, line("1号")], "乙": [HEADINGS, line("2号")]}
    )
    ledger, _ = read(path, sheet="乙")
    assert ledger.frame["number"].to_list() == ["2号"]


def test_a_named_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    error = refused(cases_book(tmp_path, line()), sheet="乙")
    assert (error.code, error.where) == ("LEDGER_SHEET_MISSING", "案件.xlsx")


def test_a_missing_required_column_is_refused_with_its_name_and_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "案件.xlsx", {"案件": [["台账"], ["案号", "承办单位"], ["1号", "城管局"]]}
    )
    error = refused(path)
    assert error.code == "LEDGER_COLUMN_MISSING"
    assert places(error.findings) == [("LEDGER_COLUMN_MISSING", "error", "案件", "第2行（表头）")]
    assert error.findings[0].expected == "收到日"


def test_a_sheet_that_lacks_a_column_is_named_though_another_sheet_is_good(tmp_path: Path) -> None:
    """Half a year of records must not vanish because one heading was deleted."""
    path = workbook(
        tmp_path / "案件.xlsx",
        {"上半年": [HEADINGS, line("1号")], "下半年": [["案号", "承办单位"], ["2号", "城管局"]]},
    )
    ledger, findings = read(path)
    assert len(ledger) == 1
    assert places(findings) == [("LEDGER_COLUMN_MISSING", "error", "下半年", "第1行（表头）")]


def test_an_error_of_a_formula_is_pending_and_not_taken_for_a_blank(tmp_path: Path) -> None:
    path = cases_book(tmp_path, line("1号", "城管局", "2022-03-01", "#N/A"), line("2号"))
    ledger, findings = read(path)
    assert places(findings) == [("LEDGER_CELL_ERROR", "pending", "案件", "D2")]
    assert ledger.unknown_in("reply_on").tolist() == [True, False]


def test_an_error_in_the_second_sheet_is_found_in_the_second_sheet(tmp_path: Path) -> None:
    bad = line("2号", "城管局", "2022-03-01", None, "#N/A")
    path = workbook(tmp_path / "案件.xlsx", {"甲": [HEADINGS, line("1号")], "乙": [HEADINGS, bad]})
    ledger, findings = read(path)
    assert places(findings) == [("LEDGER_CELL_ERROR", "pending", "乙", "E2")]
    assert ledger.unknown_in("evidence_on").tolist() == [False, True]


def test_a_formula_counts_by_its_stored_value(tmp_path: Path) -> None:
    path = tmp_path / "案件.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("案件")
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, line("1号"))
    sheet.write_formula(1, 6, "=3+4", None, 7)
    book.close()
    ledger, findings = read(path)
    assert findings == []
    assert ledger.frame["good"].to_list() == [7]


def test_a_workbook_under_a_wrong_extension_is_read_by_its_content(tmp_path: Path) -> None:
    ledger, findings = read(cases_book(tmp_path, line()).rename(tmp_path / "案件.xls"))
    assert (len(ledger), findings) == (1, [])


def zipped_junk() -> bytes:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CSV.encode(), "Excel"),
        (b"", "Excel"),
        (zipped_junk(), "Excel"),
        (b"PK\x03\x04 torn off", "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Excel"),
        (ENCRYPTED, "加密"),
    ],
    ids=["text", "empty", "another kind of zip", "torn", "broken xls", "encrypted"],
)
def test_what_is_not_a_readable_workbook_is_refused_by_name(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "案件.xlsx"
    path.write_bytes(content)
    error = refused(path)
    assert (error.code, error.where) == ("LEDGER_FILE_UNREADABLE", "案件.xlsx")
    assert said in error.what


@pytest.mark.parametrize("stray", ["XFD1048576", "A1048576"])
def test_a_stray_far_cell_is_refused_by_name_or_read_over_but_never_fatal(
    tmp_path: Path, stray: str
) -> None:
    """The first would ask calamine for hundreds of gigabytes; the second is one long column."""
    path = tmp_path / "案件.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("案件")
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, line())
    sheet.write_string(stray, "x")
    book.close()
    error = refused(path)
    assert error.code == "LEDGER_FILE_UNREADABLE"
    assert stray in error.what


def test_reading_does_not_change_the_file(tmp_path: Path) -> None:
    path = cases_book(tmp_path, line())
    before = path.read_bytes()
    read(path)
    assert path.read_bytes() == before


def test_every_column_of_the_ledger_is_there_though_the_sheet_has_only_required_ones(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"案件": [HEADINGS[:3], line()]})
    ledger, _ = read(path)
    wanted: list[Any] = [*CASES.columns, "row_id", "file", "sheet", "row"]
    assert list(ledger.frame.columns) == wanted
