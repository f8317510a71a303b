"""Exact numbers as they are read, and parts of a year in one sentence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lawkpi.result.scene import number_text
from tests.support.small_rubric import events, item, rubric, rule, run, section


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.5", "1.5"), ("2", "2"), ("1/3", "0.3333"), ("2/3", "0.6667"), ("0", "0")],
)
def test_an_endless_number_is_read_with_four_decimals(value: str, text: str) -> None:
    assert number_text(Fraction(value)) == text


def test_each_part_of_the_year_is_said_within_its_cap_and_they_add_up() -> None:
    parts = {"each": "quarter", "combine": "sum", "cap": "2"}
    given = rubric(section("1", item("1.1", "10", rule(periods=parts))))
    days = ["2024-01-05", "2024-02-05", "2024-03-05", "2024-07-01"]
    rows = [{"number": day, "kind": "甲", "occurred_on": day} for day in days]
    (sentence,) = run(given, {"events": rows}).losses["sentence"]
    assert (
        "第1季度3件、扣2分；第2季度0件、扣0分；第3季度1件、扣1分；第4季度0件、扣0分；合成扣3分"
        in sentence
    )


def test_parts_in_which_nothing_was_due_are_named_together() -> None:
    rate = {
        "rate": {
            "ledger": "events",
            "unit": "件",
            "done": {"mended": {"is": "yes"}},
            "empty": "not_applicable",
        }
    }
    monthly = rule(rate, periods={"each": "half_year", "combine": "worst"})
    given = rubric(section("1", item("1.1", "10", monthly)))
    one = run(given, {"events": events("甲", 1)})
    (sentence,) = one.of("rules", "01")["sentence"]
    assert "7月至12月无应计" in sentence
