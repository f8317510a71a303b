"""The assessing office's own papers: log, submissions, entered and judged figures, 自评."""

from __future__ import annotations

from datetime import date
from typing import Any

from example.days import day
from example.given import Given, Ledgers, Row, Rows, nth

ASSESSORS = ("赵某某", "钱某某", "孙某某")
RECEIVED_FIRST = 3
REASONS = (
    "问题剖析具体",
    "个别问题剖析不够具体",
    "问题剖析偏于笼统，未结合案件",
    "未剖析本单位问题原因",
)


def daily_log(given: Given) -> Rows:
    """日常考核登记簿."""
    return [_logged(place, *line) for place, line in enumerate(given.plan["daily_log"])]


def _logged(place: int, *line: Any) -> Row:
    on, department, category, matter, document, same, notified, verified = line
    return {
        "number": f"RC2022-{place + 1:02d}",
        "happened_on": day(on),
        "department": department,
        "category": category,
        "matter": matter,
        "document": document,
        "matter_id": same,
        "notified_on": day(notified) if notified else None,
        "verified": verified,
    }


def entered(given: Given) -> Rows:
    """核定数据录入表: whether the year's plan of study was made and carried out."""
    plan = given.plan["entered"]
    special = dict.fromkeys(plan["planned_only"], "有计划未全部落实")
    special |= dict.fromkeys(plan["none"], "无计划")
    return [
        {
            "item": "1.5",
            "department": code,
            "state": special.get(code, plan["default"]),
            "source": "年度学法培训计划及落实情况材料",
            "person": nth(ASSESSORS, int(code)),
            "entered_on": date(2023, 1, 16),
        }
        for code in given.assessed
        if code not in plan["without"]
    ]


def judged(given: Given) -> Rows:
    """评分底稿汇总表: points judged for 2.3."""
    return [
        {
            "item": "2.3",
            "department": code,
            "points": float(points),
            "reason": REASONS[(points > 0) + (points >= 0.5) + (points >= 1)],
            "person": nth(ASSESSORS, int(code)),
            "judged_on": date(2023, 1, 17),
        }
        for code, points in given.plan["judged"].items()
    ]


def self_assessments(given: Given) -> Rows:
    """自评表: every department and every item of the base."""
    return [
        _self(given, code, item, full)
        for code in given.assessed
        for item, full in given.items.items()
    ]


def _self(given: Given, code: str, item: str, full: str) -> Row:
    less = given.plan["self_less"].get(f"{code}/{item}")
    return {
        "department": code,
        "item": item,
        "self_points": float(full if less is None else less),
        "remark": "按细则完成" if less is None else "已发现问题并自行扣分",
        "evidence": f"佐证{code}-{item}",
    }


def submissions(given: Given, ledgers: Ledgers) -> Rows:
    """台账报送登记表: each department and each ledger that departments hand in."""
    return [
        _submitted(given, code, schema, ledgers[name])
        for code in given.assessed
        for name, schema in given.schemas.items()
        if schema["source"] == "department"
    ]


def _submitted(given: Given, code: str, schema: dict[str, Any], rows: Rows) -> Row:
    row: Row = {"department": code, "ledger": schema["title"]}
    missing = given.plan["not_reported"]
    if (code, schema["id"]) == (missing["department"], missing["ledger"]):
        reminded = day(missing["reminded_on"])
        return row | {"form": "none", "reminded_on": reminded, "reminder": missing["reminder"]}
    has_rows = any(one[schema["charged"]["by"]] == code for one in rows)
    on = date(2023, 1, RECEIVED_FIRST + int(code) % 7)
    return row | {"form": "rows" if has_rows else "nil", "received_on": on}
