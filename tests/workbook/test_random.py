"""Random rubrics over every measure, shape and effect: a workbook computes what was scored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.effects import EffectBox
from lawkpi.rubric.measures import MeasureBox
from lawkpi.rubric.shapes import ShapeBox
from lawkpi.workbook import write_department
from lawkpi.workbook.calculation import calculated
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import item_figures
from tests.workbook.drawn import numbers, world
from tests.workbook.given import CODES
from tests.workbook.reading import differences

HAND_MADE = {"named_rate", "item_points"}
"""Other names of a rate, and what only a veto may look at."""


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_recalculating_changes_no_stored_value(seed: int) -> None:
    assessment = world(numbers(seed)).assessment()
    with TemporaryDirectory() as folder:
        path = write_department(assessment, CODES[seed % 3], Path(folder) / "w.xlsx")
        assert differences(path) == {}


@pytest.fixture(scope="module")
def drawn() -> list[Desk]:
    """Forty assessments as their first department's desk."""
    desks = []
    for seed in range(40):
        assessment = world(numbers(seed)).assessment()
        desk = Desk(assessment, assessment.department(CODES[0]))
        figures = item_figures(desk)
        desk.settle()
        calculated(desk, figures)
        desks.append(desk)
    return desks


def test_every_measure_shape_and_effect_is_among_those_drawn(drawn: list[Desk]) -> None:
    rules = [
        rule for desk in drawn for _, item in desk.assessment.rubric.lines for rule in item.rules
    ]
    assert {rule.measure.name for rule in rules} == set(MeasureBox.model_fields) - HAND_MADE
    # Points that an office entered are carried by the shape of judged ones.
    assert {rule.shape.name for rule in rules if rule.shape} | {"as_entered"} == set(
        ShapeBox.model_fields
    )
    assert {rule.effect.kind for rule in rules} == set(EffectBox.model_fields)


def test_nearly_every_workbook_is_live(drawn: list[Desk]) -> None:
    """A total that stands as a value (a fraction too fine for a spreadsheet) is the rare case."""
    counted = Counter(desk.is_frozen for desk in drawn)
    assert counted[True] <= len(drawn) // 10
