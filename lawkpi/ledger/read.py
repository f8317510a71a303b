"""Reading workbooks: sheets as raw cells, with the heading row found and nothing interpreted.

Workbooks are opened as byte streams with calamine after a look at their package (`package`), so that
an error cell is never taken for a blank and a stray cell does not end the process.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from lawkpi.errors import Finding, LedgerError, Severity
from lawkpi.ledger.departments import fold
from lawkpi.ledger.package import SheetScan, scanned, unreadable
from lawkpi.ledger.schema import Schema

T = TypeVar("T")

HEADING_ROWS = 20
"""How far down a heading row is looked for."""
ERROR_MARK = "#错误"
TOTAL_WORDS = ("合计", "总计", "小计", "共计")


@dataclass(frozen=True)
class RawTable:
    """One sheet: its headings, its rows as read, and where they stand.

    `columns` maps a declared column to its place in a row; `rows` are pairs of Excel row number
    and cells.
    """

    file: str
    sheet: str
    columns: dict[str, int]
    rows: list[tuple[int, list[Any]]]


def read_tables(
    path: Path, schema: Schema, *, sheet: str | None, findings: list[Finding]
) -> list[RawTable]:
    """The sheets of a workbook that carry a ledger.

    Only the named sheet, or every visible sheet that has the ledger's headings.

    Raises
    ------
    LedgerError LEDGER_FILE_UNREADABLE : not a workbook, encrypted, or beyond the size limits
    LedgerError LEDGER_COLUMN_MISSING : no sheet carries the required headings
    """
    content = path.read_bytes()
    scans = scanned(path, content)
    tables: list[RawTable] = []
    lacking: list[Finding] = []
    for name, cells in _sheets(path, content, sheet, findings):
        scan = scans.get(name, SheetScan())
        _mark_errors(cells, scan.errors)
        table = _table(path, name, cells, schema, findings=findings, lacking=lacking)
        if table:
            tables.append(table)
            findings.extend(_hidden_rows(table, scan))
    if not tables:
        raise _no_table(path, schema, sheet, lacking)
    findings.extend(lacking)
    return tables


def _sheets(
    path: Path, content: bytes, sheet: str | None, findings: list[Finding]
) -> Iterator[tuple[str, list[list[Any]]]]:
    """Name and cells of every visible sheet, or of the named one."""
    workbook = _guarded(path, lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    for place, meta in enumerate(workbook.sheets_metadata):
        if sheet is not None and meta.name != sheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            findings.append(_hidden(path, meta.name))
            continue
        read = partial(workbook.get_sheet_by_index, place)
        yield meta.name, _guarded(path, lambda: read().to_python(skip_empty_area=False))  # noqa: B023 - called at once


def _guarded(path: Path, read: Callable[[], T]) -> T:
    """What calamine reads; whatever it raises, panics of its Rust core included, is one message."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        raise unreadable(
            path, "不是可以读取的 Excel 文件", "用 Excel 或 WPS 另存为 .xlsx 后重报"
        ) from None


def _mark_errors(cells: list[list[Any]], places: Sequence[tuple[int, int]]) -> None:
    for row, column in places:
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = ERROR_MARK


def _table(
    path: Path,
    sheet: str,
    cells: list[list[Any]],
    schema: Schema,
    *,
    findings: list[Finding],
    lacking: list[Finding],
) -> RawTable | None:
    place, columns = _heading(cells, schema)
    required = [name for name, column in schema.columns.items() if column.required]
    absent = [name for name in required if name not in columns]
    if absent and len(columns) < len(absent):
        findings.append(_skipped(path, sheet))
        return None
    if absent:
        lacking.extend(_lacking(path, sheet, place, schema, absent))
        return None
    known = set(columns.values())
    for number, heading in enumerate(cells[place]):
        if str(heading).strip() and number not in known:
            findings.append(_extra(path, sheet, place, number, str(heading)))
    rows = [
        (place + 2 + offset, list(row))
        for offset, row in enumerate(cells[place + 1 :])
        if any(_filled(cell) for cell in row)
    ]
    return RawTable(path.name, sheet, columns, _without_totals(rows, path, sheet, findings))


