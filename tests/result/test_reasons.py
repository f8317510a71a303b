"""Why something is 待核 is said exactly: which record, which entry, which comparison."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.result import Assessment
from tests.support.small_rubric import COUNT, events, item, rubric, rule, run, section

RANK = {"by_rank": {"better": "lower", "ties": "competition", "each_place": "1"}}
SUM = {"sum": {"ledger": "monthly_figures", "unit": "座", "column": "value", "empty": "pending"}}
VERSUS = {
    "versus": {
        "reference": "last_year",
        "side": "above",
        "difference": "absolute",
        "step": "1",
        "points": "1",
        "steps": "up",
    }
}
QUOTA = {"completion": {"ledger": "events", "unit": "件", "empty": "pending"}}
PRICED = {"each": {"by": {"column": "points", "factor": "1", "at_most": "3"}}}


def said(assessment: Assessment, place: int = 0) -> str:
    return str(assessment.of("rules", "01")["sentence"].iloc[place])


@pytest.mark.parametrize(
    ("measure", "shape", "rows", "text"),
    [
        (COUNT, PRICED, {"events": events("甲", 1)}, "没有核定分值，或分值超出规定幅度，待核"),
        (COUNT, PRICED, {"events": events("甲", 1, points="3.5")}, "超出规定幅度，待核"),
        (SUM, RANK, {}, "名次或平均值不能确定，待核"),
        (COUNT, VERSUS, {"events": events("甲", 1)}, "比较基准尚未登记，待核"),
        (QUOTA, {"proportional": {"points": "5", "of": "done"}}, {}, "任务数尚未登记，待核"),
        ({"entered": {"gives": "count"}}, {"each": {"points": "1"}}, {}, "尚无核定数据，待核"),
        (
            {"judged": {"at_most": "5"}},
            {"as_judged": {}},
            {},
            "评分单位尚未评定（应有1人评分），待核",
        ),
        (
            {"judged": {"at_most": "5"}},
            {"as_judged": {}},
            {"judged": [{"item": "1.1", "points": "9", "reason": "甲"}]},
            "的内容不完整、重复或超出规定幅度，待核",
        ),
    ],
)
def test_an_open_rule_says_what_is_missing(
    measure: dict[str, Any], shape: dict[str, Any], rows: dict[str, Any], text: str
) -> None:
    given = rubric(section("1", item("1.1", "10", rule(measure, shape))))
    assert text in said(run(given, rows))


def test_a_settled_rule_beside_an_open_one_says_that_it_is_settled() -> None:
    both = rule(), rule({"judged": {"at_most": "5"}}, {"as_judged": {}})
    given = rubric(section("1", item("1.1", "10", *both)))
    assert said(run(given)) == "本规则的数据已核定，同一指标的其他规则待核"


def test_a_month_that_is_missing_is_named() -> None:
    monthly = rule(SUM, RANK, periods={"each": "month", "combine": "mean"})
    given = rubric(section("1", item("1.1", "10", monthly)))
    row = {"kind": "甲", "month_on": "2024-01-31", "value": "1"}
    assert said(run(given, {"monthly_figures": [row]})).startswith("2月：")


def test_an_open_veto_says_that_nothing_was_entered_yet() -> None:
    veto = rule({"entered": {"gives": "count"}}, effect={"veto": {"total_zero": True}})
    outside = section("V", item("V.1", None, veto), kind="veto")
    given = rubric(section("1", item("1.1", "10", rule())), outside)
    (sentence,) = run(given).adjustments["sentence"]
    assert sentence.startswith("尚无核定数据，待核")
