"""Predicates word by word, in three values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.errors import RubricError
from lawkpi.measure import Truth, predicate_text, truth
from lawkpi.rubric.predicate import WORDS, parse_predicate

from .given import CASES, LESSONS, MATTERS, cases, facts, ledger

SCHEMAS = {"matters": MATTERS, "lessons": LESSONS}


def rows(found: Truth) -> tuple[list[int], list[int]]:
    return np.flatnonzero(found.yes).tolist(), np.flatnonzero(found.unknown).tolist()


@pytest.mark.parametrize("case", cases("predicates"))
def test_rows(case: dict[str, Any]) -> None:
    matters = ledger(MATTERS, case["cells"])
    found = truth(parse_predicate(case["where"]), matters, facts(matters))
    assert rows(found) == (list(case["yes"]), list(case.get("unknown", [])))


@pytest.mark.parametrize("case", cases("predicates"))
def test_clause(case: dict[str, Any]) -> None:
    assert predicate_text(parse_predicate(case["where"]), MATTERS, SCHEMAS) == case["text"]


def test_every_word_has_a_case() -> None:
    written = (CASES / "predicates.yaml").read_text(encoding="utf-8")
    assert [word for word in WORDS if f"{{{word}: " not in written] == []


@pytest.mark.parametrize("case", cases("operands"))
def test_an_operand_that_does_not_fit(case: dict[str, Any]) -> None:
    matters = ledger(MATTERS, {"kind": ["a"], "held_on": ["2024-01-01"], "hours": [1.0]})
    with pytest.raises(RubricError) as caught:
        truth(parse_predicate(case["where"]), matters, facts(matters))
    assert caught.value.code == case["code"]
    assert caught.value.where == "rubric.yaml"


def test_a_ledger_without_rows_answers_with_no_rows() -> None:
    matters = ledger(MATTERS, {"kind": []})
    found = truth(parse_predicate({"kind": {"is": "a"}}), matters, facts(matters))
    assert rows(found) == ([], [])


TRUTHS = st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=3, max_size=3)


def as_truth(values: list[str]) -> Truth:
    return Truth(
        np.array([one == "yes" for one in values]), np.array([one == "unknown" for one in values])
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TRUTHS, TRUTHS)
def test_unknown_is_what_could_still_go_either_way(left: list[str], right: list[str]) -> None:
    """Each unknown is tried as yes and as no; only where the answers differ is it unknown."""
    ways = {"yes": [True], "no": [False], "unknown": [True, False]}
    both, either = as_truth(left) & as_truth(right), as_truth(left) | as_truth(right)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        for found, join in ((both, min), (either, max)):
            answers = {join(a, b) for a in ways[one] for b in ways[other]}
            expected = "unknown" if len(answers) == 2 else ("yes" if answers == {True} else "no")
            assert as_truth([expected]).yes[0] == found.yes[place]
            assert as_truth([expected]).unknown[0] == found.unknown[place]
