"""A filled form opened: sheets to rows, headings found by their words, nothing interpreted.

The package is looked at before any reader opens it, as for ledgers. Columns may be moved and rows inserted;
a heading that is not known, with something below it, is a finding: nothing is left out in silence.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no stubs

from lawkpi.errors import LedgerError, RubricError
from lawkpi.ledger.departments import fold
from lawkpi.ledger.package import scanned
from lawkpi.ledger.read import column_letters
from lawkpi.workbook.rubric_form.cell import Address, Cell, Row, Wrong
from lawkpi.workbook.rubric_form.draft import Log
from lawkpi.workbook.rubric_form.drawing import HELPER
from lawkpi.workbook.rubric_form.plan import NAME_COLUMNS, NAMES, Column, Plan, sheets_of

HEADING_ROWS = 20
"""How far down a heading row is looked for."""


def opened(path: Path, plan: Plan, log: Log) -> dict[str, list[Row]]:
    """The rows of every sheet of the form; a sheet or a heading that is missing is a finding.

    Raises
    ------
    RubricError RUBRIC_FORM_UNREADABLE : there is no such file, or it is no .xlsx workbook
    """
    book = _book(path)
    found = {sheet.title.strip(): sheet for sheet in book.worksheets}
    tables: dict[str, list[Row]] = {}
    wanted = {**sheets_of(plan), **({NAMES: NAME_COLUMNS} if NAMES in found else {})}
    for name, columns in wanted.items():
        sheet = found.get(name)
        if sheet is None:
            wrong = Wrong("RUBRIC_FORM_SHEET_MISSING", f"缺少工作表“{name}”", name)
            log.add(Address(name, ""), wrong)
            tables[name] = []
        else:
            tables[name] = list(_rows(name, _cells(sheet), columns, log))
    return tables


def _book(path: Path) -> Any:
    """The workbook; whatever the reader raises is one message."""
    try:
        content = path.read_bytes()
    except OSError:
        raise _unreadable(
            path, "找不到或不能打开文件", "检查路径，关闭已打开的同名文件后重试"
        ) from None
    try:
        scanned(path, content)
    except LedgerError as error:
        raise _unreadable(path, error.what, error.todo) from error
    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception:
        todo = "用 Excel 或 WPS 另存为 .xlsx 后重试"
        raise _unreadable(path, "不是可以读取的 .xlsx 工作簿", todo) from None


def _cells(sheet: Any) -> dict[int, dict[int, Cell]]:
    """The cells that hold something, by Excel row and by column from 0."""
    found: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = {at: _cell(one) for at, one in enumerate(row) if one.value not in (None, "")}
        own = {at: one for at, one in cells.items() if not one.is_blank}
        if own:
            found[number] = own
    return found


def _cell(raw: Any) -> Cell:
    is_percent = "%" in str(raw.number_format or "")
    return Cell(raw.value, is_percent=is_percent, is_error=raw.data_type == "e")


def _rows(
    sheet: str, cells: Mapping[int, Mapping[int, Cell]], columns: Sequence[Column], log: Log
) -> Iterator[Row]:
    place, known = _heading(cells, columns)
    letters = {heading: column_letters(number) for heading, number in known.items()}
    read = [one.heading for one in columns if not one.is_made]
    for heading in read:
        if heading not in known:
            wrong = Wrong("RUBRIC_FORM_HEADING_MISSING", f"缺少“{heading}”这一列", heading)
            log.add(Address(sheet, f"第{place}行"), wrong)
    for number, row in cells.items() if known else ():
        if number > place:
            own = {heading: row[at] for heading, at in known.items() if at in row}
            _strays(Address(sheet, str(number)), row, known, cells[place], log)
            if any(heading in own for heading in read):
                yield Row(sheet, number, own, letters)


def _heading(
    cells: Mapping[int, Mapping[int, Cell]], columns: Sequence[Column]
) -> tuple[int, dict[str, int]]:
    """The row that holds most headings, and where each stands."""
    names = {fold(one.heading): one.heading for one in columns}
    best: tuple[int, dict[str, int]] = (1, {})
    for number in range(1, HEADING_ROWS + 1):
        found: dict[str, int] = {}
        for at, cell in cells.get(number, {}).items():
            heading = names.get(fold(cell.found))
            if heading is not None:
                found.setdefault(heading, at)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def _strays(
    row: Address, cells: Mapping[int, Cell], known: Mapping[str, int], heads: Any, log: Log
) -> None:
    """What stands below no heading of the form, or below one that is not known or stands twice."""
    for at, cell in cells.items():
        head = heads[at].found if at in heads else ""
        if at not in known.values() and not head.startswith(HELPER):
            wrong = Wrong(
                "RUBRIC_FORM_COLUMN_EXTRA",
                f"“{head}”不是本表的列，或者写了两次" if head else "此处没有列名",
                "空白；原有列名不要改动",
            )
            log.add(Address(row.sheet, f"{column_letters(at)}{row.cell}"), wrong, cell.found)


def _unreadable(path: Path, what: str, todo: str) -> RubricError:
    return RubricError("RUBRIC_FORM_UNREADABLE", what, where=path.name, todo=todo)
