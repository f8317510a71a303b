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
from tests.workbook.drawn import Draw, world
from tests.workbook.edits import amended, live_edits, typed_in
from tests.workbook.given import CODES, World, schemas
from tests.workbook.reading import differences

SEEDS = st.integers(0, 10**6)


def numbers(seed: int) -> Random:
    """A source of random numbers that a failing test names by its seed."""
    return Random(seed)  # noqa: S311 - only tests


BY_HAND = {"as_judged", "as_entered"}
"""Shapes of points that a person gave: no record stands behind them."""
HAND_MADE = {"named_rate", "item_points"}
"""Other names of a rate, and what only a veto may look at."""


@settings(max_examples=16, deadline=None, derandomize=True)
@given(SEEDS)
def test_recalculating_changes_no_stored_value(seed: int) -> None:
    assessment = world(numbers(seed)).assessment()
    with TemporaryDirectory() as folder:
        path = write_department(assessment, CODES[seed % 3], Path(folder) / "w.xlsx")
        assert differences(path) == {}


@settings(max_examples=6, deadline=None, derandomize=True)
@given(SEEDS)
def test_a_live_cell_moves_points_and_total_as_the_engine_does(seed: int) -> None:
    """Every item, the total and what is pending, exactly, for the amended record."""
    before, code = world(numbers(seed)), CODES[seed % 3]
    with TemporaryDirectory() as folder:
        path = write_department(before.assessment(), code, Path(folder) / "w.xlsx")
        for edit in live_edits(path, numbers(seed), most=3):
            after = amended(before, edit).assessment()
            assert shown(typed_in(path, edit)) == said(after, code), edit


@pytest.mark.parametrize("shape", [one for one in ShapeBox.model_fields if one not in BY_HAND])
def test_for_every_shape_a_changed_cell_gives_the_engine_s_points(
    shape: str, tmp_path: Path
) -> None:
    """Cells that the rule looks at are changed until its points have moved; of a place in the group none is open."""
    random, moved, tried = numbers(len(shape) + 31), False, 0
    for attempt in range(30):
        before = Draw(random).shaped(shape)
        path = write_department(before.assessment(), CODES[0], tmp_path / f"{attempt}.xlsx")
        first = shown(path)
        if not isinstance(first["1.1"], float | int):
            continue
        for edit in live_edits(path, random, most=3, among=looked_at(before)):
            tried += 1
            after = amended(before, edit).assessment()
            again = shown(typed_in(path, edit))
            assert again == said(after, CODES[0]), edit
            moved |= again["1.1"] != first["1.1"]
        if moved or (shape == "by_rank" and attempt > 1):
            break
    assert moved or (shape == "by_rank" and not tried)


def looked_at(world: World) -> set[str]:
    """The columns behind the first rule: its own, those they are computed from, those of related records."""
    rule = next(world.rubric.lines)[1].rules[0]
    names = {*rule.columns, *(["hours", "present"] if "related" in repr(rule.predicates) else [])}
    for schema in schemas().values():
        for name, column in schema.derived.items():
            names |= set(column.inputs) if name in names else set()
    return names


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
