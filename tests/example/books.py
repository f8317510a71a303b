"""The committed workbooks read plainly, by other means than lawkpi's own reader."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar
from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML

EXAMPLE = Path(__file__).parents[2] / "params" / "gaoxin-2022"
LEDGERS = EXAMPLE / "ledgers"
Row = dict[str, Any]
_DATE = re.compile(r"(\d{4})[年.](\d{1,2})[月.](\d{1,2})日?")


def paths() -> list[Path]:
    return sorted(LEDGERS.glob("*.xlsx"))


@cache
def cells(path: Path) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(path)
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def rows(title: str) -> list[Row]:
    """Rows by heading; the title line above the headings and a row of sums are not rows."""
    table = cells(LEDGERS / f"{title}.xlsx")
    top = 1 if not any(table[0][1:]) else 0
    headings = table[top]
    body = [dict(zip(headings, map(plain, line), strict=True)) for line in table[top + 1 :]]
    return [row for row in body if row[headings[0]] != "合计"]


def plain(cell: Any) -> Any:
    """A cell as it is meant: full-width digits, trailing spaces and typed dates put in order."""
    if not isinstance(cell, str):
        return cell.date() if isinstance(cell, dt.datetime) else cell
    text = unicodedata.normalize("NFKC", cell).strip()
    match = _DATE.fullmatch(text)
    return dt.date(*map(int, match.groups())) if match else text


@cache
def full_names() -> dict[str, str]:
    """Every name a department goes by to its full name."""
    listed = YAML(typ="safe").load((EXAMPLE / "departments.yaml").read_text(encoding="utf-8"))
    return {
        name: one["name"]
        for one in listed["departments"]
        for name in (one["name"], one["short"], *one.get("aliases", ()))
    }


def working_days(first: dt.date, last: dt.date) -> int:
    """Working days after the first day, up to and including the last."""
    days = (first + dt.timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(chinese_calendar.is_workday(day) for day in days)


def in_days(first: dt.date, done: dt.date, count: int) -> bool:
    """Done within so many natural days; a last day that is a rest day rolls to a working day."""
    last = first + dt.timedelta(days=count)
    while not chinese_calendar.is_workday(last):
        last += dt.timedelta(days=1)
    return first <= done <= last
