"""A small assessment over every shape, built by code: three departments, their records, a rubric."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from lawkpi.errors import Finding, Severity
from lawkpi.law import Calendar, load_limits, load_overlays
from lawkpi.ledger import Ledger, Reckoner, Register, Schema
from lawkpi.result import Assessment, Inputs, assessed
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Rubric

LAW = Path(__file__).resolve().parents[2] / "params" / "law"
AS_OF = dt.date(2023, 1, 31)
CODES = ("ZX777", "ZX888", "ZX999")
NAMES = {"ZX777": "甲字局", "ZX888": "乙字局", "ZX999": "丙字局"}

REGISTER = """
groups: {one: 甲类单位}
departments:
  - {code: ZX777, name: 甲字局, short: 甲字, group: one}
  - {code: ZX888, name: 乙字局, short: 乙字, group: one, aliases: [乙字局旧名]}
  - {code: ZX999, name: 丙字局, short: 丙字, group: one}
"""

SCHEMAS = """
- id: cases
  title: 案件台账
  kind: event
  source: court
  key: [number]
  label: "{number}"
  charged: {by: department, share: each_full}
  period_by: served_on
  columns:
    number: {title: 案号, type: text, required: true}
    department: {title: 承办单位, type: department, required: true}
    handler: {title: 经办单位, type: department}
    served_on: {title: 收到日期, type: date, required: true}
    replied_on: {title: 答辩日期, type: date}
    sent_back: {title: 退回次数, type: integer}
    held: {title: 是否开庭, type: yes_no}
    who: {title: 出庭人员, type: choice, choices: {head: 正职, staff: "=工作人员", lawyer: "律师\\"甲\\""}}
    remark: {title: 备注, type: text}
  derived:
    due_on: {title: 届满日, limit: LIT-REPLY, start: served_on}
    state: {title: 时限状态, compare: replied_on, to: due_on}
- id: people
  title: 人员名册
  kind: register
  source: department
  key: [person]
  label: "{person}"
  charged: {by: department, share: each_full}
  columns:
    person: {title: 人员编号, type: person, required: true, personal: surrogate}
    department: {title: 单位, type: department, required: true}
    to: {title: 在岗止, type: date, missing_means: still_in_post}
    votes: {title: 有效票, type: integer}
    good: {title: 良好票, type: integer}
  derived:
    rated: {title: 优良率达标, share: [good], of: votes, at_least: "80%"}
- id: hours
  title: 培训记录
  kind: event
  source: department
  key: [entry]
  label: "{entry}"
  charged: {by: department, share: each_full}
  period_by: held_on
  columns:
    entry: {title: 编号, type: text, required: true}
    person: {title: 人员编号, type: person, required: true}
    department: {title: 单位, type: department, required: true}
    held_on: {title: 培训日期, type: date, required: true}
    present: {title: 是否到场, type: yes_no}
    hours: {title: 学时, type: number, places: 1}
- id: entered
  title: 核定数据录入表
  kind: register
  source: assessing_office
  key: [item, rule, department]
  label: "第{item}项"
  charged: {by: department, share: each_full}
  columns:
    item: {title: 指标编号, type: text, required: true}
    rule: {title: 规则编号, type: text}
    department: {title: 单位, type: department, required: true}
    due: {title: 应计, type: integer}
    done: {title: 已计, type: integer}
    value: {title: 核定数值, type: number, places: 4}
    state: {title: 核定情形, type: text}
    source: {title: 数据来源, type: text}
    proof: {title: 佐证编号, type: text}
- id: judged
  title: 评分底稿
  kind: register
  source: assessing_office
  key: [item, rule, department, seat]
  label: "第{item}项"
  charged: {by: department, share: each_full}
  columns:
    item: {title: 指标编号, type: text, required: true}
    rule: {title: 规则编号, type: text}
    department: {title: 单位, type: department, required: true}
    seat: {title: 评委序号, type: integer}
    points: {title: 核定扣分, type: number, places: 2}
    reason: {title: 扣分理由, type: text}
    second_person: {title: 复核人, type: text}
- id: baselines
  title: 比较基准登记表
  kind: register
  source: assessing_office
  key: [item, rule, department, reference]
  label: "第{item}项"
  charged: {by: department, share: each_full}
  columns:
    item: {title: 指标编号, type: text, required: true}
    rule: {title: 规则编号, type: text}
    department: {title: 单位, type: department}
    reference: {title: 比较对象, type: choice, choices: {last_year: 上年值, quota: 任务数}}
    value: {title: 数值, type: number, places: 2}
