"""Which rows enter a measure, and who is charged with them."""

from __future__ import annotations

from typing import Any

import pytest

from lawkpi.errors import RubricError
from lawkpi.measure import marked
from lawkpi.rubric.measures import CountMeasure, JudgedMeasure, MeasureBox, RateMeasure

from .given import MATTERS, facts, ledger

EDGES = ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01", None]


def count(**terms: Any) -> CountMeasure:
    return CountMeasure.model_validate({"ledger": "matters", **terms})


def rate(**terms: Any) -> RateMeasure:
    return RateMeasure.model_validate({"ledger": "matters", "empty": "pending", **terms})


def test_both_ends_of_the_period_are_inside_and_a_blank_date_is_not() -> None:
    known = facts(ledger(MATTERS, {"held_on": EDGES}))
    assert marked(count(), known).due.tolist() == [False, True, True, False, False]


def test_a_measure_may_name_another_date() -> None:
    known = facts(ledger(MATTERS, {"held_on": EDGES, "until": list(reversed(EDGES))}))
    found = marked(count(period_by="until"), known)
    assert found.due.tolist() == [False, False, True, True, False]


def test_a_measure_may_take_rows_of_every_date() -> None:
    known = facts(ledger(MATTERS, {"held_on": EDGES}))
    assert marked(count(period_by="none"), known).due.all()


def test_an_unreadable_date_may_lie_inside_the_period() -> None:
    known = facts(ledger(MATTERS, {"held_on": ["?", "2024-05-01"], "kind": ["a", "a"]}))
    found = marked(count(where={"kind": {"is": "a"}}), known)
    assert (found.due.tolist(), found.unknown.tolist()) == ([False, True], [True, False])


def test_an_unreadable_cell_of_another_year_is_nobody_s_matter() -> None:
    known = facts(ledger(MATTERS, {"held_on": ["2023-05-01", "2024-05-01"], "kind": ["?", "?"]}))
    assert marked(count(where={"kind": {"is": "a"}}), known).unknown.tolist() == [False, True]


def test_done_lies_inside_due() -> None:
    cells = {"held_on": ["2024-05-01"] * 3, "flag": ["yes", "yes", "no"], "kind": ["a", "b", "a"]}
    found = marked(
        rate(due={"kind": {"is": "a"}}, done={"flag": {"is": "yes"}}), facts(ledger(MATTERS, cells))
    )
    assert found.due.tolist() == [True, False, True]
    assert found.done.tolist() == [True, False, False]


def test_whether_a_row_is_done_matters_only_where_it_is_due() -> None:
    cells = {"held_on": ["2024-05-01"] * 3, "flag": ["?", "?", "no"], "kind": ["a", "b", "?"]}
    found = marked(
        rate(due={"kind": {"is": "a"}}, done={"flag": {"is": "yes"}}), facts(ledger(MATTERS, cells))
    )
    assert found.unknown.tolist() == [True, False, True]


def test_rows_are_charged_to_the_ledger_s_department_or_to_the_measure_s() -> None:
    cells = {"held_on": ["2024-05-01"] * 2, "department": ["01", "02"], "joint": ["02", None]}
    known = facts(ledger(MATTERS, cells))
    assert marked(count(), known).department.tolist() == ["01", "02"]
    charged = marked(count(charged_by="joint"), known).department.tolist()
    assert charged[0] == "02"
    assert charged[1] != charged[1] or charged[1] is None


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"charged_by": "nobody"}, "RUBRIC_COLUMN_UNKNOWN"),
        ({"period_by": "no_day"}, "RUBRIC_COLUMN_UNKNOWN"),
        ({"period_by": "hours"}, "RUBRIC_OPERAND_WRONG"),
        ({"ledger": "nowhere"}, "RUBRIC_LEDGER_UNKNOWN"),
    ],
)
def test_a_measure_that_names_what_is_not_there_is_refused(
    terms: dict[str, str], code: str
) -> None:
    with pytest.raises(RubricError) as caught:
        marked(count(**terms), facts(ledger(MATTERS, {"held_on": EDGES})))
    assert caught.value.code == code


def test_a_judged_measure_has_no_rows_to_mark() -> None:
    judged: Any = MeasureBox.model_validate({"judged": {"at_most": "1"}}).measure
    assert isinstance(judged, JudgedMeasure)
    with pytest.raises(AttributeError):
        marked(judged, facts())
