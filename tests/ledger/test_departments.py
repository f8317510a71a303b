from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lawkpi.ledger import Register, fold

ONE = {"code": "01", "name": "甲区城管局", "short": "城管局", "group": "g"}


def register(*departments: dict[str, Any]) -> Register:
    return Register.model_validate({"groups": {"g": "执法部门"}, "departments": departments})


def test_every_name_of_a_department_leads_to_its_code() -> None:
    known = register({**ONE, "aliases": ["城市管理局"]}).by_name
    assert {known[name] for name in ("01", "甲区城管局", "城管局", "城市管理局")} == {"01"}


def test_a_body_that_is_not_assessed_is_known_and_not_scored() -> None:
    """The committee itself may be sued without having a group or a score."""
    body = {"code": "00", "name": "管委会", "short": "委", "group": "none", "assessed": False}
    both = register(ONE, body)
    assert [one.code for one in both.assessed] == ["01"]
    assert both.by_name["管委会"] == "00"


@pytest.mark.parametrize(
    "other",
    [
        {"code": "01", "name": "乙局", "short": "乙", "group": "g"},
        {"code": "02", "name": "乙局", "short": "城管局", "group": "g"},
        {"code": "02", "name": "乙局", "short": "乙", "group": "g", "aliases": ["甲区 城管局"]},
    ],
    ids=["code", "short", "alias with a space"],
)
def test_a_name_that_could_mean_two_departments_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="指向两个单位"):
        register(ONE, other)


def test_a_group_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ValidationError, match="未在 groups 中声明"):
        register({**ONE, "group": "h"})


def test_brackets_and_spaces_do_not_tell_names_apart() -> None:
    assert fold("（2024）甲01 行初1号　") == fold("(2024)甲01行初1号")
