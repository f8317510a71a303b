"""Bonus and malus say what they counted; what moved nothing has no line."""

from __future__ import annotations

from typing import Any

from lawkpi.result import Assessment
from tests.support.small_rubric import events, item, rubric, rule, run, section

CAPPED = {"bonus": {"cap": "1"}}


def bonus(effect: dict[str, Any], count: int, **more: Any) -> Assessment:
    outside = section("B", item("B.1", None, rule(effect=effect, **more)), kind="bonus")
    plain = rule({"count": {"ledger": "events", "where": {"kind": {"is": "乙"}}}})
    return run(
        rubric(section("1", item("1.1", "10", plain)), outside), {"events": events("甲", count)}
    )


def test_every_rule_outside_the_base_is_said_with_its_counts() -> None:
    rules = bonus({"bonus": {}}, 2).of("rules", "01").set_index("item")
    assert rules.loc["B.1", "sentence"] == "《事项登记簿》中事项类别为“甲”的记录共2件；每1件加1分"
    assert rules.loc["B.1", "points"] == 2


def test_a_record_beyond_the_cap_stays_listed_with_nothing() -> None:
    lines = bonus(CAPPED, 2).adjustments
    assert lines["points"].tolist() == [1, 0]
    assert "（已达上限）" in lines["sentence"][1]


def test_nothing_counted_is_no_line() -> None:
    assert bonus({"bonus": {}}, 0).adjustments.empty


def test_a_rule_for_another_group_says_so() -> None:
    rules = bonus({"bonus": {}}, 2, applies_to={"groups": ["y"]}).of("rules", "01")
    assert rules[rules["item"] == "B.1"]["sentence"].tolist() == ["本规则不适用于本单位"]
