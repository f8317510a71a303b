"""Two small ledgers built by code, and the rules that count over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger, empty_ledger
from lawkpi.measure import Facts, Measured, RuleInput, measured
from lawkpi.params import read_yaml
from lawkpi.rubric.rule import Rule
from tests.support.tiny import SCHEMAS

CASES = Path(__file__).parents[1] / "cases" / "measure"
UNREADABLE = "?"
NAMES = {
    "period_start": dt.date(2024, 1, 1),
    "period_end": dt.date(2024, 12, 31),
    "as_of": dt.date(2025, 1, 31),
}
MATTERS = Schema.model_validate(
    {
        "id": "matters",
        "title": "示例台账",
        "kind": "event",
        "source": "court",
        "key": ["number"],
        "label": "{number}",
        "charged": {"by": "department", "share": "each_full"},
        "period_by": "held_on",
        "columns": {
            "number": {"title": "编号", "type": "text"},
            "department": {"title": "单位", "type": "department"},
            "joint": {"title": "协办单位", "type": "department"},
            "kind": {"title": "类别", "type": "choice", "choices": {"a": "甲类", "b": "乙类", "c": "丙类"}},
            "flag": {"title": "是否办结", "type": "yes_no"},
            "held_on": {"title": "日期", "type": "date"},
            "until": {"title": "在岗止", "type": "date", "missing_means": "still_in_post"},
            "hours": {"title": "学时", "type": "number", "places": 1},
            "copies": {"title": "份数", "type": "integer"},
            "person": {"title": "人员编号", "type": "person"},
            "note": {"title": "备注", "type": "text"},
        },
        "derived": {"in_time": {"title": "时限状态", "compare": "held_on", "to": "until"}},
    }
)  # fmt: skip
LESSONS = Schema.model_validate(
    {
        "id": "lessons",
        "title": "培训台账",
        "kind": "event",
        "source": "department",
        "key": ["number"],
        "label": "{number}",
        "charged": {"by": "department", "share": "each_full"},
        "columns": {
            "number": {"title": "编号", "type": "text"},
            "department": {"title": "单位", "type": "department"},
            "person": {"title": "人员编号", "type": "person"},
            "attended": {"title": "是否到训", "type": "yes_no"},
            "hours": {"title": "学时", "type": "number", "places": 1},
        },
    }
)
TYPES = {"date": "datetime64[s]", "integer": "Int64", "number": "float64"}


def cases(name: str) -> list[Any]:
    content = read_yaml(CASES / f"{name}.yaml")
    return [pytest.param(case, id=case["name"]) for case in content]


def ledger(schema: Schema, cells: Mapping[str, Sequence[Any]]) -> Ledger:
    """A ledger from columns of cells; what is not given is blank, ? is unreadable."""
    size = len(next(iter(cells.values())))
    cells = {"number": [f"N{place:03}" for place in range(size)], **cells}
    frame, unknown = {}, {}
    for name, kind in schema.all_types.items():
        own = list(cells.get(name, [None] * size))
        marks = np.array([cell == UNREADABLE for cell in own], dtype=bool)
        if marks.any():
            unknown[name] = marks
        values = [None if cell == UNREADABLE else cell for cell in own]
        frame[name] = pd.Series(values, dtype=TYPES.get(kind, "str"))
    frame["row_id"] = pd.Series([f"{schema.id}/{one}" for one in cells["number"]], dtype="str")
    frame["file"], frame["sheet"] = "a.xlsx", "表"
    frame["row"] = range(2, size + 2)
    return Ledger(schema, pd.DataFrame(frame), unknown)


def facts(*ledgers: Ledger) -> Facts:
    """The given ledgers, the other one empty."""
    known = {schema.id: empty_ledger(schema) for schema in (MATTERS, LESSONS)}
    return Facts(known | {one.schema.id: one for one in ledgers}, NAMES)


def by_hand(name: str, rows: Sequence[Mapping[str, Any]]) -> Ledger:
    """A ledger of entries (entered, judged, baselines) with these rows of item 1.1."""
    schema = SCHEMAS[name]
    if not rows:
        return empty_ledger(schema)
    filled = [{"item": "1.1", **row} for row in rows]
    cells = {key: [row.get(key) for row in filled] for key in schema.columns}
    parts = [[str(row.get(key) or "") for key in schema.key] for row in filled]
    return ledger(schema, {**cells, "number": ["|".join(one) for one in parts]})


def rule(measure: Mapping[str, Any], shape: Mapping[str, Any] | None = None, **more: Any) -> Rule:
    """A rule that takes half a point each, or as its shape says."""
    return Rule.model_validate(
        {
            "id": "a",
            "measure": measure,
            "shape": shape or {"each": {"points": "0.5"}},
            "effect": {"deduct": {}},
            **more,
        }
    )


def counted(
    measure: Mapping[str, Any],
    known: Facts,
    departments: Sequence[str] = ("01", "02"),
    shape: Mapping[str, Any] | None = None,
    **more: Any,
) -> Measured:
    """A measure tallied for two departments, as one rule of item 1.1."""
    return measured(RuleInput("1.1", rule(measure, shape, **more), departments), known)
