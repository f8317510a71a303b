"""Reading workbooks: sheets as raw cells, with the heading row found and nothing interpreted.

Workbooks are opened as byte streams with calamine; error cells, which calamine shows as empty, are
found by a look at the sheet's XML so that an error is never taken for a blank.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from lawkpi.errors import Finding, LedgerError, Severity
from lawkpi.ledger.departments import fold
from lawkpi.ledger.schema import Schema

HEADING_ROWS = 20
"""How far down a heading row is looked for."""
MOST_BYTES = 64 * 2**20
MOST_CELLS = 5_000_000
ERROR_MARK = "#错误"
TOTAL_WORDS = ("合计", "总计", "小计", "共计")

_ERROR_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+[0-9]+)"')
_LAST_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)([0-9]+)"')


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
    content = _content(path)
    workbook = _opened(path, content)
    errors = _error_cells(content)
    tables: list[RawTable] = []
    missing: list[Finding] = []
    for place, meta in enumerate(workbook.sheets_metadata):
        if sheet is not None and meta.name != sheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            findings.append(_hidden(path, meta.name))
            continue
        cells = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
        _mark_errors(cells, errors.get(place, ()))
        table = _table(path, meta.name, cells, schema, findings=findings, missing=missing)
        if table:
            tables.append(table)
    if not tables:
        raise _no_table(path, schema, sheet, missing)
    return tables


def _content(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise _unreadable(path, "文件过大", "拆分文件或删去图片后重报")
    return path.read_bytes()


def _opened(path: Path, content: bytes) -> CalamineWorkbook:
    if (
        content.startswith(b"\xd0\xcf\x11\xe0")
        and "EncryptedPackage".encode("utf-16-le") in content
    ):
        raise _unreadable(path, "文件已加密", "去除密码后重报")
    _check_size(path, content)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except Exception:
        raise _unreadable(
            path, "不是可以读取的 Excel 文件", "用 Excel 或 WPS 另存为 .xlsx 后重报"
        ) from None


def _check_size(path: Path, content: bytes) -> None:
    """Refuse a sheet whose used area would not fit in memory, naming the stray cell."""
    for name, part in _sheet_parts(content):
        if len(part) > MOST_BYTES * 4:
            raise _unreadable(path, f"工作表部件 {name} 过大", "删去空白行列后重报")
        furthest = (0, 0, "")
        for letters, digits in _LAST_CELL.findall(part):
            furthest = max(
                furthest, (_column_number(letters), int(digits), (letters + digits).decode())
            )
        columns = furthest[0]
        rows = max((int(digits) for _, digits in _LAST_CELL.findall(part)), default=0)
        if rows * columns > MOST_CELLS:
            raise _unreadable(
                path, f"表格使用区域过大（单元格 {furthest[2]} 有内容）", "删去表格之外的内容后重报"
            )


def _sheet_parts(content: bytes) -> list[tuple[str, bytes]]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        too_large = [name for name in names if archive.getinfo(name).file_size > MOST_BYTES * 4]
        return [(name, b"" if name in too_large else archive.read(name)) for name in names]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _error_cells(content: bytes) -> dict[int, list[tuple[int, int]]]:
    """Error cells per sheet number, as (row, column) from zero."""
    found: dict[int, list[tuple[int, int]]] = {}
    for name, part in _sheet_parts(content):
        digits = re.sub(r"\D", "", name)
        for address in _ERROR_CELL.findall(part):
            match = re.fullmatch(rb"([A-Z]+)([0-9]+)", address)
            if match and digits:
                place = (int(match[2]) - 1, _column_number(match[1]) - 1)
                found.setdefault(int(digits) - 1, []).append(place)
    return found


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
    missing: list[Finding],
) -> RawTable | None:
    place, columns = _heading(cells, schema)
    lacking = [name for name, column in schema.columns.items() if column.required]
    lacking = [name for name in lacking if name not in columns]
    if lacking:
        missing.extend(_lacking(path, sheet, place, schema, lacking))
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


def _unreadable(path: Path, what: str, todo: str) -> LedgerError:
    return LedgerError("LEDGER_FILE_UNREADABLE", what, where=path.name, todo=todo)


def _no_table(path: Path, schema: Schema, sheet: str | None, missing: list[Finding]) -> LedgerError:
    if sheet is not None and not missing:
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
        findings=missing,
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
