"""Cases of whole rubrics: rows written by hand, scored by the engine, points to expect.

A case names a rubric, an item, rows by ledger (columns by id), and what the item comes to. Department 01 is
charged where a row does not say so; `departments` may list several with their groups.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.ledger.departments import Register
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger, empty_ledger
from lawkpi.params import load_model, points_text, read_yaml
from lawkpi.result import Assessment, Inputs, assessed
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.rates import load_rates
from lawkpi.run.folder import open_law
from tests.support.tiny import PARAMS, SCHEMAS

RUBRICS = PARAMS / "rubrics"
CASES = Path(__file__).parents[1] / "cases" / "rubrics"
LAW = open_law(PARAMS)
_TYPES = {"date": "datetime64[s]", "integer": "Int64", "number": "float64"}


def case_files() -> list[Path]:
    """One file of cases for each rubric."""
    return sorted(CASES.glob("*.yaml"))


def load_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of one file, each with its rubric's folder."""
    content = read_yaml(path)
    return [
        {**case, "rubric": content["rubric"], "period": content["period"]}
        for case in content["cases"]
    ]


def load_rubric(name: str) -> Rubric:
    """A rubric that ships."""
    rates = load_rates(PARAMS / RATES)
    return load_model(RUBRICS / name / "rubric.yaml", Rubric, context={RATES: rates})


def scored_case(case: Mapping[str, Any], rubric: Rubric | None = None) -> Assessment:
    """The whole assessment of a case's departments."""
    rubric = rubric or load_rubric(str(case["rubric"]))
    given = case.get("given") or {}
    settings = _settings(case)
    reckoner = Reckoner(LAW.limits, LAW.calendar, settings.as_of, LAW.definitions)
    rows = given.get("ledgers") or {}
    ledgers = {
        name: reckoner.derived(_ledger(SCHEMAS[name], rows.get(name) or ()))
        for name in _needed(rubric) | set(rows)
    }
    register = _register(given.get("departments") or {"01": "all"})
    return assessed(
        Inputs(
            settings=settings, register=register, rubric=rubric, ledgers=ledgers, reckoner=reckoner
        )
    )


def outcome(assessment: Assessment, item: str, code: str = "01") -> str:
    """What an item came to: its points, or its state; outside the base its sum, or that a veto holds."""
    scores = assessment.of("scores", code)
    own = scores[scores["item"] == item].to_dict("records")
    if own and own[0]["state"] != "scored":
        return str(own[0]["state"])
    if own:
        return points_text(Fraction(own[0]["points"]))
    adjusted = assessment.of("adjustments", code)
    adjusted = adjusted[adjusted["item"] == item]
    for kind in ("pending", "veto"):
        if (adjusted["kind"] == kind).any():
            return kind
    return points_text(sum((Fraction(one) for one in adjusted["points"]), Fraction(0)))


def _needed(rubric: Rubric) -> set[str]:
    text = rubric.model_dump_json(by_alias=True)
    hand = {"entered", "judged", "baselines", "exemptions"}
    return hand | {name for name in SCHEMAS if f'"{name}"' in text}


def _settings(case: Mapping[str, Any]) -> AssessmentSettings:
    start, end = case["period"]
    as_of = case.get("as_of") or dt.date.fromisoformat(end) + dt.timedelta(days=31)
    return AssessmentSettings.model_validate(
        {
            "id": "case",
            "title": "案例",
            "body": "甲市",
            "assessing_office": "甲市司法局",
            "illustrative": True,
            "period": {"from": start, "to": end},
            "as_of": as_of,
            "stage": "initial",
            "ledgers": {},
            "conversion": {
                "method": "proportional",
                "full_points": "5",
                "basis": {"document": "甲法〔2024〕2号"},
            },
            "contact": {"office": "甲市司法局", "telephone": "0", "appeal_days": 5},
        }
    )


def _register(departments: Mapping[str, str]) -> Register:
    return Register.model_validate(
        {
            "groups": {group: group for group in dict.fromkeys(departments.values())},
            "departments": [
                {"code": code, "name": f"甲市第{code}局", "short": f"{code}局", "group": group}
                for code, group in departments.items()
            ],
        }
    )


def _ledger(schema: Schema, rows: Sequence[Mapping[str, Any]]) -> Ledger:
    """A ledger from rows; an unknown column is refused, keys are numbered where left out."""
    if not rows:
        return empty_ledger(schema)
    unknown = {name for row in rows for name in row} - set(schema.columns)
    if unknown:
        raise ValueError(f"{schema.id} has no columns {sorted(unknown)}")
    charged = schema.charged.by
    cells = [{charged: "01", **row} for row in rows]
    for number, row in enumerate(cells):
        row.setdefault(schema.key[0], f"{number + 1:03}")
    frame = {
        name: _typed([row.get(name) for row in cells], column.type)
        for name, column in schema.columns.items()
    }
    ids = [
        f"{schema.id}/" + "|".join(str(row.get(name, "")) for name in schema.key) for row in cells
    ]
    size = len(rows)
    origin: dict[str, Any] = {
        "row_id": pd.array(ids, dtype="str"),
        "file": pd.array([f"{schema.title}.xlsx"] * size, dtype="str"),
        "sheet": pd.array(["Sheet1"] * size, dtype="str"),
        "row": np.arange(2, size + 2),
    }
    return Ledger(schema, pd.DataFrame(frame | origin))


def _typed(values: Sequence[Any], kind: str) -> Any:
    dtype = _TYPES.get(kind, "str")
    if dtype.startswith("datetime"):
        return np.array(
            ["NaT" if one is None else str(one) for one in values], dtype="datetime64[s]"
        )
    if dtype == "float64":
        return np.array([np.nan if one is None else float(one) for one in values])
    if dtype == "Int64":
        return pd.array([None if one is None else int(one) for one in values], dtype="Int64")
    return pd.Series([None if one is None else str(one) for one in values], dtype="str").array
