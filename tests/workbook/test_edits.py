"""A live cell changed in a workbook moves points and total as the engine does for the amended record."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lawkpi.result import Assessment
from lawkpi.rubric.shapes import ShapeBox
from lawkpi.workbook import write_department
from tests.workbook.drawn import Draw, numbers, world
from tests.workbook.edits import amended, live_edits, typed_in
from tests.workbook.given import CODES, World, schemas
from tests.workbook.reading import rows_of

BY_HAND = {"as_judged", "as_entered"}
"""Shapes of points that a person gave: no record stands behind them."""


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_live_cell_moves_points_and_total_as_the_engine_does(seed: int) -> None:
    """Every item, the total and what is pending, exactly, for the amended record."""
    before, code = world(numbers(seed)), CODES[seed % 3]
    with TemporaryDirectory() as folder:
        path = write_department(before.assessment(), code, Path(folder) / "w.xlsx")
        for edit in live_edits(path, numbers(seed), most=2):
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
    rows = rows_of(CalamineWorkbook.from_path(path), "考核评分表")[4:]
    items = {str(row[2]).split()[0]: row for row in rows if isinstance(row[0], float)}
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
