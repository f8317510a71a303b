"""A cell as both sides see it, what can be wrong with one, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Value = str | int | float | bool | dt.date | None
Path = tuple[str | int, ...]
"""The keys that lead to a value in the rubric's plain form."""


@dataclass(frozen=True)
class Cell:
    """The content of a cell; `is_percent`: a number shown as per cent, `is_error`: #N/A and its like."""

    value: Value = None
    is_percent: bool = False
    is_error: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def found(self) -> str:
        """The content as it is quoted in a finding."""
        if isinstance(self.value, dt.date):
            return self.value.isoformat()[:10]
        return "" if self.value is None else str(self.value).strip()


BLANK = Cell()


class Wrong(Exception):  # noqa: N818 - a signal inside this room; it becomes a Finding
    """A cell that cannot be read: its code, what is wrong, what is expected."""

    def __init__(self, code: str, what: str, expected: str) -> None:
        super().__init__(what)
        self.code, self.what, self.expected = code, what, expected


class Address(NamedTuple):
    """A cell's place in the workbook."""

    sheet: str
    cell: str


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its Excel number and its cells by heading."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str] = field(default_factory=dict)

    def cell(self, heading: str) -> Cell:
        """The cell under a heading."""
        return self.cells.get(heading, BLANK)

    def address(self, heading: str) -> Address:
        """Where that cell stands."""
        return Address(self.sheet, f"{self.letters.get(heading, '')}{self.number}")


Tables = Mapping[str, list[Row]]
"""Sheets by name."""
