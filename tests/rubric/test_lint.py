"""Contradictions that can be seen before any ledger is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import lawkpi.rubric.lint
from lawkpi.errors import Finding, Severity
from lawkpi.params import load_model, read_yaml
from lawkpi.rubric.lint import CHECKS, Around, lint_rubric
from lawkpi.rubric.model import Rubric
from lawkpi.run.folder import AssessmentFolder, open_folder
from tests.support.tiny import RUBRIC, tiny_folder

from .given import CASES, EXAMPLE, cases, mended


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> AssessmentFolder:
    return open_folder(tiny_folder(tmp_path_factory.mktemp("tiny")))


def linted(tiny: AssessmentFolder, text: str) -> list[Finding]:
    """What lint finds beyond what it notices in the plain tiny rubric."""
    known = {one.what for one in _all(tiny, RUBRIC)}
    return [one for one in _all(tiny, text) if one.what not in known]


def _all(tiny: AssessmentFolder, text: str) -> list[Finding]:
    path = tiny.path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    around = Around(tiny.schemas, tiny.settings, tiny.register)
    return lint_rubric(load_model(path, Rubric), around, read_yaml(path))


def codes(findings: Iterable[Finding]) -> list[str]:
    return sorted({finding.code for finding in findings})


@pytest.mark.parametrize("case", cases("lint"))
def test_finding(case: dict[str, Any], tiny: AssessmentFolder) -> None:
    found = linted(tiny, mended(case))
    assert codes(found) == list(case["codes"])
    assert {finding.file for finding in found} <= {"rubric.yaml", "assessment.yaml"}
    lines = [finding.cell for finding in found if finding.file == "rubric.yaml"]
    assert all(re.fullmatch("第[0-9]+行", line) for line in lines)


def test_every_code_of_lint_has_a_case() -> None:
    modules = Path(lawkpi.rubric.lint.__file__).parent.glob("*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    known = set(re.findall(r'"(RUBRIC_[A-Z_]+)"', source))
    cases_of = (CASES / "lint.yaml", Path(__file__))
    written = {
        code
        for path in cases_of
        for code in re.findall(r"RUBRIC_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert known - written == set()


def test_a_rubric_without_contradictions_has_nothing_to_mend(tiny: AssessmentFolder) -> None:
    severities = {finding.severity for finding in _all(tiny, RUBRIC)}
    assert severities <= {Severity.NOTICE}


def test_ten_planted_faults_are_ten_findings_each_on_its_line(tiny: AssessmentFolder) -> None:
    path = CASES / "planted" / "rubric.yaml"
    written = path.read_text(encoding="utf-8").splitlines()
    planted = [
        (code, number)
        for number, line in enumerate(written, start=1)
        for code in re.findall("# (RUBRIC_[A-Z_]+)", line)
    ]
    around = Around(tiny.schemas, tiny.settings, tiny.register)
    found = lint_rubric(load_model(path, Rubric), around, read_yaml(path))
    grave = [one for one in found if one.severity is not Severity.NOTICE and one.file == path.name]
    assert [(one.code, int(one.cell.strip("第行"))) for one in grave] == planted
    assert len(planted) == 10
    assert {one.file for one in grave} == {"rubric.yaml"}


def test_a_rubric_by_itself_is_linted_without_an_assessment(tiny: AssessmentFolder) -> None:
    text = RUBRIC.replace("where: {forum: {is: own}}", "where: {place: {is: own}}")
    path = tiny.path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    found = lint_rubric(load_model(path, Rubric), Around(tiny.schemas))
    assert "RUBRIC_COLUMN_UNKNOWN" in codes(found)
    assert {one.cell for one in found} == {""}


def test_events_of_any_year_are_noticed(tiny: AssessmentFolder) -> None:
    undated = tiny.schemas["study_sessions"].model_copy(update={"period_by": None})
    around = Around(tiny.schemas | {"study_sessions": undated}, tiny.settings, tiny.register)
    assert "RUBRIC_PERIOD_UNDECLARED" in codes(lint_rubric(tiny.rubric, around))


def test_a_ledger_whose_records_are_divided_needs_a_shape_that_can_be(
    tiny: AssessmentFolder,
) -> None:
    schema = tiny.schemas["litigation"]
    divided = schema.charged.model_copy(update={"share": "equal"})
    schemas = tiny.schemas | {"litigation": schema.model_copy(update={"charged": divided})}
    found = lint_rubric(tiny.rubric, Around(schemas, tiny.settings, tiny.register))
    wrong = [one for one in found if one.code == "RUBRIC_SHARE_UNDECLARED"]
    assert ["第2.2项规则a" in one.what for one in wrong] == [True]


def test_every_check_says_what_it_looks_for() -> None:
    assert all(check.__doc__ for check in CHECKS)


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
    around = Around(opened.schemas, opened.settings, opened.register)
    found = lint_rubric(opened.rubric, around)
    assert [one.message for one in found if one.severity is not Severity.NOTICE] == []


def test_a_conversion_by_grade_must_price_every_grade(tiny: AssessmentFolder) -> None:
    raw = tiny.settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    raw["conversion"] |= {"method": "by_grade", "amounts": {"优秀": "5", "合格": "3"}}
    settings = type(tiny.settings).model_validate(raw)
    found = lint_rubric(tiny.rubric, Around(tiny.schemas, settings, tiny.register))
    grave = [one for one in found if one.severity is not Severity.NOTICE]
    assert codes(grave) == ["CONVERSION_GRADE_MISSING"]
    assert "不合格" in grave[0].what


def severity_of_own_unit(tiny: AssessmentFolder, text: str) -> list[Severity]:
    return [one.severity for one in linted(tiny, text) if one.code == "RUBRIC_OWN_UNIT"]


def test_an_office_that_would_judge_its_own_unit_is_refused_and_one_that_counts_is_warned(
    tiny: AssessmentFolder,
) -> None:
    """Item 1.1 is counted from records, item 2.3 is judged."""
    counted = RUBRIC.replace("scored_by: 甲区法制办", "scored_by: 甲区市监局", 1)
    assert severity_of_own_unit(tiny, counted) == [Severity.WARNING]
    judged = RUBRIC.index("judged: {at_most")
    place = RUBRIC.rindex("scored_by: 甲区法制办", 0, judged)
    own = RUBRIC[:place] + RUBRIC[place:].replace("甲区法制办", "甲区市监局", 1)
    assert severity_of_own_unit(tiny, own) == [Severity.ERROR]
    whole = own.replace("rank:", "recusal: 甲区考核组\nrank:", 1)
    assert severity_of_own_unit(tiny, whole) == []


def test_an_office_may_score_a_unit_that_the_item_is_not_for(tiny: AssessmentFolder) -> None:
    """Item 2.1 is for enforcement departments; 综合办 is none."""
    place = RUBRIC.rindex("scored_by: 甲区法制办", 0, RUBRIC.index("groups: [enforcement]"))
    own = RUBRIC[:place] + RUBRIC[place:].replace("甲区法制办", "甲区综合办", 1)
    assert severity_of_own_unit(tiny, own) == []
