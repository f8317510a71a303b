"""Published rubrics as data: every clause that is expressed gives the points its text means."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from lawkpi.params import points_text
from lawkpi.rubric.model import Rubric
from tests.support.rubric_cases import case_files, load_cases, load_rubric, outcome, scored_case

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in case_files()
    for case in load_cases(path)
]


@cache
def rubric_of(name: str) -> Rubric:
    return load_rubric(name)


@pytest.mark.parametrize("case", CASES)
def test_points(case: dict[str, Any]) -> None:
    assessment = scored_case(case, rubric_of(case["rubric"]))
    wanted = by_code(case["expect"])
    found = {code: outcome(assessment, str(case["item"]), code) for code in wanted}
    assert found == wanted
    totals = by_code(case.get("total", {}))
    printed = {code: points_text(Fraction(assessment.total(code)["total"])) for code in totals}
    assert printed == totals


def by_code(expected: Any) -> dict[str, str]:
    """What is expected of each department; of the first one where only one thing is said."""
    return dict(expected) if isinstance(expected, dict) else {"01": expected}


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_every_item_of_a_rubric_has_a_case(path: Any) -> None:
    cases = load_cases(path)
    items = {item.id for _, item in rubric_of(cases[0]["rubric"]).lines}
    assert items - {str(case["item"]) for case in cases} == set()
