"""A returned workbook opened: every cell that holds something, its value and its formula, nothing more.

The package is looked at before any reader opens it, as for ledgers; formulas are never computed.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]  # it has no stubs

from lawkpi.errors import LedgerError, RunError
from lawkpi.ledger.package import scanned
from lawkpi.ledger.read import column_letters

Value = str | int | float | bool | dt.date | None
Place = tuple[int, int]
"""Row and column from 0."""


@dataclass(frozen=True)
class Found:
    """The content of a cell: its stored value, and its formula where it has one."""

    value: Value = None
    formula: str = ""

    @property
    def text(self) -> str:
        """The content as text; a formula as it was typed."""
        if self.formula:
            return self.formula.strip()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else str(self.value).strip()


NOTHING = Found()
Cells = dict[Place, Found]
Sheets = dict[str, Cells]


def address(place: Place) -> str:
    """A place as Excel names it."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def opened(path: Path) -> Sheets:
    """The filled cells of every sheet, by its name.

    Raises
    ------
    RunError RUN_FEEDBACK_UNREADABLE : it cannot be opened, or is no .xlsx workbook
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise unreadable(path, "不能打开文件", "关闭已打开的同名文件后重试") from None
    try:
        scanned(path, content)
    except LedgerError as error:
        raise unreadable(path, error.what, error.todo) from error
    try:
        return _sheets(content)
    except Exception:
        todo = "请单位用 Excel 或 WPS 另存为 .xlsx 后重报"
        raise unreadable(path, "不是可以读取的 .xlsx 工作簿", todo) from None


def _sheets(content: bytes) -> Sheets:
    values, formulas = (
        openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=is_stored, keep_links=False
        )
        for is_stored in (True, False)
    )
    return {sheet.title: _cells(sheet, formulas[sheet.title]) for sheet in values.worksheets}


def _cells(stored: Any, typed: Any) -> Cells:
    found: Cells = {}
    for row, pair in enumerate(zip(stored.iter_rows(), typed.iter_rows(), strict=True)):
        for column, (one, other) in enumerate(zip(*pair, strict=True)):
            if other.value not in (None, ""):
                found[row, column] = Found(_plain(one.value), _formula(other))
    return found


def _plain(raw: Any) -> Value:
    """Days without their midnight, lines ended one way, empty text as nothing."""
    if isinstance(raw, dt.datetime):
        return raw.date() if raw.time() == dt.time() else raw
    if isinstance(raw, str):
        return unescape(raw).replace("\r\n", "\n") or None
    if raw is None or isinstance(raw, int | float | dt.date):
        return raw
    return str(raw)


def _formula(cell: Any) -> str:
    if cell.data_type != "f":
        return ""
    return str(getattr(cell.value, "text", None) or cell.value)


def unreadable(path: Path, what: str, todo: str) -> RunError:
    """The refusal of a file that cannot be opened."""
    return RunError("RUN_FEEDBACK_UNREADABLE", what, where=path.name, todo=todo)
