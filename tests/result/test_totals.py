"""Totals add up, stay above nothing, and rank, grade and convert as declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import RunError
from lawkpi.result import Assessment
from lawkpi.run.check import checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored
from tests.support.tiny import tiny_folder

from .given import points, rubric, summed, tiny_scored


def entry(
    number: int, category: str, department: str = "甲区城管局", **more: Any
) -> dict[str, Any]:
    return {
        "number": f"RC{number}",
        "happened_on": dt.date(2024, 7, 1),
        "department": department,
        "category": category,
        "matter": "示例",
        "document": f"甲通〔2024〕{number}号",
        "verified": "yes",
        **more,
    }


def total(run: Assessment, code: str) -> Mapping[str, Any]:
    return run.total(code)


def test_a_total_is_base_and_bonus_less_malus_and_never_below_nothing(run: Assessment) -> None:
    wrong = [
        row.department
        for row in run.totals.itertuples()
        if row.total != max(row.base + row.bonus - row.malus, Decimal(0))
    ]
    assert wrong == []


def test_the_base_is_the_exact_sum_of_the_scored_items(run: Assessment) -> None:
    base = run.scores.groupby("department")["points"].agg(summed)
    assert [row.base for row in run.totals.itertuples()] == [
        base[row.department] for row in run.totals.itertuples()
    ]


def test_bonus_and_malus_are_the_sums_of_their_lines(run: Assessment) -> None:
    lines = run.adjustments
    for kind in ("bonus", "malus"):
        own = lines[lines["kind"] == kind].groupby("department")["points"].agg(summed)
        found = {row.department: getattr(row, kind) for row in run.totals.itertuples()}
        assert found == {code: own.get(code, Decimal(0)) for code in found}


def test_everybody_who_is_assessed_has_one_total_in_printing_order(run: Assessment) -> None:
    assert run.totals["department"].tolist() == [one.code for one in run.departments]


def test_ranks_count_who_is_ahead_in_the_group(run: Assessment) -> None:
    rows = points(run.totals, "group", "total", "rank")
    for group, own, rank in rows:
        assert rank == 1 + sum(other > own for same, other, _ in rows if same == group)


def test_points_earned_beside_the_items_stop_at_the_section_s_cap(folder: Path) -> None:
    run = tiny_scored(folder, {"daily_log": [entry(n, "honour_municipal") for n in range(3)]})
    assert total(run, "01")["bonus"] == 1
    lines = run.adjustments
    assert [str(one) for one in lines["points"]] == ["0.600000", "0.400000", "0.000000"]
    assert ["”，加0.6分" in one for one in lines["sentence"]] == [True, False, False]
    assert "已达上限" in lines["sentence"][2]


def test_a_veto_limits_the_grade_and_takes_no_points(folder: Path) -> None:
    run = tiny_scored(folder, {"daily_log": [entry(1, "refusal")]})
    quiet = tiny_scored(folder.parent / "other")
    assert total(run, "01")["total"] == total(quiet, "01")["total"]
    assert (total(quiet, "01")["grade"], total(run, "01")["grade"]) == ("优秀", "合格")
    assert total(run, "01")["veto"] == "拒不履行"
    (line,) = run.adjustments.to_dict("records")
    assert (line["kind"], line["points"]) == ("veto", 0)
    assert line["sentence"].endswith("建议等次不高于合格。")


def test_an_entry_of_another_year_neither_adds_nor_vetoes(folder: Path) -> None:
    late = dt.date(2025, 1, 1)
    log = [
        entry(1, "honour_municipal", happened_on=late),
        entry(2, "refusal", happened_on=dt.date(2023, 12, 31)),
    ]
    run = tiny_scored(folder, {"daily_log": log})
    assert run.adjustments.empty
    assert total(run, "01")["veto"] is None


UNDECIDED = rubric(
    "where: {category: {is: honour_municipal}}",
    'where: {all: [{category: {is: honour_municipal}}, {verified: {is: "yes"}}]}',
)


def test_an_undecided_bonus_is_no_bonus_yet(folder: Path) -> None:
    log = {"daily_log": [entry(1, "honour_municipal", verified="待定")]}
    assert total(tiny_scored(folder, log, rubric=UNDECIDED), "01")["bonus"] == 0


def test_an_undecided_bonus_is_shown_as_pending(folder: Path) -> None:
    log = {"daily_log": [entry(1, "honour_municipal", verified="待定")]}
    assert total(tiny_scored(folder, log, rubric=UNDECIDED), "01")["pending_count"] == 1


def test_the_final_stage_is_refused_while_a_bonus_is_undecided(folder: Path) -> None:
    log = {"daily_log": [entry(1, "honour_municipal", verified="待定")]}
    opened = open_folder(tiny_folder(folder, log, rubric=UNDECIDED), stage="final")
    with pytest.raises(RunError) as caught:
        scored(checked(opened))
    assert caught.value.code == "RUN_FINAL_PENDING"


def test_the_converted_figure_is_five_hundredths_of_the_example_s_total(
    example: Assessment,
) -> None:
    for row in example.totals.itertuples():
        exact = row.total * 5 / 100
        assert abs(row.converted - exact) <= Decimal("0.005")
        assert row.converted == row.converted.quantize(Decimal("0.01"))