- id: exemptions
  title: 免予计分登记表
  kind: register
  source: assessing_office
  key: [ledger, record, item]
  label: "{record}"
  charged: {by: department, share: each_full}
  columns:
    ledger: {title: 台账名称, type: text, required: true}
    record: {title: 记录编号, type: text, required: true}
    item: {title: 指标编号, type: text}
    department: {title: 单位, type: department, required: true}
    reason: {title: 事由, type: choice, choices: {panel_decision: 集体研究决定}}
    decision: {title: 决定文书, type: text}
- id: self_assessments
  title: 自评表
  kind: register
  source: department
  key: [item, department]
  label: "第{item}项"
  charged: {by: department, share: each_full}
  columns:
    department: {title: 单位, type: department, required: true}
    item: {title: 指标编号, type: text, required: true}
    self_points: {title: 自评分, type: number, places: 2}
    remark: {title: 自评说明, type: text}
    evidence: {title: 佐证编号, type: text}
"""

RUBRIC = """
id: small
title: 小细则
document_number: 示例〔2022〕9号
issued_on: "2021-12-01"
full_points: "100"
rounding: {at: item, places: 2, mode: half_up}
rank: {on: printed, ties: competition}
floors: {item: "0", total: "0"}
not_applicable: {default: redistribute_section, empty_section: redistribute_rubric}
grades: [{grade: 优秀, at_least: "90"}, {grade: 合格, at_least: "60"}, {grade: 不合格, at_least: "0"}]
sections:
  - {id: "1", title: 案件, full_points: "60", items: [ONE, TWO, THREE, FOUR]}
  - {id: "2", title: 人员, full_points: "40", items: [FIVE, SIX, SEVEN]}
  - {id: B, title: 加分, kind: bonus, cap: "1", items: [BONUS]}
  - {id: M, title: 减分, kind: malus, cap: "2", items: [MALUS]}
  - {id: V, title: 否决, kind: veto, items: [VETO]}
