"""The pen: text as text, checked writes, pages with their marks."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from lawkpi.errors import WorkbookError
from lawkpi.workbook.book import Book, Imprint, serial
from lawkpi.workbook.formula import ROW
from tests.workbook.reading import formulas, parts, stored

DAY = dt.date(2023, 1, 31)


def imprint(*, illustrative: bool = True) -> Imprint:
    return Imprint("题目", "初评", DAY, illustrative)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.b", "'x"])
def test_text_arrives_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        book.sheet("甲").text(0, 0, text, "cell")
    cell = openpyxl.load_workbook(path)["甲"]["A1"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_the_same_sheet_is_given_again(tmp_path: Path) -> None:
    with Book(tmp_path / "w.xlsx", imprint()) as book:
        assert book.sheet("甲") is book.sheet("甲")


def test_a_formula_carries_its_stored_value(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        book.sheet("甲").formula(0, 0, "SUM(1,2)", 3, "cell")
    assert stored(path) == {("甲", "A1"): 3}
    assert formulas(path) == {("甲", "A1"): "=SUM(1,2)"}


def test_pages_carry_stage_marks_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        sheet = book.sheet("甲", landscape=True)
        sheet.row(0, ("一", "二"), "head")
        sheet.finish(head=(0, 0))
    page = openpyxl.load_workbook(path)["甲"]
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.oddFooter.center.text == "第&P页 共&N页"
    assert page.oddHeader.center.text == "【初评】"
    assert page.oddHeader.right.text == "示例数据，非真实考核结果"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.fitToHeight == 0


def test_the_file_is_dated_by_the_assessment_not_by_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        book.sheet("甲")
    assert "2023-01-31T00:00:00Z" in parts(path)["docProps/core.xml"]


def code_of(tmp_path: Path, write: str, *given: object) -> str:
    with pytest.raises(WorkbookError) as refused, Book(tmp_path / "w.xlsx", imprint()) as book:
        getattr(book.sheet("甲"), write)(*given)
    assert "w.xlsx“甲”" in refused.value.where
    return refused.value.code


def test_too_long_text_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, "text", 2, 1, "长" * 32768) == "WORKBOOK_TEXT_TOO_LONG"


def test_a_cell_beyond_the_sheet_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, "number", 1048576, 0, 1) == "WORKBOOK_CELL_REFUSED"


def test_a_function_beyond_the_list_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, "formula", 0, 0, "RAND()", 1) == "WORKBOOK_FUNCTION_UNKNOWN"


def test_a_too_long_formula_is_refused(tmp_path: Path) -> None:
    long = "+".join(["A1"] * 3000)
    assert code_of(tmp_path, "formula", 0, 0, long, 1) == "WORKBOOK_FORMULA_TOO_LONG"


def test_a_failing_writer_leaves_no_file(tmp_path: Path) -> None:
    code_of(tmp_path, "text", 0, 0, "长" * 32768)
    assert not (tmp_path / "w.xlsx").exists()


COLUMN = [("文字", "一"), ("等号", "=1+1"), ("空", None), ("空文字", ""), ("数", 2.5), ("零", 0)]


def test_a_column_takes_each_cell_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        cells = [one for _, one in COLUMN]
        book.sheet("甲").column(
            2, 1, [*cells, dt.date(2022, 3, 1)], [("cell",)] * 6 + [("cell", "day")]
        )
    column = [row[1] for row in openpyxl.load_workbook(path)["甲"].iter_rows(min_row=3)]
    assert [one.value for one in column[:6]] == ["一", "=1+1", None, None, 2.5, 0]
    assert [one.data_type for one in column[:2]] == ["s", "s"]
    assert column[6].value == dt.datetime(2022, 3, 1)


def test_a_formula_is_repeated_with_each_row_s_own_number(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    with Book(path, imprint()) as book:
        book.sheet("甲").repeated(2, f"$A{ROW}+$B{ROW}", {3: 7, 5: 8}, "cell")
        book.sheet("甲").repeated(3, "RAND()", {}, "cell")
    assert formulas(path) == {("甲", "C4"): "=$A4+$B4", ("甲", "C6"): "=$A6+$B6"}
    assert stored(path) == {("甲", "C4"): 7, ("甲", "C6"): 8}


def test_a_repeated_formula_is_refused_like_any_other(tmp_path: Path) -> None:
    cells = {0: 1, 1: 2}
    assert code_of(tmp_path, "repeated", 0, "RAND()", cells) == "WORKBOOK_FUNCTION_UNKNOWN"
    long = "+".join([f"A{ROW}"] * 3000)
    assert code_of(tmp_path, "repeated", 0, long, cells) == "WORKBOOK_FORMULA_TOO_LONG"


def test_cells_without_a_style_each_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"), Book(tmp_path / "w.xlsx", imprint()) as book:
        book.sheet("甲").column(0, 0, ["一", "二"], [("cell",)])


def test_styles_that_come_to_the_same_are_one_format(tmp_path: Path) -> None:
    with Book(tmp_path / "w.xlsx", imprint()) as book:
        assert book.format("cell", "center") is book.format("center", "cell", "center")
        assert book.format("cell") is not book.format("head")


DAYS = [(dt.date(1900, 3, 1), 61), (dt.date(2022, 3, 1), 44621), (dt.date(2000, 2, 29), 36585)]


@pytest.mark.parametrize(("day", "number"), DAYS)
def test_days_are_counted_as_spreadsheets_count_them(day: dt.date, number: int) -> None:
    assert serial(day) == number
