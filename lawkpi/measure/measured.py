"""What a measure hands over: counts per department, and the rows behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.table import Ledger
from lawkpi.measure.charges import Charges, Counts, Flags
from lawkpi.measure.marks import Marks
from lawkpi.params import Period
from lawkpi.rubric.measures import Empty
from lawkpi.rubric.model import Item
from lawkpi.rubric.rule import Rule

Rows = Mapping[int, Counts]
"""Department's place to positions of its rows, in row-id order."""


@dataclass(frozen=True)
class RuleInput:
    """What tells one rule's tally from another.

    `part` is a part of the year; `alone` says that no other rule of the item reads the same ledger of
    entries, so that a line need not name the rule; `one_figure` that all rules of the item which are set
    against a figure count the same.
    """

    item: str
    rule: Rule
    departments: Sequence[str]
    part: Period | None = None
    alone: bool = True
    one_figure: bool = True


def rule_input(
    item: Item, rule: Rule, departments: Sequence[str], part: Period | None = None
) -> RuleInput:
    """A rule among the others of its item."""
    readers = [one for one in item.rules if one.measure.ledger == rule.measure.ledger]
    figures_of = [one.measure.measure for one in item.rules if one.is_set_against_a_figure]
    return RuleInput(
        item.id,
        rule,
        departments,
        part,
        alone=len(readers) == 1,
        one_figure=all(one == figures_of[0] for one in figures_of),
    )


@dataclass(frozen=True)
class Measured:
    """The counts of one rule for all departments.

    `done` and `due` are whole numbers of `1/scale`. `pending`: an unknown row or a missing entry;
    `empty`: nothing was due (or too little), with `empty_means` (one for all, or one per
    department); `state` is the place of the state in its shape, `state_code` its code. `causing` are
    the rows that cause points; `gravity` says how much
    each causes where they differ (None: alike). `is_share` marks a per cent figure without counts.
    """

    ledger: Ledger
    marks: Marks | None
    done: Counts
    due: Counts
    state: Counts
    state_code: list[str]
    pending: Flags
    empty: Flags
    empty_means: Empty | NDArray[np.str_]
    causing: Rows
    gravity: Mapping[int, int] | None = None
    scale: int = 1
    is_share: bool = False

    def figure(self, place: int, *, is_rate: bool) -> Fraction:
        """One department's figure: a rate whose base is not empty, or a number in its own unit."""
        done, due = int(self.done[place]), int(self.due[place])
        return Fraction(done, due if is_rate else self.scale)

    def undecided_rows(self, place: int, departments: Sequence[str]) -> list[int]:
        """Positions of a department's rows that leave its counts undecided, in row-id order."""
        if self.marks is None:
            return [int(row) for row in self.causing.get(place, ())]
        return self._rows(place, departments, self.marks.unknown)

    def exempt_rows(self, place: int, departments: Sequence[str]) -> list[int]:
        """Positions of a department's rows that were let off, in row-id order."""
        return [] if self.marks is None else self._rows(place, departments, self.marks.exempt)

    def _rows(self, place: int, departments: Sequence[str], chosen: Flags) -> list[int]:
        if self.marks is None or not chosen.any():
            return []
        grouped = by_department(self.marks.charges, departments, chosen, self.ledger)
        return [int(row) for row in grouped.get(place, ())]


def figures(
    ledger: Ledger, done: Counts, due: Counts, pending: Flags, causing: Rows, **more: Any
) -> Measured:
    """Counts without a state; `more` are further fields of `Measured`."""
    size = len(done)
    fields: dict[str, Any] = {
        "marks": None,
        "state": np.zeros(size, dtype=np.int64),
        "state_code": [""] * size,
        "empty": np.zeros(size, dtype=bool),
        "empty_means": "full",
    }
    return Measured(
        ledger=ledger, done=done, due=due, pending=pending, causing=causing, **(fields | more)
    )


def by_department(
    charged: Charges, departments: Sequence[str], chosen: Flags, ledger: Ledger
) -> dict[int, Counts]:
    """Positions of chosen rows per department, in row-id order."""
    return grouped(charged.rows, charged.places(departments), chosen, ledger)


def grouped(rows: Counts, places: Counts, chosen: Flags, ledger: Ledger) -> dict[int, Counts]:
    """Positions of chosen rows per place, in row-id order; lines without a place are left out."""
    lines = np.flatnonzero(chosen[rows] & (places >= 0))
    positions = rows[lines]
    ids = ledger.frame["row_id"].to_numpy(dtype=object)[positions]
    groups: dict[int, list[int]] = {}
    ordered = sorted(zip(ids, positions.tolist(), places[lines].tolist(), strict=True))
    for _, position, place in ordered:
        groups.setdefault(place, []).append(position)
    return {place: np.array(own, dtype=np.int64) for place, own in groups.items()}


def counted(rows: Counts, places: Counts, chosen: Flags, size: int) -> Counts:
    """How many chosen rows each place has."""
    found = places[chosen[rows] & (places >= 0)]
    return np.bincount(found, minlength=size).astype(np.int64)
