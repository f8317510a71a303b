"""A tiny assessment built by hand: four departments, two groups, every state once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lawkpi.ledger.departments import Register
from lawkpi.result import Assessment, frames
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Rubric

BASIS = [{"document": "示例〔2022〕1号", "article": "1"}]


def settings(*, stage: str = "initial", illustrative: bool = True) -> AssessmentSettings:
    return AssessmentSettings.model_validate(
        {
            "id": "tiny",
            "title": "示例区2022年度法治建设考核",
            "body": "示例区",
            "stage": stage,
            "assessing_office": "示例考核组",
            "illustrative": illustrative,
            "period": {"from": "2022-01-01", "to": "2022-12-31"},
            "as_of": "2023-01-31",
            "ledgers": {},
            "conversion": {"method": "proportional", "full_points": "5", "basis": BASIS[0]},
            "contact": {"office": "示例法制办", "telephone": "0000", "appeal_days": 5},
        }
    )


def register() -> Register:
    named = [
        ("101", "示例综合办公室", "综合办", "internal"),
        ("201", "示例城市管理局", "城管局", "field"),
        ("202", "示例市场监督管理局", "市监局", "field"),
        ("203", "示例生态环境局", "环境局", "field"),
    ]
    return Register.model_validate(
        {
            "groups": {"internal": "内设机构", "field": "执法部门"},
            "departments": [
                dict(zip(("code", "name", "short", "group"), row, strict=True)) for row in named
            ],
        }
    )


def item(number: str, title: str, full: str | None, effect: str) -> dict[str, Any]:
    shape = {} if effect == "veto" else {"shape": {"as_judged": {}}}
    rule = {"id": "a", "measure": {"judged": {"at_most": "5"}}, "effect": {effect: {}}, **shape}
    points = {"full_points": full} if full else {}
    return {
        "id": number,
        "title": title,
        "clause": f"{title}不到位的，酌情扣分。",
        "scored_by": "示例法制办",
        "basis": BASIS,
        "rules": [rule],
        **points,
    }


def rubric() -> Rubric:
    return Rubric.model_validate(
        {
            "id": "tiny",
            "title": "示例考核细则",
            "document_number": "示例〔2022〕1号",
            "issued_on": "2022-01-01",
            "full_points": "100",
            "rounding": {"at": "item", "places": 2, "mode": "half_up"},
            "rank": {"on": "printed", "ties": "competition"},
            "floors": {"item": "0", "total": "0"},
            "not_applicable": {"default": "leave_base"},
            "grades": [
                {"grade": "优秀", "at_least": "90"},
                {"grade": "合格", "at_least": "60"},
                {"grade": "不合格", "at_least": "0"},
            ],
            "sections": [
                {
                    "id": "1",
                    "title": "学法",
                    "full_points": "60",
                    "items": [
                        item("1.1", "领导干部学法", "40", "deduct"),
                        item("1.2", "执法培训", "20", "deduct"),
                    ],
                },
                {
                    "id": "2",
                    "title": "诉讼",
                    "full_points": "40",
                    "items": [item("2.1", "出庭应诉", "40", "deduct")],
                },
                {
                    "id": "B",
                    "title": "加分",
                    "kind": "bonus",
                    "items": [item("B.1", "表彰", None, "bonus")],
                },
            ],
        }
    )


POINTS = {
    "101": [("40", "40", "scored"), ("20", None, "not_applicable"), ("40", "36", "scored")],
    "201": [("40", "38.5", "scored"), ("20", "0", "not_reported"), ("40", None, "pending")],
    "202": [("40", "40", "scored"), ("20", "20", "scored"), ("40", "40", "scored")],
    "203": [("40", "30", "scored"), ("20", "15.25", "scored"), ("40", "33.3", "scored")],
}
OUTSIDE = {"101": ("0", "0"), "201": ("1.5", "0"), "202": ("0", "0"), "203": ("0", "2")}
RANKS = {"101": 1, "201": 3, "202": 1, "203": 2}
GRADES = {"101": "合格", "201": "不合格", "202": "优秀", "203": "合格"}


def assessment(**choices: Any) -> Assessment:
    """The tiny assessment; `choices` go to the settings."""
    scores = [
        {
            "department": code,
            "section": number[0],
            "item": number,
            "state": state,
            "full_points": Decimal(full),
            "points": None if points is None else Decimal(points),
            "done": 0,
            "due": 0,
        }
        for code, rows in POINTS.items()
        for number, (full, points, state) in zip(("1.1", "1.2", "2.1"), rows, strict=True)
    ]
    return Assessment(
        settings=settings(**choices),
        register=register(),
        rubric=rubric(),
        ledgers={},
        limits={},
        definitions={},
        inputs={},
        scores=frames.table(scores, frames.SCORES),
        rules=frames.table([], frames.RULES),
        losses=frames.table(list(losses(scores)), frames.LOSSES),
        adjustments=frames.table([], frames.ADJUSTMENTS),
        totals=frames.table([total(code) for code in POINTS], frames.TOTALS),
        findings=frames.table([], frames.FINDINGS),
    )


def losses(scores: list[dict[str, Any]]) -> Any:
    for row in scores:
        if row["points"] is not None and row["points"] != row["full_points"]:
            lost = row["full_points"] - row["points"]
            yield {
                "department": row["department"],
                "item": row["item"],
                "rule": "a",
                "points": lost,
                "ledger": "judged",
                "basis": "示例〔2022〕1号第1条",
                "sentence": f"经核查，未到位，对照《示例考核细则》第{row['item']}项，扣{lost}分。",
            }


def total(code: str) -> dict[str, Any]:
    rows = POINTS[code]
    base = sum((Decimal(points) for _, points, _ in rows if points), Decimal(0))
    waiting = [Decimal(full) for full, _, state in rows if state == "pending"]
    bonus, malus = (Decimal(amount) for amount in OUTSIDE[code])
    group = {one.code: one.group for one in register().departments}[code]
    return {
        "department": code,
        "group": group,
        "base": base,
        "bonus": bonus,
        "malus": malus,
        "total": base + bonus - malus,
        "rank": RANKS[code],
        "grade": GRADES[code],
        "pending_count": len(waiting),
        "pending_points": sum(waiting, Decimal(0)),
        "converted": Decimal("4.5"),
    }
