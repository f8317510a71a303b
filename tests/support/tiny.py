"""A tiny assessment folder built by code: three departments, seven ledgers, two sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from lawkpi.ledger.schema import Schema, load_schemas

PARAMS = Path(__file__).resolve().parents[2] / "params"
SCHEMAS: dict[str, Schema] = load_schemas(PARAMS / "ledgers")

DEPARTMENTS = """
groups: {enforcement: 执法部门, internal: 内设机构}
departments:
  - {code: "000", name: 甲区管委会, short: 管委会, group: body, assessed: false}
  - {code: "01", name: 甲区城管局, short: 城管局, group: enforcement, aliases: [城市管理局]}
  - {code: "02", name: 甲区市监局, short: 市监局, group: enforcement}
  - {code: "03", name: 甲区综合办, short: 综合办, group: internal}
"""

SETTINGS = """
id: tiny
title: 甲区2024年度法治建设考核
body: 甲区管委会
assessing_office: 甲区考核组
illustrative: true
period: {{from: "2024-01-01", to: "2024-12-31"}}
as_of: "2025-01-31"
stage: initial
shared: "{shared}"
ledgers:
{ledgers}
limits: {{}}
conversion:
  method: proportional
  full_points: "5"
  places: 2
  basis: {{document: 甲法〔2024〕2号}}
