"""Numbers, days and texts of single cells: what Excel stores, and what was meant, exactly."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

from lawkpi.workbook.rubric_form.cell import Cell, Wrong

MOST_PLACES = 12
EXACT_DIGITS = 15
"""Digits that a number of Excel holds exactly as they were typed."""
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")


def text_of(cell: Cell) -> str:
    """A cell as text; a number by its shortest text, a date as nothing that was meant.

    Raises
    ------
    Wrong RUBRIC_FORM_TEXT_IS_DATE : Excel turned what was typed into a date
    Wrong RUBRIC_FORM_NUMBER_INEXACT
    """
    value = cell.value
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise Wrong(
            "RUBRIC_FORM_TEXT_IS_DATE",
            "此处应为文字，已被 Excel 改成日期",
            "单元格格式改为“文本”后重新填写",
        )
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _shortest(cell) + ("%" if cell.is_percent else "")
    return str(value or "").strip()


def day_text(day: dt.date) -> str:
    """A day of Excel, which may carry a time of nothing."""
    return day.isoformat()[:10]


def number_cell(text: str, *, percent: bool) -> Cell:
    """A number where Excel gives the same text back, else the text."""
    exact = Decimal(text).scaleb(-2 if percent else 0)
    if exact == exact.to_integral_value() and _digits(exact) <= EXACT_DIGITS:
        return Cell(int(exact), is_percent=percent)
    if Decimal(repr(float(exact))) == exact and _digits(exact) <= EXACT_DIGITS:
        return Cell(float(exact), is_percent=percent)
    return Cell(text + ("%" if percent else ""))


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def number_text(cell: Cell, wanted: str, *, percent: bool) -> str:
    """A number's shortest decimal text, without the sign of per cent."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if cell.is_percent != percent:
            raise not_a_number(wanted)
        text = _shortest(cell)
    else:
        text = narrow(value)
        if text.endswith("%") != percent:
            raise not_a_number(wanted)
        text = text.removesuffix("%").strip()
    if not _DECIMAL.fullmatch(text) or len(text.partition(".")[2].rstrip("0")) > MOST_PLACES:
        raise not_a_number(wanted)
    return text


def _shortest(cell: Cell) -> str:
    """The shortest text of a number typed in Excel, times a hundred where it is per cent."""
    number = Decimal(repr(cell.value))
    if _digits(number) > EXACT_DIGITS:
        raise Wrong(
            "RUBRIC_FORM_NUMBER_INEXACT",
            "数字不是有限小数，不能准确取得",
            "写成确定的小数，例如 0.33；计算得出的，四舍五入后填写",
        )
    shifted = number.scaleb(2) if cell.is_percent else number
    return format(shifted.normalize() if shifted else Decimal(0), "f")


def narrow(value: Any) -> str:
    """A text with full-width digits and signs made plain."""
    if isinstance(value, dt.date | bool) or value is None:
        return ""
    return unicodedata.normalize("NFKC", str(value)).strip()


def not_a_number(wanted: str) -> Wrong:
    """What is said of a cell that should hold a number and does not."""
    return Wrong("RUBRIC_FORM_NUMBER_UNREADABLE", "数字不能识别", wanted)
