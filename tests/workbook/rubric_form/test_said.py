"""What the form says of rules: in clauses, with ledgers by their titles, unknown ones by their ids."""

from __future__ import annotations

from lawkpi.rubric.model import Item
from lawkpi.workbook.rubric_form.said import (
    counted_text,
    is_known,
    ledgers_of,
    method_text,
    rule_text,
    source_text,
)
from tests.support.tiny import SCHEMAS

from .given import sample


def item(number: str) -> Item:
    found = sample().item(number)
    assert found is not None
    return found


def test_an_item_with_one_rule_says_it_and_one_with_several_numbers_them() -> None:
    assert method_text(item("V.1"), SCHEMAS) == rule_text(item("V.1").rules[0], SCHEMAS)
    assert [line[:2] for line in method_text(item("1.1"), SCHEMAS).split("\n")] == ["a.", "b."]


def test_a_veto_says_what_follows() -> None:
    assert rule_text(item("V.1").rules[0], SCHEMAS) == "有1项以上的，建议等次不高于合格"


def test_a_rate_says_both_its_sides() -> None:
    said = counted_text(item("1.1").rules[0], SCHEMAS)
    assert said.startswith("《执法人员名册》应计：人员类别为“持证在岗”")
    assert "；已计：" in said


def test_a_rule_names_every_ledger_that_it_looks_into() -> None:
    assert list(ledgers_of(item("1.1").rules[0])) == ["enforcers", "training"]
    assert list(ledgers_of(item("1.2").rules[1])) == ["judged", "daily_log"]
    assert source_text(item("1.1"), SCHEMAS) == "执法人员名册、执法培训记录"


def test_a_ledger_that_is_not_declared_is_named_by_its_id_and_the_rule_is_still_said() -> None:
    rule = item("1.1").rules[0]
    schemas = {name: one for name, one in SCHEMAS.items() if name != "training"}
    assert not is_known(rule, schemas)
    assert counted_text(rule, schemas) == rule_text(rule, schemas)
    assert source_text(item("1.1"), schemas) == "执法人员名册、training"
