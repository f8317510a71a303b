"""Workbooks of published rubrics over cases of all items: recalculated to what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.workbook import write_department, write_summary
from tests.support.rubric_cases import case_files, load_cases, scored_case
from tests.workbook.reading import differences


def together(path: Path) -> dict[str, Any]:
    """A case of each item in one: their rows, of one department, in the same ledgers."""
    cases = [case for case in load_cases(path) if "departments" not in (case.get("given") or {})]
    chosen = {str(case["item"]): case for case in cases}
    ledgers: dict[str, list[Any]] = {}
    for case in chosen.values():
        for name, rows in ((case.get("given") or {}).get("ledgers") or {}).items():
            ledgers.setdefault(name, []).extend(row for row in rows if row not in ledgers[name])
    return {**load_cases(path)[0], "given": {"ledgers": ledgers}}


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_recalculating_changes_no_stored_value(path: Any, tmp_path: Path) -> None:
    assessment = scored_case(together(path))
    assert differences(write_department(assessment, "01", tmp_path / "01.xlsx")) == {}


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_the_summary_recalculates_to_what_it_says(path: Any, tmp_path: Path) -> None:
    written = write_summary(scored_case(load_cases(path)[0]), tmp_path / "summary.xlsx")
    assert differences(written) == {}
