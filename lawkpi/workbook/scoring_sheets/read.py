"""A returned workbook read: its rows with their addresses, what was left alone, what must not have changed.

The package is looked at before any reader opens it, as for ledgers; nothing is interpreted here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no stubs

from lawkpi.errors import Finding, LedgerError, Severity, WorkbookError
from lawkpi.ledger.package import scanned
from lawkpi.ledger.read import ERROR_MARK, column_letters
from lawkpi.workbook.scoring_sheets.columns import ADJUSTING, COLUMNS, COPY, FIRST, JUDGING, Column
from lawkpi.workbook.scoring_sheets.copy import LEADING, Identity, read_identity
from lawkpi.workbook.scoring_sheets.plan import Bound
from lawkpi.workbook.scoring_sheets.records import Key, plain

Cells = Mapping[tuple[int, int], Any]
"""Cells of a sheet that hold something, by Excel row and column from 0."""


@dataclass(frozen=True)
class ReturnedRow:
    """One row of a returned sheet: its open cells as they are, and as they were written.

    `least` and `most` are as in the plan; `letters` the column of each field.
    """

    file: str
    sheet: str
    number: int
    key: Key
    least: Bound
    most: Bound
    given: Mapping[str, Any]
    written: Mapping[str, str]
    letters: Mapping[str, str]

    @property
    def is_untouched(self) -> bool:
        """Whether the office left the row alone."""
        return all(plain(self.given[name]) == text for name, text in self.written.items())

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the open cells."""
        return all(not plain(value) for value in self.given.values())

    def cell(self, name: str) -> str:
        """The address of a field."""
        return f"{self.letters[name]}{self.number}"

    def finding(self, code: str, name: str, what: str, **more: str) -> Finding:
        """A fault of one of its cells."""
        return Finding(
            code=code,
            severity=Severity.ERROR,
            what=what,
            file=self.file,
            sheet=self.sheet,
            cell=self.cell(name),
            department=self.key.department,
            **({"found": plain(self.given[name]), "todo": "在底稿中更正后重新读回"} | more),
        )


@dataclass(frozen=True)
class Returned:
    """One returned workbook."""

    file: str
    identity: Identity
    rows: tuple[ReturnedRow, ...]
    findings: list[Finding] = field(default_factory=list)


def read_scoring(path: Path) -> Returned:
    """The rows of a returned workbook; closed cells that were changed are findings.

    Raises
    ------
    WorkbookError SCORING_FILE_UNREADABLE : there is no such file, or it is no .xlsx workbook
    WorkbookError SCORING_FILE_FOREIGN : it is no scoring sheet of this program
    """
    values, formulas = _books(path)
    copy = _copy(path, values)
    identity = read_identity(copy)
    if identity is None:
        raise _foreign(path)
    findings: list[Finding] = []
    kept = copy[1 + len(Identity.__dataclass_fields__) :]
    rows: list[ReturnedRow] = []
    for name in (ADJUSTING, JUDGING):
        if name not in values.sheetnames or name not in formulas.sheetnames:
            raise _foreign(path)
        own = [row for row in kept if str(row[0]) == name]
        sheet = _Sheet(path.name, name, _cells(values[name]), _cells(formulas[name]), findings)
        rows += sheet.rows(own)
    return Returned(path.name, identity, tuple(rows), findings)


