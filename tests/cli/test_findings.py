"""Findings on a terminal: counted, the first ones printed, where the others are."""

from __future__ import annotations

import pytest

from lawkpi.cli.findings import MOST_PRINTED, counted_text, print_findings
from lawkpi.errors import Finding, Severity

ONE = Finding(code="RUBRIC_GRADES_GAP", severity=Severity.ERROR, what="甲", file="rubric.yaml")


def test_nothing_found_is_said_so() -> None:
    assert counted_text([]) == "检查结果：未发现问题。"


def test_findings_are_counted_by_severity() -> None:
    assert counted_text([ONE, ONE]).startswith("检查结果：须更正 2 条，")


def test_a_long_list_says_how_many_are_left_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings([ONE] * (MOST_PRINTED + 2), "，见 findings.xlsx")
    printed = capsys.readouterr().out
    assert printed.count("RUBRIC_GRADES_GAP") == MOST_PRINTED
    assert "另有 2 条，见 findings.xlsx" in printed
