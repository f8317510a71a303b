"""Shapes as written, as read, and in the rubric's words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lawkpi.rubric.shapes import Reading, ShapeBox

WRITTEN = [
    ({"each": {"points": "0.5"}}, "每1件扣0.5分"),
    ({"gate": {"at_least": "100%", "else": "5"}}, "未达到100%的扣5分"),
    (
        {"steps": {"tiers": [{"below": "95%", "points": "1"}, {"below": "90%", "points": "2"}]}},
        "低于95%扣1分，低于90%扣2分",
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
    ({"shortfall": {"target": 4, "points": "0.5"}}, "应达4件，每少1件扣0.5分"),
    ({"states": {"amounts": {"good": "0", "bad": "1.5"}}}, "按所处情形计分"),
    ({"as_judged": {}}, "按评分单位核定意见扣分"),
]


@pytest.mark.parametrize(("raw", "text"), WRITTEN)
def test_a_shape_written_out_is_what_was_read_and_reads_as_a_clause(
    raw: dict[str, Any], text: str
) -> None:
    box = ShapeBox.model_validate(raw)
    assert box.model_dump(mode="json", by_alias=True, exclude_none=True) == raw
    assert ShapeBox.model_validate(box.model_dump(mode="json", by_alias=True)) == box
    assert box.name == next(iter(raw))
    assert box.shape.rule_text(Reading("rate", "件", done=1, due=2)) == text


def test_every_shape_has_a_case() -> None:
    assert {next(iter(raw)) for raw, _ in WRITTEN} == set(ShapeBox.model_fields)


def test_a_state_that_was_found_reads_with_its_own_points() -> None:
    states = ShapeBox.model_validate({"states": {"amounts": {"good": "0", "bad": "1.5"}}}).shape
    assert states.rule_text(Reading("state", "项", 0, 0, state="bad")) == "属本情形的扣1.5分"
    assert states.rule_text(Reading("state", "项", 0, 0, state="else")) == "按所处情形计分"


def test_a_bonus_reads_as_a_bonus() -> None:
    each = ShapeBox.model_validate({"each": {"points": "1"}}).shape
    assert each.rule_text(Reading("count", "项", 1, 1, verb="加")) == "每1项加1分"


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
    ],
)
def test_points_below_nothing_and_states_without_any_are_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        ShapeBox.model_validate(raw)
