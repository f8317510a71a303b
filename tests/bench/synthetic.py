"""An assessment of any size built by code: departments, items, ledgers with a few failings each."""

from __future__ import annotations

import random
from bisect import bisect_left
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

import lawkpi.result.frames as frames
from lawkpi.law.calendar import Calendar
from lawkpi.law.limits import load_limits
from lawkpi.ledger.departments import Register
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.result import Assessment, Inputs
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Rubric
from tests.support.tiny import PARAMS

SECTIONS = 6
PER_DEPARTMENT = 40
"""Rows of each ledger that are charged to one department."""
EMPTY = {
    "rules": frames.RULES,
    "losses": frames.LOSSES,
    "adjustments": frames.ADJUSTMENTS,
    "findings": frames.FINDINGS,
}
GROUPS = {"a": "甲组", "b": "乙组", "c": "丙组"}
RULES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"done": {"flag": {"is": "yes"}}}, {"each": {"points": "0.1"}}),
    ({"done": {"state": {"is": "in_time"}}}, {"each": {"points": "0.1"}}),
    ({"done": {"flag": {"is": "yes"}}}, {"gate": {"at_least": "95%", "else": "0.5"}}),
    (
        {"due": {"kind": {"not": "c"}}, "done": {"hours": {"at_least": "8"}}},
        {"linear": {"below": "99%", "step": "1%", "points": "0.05", "steps": "up"}},
    ),
    (
        {"done": {"all": [{"flag": {"is": "yes"}}, {"kind": {"in": ["a", "b", "c"]}}]}},
        {
            "steps": {
                "tiers": [{"below": "99%", "points": "0.2"}, {"below": "90%", "points": "0.6"}]
            }
        },
    ),
    (
        {"done": {"related": {"ledger": "next", "by": "person", "sum": "hours", "at_least": "8"}}},
        {"each": {"points": "0.05"}},
    ),
]


def schema(number: int) -> Schema:
    """One event ledger with a derived last day and its state."""
    return Schema.model_validate(
        {
            "id": f"ledger{number}",
            "title": f"第{number}类事项台账",
            "kind": "event",
            "source": "court",
            "key": ["number"],
            "label": "{number}（{held_on}）",
            "charged": {"by": "department", "share": "each_full"},
            "period_by": "held_on",
            "columns": {
                "number": {"title": "编号", "type": "text", "required": True},
                "department": {"title": "单位", "type": "department", "required": True},
                "kind": {
                    "title": "类别",
                    "type": "choice",
                    "choices": {"a": "甲类", "b": "乙类", "c": "丙类"},
                },
                "flag": {"title": "是否办结", "type": "yes_no"},
                "held_on": {"title": "收到日期", "type": "date"},
                "done_on": {"title": "办结日期", "type": "date"},
                "hours": {"title": "学时", "type": "number", "places": 1},
                "person": {"title": "人员编号", "type": "person"},
            },
            "derived": {
                "due_on": {"title": "届满日", "limit": "LIT-REPLY", "start": "held_on"},
                "state": {"title": "时限状态", "compare": "done_on", "to": "due_on"},
            },
        }
    )


def rows(number: int, codes: list[str], chance: random.Random) -> pd.DataFrame:
    """Rows of one ledger, one in twenty of them failing somewhere."""
    size = len(codes) * PER_DEPARTMENT
    days = np.datetime64("2024-01-02") + np.array([chance.randrange(330) for _ in range(size)])
    took = np.array([16 if chance.random() < 0.05 else 6 for _ in range(size)])
    names = [f"{number}-{place:06}" for place in range(size)]
    columns = {
        "number": names,
        "department": [codes[place % len(codes)] for place in range(size)],
        "kind": [chance.choice("abc") for _ in range(size)],
        "flag": ["no" if chance.random() < 0.05 else "yes" for _ in range(size)],
        "person": [f"P{place:06}" for place in range(size)],
        "row_id": [f"ledger{number}/{name}" for name in names],
        "file": ["台账.xlsx"] * size,
        "sheet": ["台账"] * size,
    }
    frame = pd.DataFrame({name: pd.Series(own, dtype="str") for name, own in columns.items()})
    frame["held_on"] = days.astype("datetime64[s]")
    frame["done_on"] = (days + took).astype("datetime64[s]")
    frame["hours"] = [4.0 if chance.random() < 0.05 else 8.5 for _ in range(size)]
    return frame.assign(row=np.arange(2, size + 2))


def rule(number: int, section: int) -> dict[str, Any]:
    """One of six kinds of rules over a section's ledger."""
    measure, shape = RULES[number % len(RULES)]
    text = str(measure["done"])
    if "next" in text:
        related = {**measure["done"]["related"], "ledger": f"ledger{(section + 1) % SECTIONS}"}
        measure = {"done": {"related": related}}
    rate = {"ledger": f"ledger{section}", "unit": "件", "empty": "not_applicable", **measure}
    return {"id": "a", "measure": {"rate": rate}, "shape": shape, "effect": {"deduct": {}}}


