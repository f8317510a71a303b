from __future__ import annotations

from typing import Any

import pytest

from lawkpi.law import Calendar, Limits, LocalLimit, reckoning

from .given import cases, terms


@pytest.mark.parametrize("case", cases("sentences"))
def test_a_dated_case_has_its_sentence(
    case: dict[str, Any], limits: Limits, calendar: Calendar
) -> None:
    given = case["given"]
    sentence = reckoning(limits[given["limit"]], given["start"], calendar, **terms(given))
    assert sentence == case["expect"]


def test_a_declared_local_limit_is_reckoned_in_words(limits: Limits, calendar: Calendar) -> None:
    rule = {"count": 15, "unit": "natural_days", "roll": "none", "basis": [{"document": "示例"}]}
    given = limits.declared({"NORM-FILE": LocalLimit.model_validate(rule)})
    sentence = reckoning(given["NORM-FILE"], "2024-03-11", calendar)
    assert sentence == "2024年3月11日规范性文件公布，次日起算15日，届满日2024年3月26日"
