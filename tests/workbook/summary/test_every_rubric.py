"""Every kind of rubric: another program computes what is stored, and sheets agree with the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.workbook import write_summary
from lawkpi.workbook.formula import functions_beyond
from tests.workbook.reading import differences, formulas
from tests.workbook.summary.given import RUBRICS, assessed, lines


@pytest.mark.parametrize("name", RUBRICS)
def test_recalculating_changes_nothing_and_totals_are_the_engine_s(
    name: str, tmp_path: Path
) -> None:
    assessment = assessed(name)
    path = write_summary(assessment, tmp_path / "s.xlsx")
    assert differences(path) == {}
    shown = {row["单位"]: row for row in lines(path, "汇总表", "单位") if row["总分"] is not None}
    assert len(shown) == 4
    for one in assessment.departments:
        total = assessment.total(one.code)
        row = shown[one.name]
        assert row["总分"] == float(total["total"])
        assert (row["加分"], row["减分"]) == (float(total["bonus"]), float(total["malus"]))
        assert (row["排名"], row["建议等次"]) == (total["rank"], total["grade"])


@pytest.mark.parametrize("name", RUBRICS)
def test_no_formula_uses_a_function_beyond_the_list(name: str, tmp_path: Path) -> None:
    path = write_summary(assessed(name), tmp_path / "s.xlsx")
    used = formulas(path).values()
    assert used
    assert [formula for formula in used if functions_beyond(formula)] == []
