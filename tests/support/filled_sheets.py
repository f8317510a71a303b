"""Scoring sheets of the tiny assessment, filled in as an office would, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

OFFICE = "甲区法制办"
ADJUSTING, JUDGING, SUMS = "评分底稿", "核定评分", "合计"
DAY = dt.date(2025, 1, 20)
ENTRY: dict[str, Any] = {
    "调整分": 0.5,
    "调整理由": "判决后主动纠正",
    "调整人": "王五",
    "调整日期": DAY,
    "依据文书": "纪要〔2025〕1号",
}


def cell_at(path: Path, sheet: str, who: str, what: str, heading: str) -> str:
    """The cell under a heading in the first row of a department and an item."""
    page = openpyxl.load_workbook(path)[sheet]
    heads = {cell.value: cell.column_letter for cell in page[4]}
    row = next(
        row[0].row
        for row in page.iter_rows(min_row=5)
        if row[0].value == who and str(row[3].value).startswith(what)
    )
    return f"{heads[heading]}{row}"


def filled(path: Path, target: Path, *entries: tuple[str, str, str, Mapping[str, Any]]) -> Path:
    """A copy with cells filled in: sheet, department, item, heading to content."""
    book = openpyxl.load_workbook(path)
    for sheet, who, what, cells in entries:
        for heading, content in cells.items():
            cell = book[sheet][cell_at(path, sheet, who, what, heading)]
            cell.value = content
            if isinstance(content, dt.date):
                cell.number_format = "yyyy-mm-dd"
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def adjustment(who: str, what: str, **cells: Any) -> tuple[str, str, str, dict[str, Any]]:
    """An adjustment filled in; `points` and the like by heading."""
    return ADJUSTING, who, what, {**ENTRY, **cells}
