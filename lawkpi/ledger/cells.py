"""From a raw cell to a typed one: dates, numbers, words, departments; never by guessing.

Each distinct content of a column is looked at once. What cannot be read is no value and a problem in
words; the row stays.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lawkpi.errors import Severity
from lawkpi.ledger.departments import Register, fold
from lawkpi.ledger.read import ERROR_MARK
from lawkpi.ledger.schema import Column

_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_PLAIN_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_NARROW = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
"""Full-width digits and letters to plain ones; Chinese punctuation stays."""
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIAL_RANGE = (30_000, 60_000)
"""Excel day numbers from 1982 to 2064."""


@dataclass(frozen=True)
class Cell:
    """A read cell: its value (None when empty or unreadable) and what was wrong or put in order."""

    value: Any = None
    code: str = ""
    problem: str = ""
    expected: str = ""
    severity: Severity = Severity.PENDING

    @property
    def is_unreadable(self) -> bool:
        """Whether something stands in the cell that could not be read."""
        return self.value is None and bool(self.code)


EMPTY = Cell()


class CellReader:
    """Reads the cells of one declared column."""

    def __init__(self, column: Column, register: Register) -> None:
        self.column = column
        self.register = register
        self._seen: dict[tuple[type, Any], Cell] = {}
        self._labels = {fold(label): code for code, label in column.labels.items()}
        self._labels |= {fold(code): code for code in column.labels}
        readers: dict[str, Callable[[Any], Cell]] = {
            "date": _date,
            "integer": lambda raw: _number(raw, 0),
            "number": lambda raw: _number(raw, column.places),
            "choice": self._choice,
            "yes_no": self._choice,
            "department": self._department,
        }
        self._reader = readers.get(column.type, _text)

    def __call__(self, raw: Any) -> Cell:
        """The cell's content, typed."""
        key = (type(raw), raw)
        if key not in self._seen:
            self._seen[key] = self._read(raw)
        return self._seen[key]

    def _read(self, raw: Any) -> Cell:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return EMPTY
        if raw == ERROR_MARK:
            return Cell(
                code="LEDGER_CELL_ERROR", problem="单元格为公式错误值", expected="改为数值或文字"
            )
        return self._reader(raw)

    def _choice(self, raw: Any) -> Cell:
        code = self._labels.get(fold(str(raw)))
        if code is not None:
            return Cell(code)
        words = "、".join(self.column.labels.values())
        return Cell(
            code="LEDGER_CHOICE_UNKNOWN",
            problem=f"“{self.column.title}”的内容不在选项之内",
            expected=words,
        )

    def _department(self, raw: Any) -> Cell:
        code = self.register.by_name.get(fold(_text(raw).value or ""))
        if code is not None:
            return Cell(code)
        near = difflib.get_close_matches(
            fold(str(raw)), [fold(one.name) for one in self.register.departments], n=3, cutoff=0.4
        )
        hint = f"最接近的登记名称：{'、'.join(near)}（请人工确认，不自动采用）" if near else ""
        return Cell(
            code="LEDGER_DEPARTMENT_UNKNOWN",
            problem="单位不在单位名册中",
            expected=hint or "departments.yaml 中登记的全称、简称或别名",
            severity=Severity.ERROR,
        )


def _date(raw: Any) -> Cell:
    if isinstance(raw, dt.datetime):
        return Cell(raw.date())
    if isinstance(raw, dt.date):
        return Cell(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _date_of_number(raw)
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    match = _DATE.fullmatch(text) or _PLAIN_DATE.fullmatch(text)
    if not match:
        return Cell(
            code="LEDGER_DATE_UNREADABLE",
            problem="日期无法识别",
            expected="年、月、日齐全，如 2022-03-05",
        )
    try:
        return Cell(dt.date(*(int(part) for part in match.groups())))
    except ValueError:
        return Cell(
            code="LEDGER_DATE_UNREADABLE",
            problem="日期不存在",
            expected="实有的日期，如 2022-03-05",
        )


def _date_of_number(raw: float) -> Cell:
    if _SERIAL_RANGE[0] <= raw <= _SERIAL_RANGE[1] and raw == int(raw):
        day = _SERIAL_ZERO + dt.timedelta(days=int(raw))
        return Cell(
            day,
            code="LEDGER_DATE_SERIAL",
            problem=f"数字按 Excel 日期序号读作{day.isoformat()}",
            expected="设置为日期格式",
            severity=Severity.WARNING,
        )
    return (
        _date(str(int(raw)))
        if raw == int(raw)
        else Cell(code="LEDGER_DATE_UNREADABLE", problem="日期无法识别", expected="如 2022-03-05")
    )


def _number(raw: Any, places: int) -> Cell:
    """A number with at most so many decimals; kept as an int or as the nearest float."""
    wanted = f"数字，最多{places}位小数" if places else "整数"
    wrong = Cell(code="LEDGER_NUMBER_UNREADABLE", problem="数字无法识别", expected=wanted)
    if isinstance(raw, bool | dt.date | dt.time | dt.timedelta):
        return wrong
    text = _excel_text(raw) if isinstance(raw, float) else unicodedata.normalize("NFKC", str(raw))
    if not _NUMBER.fullmatch(text.strip()):
        return wrong
    text = text.strip().replace(",", "")
    if len(text.partition(".")[2].rstrip("0")) > places:
        return Cell(code="LEDGER_NUMBER_UNREADABLE", problem="小数位数过多", expected=wanted)
    return Cell(float(text) if places else int(float(text)))


def _excel_text(raw: float) -> str:
    """A number as Excel shows it: 15 digits, so that a sum of 0.1 and 0.2 is 0.3."""
    return f"{raw:.15g}"


def _text(raw: Any) -> Cell:
    if isinstance(raw, float) and raw == int(raw):
        return Cell(str(int(raw)))
    if isinstance(raw, dt.datetime | dt.date):
        return Cell(raw.isoformat()[:10])
    text = "".join(one for one in str(raw) if one.isprintable()).strip().translate(_NARROW)
    return Cell(text) if text else EMPTY
