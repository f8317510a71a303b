"""Contradictions that can be seen before any ledger is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import lawkpi.rubric.lint
from lawkpi.errors import Finding, Severity
from lawkpi.params import load_model
from lawkpi.rubric.lint import lint_rubric
from lawkpi.rubric.model import Rubric
from lawkpi.run.folder import AssessmentFolder, open_folder
from tests.support.tiny import RUBRIC, tiny_folder

from .given import CASES, EXAMPLE, cases, mended


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> AssessmentFolder:
    return open_folder(tiny_folder(tmp_path_factory.mktemp("tiny")))


def linted(tiny: AssessmentFolder, text: str) -> list[Finding]:
    path = tiny.path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    rubric = load_model(path, Rubric)
    return lint_rubric(rubric, tiny.schemas, tiny.settings, tiny.register)


def codes(findings: Iterable[Finding]) -> list[str]:
    return sorted({finding.code for finding in findings})


@pytest.mark.parametrize("case", cases("lint"))
def test_finding(case: dict[str, Any], tiny: AssessmentFolder) -> None:
    found = linted(tiny, mended(case))
    assert codes(found) == list(case["codes"])
    assert {finding.file for finding in found} == {"rubric.yaml"}


def test_every_code_of_lint_has_a_case() -> None:
    source = Path(lawkpi.rubric.lint.__file__).read_text(encoding="utf-8")
    known = set(re.findall(r'"(RUBRIC_[A-Z_]+)"', source))
    written = set(re.findall(r"RUBRIC_[A-Z_]+", (CASES / "lint.yaml").read_text(encoding="utf-8")))
    assert known - written == set()


def test_a_rubric_without_contradictions_has_no_finding(tiny: AssessmentFolder) -> None:
    assert linted(tiny, RUBRIC) == []


def test_all_contradictions_are_found_at_once(tiny: AssessmentFolder) -> None:
    text = RUBRIC.replace('full_points: "4"', 'full_points: "5"', 1)
    text = text.replace("{forum: {is: own}}", "{forum: {is: ours}}")
    text = text.replace("groups: [enforcement]", "groups: [nobody]")
    assert codes(linted(tiny, text)) == [
        "RUBRIC_POINTS_NOT_ADDING_UP",
        "RUBRIC_TARGET_UNKNOWN",
        "RUBRIC_VALUE_UNKNOWN",
    ]


def test_a_late_rubric_is_a_warning_and_its_own_first_day_is_in_time(
    tiny: AssessmentFolder,
) -> None:
    late = RUBRIC.replace("2023-12-20", "2024-01-02")
    assert [finding.severity for finding in linted(tiny, late)] == [Severity.WARNING]
    assert linted(tiny, RUBRIC.replace("2023-12-20", "2024-01-01")) == []


def test_the_example_contradicts_itself_nowhere() -> None:
    opened = open_folder(EXAMPLE)
    found = lint_rubric(opened.rubric, opened.schemas, opened.settings, opened.register)
    assert [one.message for one in found if one.severity is not Severity.NOTICE] == []


def test_a_conversion_by_grade_must_price_every_grade(tiny: AssessmentFolder) -> None:
    raw = tiny.settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    raw["conversion"] |= {"method": "by_grade", "amounts": {"优秀": "5", "合格": "3"}}
    settings = type(tiny.settings).model_validate(raw)
    found = lint_rubric(tiny.rubric, tiny.schemas, settings, tiny.register)
    assert codes(found) == ["CONVERSION_GRADE_MISSING"]
    assert "不合格" in found[0].what
