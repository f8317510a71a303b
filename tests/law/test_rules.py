"""Rules in words, and what contradicts itself in one."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lawkpi.law.rules import LocalLimit, Roll, Unit, Version


def rule(**parts: Any) -> LocalLimit:
    made = {"unit": "natural_days", "roll": "none", "count": 10, "basis": [{"document": "示例"}]}
    return LocalLimit.model_validate({**made, **parts})


def test_the_unit_is_said_behind_the_number() -> None:
    assert [rule(unit=unit).as_version().length for unit in ("natural_days", "working_days")] == [
        "10日",
        "10个工作日",
    ]
    assert rule(unit="months", count=2).as_version().length == "2个月"


def test_only_a_roll_by_analogy_names_its_ground() -> None:
    assert [roll.ground for roll in Roll] == ["", "（比照民法典第203条）", ""]
    assert [unit.is_counted for unit in Unit] == [True, True, True, False, False]


def test_the_sources_name_a_document_once() -> None:
    basis = [
        {"document": "示例法", "article": "1"},
        {"document": "示例法", "article": "9"},
        {"document": "示发〔2020〕1号"},
        {"document": "示发〔2020〕1号"},
    ]
    version: Version = rule(basis=basis).as_version()
    assert version.sources == "《示例法》第1条、第9条、示发〔2020〕1号、示发〔2020〕1号"


@pytest.mark.parametrize(
    "parts",
    [
        {"count": None},
        {"at_least": 11},
        {"unit": "working_days", "roll": "ordered"},
        {"unit": "fixed_date"},
        {"unit": "fixed_date", "count": None, "day": "02-29", "day_included": True},
        {"day": "01-31"},
        {"unit": "stated_date"},
        {"count": None, "at_least": 5, "pause": {"what": "听证"}},
        {"from": "2024-01-02", "to": "2024-01-01"},
        {"basis": []},
        {"count": 0},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(**parts).as_version()