contact: {{office: 甲区法制办, telephone: "0", appeal_days: 5}}
"""

RUBRIC = """
id: tiny
title: 甲区2024年度考核细则
document_number: 甲法〔2024〕1号
issued_on: "2023-12-20"
full_points: "20"
rounding: {at: item, places: 2, mode: half_up}
rank: {on: printed, ties: competition}
floors: {item: "0", total: "0"}
not_applicable: {default: redistribute_section, empty_section: redistribute_rubric}
grades: [{grade: 优秀, at_least: "18"}, {grade: 合格, at_least: "12"}, {grade: 不合格, at_least: "0"}]
sections:
  - id: "1"
    title: 学法培训
    full_points: "8"
    items:
      - id: "1.1"
        title: 集体学法
        full_points: "3"
        clause: 集体学法不少于4次，每少1次扣0.5分。
        scored_by: 甲区法制办
        basis: [{document: 甲法〔2024〕1号, article: "2"}]
        not_reported: {deduct: "3"}
        rules:
          - id: a
            measure: {count: {ledger: study_sessions, unit: 次, where: {forum: {is: own}}}}
            shape: {shortfall: {target: 4, points: "0.5"}}
            effect: {deduct: {}}
      - id: "1.2"
        title: 年度学时
        full_points: "3"
        clause: 每有1人未达60学时的扣0.5分。
        scored_by: 甲区法制办
        applies_to: {groups: [enforcement]}
        basis: [{document: 甲法〔2024〕1号, article: "3"}]
        rules:
          - id: a
            measure:
              rate:
                ledger: enforcers
                unit: 人
                due:
                  all:
                    - {status: {is: certified}}
                    - {from: {on_or_before: period_end}}
                    - {to: {on_or_after: period_end}}
                done:
                  related:
                    ledger: training
                    by: person
                    where: {attendance: {is: present}}
                    sum: hours
                    at_least: "60"
                empty: not_applicable
            shape: {each: {points: "0.5"}}
            effect: {deduct: {}}
      - id: "1.3"
        title: 培训计划
        full_points: "2"
        clause: 有计划未全部落实的扣1分，无计划的扣2分。
        scored_by: 甲区法制办
        basis: [{document: 甲法〔2024〕1号, article: "4"}]
        rules:
          - id: a
            measure: {entered: {gives: state}}
            shape: {states: {amounts: {有计划并落实: "0", 有计划未全部落实: "1", 无计划: "2"}}}
            effect: {deduct: {}}
  - id: "2"
    title: 行政诉讼
    full_points: "12"
    items:
      - id: "2.1"
        title: 答辩举证
        full_points: "4"
        clause: 逾期答辩举证的，每件扣2分。
        scored_by: 甲区法制办
        basis: [{document: 行政诉讼法, article: "67"}]
        rules:
          - id: a
            measure: {rate: {ledger: litigation, unit: 件, done: {papers_state: {is: in_time}}, empty: not_applicable}}
            shape: {each: {points: "2"}}
            effect: {deduct: {}}
      - id: "2.2"
        title: 负责人出庭
        full_points: "6"
        clause: 出庭率低于95%的，每低1个百分点扣0.2分，最多扣5分；案卷质量由评分单位核定扣分，最多扣1分。
        scored_by: 甲区法制办
        basis: [{document: 法释〔2020〕3号, article: "2"}]
        rules:
          - id: a
            measure:
              rate:
                ledger: litigation
                unit: 件
                period_by: hearing_on
                due: {all: [{hearing_held: {is: "yes"}}, {excused: {not: "yes"}}]}
                done: {appeared_as: {in: [head, deputy, in_charge]}}
                empty: not_applicable
            shape: {linear: {below: "95%", step: "1%", points: "0.2", steps: up}}
            effect: {deduct: {cap: "5"}}
          - id: b
            measure: {judged: {at_most: "1"}}
            shape: {as_judged: {}}
            effect: {deduct: {}}
      - id: "2.3"
        title: 败诉
        full_points: "2"
        clause: 生效裁判败诉的，每件扣1.5分，扣完为止。
        scored_by: 甲区法制办
        basis: [{document: 行政诉讼法, article: "70"}]
        rules:
          - id: a
            measure:
              count:
                ledger: litigation
                unit: 件
                period_by: effective_on
                where: {all: [{effective: {is: "yes"}}, {outcome: {in: [annulled, unlawful]}}]}
            shape: {each: {points: "1.5"}}
            effect: {deduct: {}}
  - id: "B"
    title: 加分
    kind: bonus
    cap: "1"
    items:
      - id: "B.1"
        title: 表彰
        clause: 市级表彰每项加0.6分，合计不超过1分。
        scored_by: 甲区考核组
        basis: [{document: 甲法〔2024〕1号, article: "9"}]
        rules:
          - id: a
            measure: {count: {ledger: daily_log, unit: 项, where: {category: {is: honour_municipal}}}}
            shape: {each: {points: "0.6"}}
            effect: {bonus: {}}
  - id: "V"
    title: 一票否决
    kind: veto
    items:
      - id: "V.1"
        title: 拒不履行
        clause: 拒不履行生效裁判的，等次不高于合格。
        scored_by: 甲区考核组
        basis: [{document: 行政诉讼法, article: "96"}]
        rules:
          - id: a
            measure: {count: {ledger: daily_log, unit: 项, where: {category: {is: refusal}}}}
            effect: {veto: {grade_at_most: 合格}}
