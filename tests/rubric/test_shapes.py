"""Shapes as written, as read, and in the rubric's words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from lawkpi.rubric.shapes import Reading, ShapeBox, Versus, Words
from lawkpi.rubric.written import plain_model

SLOPES: dict[str, Any] = {
    "slopes": [{"below": "96%", "points": "0.25"}, {"below": "90%", "points": "0.5"}],
    "step": "1%",
}
WRITTEN: list[tuple[dict[str, Any], str]] = [
    ({"each": {"points": "0.5"}}, "每1件扣0.5分"),
    ({"each": {"points": "0.5", "free": "5"}}, "超过5件的，每多1件扣0.5分"),
    ({"each": {"points": "10", "per": "30", "steps": "up"}}, "每30件扣10分（不足一步按一步计）"),
    (
        {"each": {"points": "1", "free": "2.5", "per": "0.5", "steps": "down"}},
        "超过2.5件的，每多0.5件扣1分（不足一步不计）",
    ),
    (
        {"each": {"by": {"column": "level", "points": {"city": "1", "province": "2.5"}}}},
        "level为“city”的每1件扣1分，level为“province”的每1件扣2.5分",
    ),
    (
        {"each": {"by": {"column": "deaths", "tiers": [
            {"at_least": "3", "below": "6", "points": "5"}, {"at_least": "6", "points": "10"}]}}},
        "每1件按deaths：3以上不满6的扣5分，6以上的扣10分",
    ),
    ({"each": {"by": {"column": "taken", "factor": "1"}}}, "每1件按“taken”扣分"),
    (
        {"each": {"by": {"column": "taken", "factor": "0.25", "at_least": "2", "at_most": "5"}}},
        "每1件按“taken”的0.25倍扣分（2至5分）",
    ),
    (
        {"each": {"by": {"column": "taken", "factor": "1", "at_most": "5"}}},
        "每1件按“taken”扣分（0至5分）",
    ),
    (
        {"each": {"by": {"column": "taken", "factor": "1", "at_least": "2"}}},
        "每1件按“taken”扣分（不低于2分）",
    ),
    ({"gate": {"at_least": "100%", "else": "5"}}, "未达到100%的扣5分"),
    ({"gate": {"at_least": "3", "then": "5"}}, "达到3件的扣5分"),
    ({"gate": {"at_most": "10%", "else": "2"}}, "超过10%的扣2分"),
    ({"gate": {"at_most": "2.5", "then": "2"}}, "不超过2.5件的扣2分"),
    (
        {"steps": {"tiers": [{"below": "95%", "points": "1"}, {"below": "90%", "points": "2"}]}},
        "低于95%扣1分，低于90%扣2分",
    ),
    (
        {"steps": {"tiers": [{"above": "2", "at_most": "5", "points": "1"},
                             {"at_least": "6", "below": "10", "points": "3"}]}},
        "超过2件5件以下扣1分，6件以上不满10件扣3分",
    ),
    (
        {"steps": {"tiers": [{"at_least": "10%", "points": "1"}, {"above": "20%", "points": "2"}]}},
        "10%以上扣1分，超过20%扣2分",
    ),
    (
        {"linear": {"below": "95%", "step": "1%", "points": "0.2", "steps": "up"}},
        "低于95%的，每低1个百分点扣0.2分（不足一步按一步计）",
    ),
    (
        {"linear": {"above": "10%", "step": "0.5%", "points": "1", "steps": "down"}},
        "高于10%的，每高0.5个百分点扣1分（不足一步不计）",
    ),
    (
        {"linear": {"below": "87.5%", "step": "10%", "points": "1", "steps": "fraction"}},
        "低于87.5%的，每低10个百分点扣1分（不足一步按比例计）",
    ),
    (
        {"slopes": {**SLOPES, "steps": "up", "counted": "within"}},
        "低于96%的，每低1个百分点扣0.25分，低于90%的，每低1个百分点扣0.5分（分段累计，不足一步按一步计）",
    ),
    (
        {"slopes": {**SLOPES, "steps": "fraction", "counted": "whole"}},
        "低于96%的，每低1个百分点扣0.25分，低于90%的，每低1个百分点扣0.5分（按所处段一并计算，不足一步按比例计）",
    ),
    ({"proportional": {"points": "20", "of": "done"}}, "按已计与应计之比扣分，满额扣20分"),
    (
        {"proportional": {"points": "2.5", "of": "missing"}},
        "按未达部分占应计之比扣分，满额扣2.5分",
    ),
    ({"shortfall": {"target": "4", "points": "0.5"}}, "应达4件，每少1件扣0.5分"),
    (
        {"shortfall": {"target": "40.5", "points": "0.5", "per": "5", "steps": "down"}},
        "应达40.5件，每少5件扣0.5分（不足一步不计）",
    ),
    ({"states": {"amounts": {"good": "0", "bad": "1.5"}}}, "按所处情形计分"),
    (
        {"by_rank": {"better": "higher", "ties": "competition", "each_place": "0.5"}},
        "本组由高到低排名，第1名不扣分，每低1个名次扣0.5分",
    ),
    (
        {"by_rank": {"better": "lower", "ties": "dense", "last": 2, "points": "1"}},
        "本组由低到高排名，末2名扣1分",
    ),
    (
        {"by_rank": {"better": "higher", "ties": "dense", "places": ["3", "2"], "else": "0"}},
        "本组由高到低排名，第1名扣3分，第2名扣2分，其余扣0分",
    ),
    (
        {"versus": {"reference": "outside_mean", "side": "below", "difference": "absolute",
                    "step": "1%", "points": "0.25", "steps": "up"}},
        "低于上级公布的平均值的，每低1个百分点扣0.25分（不足一步按一步计）",
    ),
    (
        {"versus": {"reference": "quota", "side": "above", "difference": "absolute",
                    "step": "1", "points": "5", "steps": "down"}},
        "高于下达的指标值的，每高1件扣5分（不足一步不计）",
    ),
    (
        {"versus": {"reference": "last_year", "side": "above", "difference": "relative",
                    "step": "5%", "points": "1", "steps": "fraction"}},
        "高于上年值的，每高5%扣1分（不足一步按比例计）",
    ),
    (
        {"versus": {"reference": "group_mean", "side": "above", "difference": "absolute", "tiers": [
            {"above": "0%", "at_most": "5%", "points": "1"}, {"above": "5%", "points": "2"}]}},
        "高于本组各单位平均值的，高不超过5个百分点的扣1分，高超过5个百分点的扣2分",
    ),
    (
        {"versus": {"reference": "quota", "side": "above", "difference": "relative", "tiers": [
            {"at_least": "10%", "below": "50%", "points": "1"}, {"at_least": "50%", "points": "2"}]}},
        "高于下达的指标值的，幅度10%以上不满50%的扣1分，幅度50%以上的扣2分",
    ),
    (
        {
            "versus": {
                "reference": "last_year",
                "side": "below",
                "difference": "relative",
                "step": "1",
                "steps": "down",
                "tiers": [{"above": "15%", "points": "1"}, {"above": "50%", "points": "2"}],
            }
        },
        "低于上年值的，幅度超过15%的每低1件扣1分，幅度超过50%的每低1件扣2分（不足一步不计）",
    ),
    ({"as_judged": {}}, "按评分单位核定意见扣分"),
    ({"as_entered": {}}, "按录入分值扣分"),
    ({"as_entered": {"factor": "0.25"}}, "按录入分值的0.25倍扣分"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), WRITTEN)
def test_a_shape_written_out_is_what_was_read_and_reads_as_a_clause(
    raw: dict[str, Any], text: str
) -> None:
    box = ShapeBox.model_validate(raw)
    assert plain_model(box) == raw
    assert ShapeBox.model_validate(box.model_dump(mode="json", by_alias=True)) == box
    assert box.name == next(iter(raw))
    kind: Any = "count" if box.name == "each" else "rate"
    assert box.shape.rule_text(Reading(kind, "件", done=1, due=2)) == text


def test_every_shape_has_a_case() -> None:
    assert {next(iter(raw)) for raw, _ in WRITTEN} == set(ShapeBox.model_fields)


def test_a_state_that_was_found_reads_with_its_own_points() -> None:
    states = ShapeBox.model_validate({"states": {"amounts": {"good": "0", "bad": "1.5"}}}).shape
    assert states.rule_text(Reading("state", "项", 0, 0, state="bad")) == "属本情形的扣1.5分"
    assert states.rule_text(Reading("state", "项", 0, 0, state="else")) == "按所处情形计分"


def test_a_bonus_reads_as_a_bonus() -> None:
    each = ShapeBox.model_validate({"each": {"points": "1"}}).shape
    assert each.rule_text(Reading("count", "项", 1, 1, verb="加")) == "每1项加1分"


def shape(**raw: Any) -> Any:
    return ShapeBox.model_validate(raw).shape


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ({}, "未达到的每1件扣0.5分"),
        ({"per": "30", "steps": "up"}, "未达到的每30件扣0.5分（不足一步按一步计）"),
    ],
)
def test_over_a_rate_what_is_missing_costs_points_and_is_said_so(
    terms: dict[str, str], text: str
) -> None:
    each = shape(each={"points": "0.5", **terms})
    assert each.rule_text(Reading("rate", "件", done=1, due=2)) == text


def test_a_price_by_column_reads_in_the_ledger_s_own_words() -> None:
    priced = shape(each={"by": {"column": "level", "points": {"city": "1"}}})
    words = Words(titles={"level": "级别"}, labels={"level": {"city": "市级"}})
    read = priced.rule_text(Reading("count", "次", 1, 1, verb="加", words=words))
    assert read == "级别为“市级”的每1次加1分"


def test_a_share_of_a_count_reads_with_the_number_that_stands_for_the_whole() -> None:
    done = shape(proportional={"points": "20", "of": "done", "target": "12.5"})
    assert done.rule_text(Reading("amount", "万元", 5, 5, verb="得")) == (
        "按已计与应达12.5万元之比得分，满额得20分"
    )


@pytest.mark.parametrize(
    ("kind", "reference", "text"),
    [
        ("rate", None, "上年值"),
        ("rate", Fraction(2, 3), "上年值66.67%，低16.67个百分点（25%）"),
        ("count", Fraction(4), "上年值4件，低3件（75%）"),
        ("amount", Fraction(1, 3), "上年值0.33件，高0.67件（200%）"),
        ("rate", Fraction(1, 2), "上年值50%，与之持平"),
        ("count", Fraction(0), "上年值0件，高1件"),
    ],
)
def test_what_a_figure_is_compared_with_is_said_where_it_is_known(
    kind: Any, reference: Fraction | None, text: str
) -> None:
    against = shape(
        versus={
            "reference": "last_year", "side": "below", "difference": "relative",
            "step": "1%", "points": "1", "steps": "up",
        }
    )  # fmt: skip
    assert isinstance(against, Versus)
    assert against.distance_text(Reading(kind, "件", 1, 2, reference=reference)) == text


@pytest.mark.parametrize(
    ("done", "due", "text"),
    [
        (19, 20, "应计20件、已计19件（19/20，95%）"),
        (18, 19, "应计19件、已计18件（18/19，94.74%）"),
        (1, 3, "应计3件、已计1件（1/3，33.33%）"),
        (2, 3, "应计3件、已计2件（2/3，66.67%）"),
        (1, 800, "应计800件、已计1件（1/800，0.13%）"),
        (0, 0, "应计0件、已计0件（0/0，无基数）"),
    ],
)
def test_a_rate_is_printed_with_its_counts_and_is_never_a_rate_of_nothing(
    done: int, due: int, text: str
) -> None:
    reading = Reading("rate", "件", done, due)
    assert reading.counts == text
    assert reading.missing == due - done


def test_a_count_is_printed_without_a_rate() -> None:
    reading = Reading("count", "次", 3, 3)
    assert (reading.counts, reading.missing) == ("共3次", 3)


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Reading("amount", "万元", 125, 125, scale=10), "共12.5万元"),
        (Reading("rate", "项", 855, 1000, is_share=True), "为85.5%"),
        (Reading("rate", "项", 0, 0, is_share=True), "为无基数"),
        (Reading("rate", "件", 15, 20, scale=10, is_quota=True),
         "完成1.5件，任务数2件（完成率75%）"),
        (Reading("rate", "件", 5, 4, is_quota=True), "完成5件，任务数4件（完成率125%）"),
    ],
)  # fmt: skip
def test_figures_with_decimals_shares_and_quotas_are_printed_as_such(
    reading: Reading, text: str
) -> None:
    assert reading.counts == text


def test_unlike_decimals_share_their_least_denominator() -> None:
    shape = ShapeBox.model_validate(
        {"states": {"amounts": {"a": "0.25", "b": "0.1", "c": "2"}}}
    ).shape
    assert shape.most() == Fraction(2)


@pytest.mark.parametrize(
    "raw",
    [
        {"each": {"points": "-0.5"}},
        {"gate": {"at_least": "100%", "else": "-1"}},
        {"linear": {"below": "95%", "step": "1%", "points": "-0.2", "steps": "up"}},
        {"shortfall": {"target": 4, "points": "-0.5"}},
        {"states": {"amounts": {"good": "-1"}}},
        {"states": {"amounts": {}}},
        {"slopes": {"slopes": [{"below": "96%", "points": "-1"}, {"below": "90%", "points": "2"}],
                    "step": "1%", "steps": "up", "counted": "whole"}},
        {"proportional": {"points": "-1", "of": "done"}},
        {"by_rank": {"better": "higher", "ties": "dense", "each_place": "-1"}},
        {"as_entered": {"factor": "-1"}},
    ],
)  # fmt: skip
def test_points_below_nothing_and_states_without_any_are_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        ShapeBox.model_validate(raw)


RANKED = {"better": "higher", "ties": "dense"}
BESIDE = {"reference": "last_year", "side": "below", "difference": "absolute"}
STEPPED = {"step": "1%", "points": "1", "steps": "up"}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"each": {}}, "points 与 by 应当且只能写一个"),
        ({"each": {"points": "1", "by": {"column": "a", "factor": "1"}}}, "points 与 by"),
        ({"each": {"by": {"column": "a", "factor": "1"}, "free": "1"}}, "不写 free、per、steps"),
        ({"each": {"points": "1", "per": "2"}}, "写明 per 的应写明 steps"),
        ({"each": {"points": "1", "steps": "up"}}, "写明 per 的应写明 steps"),
        ({"each": {"points": "1", "per": "0", "steps": "up"}}, "per 应大于0"),
        ({"each": {"by": {"column": "a"}}}, "points、tiers、factor"),
        ({"each": {"by": {"column": "a", "points": {"x": "1"}, "factor": "1"}}}, "points、tiers、factor"),
        ({"each": {"by": {"column": "a", "points": {"x": "1"}, "at_most": "5"}}}, "只与 factor 同写"),
        ({"each": {"by": {"column": "a", "tiers": [{"below": "5%", "points": "1"}]}}}, "不写百分比"),
        ({"each": {"by": {"column": "a", "tiers": []}}}, "至少写一档"),
        ({"gate": {"else": "1"}}, "at_least 与 at_most"),
        ({"gate": {"at_least": "1", "at_most": "2", "else": "1"}}, "at_least 与 at_most"),
        ({"gate": {"at_least": "1"}}, "then 与 else"),
        ({"gate": {"at_least": "1", "then": "1", "else": "1"}}, "then 与 else"),
        ({"steps": {"tiers": [{"points": "1"}]}}, "应写明界限"),
        ({"steps": {"tiers": [{"below": "5", "at_most": "6", "points": "1"}]}}, "一侧只写一个"),
        ({"steps": {"tiers": [{"at_least": "1", "below": "50%", "points": "1"}]}}, "同为百分比或同为数字"),
        ({"steps": {"tiers": [{"at_least": "6", "below": "3", "points": "1"}]}}, "下限高于上限"),
        ({"steps": {"tiers": [{"below": "3", "points": "1"}, {"below": "50%", "points": "2"}]}}, "同为百分比"),
        ({"steps": {"tiers": [{"above": "3", "points": "2"}, {"above": "6", "points": "1"}]}}, "由轻到重"),
        ({"shortfall": {"target": 0, "points": "1"}}, "target 应大于0"),
        ({"shortfall": {"target": "0.5", "points": "1", "per": "0", "steps": "up"}}, "per 应大于0"),
        ({"shortfall": {"target": 5, "points": "1", "per": "2"}}, "写明 per 的应写明 steps"),
        ({"shortfall": {"target": 5, "points": "1", "steps": "up"}}, "写明 per 的应写明 steps"),
        ({"slopes": {**SLOPES, "steps": "up"}}, "counted"),
        ({"slopes": {**SLOPES, "counted": "whole"}}, "steps"),
        ({"slopes": {**SLOPES, "slopes": SLOPES["slopes"][:1], "steps": "up", "counted": "whole"}}, "至少两段"),
        ({"slopes": {**SLOPES, "slopes": SLOPES["slopes"][::-1], "steps": "up", "counted": "whole"}}, "从高到低"),
        ({"slopes": {**SLOPES, "step": "4%", "steps": "up", "counted": "whole"}}, "整数倍"),
        ({"slopes": {**SLOPES, "step": "0%", "steps": "up", "counted": "whole"}}, "step 大于0"),
        ({"by_rank": RANKED}, "只能写一种"),
        ({"by_rank": {**RANKED, "each_place": "1", "last": 2, "points": "1"}}, "只能写一种"),
        ({"by_rank": {**RANKED, "last": 2}}, "last 与 points"),
        ({"by_rank": {**RANKED, "last": 0, "points": "1"}}, "greater than 0"),
        ({"by_rank": {**RANKED, "places": ["1"]}}, "places（至少一名）与 else"),
        ({"by_rank": {**RANKED, "places": [], "else": "0"}}, "places（至少一名）与 else"),
        ({"by_rank": {"better": "higher", "each_place": "1"}}, "ties"),
        ({"versus": BESIDE}, "points 与 tiers 应当且只能写一个"),
        ({"versus": {**BESIDE, **STEPPED, "steps": None}}, "step 与 steps 应同时写明"),
        ({"versus": {**BESIDE, "points": "1"}}, "没有 tiers 的必须写明"),
        ({"versus": {**BESIDE, **STEPPED, "tiers": [{"above": "0%", "points": "1"}]}}, "points 与 tiers"),
        ({"versus": {**BESIDE, **STEPPED, "step": "0%"}}, "step 应大于0"),
        ({"versus": {**BESIDE, "tiers": [{"at_most": "5%", "points": "1"}]}}, "应写明下限"),
        ({"versus": {**BESIDE, "tiers": []}}, "至少写一档"),
        ({"versus": {**BESIDE, **STEPPED, "difference": "relative", "step": "1"}}, "应为百分比"),
    ],
)  # fmt: skip
def test_a_shape_that_contradicts_itself_is_refused_with_what_is_wrong(
    raw: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        ShapeBox.model_validate(raw)
