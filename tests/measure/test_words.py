"""Cells as a reader sees them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from lawkpi.measure import predicate_text, value_text
from lawkpi.measure.words import code_label
from lawkpi.rubric.predicate import Compared
from tests.support.tiny import SCHEMAS

from .given import MATTERS


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("kind", "a", "甲类"),
        ("flag", "no", "否"),
        ("held_on", pd.Timestamp(2024, 5, 1), "2024年5月1日"),
        ("held_on", dt.date(2024, 12, 31), "2024年12月31日"),
        ("hours", 59.5, "59.5"),
        ("hours", 60.0, "60"),
        ("hours", 0.0, "0"),
        ("copies", 3, "3"),
        ("note", "=1+1", "=1+1"),
        ("department", "01", "01"),
        ("note", None, "（空）"),
        ("held_on", pd.NaT, "（空）"),
        ("copies", pd.NA, "（空）"),
    ],
)
def test_a_cell_is_shown_in_the_reader_s_words(column: str, value: Any, text: str) -> None:
    assert value_text(MATTERS, column, value) == text


def test_a_department_is_shown_by_name_where_names_are_known() -> None:
    assert value_text(MATTERS, "department", "01", {"01": "甲区城管局"}) == "甲区城管局"
    assert value_text(MATTERS, "department", "99", {"01": "甲区城管局"}) == "99"


def test_a_time_state_is_shown_by_its_label() -> None:
    assert code_label(SCHEMAS["litigation"], "papers_state", "late") == "逾期"


def test_a_time_state_that_does_not_exist_is_not_made_up() -> None:
    assert code_label(SCHEMAS["litigation"], "papers_state", "in_tme") == "in_tme"


@pytest.mark.parametrize(
    ("word", "text"),
    [("below", "早于"), ("at_most", "不晚于"), ("above", "晚于"), ("at_least", "不早于")],
)
def test_a_date_is_earlier_or_later_and_not_smaller_or_larger(word: str, text: str) -> None:
    said = predicate_text(Compared("held_on", word, "2024-06-30"), MATTERS, {})
    assert said == f"日期{text}2024年6月30日"
