"""Random rubrics over every measure, shape and effect: a workbook computes what was scored, and follows its reader."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.result import Assessment
from lawkpi.rubric.effects import EffectBox
from lawkpi.rubric.measures import MeasureBox
from lawkpi.rubric.shapes import ShapeBox
from lawkpi.workbook import write_department
from lawkpi.workbook.calculation import calculated
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import item_figures
from tests.workbook.drawn import world
from tests.workbook.edits import amended, live_edits, typed_in
from tests.workbook.given import CODES
from tests.workbook.reading import differences

SEEDS = st.integers(0, 10**6)
HAND_MADE = {"named_rate", "item_points"}
"""Other names of a rate, and what only a veto may look at."""


@settings(max_examples=25, deadline=None, derandomize=True)
@given(SEEDS)
def test_recalculating_changes_no_stored_value(seed: int) -> None:
    assessment = world(Random(seed)).assessment()
    with TemporaryDirectory() as folder:
        path = write_department(assessment, CODES[seed % 3], Path(folder) / "w.xlsx")
        assert differences(path) == {}


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SEEDS)
def test_a_live_cell_moves_points_and_total_as_the_engine_does(seed: int) -> None:
    """Every item, the total and what is pending, exactly, for the amended record."""
    before, code = world(Random(seed)), CODES[seed % 3]
    with TemporaryDirectory() as folder:
        path = write_department(before.assessment(), code, Path(folder) / "w.xlsx")
        for edit in live_edits(path, Random(seed), most=4):
            after = amended(before, edit).assessment()
            assert shown(typed_in(path, edit)) == said(after, code), edit


def shown(path: Path) -> dict[str, Any]:
    """What the scorecard shows: base items, bonus, malus, total, how many are open."""
    page = openpyxl.load_workbook(path, data_only=True)["考核评分表"]
    rows = list(page.iter_rows(min_row=5, values_only=True))
    items = {str(row[2]).split()[0]: row for row in rows if isinstance(row[0], int)}
    found: dict[str, Any] = {name: row[10] for name, row in items.items() if name[0].isdigit()}
    for row in rows:
        if row[0] in ("考评总分", "加分合计", "减分合计"):
            found[str(row[0])] = float(row[10])
    found["待核"] = next(str(row[0]) for row in rows if "待核" in str(row[0]))
    return found


def said(assessment: Assessment, code: str) -> dict[str, Any]:
    """The same from the engine."""
    labels = {"not_applicable": "不适用", "pending": "待核"}
    scores = assessment.of("scores", code).to_dict("records")
    found: dict[str, Any] = {
        row["item"]: labels[row["state"]] if row["points"] is None else float(row["points"])
        for row in scores
    }
    total = assessment.total(code)
    names = {"考评总分": "total", "加分合计": "bonus", "减分合计": "malus"}
    found |= {title: float(total[name]) for title, name in names.items()}
    count, points = total["pending_count"], float(total["pending_points"])
    found["待核"] = f"尚有{count}项{points:g}分待核，未计入得分" if count else "无待核指标"
    return found


@pytest.fixture(scope="module")
def drawn() -> list[Desk]:
    """Forty assessments as their first department's desk."""
    desks = []
    for seed in range(40):
        assessment = world(Random(seed)).assessment()
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
