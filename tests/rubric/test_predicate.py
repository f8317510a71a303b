"""Conditions in YAML and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.predicate import (
    AllOf,
    Compared,
    both,
    compared_parts,
    parse_predicate,
    predicate_yaml,
    related_parts,
)

TEXTS = st.text(alphabet="ab_19", min_size=1, max_size=4)
COLUMNS = st.sampled_from(["kind", "hours", "held_on"])
NUMBERS = st.sampled_from(["0", "1", "59.5", "60"])
COMPARED = st.one_of(
    st.builds(lambda c, t: {c: {"is": t}}, COLUMNS, TEXTS),
    st.builds(lambda c, t: {c: {"not_in": t}}, COLUMNS, st.lists(TEXTS, min_size=1, max_size=3)),
    st.builds(lambda c, t: {c: {"missing": t}}, COLUMNS, st.booleans()),
    st.builds(lambda c, t: {c: {"at_least": t}}, COLUMNS, NUMBERS),
    st.builds(lambda c, t: {c: {"before_column": t}}, COLUMNS, COLUMNS),
)
RELATED = st.builds(
    lambda where, at_least: {
        "related": {"ledger": "x", "by": "p", "to": "q", "where": where, "at_least": at_least}
    },
    COMPARED,
    NUMBERS,
)
ONE = st.one_of(COMPARED, RELATED)
TWO = st.builds(
    lambda word, parts: {word: parts},
    st.sampled_from(["all", "any"]),
    st.lists(ONE, min_size=1, max_size=3),
)
THREE = st.builds(
    lambda word, parts: {word: parts},
    st.sampled_from(["all", "any"]),
    st.lists(st.one_of(ONE, TWO), min_size=1, max_size=3),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.one_of(ONE, TWO, THREE))
def test_a_condition_written_out_is_what_was_read(raw: dict[str, Any]) -> None:
    predicate = parse_predicate(raw)
    assert predicate_yaml(predicate) == raw
    assert parse_predicate(predicate_yaml(predicate)) == predicate
    assert parse_predicate(predicate) is predicate


def test_related_says_in_full_what_was_left_out() -> None:
    predicate = parse_predicate({"related": {"ledger": "x", "by": "p"}})
    full = {"related": {"ledger": "x", "by": "p", "to": "p", "at_least": "1"}}
    assert predicate_yaml(predicate) == full
    assert parse_predicate(full) == predicate


def test_joining_conditions_keeps_either_or_together() -> None:
    a, b, c = (Compared(name, "is", "x") for name in "abc")
    either = parse_predicate({"any": [{"b": {"is": "x"}}, {"c": {"is": "x"}}]})
    assert both(a, AllOf((b, c))) == AllOf((a, b, c))
    assert both(a, either) == AllOf((a, either))
    assert both(a) is a
    assert both() == AllOf(())


def test_comparisons_of_a_related_ledger_are_not_this_ledger_s() -> None:
    raw = {
        "all": [
            {"kind": {"is": "a"}},
            {"any": [{"flag": {"is": "yes"}}]},
            {"related": {"ledger": "x", "by": "p", "where": {"other": {"is": "z"}}}},
        ]
    }
    predicate = parse_predicate(raw)
    assert [part.column for part in compared_parts(predicate)] == ["kind", "flag"]
    assert [part.ledger for part in related_parts(predicate)] == ["x"]


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [],
        "kind is a",
        {"kind": "a"},
        {"kind": {}},
        {"kind": {"like": "a%"}},
        {"kind": {"is": ["a"]}},
        {"kind": {"is": None}},
        {"kind": {"in": [1]}},
        {"kind": {"in": []}},
        {"any": []},
        {"all": {"kind": {"is": "a"}}},
        {"all": [{"all": [{"all": []}]}]},
        {"related": {"ledger": "x"}},
        {"related": {"ledger": "x", "by": "p", "at_least": 60}},
        {"related": {"ledger": "x", "by": "p", "at_least": "60%"}},
        {"related": {"ledger": "x", "by": "p", "where": {"all": [{"all": [{"all": []}]}]}}},
    ],
)
def test_what_is_no_condition_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"应|未知|最多"):
        parse_predicate(raw)
