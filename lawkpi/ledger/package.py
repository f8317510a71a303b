"""A look at a workbook's package before any reader opens it.

calamine trusts the used area of a sheet: one stray cell in the last column makes it ask for hundreds of
gigabytes and end the process. It also shows error cells as blanks and knows nothing of hidden rows.
So the sheets' XML is scanned first: used area, cell count, error cells, hidden rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from lawkpi.errors import LedgerError

MOST_BYTES = 64 * 2**20
"""Largest workbook file."""
MOST_UNPACKED = 512 * 2**20
"""Largest sum of unpacked parts."""
MOST_PARTS = 5_000
MOST_CELLS = 5_000_000
"""Largest used area of a sheet (rows x columns), and most cells."""

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="([0-9]+)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetScan:
    """What the XML of one sheet tells: error cells as (row, column) from zero, hidden Excel rows."""

    errors: tuple[tuple[int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()


def scanned(path: Path, content: bytes) -> dict[str, SheetScan]:
    """Every sheet's scan by its name; empty for formats other than .xlsx.

    Raises
    ------
    LedgerError LEDGER_FILE_UNREADABLE : too large, encrypted, or a stray cell blows up the used area
    """
    if len(content) > MOST_BYTES:
        raise unreadable(path, "文件过大", "拆分文件或删去图片后重报")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise unreadable(path, "文件已加密", "去除密码后重报")
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_size(path, archive)
        return {
            name: _scan(path, name, archive.read(part)) for name, part in _sheets(archive).items()
        }


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise unreadable(path, "解压后过大", "删去空白行列和图片后重报")


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part that holds it; empty when the package is not a workbook."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - sizes are capped and expat refuses entity blow-ups
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - as above
    except ElementTree.ParseError:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    sheets = (one for one in book.iter() if one.tag.endswith("}sheet"))
    found = {one.get("name", ""): _part(targets.get(one.get(_RELATION), "")) for one in sheets}
    return {name: part for name, part in found.items() if part in names}


def _part(target: str | None) -> str:
    text = target or ""
    return text.lstrip("/") if text.startswith("/") else f"xl/{text}"


def _scan(path: Path, sheet: str, part: bytes) -> SheetScan:
    rows = columns = cells = 0
    errors = []
    for match in _CELL.finditer(part):
        cells += 1
        address = _ADDRESS.search(match[1])
        if address is None:
            continue
        row, column = int(address[2]), _column_number(address[1])
        rows, columns = max(rows, row), max(columns, column)
        if max(rows * columns, cells) > MOST_CELLS:
            stray = (address[1] + address[2]).decode()
            raise unreadable(
                path,
                f"工作表“{sheet}”使用区域过大（单元格 {stray} 有内容）",
                "删去表格之外的内容后重报",
            )
        if b't="e"' in match[1]:
            errors.append((row - 1, column - 1))
    hidden = tuple(int(number) for number in _HIDDEN_ROW.findall(part))
    return SheetScan(tuple(errors), hidden)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def unreadable(path: Path, what: str, todo: str) -> LedgerError:
    """The refusal of a file that cannot be opened."""
    return LedgerError("LEDGER_FILE_UNREADABLE", what, where=path.name, todo=todo)
