"""The hand-worked sheets, and the example's workbooks read cell by cell with openpyxl."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from ruamel.yaml import YAML

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "params" / "gaoxin-2022"
CODES = sorted(path.stem for path in HERE.glob("*.yaml"))
STATES = {"已计分": "scored", "不适用": "not_applicable", "未报送": "not_reported"}
KINDS = {"加分": "bonus", "减分": "malus", "一票否决": "veto"}
_DATE = re.compile(r"(\d{4})[年.-](\d{1,2})[月.-](\d{1,2})日?")


@cache
def sheet(code: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load((HERE / f"{code}.yaml").read_text("utf-8"))
    return loaded


def items(code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sheet(code)["指标"]
    return found


def amount(text: object) -> Fraction:
    return Fraction(str(text))


def quoted(code: str) -> list[dict[str, Any]]:
    """Every cell that a sheet quotes: ledger, row and contents by heading."""
    return [place for item in items(code) for place in item.get("查阅", ())]


def named(code: str) -> list[dict[str, Any]]:
    """Every record that costs or earns something."""
    outside = [place for line in sheet(code)["加减分和一票否决"] for place in line["记录"]]
    inside = [place for item in items(code) for place in item.get("扣分", ()) if "行" in place]
    return inside + outside


@cache
def grid(title: str) -> tuple[tuple[Any, ...], ...]:
    book = openpyxl.load_workbook(EXAMPLE / "ledgers" / f"{title}.xlsx", data_only=True)
    return tuple(book.worksheets[0].iter_rows(values_only=True))


def cells(title: str, row: int) -> dict[str, str]:
    """A row by heading, as it is read by eye: dates as dates, nothing else interpreted."""
    table = grid(title)
    headings = table[0] if table[0][1] is not None else table[1]
    return dict(zip((str(one) for one in headings), map(plain, table[row - 1]), strict=True))


def plain(cell: Any) -> str:
    if isinstance(cell, dt.date | dt.datetime):
        return cell.strftime("%Y-%m-%d")
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).strip()
    match = _DATE.fullmatch(text)
    return dt.date(*map(int, match.groups())).isoformat() if match else text
