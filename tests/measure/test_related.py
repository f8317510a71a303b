"""Conditions on the rows of another ledger that carry the same key."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lawkpi.measure import predicate_text, truth
from lawkpi.measure.truth import related_amounts
from lawkpi.rubric.predicate import Related, parse_predicate

from .given import LESSONS, MATTERS, facts, ledger

PEOPLE = {"person": ["P1", "P2", "P3", None]}
SIXTY = {"where": {"attended": {"is": "yes"}}, "sum": "hours", "at_least": "60"}


def found(lessons: dict[str, list[Any]], **terms: Any) -> tuple[list[int], list[int]]:
    """Which of four people hold, and of whom it is not known."""
    matters, other = ledger(MATTERS, PEOPLE), ledger(LESSONS, lessons)
    predicate = parse_predicate({"related": {"ledger": "lessons", "by": "person", **terms}})
    answer = truth(predicate, matters, facts(matters, other))
    return np.flatnonzero(answer.yes).tolist(), np.flatnonzero(answer.unknown).tolist()


def test_one_row_elsewhere_is_enough_where_nothing_more_is_said() -> None:
    assert found({"person": ["P1", "P1", "P3"]}) == ([0, 2], [])


def test_so_many_rows_are_needed_as_are_said() -> None:
    assert found({"person": ["P1", "P1", "P3"]}, at_least="2") == ([0], [])


def test_a_number_of_rows_between_two_whole_ones_needs_the_next_whole_one() -> None:
    assert found({"person": ["P1", "P1", "P3"]}, at_least="1.5") == ([0], [])


def test_only_rows_that_satisfy_the_condition_count() -> None:
    lessons = {"person": ["P1", "P2", "P3"], "attended": ["yes", "no", None]}
    assert found(lessons, where={"attended": {"is": "yes"}}) == ([0], [])


def test_half_an_hour_short_of_sixty_is_short() -> None:
    lessons = {
        "person": ["P1", "P2", "P3"],
        "attended": ["yes"] * 3,
        "hours": [59.5, 60.0, 60.5],
    }
    assert found(lessons, **SIXTY) == ([1, 2], [])


def test_a_line_finer_than_the_column_is_met_by_the_next_tenth_only() -> None:
    lessons = {"person": ["P1", "P2"], "attended": ["yes", "yes"], "hours": [59.5, 59.6]}
    assert found(lessons, **{**SIXTY, "at_least": "59.55"}) == ([1], [])


def test_tenths_add_up_exactly() -> None:
    lessons = {"person": ["P1"] * 600, "attended": ["yes"] * 600, "hours": [0.1] * 600}
    assert found(lessons, **SIXTY) == ([0], [])
    assert found({name: cells[1:] for name, cells in lessons.items()}, **SIXTY) == ([], [])


def test_a_blank_number_adds_nothing() -> None:
    lessons = {"person": ["P1", "P1"], "attended": ["yes", "yes"], "hours": [60.0, None]}
    assert found(lessons, **SIXTY) == ([0], [])


def test_a_row_without_the_key_has_no_related_rows() -> None:
    assert found({"person": ["P1", None]}, at_least="1") == ([0], [])


def test_an_undecided_row_elsewhere_matters_only_where_it_could_tip_the_count() -> None:
    lessons = {
        "person": ["P1", "P1", "P2", "P3"],
        "attended": ["yes", "?", "?", "no"],
    }
    assert found(lessons, where={"attended": {"is": "yes"}}) == ([0], [1])


def test_an_undecided_row_matters_only_where_it_could_tip_the_sum() -> None:
    lessons = {
        "person": ["P1", "P1", "P2", "P2", "P3", "P3"],
        "attended": ["yes", "?", "yes", "?", "yes", "?"],
        "hours": [60.0, 5.0, 56.0, 4.0, 50.0, 5.0],
    }
    assert found(lessons, **SIXTY) == ([0], [1])


def test_an_unreadable_number_elsewhere_is_not_taken_for_nothing() -> None:
    lessons = {
        "person": ["P1", "P1", "P2"],
        "attended": ["yes", "yes", "yes"],
        "hours": [60.0, "?", "?"],
    }
    assert found(lessons, **SIXTY) == ([0], [1])


def test_an_unreadable_key_here_is_unknown_and_not_unmet() -> None:
    matters = ledger(MATTERS, {"person": ["?", "P1"]})
    predicate = parse_predicate({"related": {"ledger": "lessons", "by": "person"}})
    answer = truth(predicate, matters, facts(matters, ledger(LESSONS, {"person": ["P1"]})))
    assert answer.yes.tolist() == [False, True]
    assert answer.unknown.tolist() == [True, False]


def test_the_column_there_may_have_another_name() -> None:
    matters, other = ledger(MATTERS, PEOPLE), ledger(LESSONS, {"number": ["P2"]})
    predicate = parse_predicate({"related": {"ledger": "lessons", "by": "person", "to": "number"}})
    assert truth(predicate, matters, facts(matters, other)).yes.tolist() == [
        False, True, False, False,
    ]  # fmt: skip


def test_a_related_ledger_without_rows_satisfies_nobody() -> None:
    assert found({"person": []}) == ([], [])


def test_amounts_are_exact_fractions_for_every_row() -> None:
    matters = ledger(MATTERS, PEOPLE)
    other = ledger(
        LESSONS, {"person": ["P1", "P1", "P3"], "attended": ["yes"] * 3, "hours": [0.1, 0.2, 59.5]}
    )
    predicate = parse_predicate({"related": {"ledger": "lessons", "by": "person", **SIXTY}})
    assert isinstance(predicate, Related)
    amounts = related_amounts(predicate, matters, facts(matters, other))
    assert amounts == [Fraction(3, 10), 0, Fraction(119, 2), 0]


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ({}, "《培训台账》中人员编号相同的记录不少于1条"),
        ({"at_least": "3"}, "《培训台账》中人员编号相同的记录不少于3条"),
        (
            {"where": {"attended": {"is": "yes"}}},
            "《培训台账》中人员编号相同的记录（是否到训为“是”）不少于1条",
        ),
        (
            SIXTY,
            "《培训台账》中人员编号相同的记录（是否到训为“是”）的“学时”合计不小于60",
        ),
    ],
)
def test_clause(terms: dict[str, Any], text: str) -> None:
    predicate = parse_predicate({"related": {"ledger": "lessons", "by": "person", **terms}})
    assert predicate_text(predicate, MATTERS, {"matters": MATTERS, "lessons": LESSONS}) == text
