"""Records that are let off: only by a decision on record, only for a reason that the rule accepts."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.measure import Facts, Measured, RuleInput
from lawkpi.measure.exemptions import key_text, let_off
from tests.support.tiny import SCHEMAS

from .given import MATTERS, counted, facts, ledger, rule

COUNT = {"count": {"ledger": "matters"}}
RATE = {"rate": {"ledger": "matters", "done": {"flag": {"is": "yes"}}, "empty": "not_applicable"}}
DECIDED = {
    "ledger": "示例台账", "record": "N001", "department": "01", "reason": "law_unclear",
    "decision": "纪要〔2024〕3号",
}  # fmt: skip


def known(*decisions: dict[str, Any], **cells: list[Any]) -> Facts:
    """Three rows, two of 01 and one of 02, and decisions on some of them."""
    rows = {"held_on": ["2024-05-01"] * 3, "department": ["01", "01", "02"], **cells}
    schema = SCHEMAS["exemptions"]
    names = [*schema.columns]
    lines = {name: [one.get(name) for one in decisions] for name in names}
    free = [ledger(schema, {**lines, "number": [one["record"] for one in decisions]})]
    return facts(ledger(MATTERS, rows), *(free if decisions else []))


def tallied(given: Facts, measure: dict[str, Any] = COUNT) -> Measured:
    return counted(measure, given, exempt=["law_unclear"])


def test_a_record_that_was_let_off_is_not_counted_and_can_be_named() -> None:
    found = tallied(known(DECIDED))
    assert found.done.tolist() == [1, 1]
    assert [own.tolist() for own in found.causing.values()] == [[0], [2]]
    assert found.exempt_rows(0, ["01", "02"]) == [1]
    assert found.exempt_rows(1, ["01", "02"]) == []


def test_a_record_that_was_let_off_leaves_both_sides_of_a_rate() -> None:
    found = tallied(known(DECIDED, flag=["yes", "no", "no"]), RATE)
    assert (found.done.tolist(), found.due.tolist()) == ([1, 0], [1, 1])


def test_a_base_of_which_every_record_was_let_off_is_empty() -> None:
    decisions = [DECIDED, {**DECIDED, "record": "N000"}]
    found = tallied(known(*decisions, flag=["no"] * 3), RATE)
    assert found.empty.tolist() == [True, False]


def test_a_record_that_nobody_can_read_is_settled_once_it_is_let_off() -> None:
    held = ["2024-05-01", "?", "2024-05-01"]
    assert tallied(known(held_on=held)).pending.tolist() == [True, False]
    assert tallied(known(DECIDED, held_on=held)).pending.tolist() == [False, False]


def test_a_record_of_another_year_that_was_let_off_is_not_listed() -> None:
    held = ["2024-05-01", "2023-05-01", "2024-05-01"]
    found = tallied(known(DECIDED, held_on=held))
    assert found.done.tolist() == [1, 1]
    assert found.exempt_rows(0, ["01", "02"]) == []


@pytest.mark.parametrize("name", ["示例台账", "matters"])
def test_a_ledger_is_named_by_its_title_or_its_id(name: str) -> None:
    assert tallied(known({**DECIDED, "ledger": name})).done.tolist() == [1, 1]


@pytest.mark.parametrize("item", [None, "1.1"])
def test_a_decision_for_this_item_or_for_every_item_counts(item: str | None) -> None:
    assert tallied(known({**DECIDED, "item": item})).done.tolist() == [1, 1]


@pytest.mark.parametrize(
    "more",
    [
        {"reason": "panel_decision"},
        {"reason": None},
        {"decision": None},
        {"item": "1.2"},
        {"ledger": "培训台账"},
        {"record": "N009"},
    ],
)
def test_a_record_is_not_let_off_without_ground(more: dict[str, Any]) -> None:
    assert tallied(known({**DECIDED, **more})).done.tolist() == [2, 1]


def test_a_rule_that_accepts_no_reason_lets_nothing_off() -> None:
    assert counted(COUNT, known(DECIDED)).done.tolist() == [2, 1]


def test_without_the_ledger_of_decisions_nothing_is_let_off() -> None:
    given = RuleInput("1.1", rule(COUNT, exempt=["law_unclear"]), ["01"])
    assert let_off(given, known()) == set()


def test_a_key_of_several_parts_is_read_part_by_part() -> None:
    assert key_text("（2024）甲01行初1号 | 甲局") == key_text("(2024)甲01行初1号|甲局")
    assert key_text("a|b") != key_text("ab")
