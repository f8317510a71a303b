"""Operands: which words and operands go with which types of columns.

Asked twice: by lint, before any ledger is read, and by the measure room, which refuses what lint was not
asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from lawkpi.rubric.predicate import COLUMN_WORDS, DATE_WORDS, NAMED_DAYS, ORDER_WORDS, Compared

NUMBERS = ("integer", "number")
"""Types of columns that can be added up."""
_DAY, _NUMBER, _TEXT = "date", "number", "text"


def misfit(part: Compared, types: Mapping[str, str]) -> str:
    """What a comparison should have been, in Chinese; empty where it fits, or its column is not there.

    Parameters
    ----------
    types : the type of every column of the ledger
    """
    if part.column not in types:
        return ""
    kind, operand = _family(types[part.column]), str(part.operand)
    if part.word in COLUMN_WORDS:
        other = _family(types[operand]) if operand in types else kind
        is_alike = other == kind and (part.word == "same_as" or kind != _TEXT)
        return "" if is_alike else "同一类型的列；先后只能比较日期或数字"
    if part.word in DATE_WORDS:
        return "" if kind == _DAY and _is_day(operand) else "日期列配日期或 period_end 等"
    if part.word in ORDER_WORDS:
        fits = _is_day(operand) if kind == _DAY else kind == _NUMBER and _is_number(operand)
        return "" if fits else "日期列配日期，数字列配加引号的数字"
    if part.word != "missing" and kind != _TEXT:
        return "文字或选项列；日期和数字用先后、大小比较"
    return ""


def _family(kind: str) -> str:
    """Types that can be set side by side."""
    return _NUMBER if kind in NUMBERS else _DAY if kind == _DAY else _TEXT


def _is_day(text: str) -> bool:
    if text in NAMED_DAYS:
        return True
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        Fraction(text)
    except ValueError:
        return False
    return True
