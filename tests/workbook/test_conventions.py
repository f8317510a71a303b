"""The conventions of a rubric, as a department reads them."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.rubric.model import Rubric
from lawkpi.workbook.conventions import convention_rows
from tests.support.small_rubric import item, rubric, section


def said(name: str, **more: Any) -> str:
    return dict(convention_rows(small(**more))).get(name, "")


def small(**more: Any) -> Rubric:
    parts = section("1", item("1.1", "60")), section("2", item("2.1", "40"))
    return rubric(*parts, **more)


@pytest.mark.parametrize(
    ("rounding", "text"),
    [
        ({"at": "item", "places": 2, "mode": "half_up"}, "四舍五入至小数点后2位"),
        ({"at": "item", "places": 1, "mode": "truncate"}, "舍去尾数至小数点后1位"),
        ({"at": "total", "places": 2, "mode": "half_up"}, "总分一次四舍五入至小数点后2位"),
    ],
)
def test_rounding_says_what_is_rounded_and_how(rounding: dict[str, Any], text: str) -> None:
    assert text in said("舍入", rounding=rounding)


def test_floors_say_where_points_may_fall_below_nothing() -> None:
    assert said("最低分") == "各项指标扣至0分为止；总分扣至0分为止"
    low = {"item": "none", "total": "none"}
    assert said("最低分", floors=low) == "各项指标可以为负分；总分可以为负分"


def test_an_item_s_own_floor_is_said_by_its_number() -> None:
    parts = section("1", item("1.1", "60", floor="none")), section("2", item("2.1", "40"))
    rows = dict(convention_rows(rubric(*parts)))
    assert rows["最低分"].endswith("第1.1项可以为负分")


def test_ranks_say_on_what_they_stand_and_what_breaks_ties() -> None:
    exact = {"on": "exact", "ties": "dense", "tie_breakers": ["2", "1.1"]}
    text = said("排名", rank=exact)
    assert "未舍入的总分" in text
    assert "依次比较第2、1.1项（部分）得分" in text
    assert "（1、2、2、3）" in text


def test_grades_say_their_lines_and_their_seats() -> None:
    quota = {"share": "30%", "rounding": "down", "ties": "out"}
    bands = [{"grade": "优秀", "above": "90", "quota": quota}, {"grade": "其他", "at_least": "0"}]
    text = said("建议等次", grades=bands)
    assert "优秀：90分（不含）以上，每组不超过30%（舍去尾数），末位同分的均不列入" in text


def test_weights_and_groups_are_said_only_where_there_are_any() -> None:
    assert (said("折算权重"), said("分组规定")) == ("", "")
    assert said("分组规定", groups={"y": {"deductions_times": "2"}}) == "y组按2倍扣分"
    parts = (
        section("1", item("1.1", "100"), weight="30%"),
        section("2", item("2.1", "100"), weight="70%"),
    )
    folded = rubric(*parts, full_points="100")
    assert "部分130%、部分270%" in dict(convention_rows(folded))["折算权重"]


def test_an_item_s_own_treatment_is_said_by_its_number() -> None:
    own = item("1.1", "60", not_applicable={"to": "2.1"})
    rows = dict(convention_rows(rubric(section("1", own), section("2", item("2.1", "40")))))
    assert rows["第1.1项不适用"] == "并入第2.1项"
