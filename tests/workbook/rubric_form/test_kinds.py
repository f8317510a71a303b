"""Cells: numbers exactly as typed, per cent either way, names by their words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.params import points_text
from lawkpi.workbook.rubric_form.cell import Cell, Wrong
from lawkpi.workbook.rubric_form.kinds import (
    Amount,
    Choice,
    Day,
    Either,
    Kind,
    Pairs,
    Share,
    Template,
    Text,
    Texts,
    Threshold,
    Whole,
)
from lawkpi.workbook.rubric_form.vocabulary import Vocabulary

WORDS = Vocabulary({"upheld": "驳回上诉、维持原判", "annulled": "撤销"})
CHOICE = Choice(Vocabulary({"none": "不设下限"}), ("none",))
NUMBERS = st.decimals(0, 10**9, places=9, allow_nan=False).map(
    lambda one: points_text(Fraction(one))
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(NUMBERS)
def test_any_number_is_the_same_when_its_cell_is_read(text: str) -> None:
    assert Amount().read(Amount().show(text)) == text


@settings(max_examples=100, deadline=None, derandomize=True)
@given(NUMBERS)
def test_any_share_is_the_same_when_its_cell_is_read(text: str) -> None:
    for kind in (Share(), Threshold()):
        assert kind.read(kind.show(f"{text}%")) == f"{text}%"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.floats(0, 10**6))
def test_a_number_typed_in_excel_is_its_shortest_text_or_refused(number: float) -> None:
    try:
        text = Amount().read(Cell(number))
    except Wrong:
        return
    assert float(text) == number
    assert Decimal(text) == Decimal(repr(number))


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (Amount(), Cell(0.5), "0.5"),
        (Amount(), Cell(5), "5"),
        (Amount(), Cell(5.0), "5"),
        (Amount(), Cell(0), "0"),
        (Amount(), Cell("0.5"), "0.5"),
        (Amount(), Cell(" ０．５ "), "0.5"),
        (Amount(), Cell(1e-05), "0.00001"),
        (Share(), Cell(0.95, is_percent=True), "95%"),
        (Share(), Cell("95%"), "95%"),
        (Share(), Cell("95 ％"), "95%"),
        (Share(), Cell(1, is_percent=True), "100%"),
        (Share(), Cell(0.287, is_percent=True), "28.7%"),
        (Threshold(), Cell(0.95, is_percent=True), "95%"),
        (Threshold(), Cell(3), "3"),
        (Threshold(), Cell("3"), "3"),
        (Threshold(), Cell("95%"), "95%"),
        (Whole(), Cell(4.0), 4),
        (Whole(), Cell("4"), 4),
        (Day(), Cell(dt.datetime(2024, 2, 29)), "2024-02-29"),
        (Day(), Cell("2024-02-29"), "2024-02-29"),
        (Text(), Cell(1.1), "1.1"),
        (Text(), Cell(0.95, is_percent=True), "95%"),
        (Text(), Cell("  甲 "), "甲"),
        (Either(Amount(), CHOICE), Cell("不设下限"), "none"),
        (Either(Amount(), CHOICE), Cell(0), "0"),
        (Pairs(Amount()), Cell("甲：1\n乙：0.5"), {"甲": "1", "乙": "0.5"}),
    ],
)
def test_a_cell_says(kind: Kind, cell: Cell, said: Any) -> None:
    assert kind.read(cell) == said


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (Amount(), Cell(1 / 3), "RUBRIC_FORM_NUMBER_INEXACT"),
        (Amount(), Cell(0.1 + 0.2), "RUBRIC_FORM_NUMBER_INEXACT"),
        (Amount(), Cell(-1), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell("1,000"), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell("一分"), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell(0.5, is_percent=True), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell(dt.datetime(2024, 1, 2)), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell(True), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell("0.1234567890123"), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Amount(), Cell("#DIV/0!", is_error=True), "RUBRIC_FORM_CELL_ERROR"),
        (Share(), Cell(0.95), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Share(), Cell("95"), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Share(), Cell(1 / 3, is_percent=True), "RUBRIC_FORM_NUMBER_INEXACT"),
        (Whole(), Cell(2.5), "RUBRIC_FORM_NUMBER_UNREADABLE"),
        (Day(), Cell("2024-2-30"), "RUBRIC_FORM_DAY_UNREADABLE"),
        (Day(), Cell(45000), "RUBRIC_FORM_DAY_UNREADABLE"),
        (Text(), Cell(dt.datetime(2024, 1, 2)), "RUBRIC_FORM_TEXT_IS_DATE"),
        (CHOICE, Cell("没有下限"), "RUBRIC_FORM_WORD_UNKNOWN"),
        (Either(Amount(), CHOICE), Cell("没有下限"), "RUBRIC_FORM_NUMBER_UNREADABLE"),
    ],
)
def test_a_cell_is_refused(kind: Kind, cell: Cell, code: str) -> None:
    with pytest.raises(Wrong) as caught:
        kind.read(cell)
    assert caught.value.code == code
    assert caught.value.expected


def test_names_are_read_by_their_words_even_where_a_word_holds_a_comma() -> None:
    shown = Texts().show(["upheld", "annulled"], WORDS)
    assert shown == Cell("驳回上诉、维持原判、撤销")
    assert Texts().read(Cell("撤销，驳回上诉、维持原判"), WORDS) == ["annulled", "upheld"]


def test_a_name_among_others_that_is_not_known_is_refused() -> None:
    with pytest.raises(Wrong) as caught:
        Texts().read(Cell("撤销、撤消"), WORDS)
    assert "撤消" in caught.value.what


def test_a_template_names_columns_by_their_titles() -> None:
    words = Vocabulary({"case_number": "案号"})
    assert Template().show("{case_number}生效", words) == Cell("{案号}生效")
    assert Template().read(Cell("{ 案号 }生效"), words) == "{case_number}生效"
    with pytest.raises(Wrong) as caught:
        Template().read(Cell("{案由}生效"), words, "template")
    assert caught.value.code == "RUBRIC_FORM_COLUMN_UNKNOWN"


def test_a_day_before_excel_s_calendar_is_written_as_text() -> None:
    assert Day().show("1890-05-01") == Cell("1890-05-01")
    assert Day().show("2024-05-01") == Cell(dt.date(2024, 5, 1))


def test_a_number_that_excel_would_change_is_written_as_text() -> None:
    assert Amount().show("12345678901234567.5") == Cell("12345678901234567.5")
    assert Amount().show("0.1") == Cell(0.1)
    assert Share().show("95%") == Cell(0.95, is_percent=True)
