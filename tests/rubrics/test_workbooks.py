"""Workbooks of published rubrics, a case of each item: written, and recalculated to what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.workbook import write_department, write_summary
from tests.support.rubric_cases import case_files, load_cases, scored_case
from tests.workbook.reading import differences


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_recalculating_changes_no_stored_value(path: Any, tmp_path: Path) -> None:
    found = {}
    for case in {str(case["item"]): case for case in load_cases(path)}.values():
        assessment = scored_case(case)
        written = write_department(assessment, "01", tmp_path / "01.xlsx")
        found |= {(case["name"], *key): pair for key, pair in differences(written).items()}
    assert found == {}


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_the_summary_recalculates_to_what_it_says(path: Any, tmp_path: Path) -> None:
    written = write_summary(scored_case(load_cases(path)[0]), tmp_path / "summary.xlsx")
    assert differences(written) == {}