def _heading(cells: list[list[Any]], schema: Schema) -> tuple[int, dict[str, int]]:
    """The row that holds most declared headings, and where each stands."""
    names = {
        fold(text): name
        for name, column in schema.columns.items()
        for text in (name, *column.aliases, column.title)
    }
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(cells[:HEADING_ROWS]):
        found: dict[str, int] = {}
        for number, cell in enumerate(row):
            name = names.get(fold(str(cell)))
            if name is not None:
                found.setdefault(name, number)
        if len(found) > len(best[1]):
            best = (place, found)
    return best


def _without_totals(
    rows: list[tuple[int, list[Any]]], path: Path, sheet: str, findings: list[Finding]
) -> list[tuple[int, list[Any]]]:
    kept = []
    for number, row in rows:
        first = next((str(cell).strip() for cell in row if _filled(cell)), "")
        if fold(first) in TOTAL_WORDS:
            findings.append(
                Finding(
                    code="LEDGER_TOTAL_ROW",
                    severity=Severity.NOTICE,
                    what="合计行未计入",
                    file=path.name,
                    sheet=sheet,
                    cell=f"第{number}行",
                    found=first,
                )
            )
        else:
            kept.append((number, row))
    return kept


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def column_letters(number: int) -> str:
    """The letters of a column counted from zero."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _no_table(path: Path, schema: Schema, sheet: str | None, lacking: list[Finding]) -> LedgerError:
    if sheet is not None and not lacking:
        return LedgerError(
            "LEDGER_SHEET_MISSING",
            f"没有名为“{sheet}”的工作表",
            where=path.name,
            todo="检查 assessment.yaml 中的 sheet 或工作表名称",
        )
    return LedgerError(
        "LEDGER_COLUMN_MISSING",
        f"没有一张工作表具备《{schema.title}》的必填列",
        where=path.name,
        todo="按模板补齐表头后重报",
        findings=lacking,
    )


def _lacking(path: Path, sheet: str, place: int, schema: Schema, names: list[str]) -> list[Finding]:
    return [
        Finding(
            code="LEDGER_COLUMN_MISSING",
            severity=Severity.ERROR,
            what=f"《{schema.title}》缺少必填列“{schema.title_of(name)}”",
            file=path.name,
            sheet=sheet,
            cell=f"第{place + 1}行（表头）",
            expected=schema.title_of(name),
            todo="补上该列及内容",
        )
        for name in names
    ]


def _extra(path: Path, sheet: str, place: int, number: int, heading: str) -> Finding:
    return Finding(
        code="LEDGER_COLUMN_EXTRA",
        severity=Severity.NOTICE,
        what="多出的列，未使用",
        file=path.name,
        sheet=sheet,
        cell=f"{column_letters(number)}{place + 1}",
        found=heading.strip(),
    )


def _hidden(path: Path, sheet: str) -> Finding:
    return Finding(
        code="LEDGER_SHEET_HIDDEN",
        severity=Severity.WARNING,
        what="隐藏的工作表未读取",
        file=path.name,
        sheet=sheet,
        todo="如含应报数据，取消隐藏后重报",
    )


def _hidden_rows(table: RawTable, scan: SheetScan) -> list[Finding]:
    """Hidden rows are read like others; a person should know that they are there."""
    rows = sorted({number for number, _ in table.rows} & set(scan.hidden_rows))
    if not rows:
        return []
    return [
        Finding(
            code="LEDGER_ROWS_HIDDEN",
            severity=Severity.WARNING,
            what=f"有{len(rows)}行被隐藏，已照常读取",
            file=table.file,
            sheet=table.sheet,
            cell=f"第{rows[0]}行起",
            todo="取消隐藏或筛选，确认这些行应当计入",
        )
    ]


def _skipped(path: Path, sheet: str) -> Finding:
    return Finding(
        code="LEDGER_SHEET_SKIPPED",
        severity=Severity.NOTICE,
        what="工作表没有本台账的表头，未读取",
        file=path.name,
        sheet=sheet,
    )