"""

HELD = "{all: [{held: {is: 'yes'}}]}"
SHAPES = {
    "each": "{each: {points: '1.5'}}",
    "gate": "{gate: {at_least: '90%', else: '3'}}",
    "steps": "{steps: {tiers: [{below: '95%', points: '1'}, {below: '80%', points: '2.5'}]}}",
    "up": "{linear: {below: '95%', step: '1%', points: '0.2', steps: up}}",
    "down": "{linear: {below: '95%', step: '3%', points: '0.7', steps: down}}",
    "fraction": "{linear: {below: '95%', step: '7%', points: '0.3', steps: fraction}}",
}
APPEARED = (
    f"{{rate: {{ledger: cases, unit: 件, due: {HELD}, done: {{who: {{is: head}}}}, "
    "empty: not_applicable}}"
)
IN_TIME = "{rate: {ledger: cases, unit: 件, done: {state: {is: in_time}}, empty: not_applicable}}"
RETURNED = "{count: {ledger: cases, unit: 件, where: {sent_back: {at_least: '2'}}}}"
HANDLED = (
    "{count: {ledger: cases, unit: 件, charged_by: handler, where: {state: {in: [late, overdue]}}}}"
)
TRAINED = (
    "{rate: {ledger: people, unit: 人, due: {to: {on_or_after: period_end}}, done: {related: {ledger: hours, "
    "by: person, where: {present: {is: 'yes'}}, sum: hours, at_least: '12.5'}}, empty: not_applicable}}"
)
SEEN = (
    "{rate: {ledger: people, unit: 人, done: {any: [{related: {ledger: hours, by: person}}, "
    "{rated: {is: 'yes'}}]}, empty: full}}"
)
SESSIONS = "{count: {ledger: hours, unit: 次, where: {present: {not: 'no'}}}}"


def item(number: str, points: str, *rules: tuple[str, str, str]) -> dict[str, Any]:
    """An item of rules given as measure, shape and effect."""
    read = YAML(typ="safe").load
    return {
        "id": number,
        "title": f"指标{number}",
        **({"full_points": points} if points else {}),
        "clause": f"第{number}项条文。",
        "scored_by": "考核办",
        "basis": [{"document": "示例〔2022〕9号", "article": number}],
        "rules": [
            {
                "id": "abc"[place],
                "measure": read(measure),
                **({"shape": read(shape)} if shape else {}),
                "effect": read(effect),
            }
            for place, (measure, shape, effect) in enumerate(rules)
        ],
    }


def items(shape: str = SHAPES["up"]) -> dict[str, dict[str, Any]]:
    """The items; `shape` is the shape of the item on court appearance."""
    every = "{deduct: {}}"
    return {
        "ONE": item(
            "1.1",
            "20",
            (APPEARED, shape, "{deduct: {cap: '6'}}"),
            (RETURNED, SHAPES["each"], every),
        ),
        "TWO": item("1.2", "20", (IN_TIME, SHAPES["each"], every)),
        "THREE": item("1.3", "10", (HANDLED, "{each: {points: '0.3'}}", "{deduct: {cap: '1'}}")),
        "FOUR": item(
            "1.4", "10", (IN_TIME, SHAPES["fraction"], every), (APPEARED, SHAPES["fraction"], every)
        ),
        "FIVE": item("2.1", "15", (TRAINED, SHAPES["each"], every), (SEEN, SHAPES["gate"], every)),
        "SIX": item("2.2", "15", (SESSIONS, "{shortfall: {target: 4, points: '0.5'}}", every)),
        "SEVEN": item(
            "2.3",
            "10",
            ("{entered: {gives: state}}", "{states: {amounts: {有并落实: '0', 无: '4'}}}", every),
            ("{judged: {at_most: '1'}}", "{as_judged: {}}", every),
        ),
        "BONUS": item("B.1", "", (SESSIONS, "{each: {points: '0.4'}}", "{bonus: {}}")),
        "MALUS": item("M.1", "", (RETURNED, "{each: {points: '0.7'}}", "{malus: {cap: '1.5'}}")),
        "VETO": item(
            "V.1",
            "",
            (
                "{count: {ledger: cases, where: {sent_back: {above: '8'}}}}",
                "",
                "{veto: {grade_at_most: 合格}}",
            ),
        ),
    }


def rubric(shape: str = SHAPES["up"], mode: str = "half_up") -> Rubric:
    """The rubric of this small assessment."""
    raw = YAML(typ="safe").load(RUBRIC)
    made = items(shape)
    for section in raw["sections"]:
        section["items"] = [made[name] for name in section["items"]]
    raw["rounding"]["mode"] = mode
    return Rubric.model_validate(raw)


@cache
def schemas() -> dict[str, Schema]:
    """The schemas by id."""
    raw = YAML(typ="safe").load(SCHEMAS)
    return {one["id"]: Schema.model_validate(one) for one in raw}


@cache
def reckoner() -> Reckoner:
    """National limits and calendar."""
    calendar = Calendar.national(load_overlays(LAW / "calendar"))
    return Reckoner(load_limits(LAW), calendar, AS_OF)


_DTYPES = {"date": "datetime64[s]", "integer": "Int64", "number": "float64"}


def ledger(
    name: str, rows: list[dict[str, Any]], unknown: Mapping[str, list[int]] | None = None
) -> Ledger:
    """A ledger with its derived columns; `unknown` names rows that cannot be relied on."""
    schema = schemas()[name]
    frame = pd.DataFrame(
        {
            column: _typed([row.get(column) for row in rows], kind.type)
            for column, kind in schema.columns.items()
        }
    )
    keys = ["|".join(str(row.get(key, "")) for key in schema.key) for row in rows]
    origin = {
        "row_id": [f"{name}/{key}" for key in keys],
        "file": [f"ledgers/{schema.title}.xlsx"] * len(rows),
        "sheet": ["台账"] * len(rows),
    }
    frame = frame.assign(**{key: pd.array(values, dtype="str") for key, values in origin.items()})
    frame["row"] = np.arange(2, 2 + len(rows), dtype="int64")
    marks = {
        column: np.isin(np.arange(len(rows)), places) for column, places in (unknown or {}).items()
    }
    return reckoner().derived(Ledger(schema, frame, marks))


def _typed(values: list[Any], kind: str) -> Any:
    dtype = _DTYPES.get(kind, "str")
    if kind == "date":
        texts = ["NaT" if one is None else one.isoformat() for one in values]
        return np.array(texts, dtype=dtype)
    if kind == "number":
        return np.array([np.nan if one is None else one for one in values], dtype=dtype)
    return pd.array(values, dtype=dtype)


Rows = dict[str, list[dict[str, Any]]]


def random_rows(seed: int, most: int = 9) -> Rows:
    """Records of all three departments, blanks and people who moved included."""
    random = Random(seed)  # noqa: S311 - only tests
    cases = [_case(random, number) for number in range(random.randint(3, 3 * most))]
    people = [_person(random, number) for number in range(random.randint(2, 2 * most))]
    hours = [_hours(random, number, people) for number in range(random.randint(2, 5 * most))]
    states: Rows = {
        "entered": [
            {
                "item": "2.3",
                "department": code,
                "state": random.choice(["有并落实", "无"]),
                "source": "档案",
            }
            for code in CODES
        ],
        "judged": [
            {
                "item": "2.3",
                "department": code,
                "points": random.randint(0, 100) / 100,
                "reason": "核定",
            }
            for code in CODES
        ],
        "self_assessments": [
            {
                "item": "1.1",
                "department": code,
                "self_points": 19.5,
                "remark": "自评说明",
                "evidence": "证1",
            }
            for code in CODES
        ],
    }
    return {"cases": cases, "people": people, "hours": hours, **states}


def _maybe(random: Random, value: Any) -> Any:
    return value if random.random() < 0.8 else None


def _day(random: Random, first: dt.date, days: int) -> dt.date:
    return first + dt.timedelta(days=random.randint(0, days))


def _case(random: Random, number: int) -> dict[str, Any]:
    served = _day(random, dt.date(2021, 12, 20), 400)
    code = random.choice(CODES)
    return {
        "number": f"案{number:03}号{code}",
        "department": code,
        "handler": _maybe(random, random.choice(CODES)),
        "served_on": served,
        "replied_on": _maybe(random, _day(random, served, 25)),
        "sent_back": _maybe(random, random.randint(0, 4)),
        "held": _maybe(random, random.choice(["yes", "yes", "no"])),
        "who": _maybe(random, random.choice(["head", "head", "head", "staff", "lawyer"])),
        "remark": _maybe(random, random.choice(["=1+1", "+1", "-1", "@x", "{=1}", "http://a.b/c"])),
    }


def _person(random: Random, number: int) -> dict[str, Any]:
    votes = _maybe(random, random.randint(0, 30))
    return {
        "person": f"P{number:03}",
        "department": random.choice(CODES),
        "to": random.choice([None, dt.date(2022, 6, 30), dt.date(2022, 12, 31)]),
        "votes": votes,
        "good": _maybe(random, random.randint(0, votes or 0)),
    }


def _hours(random: Random, number: int, people: list[dict[str, Any]]) -> dict[str, Any]:
    one = random.choice(people)
    code = one["department"] if random.random() < 0.85 else random.choice(CODES)
    return {
        "entry": f"训{number:03}号{code}",
        "person": one["person"],
        "department": code,
        "held_on": _day(random, dt.date(2022, 1, 1), 364),
        "present": _maybe(random, random.choice(["yes", "yes", "yes", "no"])),
        "hours": _maybe(random, random.randint(1, 120) / 10),
    }


def settings(**changes: Any) -> AssessmentSettings:
    """The settings; any of them changed."""
    raw = {
        "id": "small",
        "title": "小考核",
        "body": "示例区",
        "assessing_office": "示例考核办",
        "illustrative": True,
        "period": {"from": "2022-01-01", "to": "2022-12-31"},
        "as_of": AS_OF.isoformat(),
        "stage": "initial",
        "ledgers": {name: {"files": ["x.xlsx"]} for name in schemas()},
        "conversion": {
            "method": "proportional",
            "full_points": "5",
            "places": 2,
            "basis": {"document": "示例〔2022〕2号"},
            "note": "按比例",
        },
        "contact": {"office": "考核办", "telephone": "0", "appeal_days": 5},
    }
    return AssessmentSettings.model_validate({**raw, **changes})


@dataclass(frozen=True)
class World:
    """Everything an assessment is made of, so that one record can be changed."""

    rows: Rows
    rubric: Rubric
    settings: AssessmentSettings
    unknown: Mapping[str, Mapping[str, list[int]]]
    register: str = REGISTER

    def assessment(self) -> Assessment:
        """The assessment."""
        register = Register.model_validate(YAML(typ="safe").load(self.register))
        found = [
            Finding(code="LEDGER_X", severity=Severity.WARNING, what="可疑", department="ZX888")
        ]
        return assessed(
            Inputs(
                settings=self.settings,
                register=register,
                rubric=self.rubric,
                ledgers={
                    name: ledger(name, rows, self.unknown.get(name))
                    for name, rows in self.rows.items()
                },
                reckoner=reckoner(),
                findings=tuple(found),
                files={"rubric.yaml": "a" * 64, "ledgers/乙字局案件.xlsx": "b" * 64},
            )
        )

    def amended(
        self, name: str, change: Callable[[dict[str, Any]], dict[str, Any]], key: str
    ) -> World:
        """The same world with one record changed; `key` is the value of its first column."""
        first = next(iter(schemas()[name].columns))
        rows = [change(row) if row[first] == key else row for row in self.rows[name]]
        return replace(self, rows={**self.rows, name: rows})


def world(seed: int = 7, **given: Any) -> World:
    """A world of random records; `shape`, `mode`, `unknown` and settings may be given."""
    shape = given.pop("shape", SHAPES["up"])
    mode = given.pop("mode", "half_up")
    unknown = given.pop("unknown", {})
    return World(random_rows(seed), rubric(shape, mode), settings(**given), unknown)