@dataclass(frozen=True)
class _Sheet:
    """One sheet as it came back: its values, and its formulas."""

    file: str
    name: str
    values: Cells
    formulas: Cells
    findings: list[Finding]

    def rows(self, kept: Sequence[Sequence[Any]]) -> Iterator[ReturnedRow]:
        """The rows that were written, and findings of what else stands there."""
        numbers = [int(row[1]) for row in kept]
        for row in kept:
            yield from self._row(row)
        self._strays(set(numbers), min(numbers, default=FIRST + 1))

    def _row(self, kept: Sequence[Any]) -> Iterator[ReturnedRow]:
        number, key = int(kept[1]), Key.of(str(kept[2] or ""))
        texts = [str(one or "") for one in kept[LEADING : LEADING + len(COLUMNS[self.name])]]
        texts += [""] * (len(COLUMNS[self.name]) - len(texts))
        columns = list(enumerate(zip(COLUMNS[self.name], texts, strict=True)))
        for place, (column, text) in columns:
            if key is None or not column.field:
                self._closed(number, place, column, text)
        if key is None:
            return
        fields = {one.field: place for place, (one, _) in columns if one.field}
        self._no_formulas(number, fields)
        yield ReturnedRow(
            file=self.file,
            sheet=self.name,
            number=number,
            key=key,
            least=_bound(kept[3]),
            most=_bound(kept[4]),
            given={name: self._value(number, place) for name, place in fields.items()},
            written={one.field: text for _, (one, text) in columns if one.field},
            letters={name: column_letters(place) for name, place in fields.items()},
        )

    def _value(self, number: int, place: int) -> Any:
        value = self.values.get((number, place))
        is_error = (
            isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A"))
        )
        return ERROR_MARK if is_error else value

    def _closed(self, number: int, place: int, column: Column, text: str) -> None:
        """A closed cell holds what was written; a live one is still a formula."""
        if column.is_live:
            own = self.formulas.get((number, place))
            wrong = own is not None and isinstance(own, int | float)
            expected = "公式" if wrong else ""
        else:
            wrong = plain(self.values.get((number, place))) != text
            expected = text or "空白"
        if wrong:
            found = plain(self.values.get((number, place)))
            what = f"受保护的“{column.heading}”被改动"
            self._note(
                "SCORING_CELL_PROTECTED", f"{column_letters(place)}{number}", what, found, expected
            )

    def _no_formulas(self, number: int, fields: Mapping[str, int]) -> None:
        for place in fields.values():
            text = self.formulas.get((number, place))
            if (
                isinstance(text, str)
                and text.startswith("=")
                and text != self.values.get((number, place))
            ):
                cell = f"{column_letters(place)}{number}"
                self._note(
                    "SCORING_CELL_FORMULA", cell, "填写的是公式", text, "直接填写数字、日期或文字"
                )

    def _strays(self, known: set[int], first: int) -> None:
        """Figures in rows that were not written."""
        opened = [place for place, one in enumerate(COLUMNS[self.name]) if one.field == "points"]
        for (number, place), value in self.values.items():
            is_new = number >= first and number not in known and place in opened
            if is_new and isinstance(value, int | float):
                cell = f"{column_letters(place)}{number}"
                what = "此行不是底稿原有的行，没有读取"
                self._note("SCORING_ROW_UNKNOWN", cell, what, plain(value), "不增加行")

    def _note(self, code: str, cell: str, what: str, found: str, expected: str) -> None:
        self.findings.append(
            Finding(
                code=code,
                severity=Severity.ERROR,
                what=what,
                file=self.file,
                sheet=self.name,
                cell=cell,
                found=found,
                expected=expected,
                todo="恢复原样，或重新写出底稿后填写",
            )
        )


def _bound(text: Any) -> Bound:
    return Decimal(str(text)) if text not in (None, "") else None


def _cells(sheet: Any) -> Cells:
    return {
        (number, place): cell.value
        for number, row in enumerate(sheet.iter_rows(), 1)
        for place, cell in enumerate(row)
        if cell.value is not None
    }


def _copy(path: Path, book: Any) -> list[list[Any]]:
    if COPY not in book.sheetnames:
        raise _foreign(path)
    width = LEADING + max(len(one) for one in COLUMNS.values())
    rows = [list(row)[:width] for row in book[COPY].iter_rows(values_only=True)]
    return [row + [None] * (width - len(row)) for row in rows]


def _books(path: Path) -> tuple[Any, Any]:
    """The workbook by values and by formulas; whatever the reader raises is one message."""
    try:
        content = path.read_bytes()
        scanned(path, content)
        values, formulas = (
            openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=only)
            for only in (True, False)
        )
    except OSError:
        raise _unreadable(path, "找不到或不能打开文件") from None
    except LedgerError as error:
        raise _unreadable(path, error.what) from error
    except Exception:
        raise _unreadable(path, "不是可以读取的 .xlsx 工作簿") from None
    return values, formulas


def _unreadable(path: Path, what: str) -> WorkbookError:
    todo = "检查路径，关闭已打开的同名文件；用 Excel 或 WPS 另存为 .xlsx 后重试"
    return WorkbookError("SCORING_FILE_UNREADABLE", what, where=path.name, todo=todo)


def _foreign(path: Path) -> WorkbookError:
    return WorkbookError(
        "SCORING_FILE_FOREIGN",
        "不是 lawkpi 写出的评分底稿",
        where=path.name,
        expected="lawkpi run 写在 scoring/ 中的工作簿，工作表齐全",
        todo="用写出的底稿填写，不要复制到别的工作簿",
    )