def rubric(items: int) -> Rubric:
    """Items of one point each in six sections; one in ten is for a single group only."""
    per_section = items // SECTIONS
    return Rubric.model_validate(
        {
            "id": "synthetic",
            "title": "合成细则",
            "document_number": "甲法〔2024〕1号",
            "issued_on": "2023-12-20",
            "full_points": str(per_section * SECTIONS),
            "rounding": {"at": "item", "places": 2, "mode": "half_up"},
            "rank": {"on": "printed", "ties": "competition"},
            "floors": {"item": "0", "total": "0"},
            "not_applicable": {"default": "redistribute_section"},
            "grades": [{"grade": "合格", "at_least": "1"}, {"grade": "不合格", "at_least": "0"}],
            "sections": [
                {
                    "id": str(section + 1),
                    "title": f"第{section + 1}部分",
                    "full_points": str(per_section),
                    "items": [
                        {
                            "id": f"{section + 1}.{number + 1}",
                            "title": f"第{number + 1}项",
                            "full_points": "1",
                            "clause": "未办结的，每件扣0.1分。",
                            "scored_by": "甲",
                            "basis": [{"document": "甲法〔2024〕1号", "article": str(number + 1)}],
                            "applies_to": {"groups": ["a"]} if number == 9 else {},
                            "rules": [rule(number, section)],
                        }
                        for number in range(per_section)
                    ],
                }
                for section in range(SECTIONS)
            ],
        }
    )


def register(codes: list[str]) -> Register:
    """Departments in three groups in turn."""
    return Register.model_validate(
        {
            "groups": GROUPS,
            "departments": [
                {
                    "code": code,
                    "name": f"单位{code}",
                    "short": f"单{code}",
                    "group": "abc"[place % 3],
                }
                for place, code in enumerate(codes)
            ],
        }
    )


def settings() -> AssessmentSettings:
    """The settings."""
    return AssessmentSettings.model_validate(
        {
            "id": "synthetic",
            "title": "合成考核",
            "body": "甲",
            "assessing_office": "甲",
            "illustrative": True,
            "period": {"from": "2024-01-01", "to": "2024-12-31"},
            "as_of": "2025-01-31",
            "stage": "initial",
            "ledgers": {f"ledger{number}": {"files": []} for number in range(SECTIONS)},
            "conversion": {
                "method": "proportional",
                "full_points": "5",
                "basis": {"document": "甲法〔2024〕2号"},
            },
            "contact": {"office": "甲", "telephone": "0", "appeal_days": 5},
        }
    )


def inputs(departments: int, items: int) -> Inputs:
    """Everything that scoring needs, derived columns included."""
    codes = [f"{place:03}" for place in range(departments)]
    own = settings()
    reckoner = Reckoner(load_limits(PARAMS / "law"), Calendar.national(), own.as_of)
    chance = random.Random(20240101)  # noqa: S311 - a fixed sequence is wanted
    ledgers = {
        f"ledger{number}": reckoner.derived(Ledger(schema(number), rows(number, codes, chance)))
        for number in range(SECTIONS)
    }
    return Inputs(own, register(codes), rubric(items), ledgers, reckoner)


def scored_table(departments: int, items: int) -> Assessment:
    """An assessment whose tables are made up, not scored: one item in five lost points, one in twenty is
    not applicable. Sums, ranks and grades fit the points."""
    codes, own = [f"{place:03}" for place in range(departments)], rubric(items)
    chance = random.Random(20240102)  # noqa: S311 - a fixed sequence is wanted
    scores = [
        _score(code, section.id, item.id, chance) for code in codes for section, item in own.lines
    ]
    named = register(codes)
    return Assessment(
        settings=settings(),
        register=named,
        rubric=own,
        ledgers={},
        limits={},
        definitions={},
        inputs={},
        scores=frames.table(scores, frames.SCORES),
        totals=frames.table(_totals(named, scores), frames.TOTALS),
        **{name: frames.table([], columns) for name, columns in EMPTY.items()},
    )


def _score(code: str, section: str, item: str, chance: random.Random) -> dict[str, Any]:
    is_out = chance.random() < 0.05
    lost = chance.randrange(1, 100) if chance.random() < 0.2 else 0
    return {
        "department": code,
        "section": section,
        "item": item,
        "full_points": Decimal(0 if is_out else 1),
        "points": None if is_out else Decimal(100 - lost) / 100,
        "state": "not_applicable" if is_out else "scored",
        "done": 0,
        "due": 0,
    }


def _totals(named: Register, scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sums: dict[str, Decimal] = {}
    for one in scores:
        sums[one["department"]] = sums.get(one["department"], Decimal(0)) + (one["points"] or 0)
    groups = {one.code: one.group for one in named.assessed}
    order: dict[str, list[Decimal]] = {}
    for code, total in sums.items():
        order.setdefault(groups[code], []).append(-total)
    for ahead in order.values():
        ahead.sort()
    nothing = dict.fromkeys(("bonus", "malus", "pending_points"), Decimal(0))
    return [
        {
            "department": code,
            "group": groups[code],
            "base": total,
            "total": total,
            "rank": bisect_left(order[groups[code]], -total) + 1,
            "grade": "合格",
            "pending_count": 0,
            "converted": (total * 5 / 60).quantize(Decimal("0.01"), ROUND_HALF_UP),
            **nothing,
        }
        for code, total in sums.items()
    ]
