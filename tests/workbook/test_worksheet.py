"""The shorter way for cells gives the bytes of the library's own."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from lawkpi.workbook.worksheet import PlainWorksheet

Cell = tuple[str, tuple[Any, ...]]
"""A method of a worksheet, and what it is given."""


def sheet_xml(kind: type[Worksheet], cells: dict[tuple[int, int], Cell], *, styled: bool) -> bytes:
    """The part of a sheet that holds cells at places."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("甲", kind)
        formats = [book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})]
        for (row, column), (method, given_) in cells.items():
            style = formats[(row + column) % 2] if styled else None
            value, *stored = given_
            getattr(sheet, method)(row, column, value, style, *stored)
    return zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")


STORED: list[Any] = [
    0,
    7,
    -3,
    2.5,
    0.1 + 0.2,
    1e21,
    "",
    "是",
    "<a>&\"'",
    "#N/A",
    "#另注",
    True,
    False,
]
CELLS: list[Cell] = [
    *(("write_formula", ('=IF(A1<B1,"甲&乙",">")', stored)) for stored in STORED),
    *(
        ("write_number", (number,))
        for number in (0, -1, 1.5, 0.1 + 0.2, 1e-9, 12345678901234567890)
    ),
    *(("write_string", (text,)) for text in ("甲", "=1+1", " 空 ", "<b>", "x\x01y", "_x0001_")),
    ("write_blank", (None,)),
    ("write_boolean", (True,)),
]


@pytest.mark.parametrize("styled", [True, False], ids=["styled", "bare"])
@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_each_kind_of_cell_is_written_as_the_library_writes_it(cell: Cell, *, styled: bool) -> None:
    cells = {(3, 2): cell}
    own = sheet_xml(PlainWorksheet, cells, styled=styled)
    assert own == sheet_xml(Worksheet, cells, styled=styled)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 70), st.integers(0, 30)), st.sampled_from(CELLS), max_size=60
    )
)
def test_any_sheet_is_written_as_the_library_writes_it(cells: dict[tuple[int, int], Cell]) -> None:
    """The spans of rows, which hang on all cells of sixteen rows, included."""
    own = sheet_xml(PlainWorksheet, cells, styled=True)
    assert own == sheet_xml(Worksheet, cells, styled=True)


@pytest.mark.parametrize("place", [(-1, 0), (0, -1), (1_048_576, 0), (0, 16_384)])
def test_a_formula_beyond_the_sheet_is_not_taken(place: tuple[int, int]) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        sheet = book.add_worksheet("甲", PlainWorksheet)
        assert sheet._write_formula(*place, "=1", None, 1) == -1


def test_a_formula_is_taken_as_it_stands() -> None:
    """The library would put a prefix before a function that it takes for a newer one."""
    xml = sheet_xml(
        PlainWorksheet, {(0, 0): ("write_formula", ("=IFERROR(IFNA(1,2),3)", 1))}, styled=True
    )
    assert b"<f>IFERROR(IFNA(1,2),3)</f>" in xml
