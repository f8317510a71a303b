"""Held: one department's rows of a ledger, and what one rule counts over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.measure.truth import smallest_units

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


class WholeLedger:
    """A ledger's columns as plain lists, each made when first asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._cells: dict[str, list[Any]] = {}
        self._units: dict[str, tuple[list[int], int]] = {}

    def cells(self, column: str) -> list[Any]:
        """A column: days as `date`, numbers as int or float, all else as text; None where blank."""
        if column not in self._cells:
            values = self.ledger.frame[column]
            if values.dtype.kind == "M":
                self._cells[column] = values.to_numpy().astype("datetime64[D]").tolist()
            else:
                plain = values.astype(object)
                self._cells[column] = plain.where(values.notna(), None).tolist()
        return self._cells[column]

    def units(self, column: str) -> tuple[list[int], int]:
        """A number column in its smallest unit (blanks as 0), and units in one."""
        if column not in self._units:
            units, scale = smallest_units(self.ledger, column)
            self._units[column] = units.tolist(), scale
        return self._units[column]

    @cached_property
    def unreliable(self) -> Flags:
        """Rows with a cell that cannot be relied on."""
        found = np.zeros(len(self.ledger), dtype=bool)
        for flags in self.ledger.unknown.values():
            found |= flags
        return found


@dataclass(frozen=True)
class HeldRows:
    """One department's rows of a ledger; `rows` are their positions in it, rising."""

    whole: WholeLedger
    rows: Places

    @classmethod
    def of_all(cls, ledger: Ledger) -> HeldRows:
        """Every row of a ledger."""
        return cls(WholeLedger(ledger), np.arange(len(ledger)))

    @property
    def schema(self) -> Schema:
        """The ledger's schema."""
        return self.whole.ledger.schema

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def cells(self, column: str) -> list[Any]:
        """One column of these rows, as `WholeLedger.cells`."""
        cells = self.whole.cells(column)
        return [cells[row] for row in self._list]

    def units(self, column: str) -> tuple[list[int], int]:
        """A number column of these rows in its smallest unit (blanks as 0), and units in one."""
        units, scale = self.whole.units(column)
        return [units[row] for row in self._list], scale

    def days(self, column: str) -> NDArray[np.datetime64]:
        """A column of days."""
        return self.whole.ledger.frame[column].to_numpy().astype("datetime64[D]")[self.rows]

    def cut(self, flags: Flags) -> Flags:
        """What is known of every row of the ledger, for these rows."""
        return flags[self.rows]

    def place(self, row: int) -> int:
        """Which of these rows a row of the ledger is."""
        return int(np.searchsorted(self.rows, row))

    def unknown_in(self, column: str) -> Flags:
        """Rows whose content of a column cannot be relied on."""
        return self.cut(self.whole.ledger.unknown_in(column))

    @property
    def unreliable(self) -> Flags:
        """Rows with a cell that cannot be relied on."""
        return self.cut(self.whole.unreliable)

    @cached_property
    def _list(self) -> list[int]:
        return list(self.rows.tolist())


@dataclass(frozen=True)
class HeldMarks:
    """Marks of a rule over a department's rows.

    `charged` marks rows that the rule charges to the department, with `parts` of `base` of each;
    `unshared` rows whose agreed parts make no whole. The rest is as in `lawkpi.measure.marks.Marks`.
    """

    due: Flags
    done: Flags
    unknown: Flags
    exempt: Flags
    charged: Flags
    parts: list[int]
    base: int
    unshared: Flags


@dataclass(frozen=True)
class HeldWorth:
    """What a department's records count where they are not worth the same; `open` have no price yet."""

    counted: Mapping[int, Fraction]
    open: tuple[int, ...]


@dataclass(frozen=True)
class HeldCounts:
    """What one rule counts for one department.

    `done` and `due` are whole numbers of `1/scale`; `marks` is None for what was entered by hand, `worth`
    where records are counted by number. The rest is as in `lawkpi.measure.measured.Measured`.
    """

    schema: Schema
    done: int
    due: int
    scale: int
    state_code: str
    is_pending: bool
    is_empty: bool
    empty_means: str
    is_share: bool
    marks: HeldMarks | None
    worth: HeldWorth | None
