"""Ledgers and workbooks built by code, small enough to be read beside the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from lawkpi.errors import Finding
from lawkpi.law import load_limits
from lawkpi.law.calendar import Calendar
from lawkpi.ledger import Ledger, Reckoner, Register, Schema, read_ledger
from tests.support.tiny import PARAMS

REGISTER = Register.model_validate(
    {
        "groups": {"enforcement": "执法部门"},
        "departments": [
            {"code": "01", "name": "甲区城管局", "short": "城管局", "group": "enforcement",
             "aliases": ["城市管理局"]},
            {"code": "02", "name": "甲区市监局", "short": "市监局", "group": "enforcement"},
            {"code": "203", "name": "甲区农业局", "short": "农业局", "group": "enforcement"},
        ],
    }
)  # fmt: skip

CASES = Schema.model_validate(
    {
        "id": "cases",
        "title": "案件台账",
        "kind": "event",
        "source": "court",
        "key": ["number", "department"],
        "label": "{number}",
        "charged": {"by": "department", "share": "each_full"},
        "columns": {
            "number": {"title": "案号", "type": "text", "required": True},
            "department": {"title": "承办单位", "type": "department", "required": True,
                           "aliases": ["责任单位"]},
            "served_on": {"title": "收到日", "type": "date", "required": True},
            "reply_on": {"title": "答辩日", "type": "date"},
            "evidence_on": {"title": "举证日", "type": "date"},
            "meeting_on": {"title": "上会日", "type": "date"},
            "good": {"title": "良好票", "type": "integer"},
            "valid": {"title": "有效票", "type": "integer"},
            "hours": {"title": "学时", "type": "number", "places": 1},
        },
        "derived": {
            "papers_on": {"title": "交齐日", "latest": ["reply_on", "evidence_on"]},
            "due_on": {"title": "届满日", "limit": "LIT-REPLY", "start": "served_on"},
            "state": {"title": "时限状态", "compare": "papers_on", "to": "due_on"},
            "own_state": {"title": "会前答辩", "compare": "reply_on", "to": "meeting_on"},
            "well_rated": {"title": "良好率", "share": ["good"], "of": "valid", "at_least": "80%"},
            "lead_days": {"title": "提前工作日", "working_days_from": "served_on",
                          "working_days_to": "meeting_on"},
        },
    }
)  # fmt: skip

HEADINGS = [column.title for column in CASES.columns.values()]
Line = Sequence[Any]


def line(
    number: str = "1号", department: str = "城管局", served: Any = "2022-03-01", *more: Any
) -> Line:
    return (number, department, served, *more)


def workbook(path: Path, sheets: dict[str, Sequence[Line]], *, hidden: Sequence[str] = ()) -> Path:
    """A workbook of such lines; None is left out and #N/A is a formula's error."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                _write(sheet, row, column, cell, day)
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def _write(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, dt.date):
        sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell == "#N/A":
        sheet.write_formula(row, column, "=NA()", None, "#N/A")
    elif cell is not None:
        sheet.write_string(row, column, cell)


def cases_book(folder: Path, *lines: Line, name: str = "案件.xlsx") -> Path:
    return workbook(folder / name, {"案件": [HEADINGS, *lines]})


def read(
    *paths: Path, schema: Schema = CASES, sheet: str | None = None
) -> tuple[Ledger, list[Finding]]:
    findings: list[Finding] = []
    ledger = read_ledger(schema, paths, REGISTER, sheet=sheet, findings=findings)
    return ledger, findings


@cache
def reckoner(as_of: str) -> Reckoner:
    return Reckoner(load_limits(PARAMS / "law"), Calendar.national(), dt.date.fromisoformat(as_of))


def derived(ledger: Ledger, *, as_of: str = "2023-01-31") -> Ledger:
    return reckoner(as_of).derived(ledger)


def places(findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """Code, severity, sheet and cell: what a finding can be recognised by."""
    return [(one.code, one.severity.value, one.sheet, one.cell) for one in findings]


EVENT_COLUMNS: dict[str, Any] = {
    "number": {"title": "编号", "type": "text", "required": True},
    "department": {"title": "单位", "type": "department", "required": True},
    "kind": {"title": "情形", "type": "choice", "choices": {"late": "迟报", "missing": "漏报"}},
    "matter": {"title": "事项", "type": "text"},
    "happened_on": {"title": "发生日期", "type": "date"},
    "start_on": {"title": "公布日期", "type": "date"},
    "end_on": {"title": "报送日期", "type": "date"},
    "due_on": {"title": "应报日期", "type": "date"},
    "hours": {"title": "应学时", "type": "number", "places": 1},
    "done": {"title": "已学时", "type": "number", "places": 2},
    "planned": {"title": "计划数", "type": "integer"},
    "held": {"title": "完成数", "type": "integer"},
}


def events_schema(derived: dict[str, Any]) -> Schema:
    """A ledger of events with given derived columns."""
    return Schema.model_validate(
        {
            "id": "events",
            "title": "事件台账",
            "kind": "event",
            "source": "other",
            "key": ["number"],
            "label": "{number}",
            "charged": {"by": "department", "share": "each_full"},
            "columns": EVENT_COLUMNS,
            "derived": derived,
        }
    )


def events(
    folder: Path, derived: dict[str, Any], *rows: dict[str, Any], as_of: str = "2023-01-31"
) -> Ledger:
    """Such events as people write them, read and derived; numbered from 1 where no number is given."""
    heads = [column["title"] for column in EVENT_COLUMNS.values()]
    given = [
        {"number": f"{row}号", "department": "城管局", **one} for row, one in enumerate(rows, 1)
    ]
    lines = [[one.get(name) for name in EVENT_COLUMNS] for one in given]
    path = workbook(folder / "事件.xlsx", {"事件": [heads, *lines]})
    return reckoner(as_of).derived(read(path, schema=events_schema(derived))[0])


def cells(ledger: Ledger, name: str) -> list[Any]:
    """A column's cells: None where blank, "?" where not known, days as text."""
    unknown = ledger.unknown_in(name)
    values = ledger.frame[name].tolist()
    return [
        "?" if unknown[row] else None if pd.isna(value) else _plain(value)
        for row, value in enumerate(values)
    ]


def _plain(value: Any) -> Any:
    return str(value.date()) if isinstance(value, pd.Timestamp) else value