"""

Row = dict[str, Any]


def session(number: int, department: str, **more: Any) -> Row:
    return {
        "session": f"X{number}",
        "held_on": dt.date(2024, number % 12 + 1, 5),
        "forum": "own",
        "organiser": department,
        "topic": "行政处罚法",
        **more,
    }


def case(number: int, department: str, **more: Any) -> Row:
    """A case answered in time, heard, attended by a deputy and won."""
    served = dt.date(2024, 3, 11)
    return {
        "case_number": f"（2024）甲01行初{number}号",
        "defendant": "甲区管委会",
        "responsible_department": department,
        "instance": "first",
        "served_on": served,
        "reply_on": dt.date(2024, 3, 20),
        "evidence_on": dt.date(2024, 3, 20),
        "mandate_on": dt.date(2024, 3, 20),
        "hearing_on": dt.date(2024, 5, 6),
        "hearing_held": "yes",
        "attended_in_time": "yes",
        "appeared_as": "deputy",
        "outcome": "dismissed",
        "decided_on": dt.date(2024, 6, 3),
        "effective": "yes",
        "effective_on": dt.date(2024, 6, 20),
        **more,
    }


def officer(number: int, department: str, **more: Any) -> Row:
    return {
        "person": f"P{number:03}",
        "department": department,
        "status": "certified",
        "from": dt.date(2020, 1, 1),
        **more,
    }


def lesson(number: int, person: int, department: str, hours: float, **more: Any) -> Row:
    return {
        "session": f"T{number}",
        "held_on": dt.date(2024, 4, 10),
        "organiser": "甲区综合办",
        "subject": "penalty_law",
        "mode": "offline",
        "person": f"P{person:03}",
        "department": department,
        "attendance": "present",
        "hours": hours,
        **more,
    }


def default_rows() -> dict[str, list[Row]]:
    """Rows under which 01 and 02 have cases and officers and 03 has neither."""
    first, second, third = "甲区城管局", "甲区市监局", "甲区综合办"
    states = {first: "有计划并落实", second: "有计划未全部落实", third: "无计划"}
    return {
        "study_sessions": [session(n, first) for n in range(4)]
        + [session(n + 10, second) for n in range(2)]
        + [session(n + 20, third) for n in range(5)],
        "enforcers": [officer(n, first) for n in (1, 2, 3)] + [officer(n, second) for n in (4, 5)],
        "training": [lesson(n, n, first, 60.0) for n in (1, 2)]
        + [lesson(3, 3, first, 59.5)]
        + [lesson(n, n, second, 64.0) for n in (4, 5)],
        "litigation": [case(n, first) for n in range(1, 20)]
        + [case(20, first, appeared_as="staff")]
        + [
            case(31, second, reply_on=dt.date(2024, 3, 27)),
            case(32, second, appeared_as="lawyer", outcome="annulled"),
            case(33, second, outcome="unlawful"),
        ],
        "daily_log": [],
        "entered": [
            {
                "item": "1.3",
                "department": name,
                "state": state,
                "source": "计划文件",
                "person": "张三",
                "entered_on": dt.date(2025, 1, 10),
            }
            for name, state in states.items()
        ],
        "judged": [
            {
                "item": "2.2",
                "department": name,
                "points": 0.25 if name == second else 0.0,
                "reason": "案卷",
                "person": "李四",
                "judged_on": dt.date(2025, 1, 12),
            }
            for name in states
        ],
        "submissions": [
            {"department": name, "ledger": "学法台账", "form": "rows"} for name in states
        ],
    }


def write_ledger(path: Path, schema: Schema, rows: Sequence[Mapping[str, Any]]) -> None:
    """A plain ledger workbook: headings as declared, codes as the labels that people write."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet(schema.title[:31])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (_, declared) in enumerate(schema.columns.items()):
        sheet.write_string(0, column, declared.title)
    for number, row in enumerate(rows, 1):
        for column, (name, declared) in enumerate(schema.columns.items()):
            value = row.get(name)
            if isinstance(value, dt.date):
                sheet.write_datetime(
                    number, column, dt.datetime(value.year, value.month, value.day), day
                )
            elif isinstance(value, int | float):
                sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, declared.labels.get(str(value), str(value)))
    book.close()


def tiny_folder(
    folder: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    *,
    rubric: str = RUBRIC,
    departments: str = DEPARTMENTS,
    settings: str = SETTINGS,
) -> Path:
    """Write the tiny assessment; `rows` replaces the default rows of the ledgers it names."""
    (folder / "ledgers").mkdir(parents=True, exist_ok=True)
    content = {**default_rows(), **(rows or {})}
    for name, own in content.items():
        write_ledger(folder / "ledgers" / f"{SCHEMAS[name].title}.xlsx", SCHEMAS[name], own)
    named = "\n".join(
        f"  {name}: {{files: [ledgers/{SCHEMAS[name].title}.xlsx]}}" for name in content
    )
    texts = {
        "assessment.yaml": settings.format(shared=PARAMS.as_posix(), ledgers=named),
        "departments.yaml": departments,
        "rubric.yaml": rubric,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
