"""What an office entered is said in its unit, with its source, without idle zeros."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.result.counted import hand_columns, hand_fact
from lawkpi.rubric.rule import Rule
from tests.support.small_rubric import rule

CELLS: dict[str, Any] = {
    "due": 8, "done": 6, "value": 88.4, "state": "有", "source": "甲办通报",
    "seat": None, "points": 2.5, "reason": "材料不全",
}  # fmt: skip


def entered(gives: str, shape: dict[str, Any]) -> Rule:
    return Rule.model_validate(rule({"entered": {"gives": gives, "unit": "人"}}, shape))


@pytest.mark.parametrize(
    ("gives", "shape", "text"),
    [
        ("rate", {"gate": {"at_least": "90%", "else": "1"}}, "核定应计8人、已计6人"),
        ("percent", {"gate": {"at_least": "90%", "else": "1"}}, "核定数值为88.4%"),
        ("count", {"each": {"points": "1"}}, "核定数为6人"),
        ("amount", {"each": {"points": "1"}}, "核定数为88.4人"),
        ("points", {"as_entered": {}}, "录入88.4分"),
        ("state", {"states": {"amounts": {"有": "0"}}}, "核定情形为“有”"),
    ],
)
def test_an_entry_is_said_with_its_source(gives: str, shape: dict[str, Any], text: str) -> None:
    given = entered(gives, shape)
    cells = {name: CELLS[name] for name in hand_columns(given)}
    assert hand_fact(given, cells) == f"{text}（数据来源：甲办通报）"


@pytest.mark.parametrize(("seat", "who"), [(None, "评分单位"), (3, "评委3")])
def test_judged_points_are_said_with_their_reason(seat: int | None, who: str) -> None:
    given = Rule.model_validate(rule({"judged": {"at_most": "5"}}, {"as_judged": {}}))
    assert hand_fact(given, CELLS | {"seat": seat}) == f"{who}核定扣2.5分，理由：材料不全"


def test_a_blank_entry_says_that_it_is_blank() -> None:
    given = entered("amount", {"each": {"points": "1"}})
    assert (
        hand_fact(given, CELLS | {"value": None, "source": None})
        == "核定数为（空）人（数据来源：（空））"
    )
