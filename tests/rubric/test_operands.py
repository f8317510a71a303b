"""Which words and operands go with which types of columns; whole conditions: tests/cases/measure/operands.yaml."""

from __future__ import annotations

import pytest

from lawkpi.rubric.operands import misfit
from lawkpi.rubric.predicate import COLUMN_WORDS, DATE_WORDS, ORDER_WORDS, WORDS, Compared

TYPES = {
    "day": "date", "other_day": "date", "hours": "number", "count": "integer", "word": "choice",
    "text": "text", "unit": "department", "state": "state",
}  # fmt: skip
FITTING = [
    *(Compared("day", word, "2024-02-29") for word in (*DATE_WORDS, *ORDER_WORDS)),
    *(Compared("day", word, "period_end") for word in DATE_WORDS),
    *(Compared(name, word, "2.5") for name in ("hours", "count") for word in ORDER_WORDS),
    *(Compared(name, "is", "a") for name in ("word", "text", "unit", "state")),
    *(Compared(name, "missing", True) for name in TYPES),
    *(Compared("day", word, "other_day") for word in COLUMN_WORDS),
    Compared("hours", "before_column", "count"),
    Compared("word", "not_in", ("a", "b")),
    Compared("word", "same_as", "text"),
]
WRONG = [
    *(Compared("word", word, "3") for word in (*DATE_WORDS, *ORDER_WORDS)),
    *(Compared(name, "is", "a") for name in ("day", "hours", "count")),
    *(Compared("day", word, "2024-02-30") for word in (*DATE_WORDS, *ORDER_WORDS)),
    *(Compared("day", word, "year_end") for word in DATE_WORDS),
    *(Compared("hours", word, "3") for word in DATE_WORDS),
    *(Compared("hours", word, "many") for word in ORDER_WORDS),
    *(Compared("day", word, "hours") for word in COLUMN_WORDS),
    *(Compared("word", word, "text") for word in ("before_column", "after_column")),
]


@pytest.mark.parametrize("part", FITTING, ids=str)
def test_what_fits_is_let_pass(part: Compared) -> None:
    assert misfit(part, TYPES) == ""


@pytest.mark.parametrize("part", WRONG, ids=str)
def test_what_does_not_fit_says_what_would(part: Compared) -> None:
    assert misfit(part, TYPES) != ""


def test_every_word_is_among_those_tried() -> None:
    assert {one.word for one in (*FITTING, *WRONG)} >= set(WORDS) - {"not", "in"}


def test_a_column_that_is_not_there_is_another_s_finding() -> None:
    assert misfit(Compared("nothing", "is", "a"), TYPES) == ""
