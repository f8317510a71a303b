"""Small rubrics written in a test: one section, one item, or whatever is put in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lawkpi.result import Assessment
from lawkpi.rubric.model import Rubric
from tests.support.rubric_cases import scored_case

Raw = dict[str, Any]
COUNT: Raw = {"count": {"ledger": "events", "unit": "件", "where": {"kind": {"is": "甲"}}}}
ONE_POINT: Raw = {"each": {"points": "1"}}
YEAR = ("2024-01-01", "2024-12-31")


def rule(
    measure: Raw | None = None, shape: Raw | None = None, effect: Raw | None = None, **more: Any
) -> Raw:
    """A rule; by default each event of kind 甲 costs a point."""
    whole: Raw = {
        "id": "a",
        "measure": measure or COUNT,
        "effect": effect or {"deduct": {}},
        **more,
    }
    return whole if "veto" in whole["effect"] else whole | {"shape": shape or ONE_POINT}


def item(number: str, full: str | None, *rules: Raw, **more: Any) -> Raw:
    named = [{**one, "id": chr(ord("a") + place)} for place, one in enumerate(rules or [rule()])]
    whole: Raw = {
        "id": number,
        "title": f"指标{number}",
        "clause": f"第{number}项条文。",
        "scored_by": "甲",
        "basis": [{"document": "甲法〔2024〕1号", "article": number}],
        "rules": named,
        **more,
    }
    return whole if full is None else whole | {"full_points": full}


def section(number: str, *items: Raw, kind: str = "base", **more: Any) -> Raw:
    whole: Raw = {
        "id": number,
        "title": f"部分{number}",
        "kind": kind,
        "items": list(items),
        **more,
    }
    if kind == "base" and "full_points" not in more:
        whole["full_points"] = str(sum(int(one["full_points"]) for one in items))
    return whole


def rubric(*sections: Raw, **more: Any) -> Rubric:
    base = [one for one in sections if one["kind"] == "base"]
    full = str(sum(int(one["full_points"]) for one in base) or 100)
    return Rubric.model_validate(
        {
            "id": "small",
            "title": "小细则",
            "document_number": "甲法〔2024〕1号",
            "issued_on": "2023-12-01",
            "full_points": full,
            "rounding": {"at": "item", "places": 2, "mode": "half_up"},
            "floors": {"item": "0", "total": "0"},
            "rank": {"on": "printed", "ties": "competition"},
            "not_applicable": {"default": "redistribute_section"},
            "grades": [{"grade": "合格", "at_least": "60"}, {"grade": "不合格", "at_least": "0"}],
            "sections": list(sections),
            **more,
        }
    )


def run(
    given: Rubric,
    ledgers: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    departments: Mapping[str, str] | None = None,
) -> Assessment:
    """A small rubric scored over rows written by hand."""
    asked = {"ledgers": ledgers or {}, "departments": departments or {"01": "all"}}
    return scored_case({"period": YEAR, "given": asked, "rubric": given.id}, given)


def events(kind: str, count: int, department: str = "01", **more: Any) -> list[Raw]:
    """Events of one kind, each on a day of its own."""
    return [
        {
            "number": f"{department}{kind}{place}",
            "department": department,
            "kind": kind,
            "occurred_on": f"2024-{place % 12 + 1:02}-{place % 28 + 1:02}",
            **more,
        }
        for place in range(count)
    ]
