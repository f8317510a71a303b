"""Marks: which rows of a ledger enter the two sides of a measure, and who is charged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.measure.charges import Charges, charges
from lawkpi.measure.truth import Facts, Truth, column_type, truth
from lawkpi.rubric.measures import (
    Chosen,
    CompletionMeasure,
    Counted,
    DistinctMeasure,
    MeanMeasure,
    RateMeasure,
    SumMeasure,
)
from lawkpi.rubric.predicate import Compared, Predicate, both

Flags = NDArray[np.bool_]
EVERY_PERIOD = "none"
"""`period_by: none` takes rows of any date."""


@dataclass(frozen=True)
class Marks:
    """The two sides of a measure over a ledger's rows, and the departments they are charged to.

    `done` lies inside `due`; `unknown` marks rows that could change either count; `exempt` rows would
    count and are let off.
    """

    ledger: Ledger
    charges: Charges
    due: Flags
    done: Flags
    unknown: Flags
    exempt: Flags

    @property
    def department(self) -> NDArray[Any]:
        """The lead department of each row; missing where it is charged to nobody."""
        codes = np.full(len(self.ledger), None, dtype=object)
        for row, code in zip(self.charges.rows[::-1], self.charges.codes[::-1], strict=True):
            codes[row] = code
        return codes


def window(measure: Counted, schema: Schema) -> tuple[Predicate, ...]:
    """The comparisons that keep a measure to its period; empty for registers."""
    column = measure.period_by or schema.period_by
    if column is None or column == EVERY_PERIOD:
        return ()
    start, end = "period_start", "period_end"
    if measure.window is not None:
        start, end = (day.isoformat() for day in (measure.window.start, measure.window.end))
    return (Compared(column, "on_or_after", start), Compared(column, "on_or_before", end))


def sides(measure: Counted, schema: Schema) -> tuple[Predicate, Predicate]:
    """The full predicates of `due` and `done`, window included; equal for counts and states."""
    within = window(measure, schema)
    match measure:
        case RateMeasure():
            due = both(*within, measure.due)
            return due, both(due, measure.done)
        case Chosen():
            where = both(*within, measure.where)
            return where, where
        case _:
            raise TypeError(type(measure).__name__)


def marked(measure: Counted, facts: Facts, let_off: Collection[str] = ()) -> Marks:
    """A measure over records as marks.

    Parameters
    ----------
    let_off : ids of rows that are exempt; they leave both sides

    Raises
    ------
    RubricError : the measure names a ledger, column or operand that does not fit
    """
    ledger = facts.ledger(measure.ledger)
    due_side, done_side = sides(measure, ledger.schema)
    due = truth(due_side, ledger, facts)
    done = truth(done_side, ledger, facts) if done_side is not due_side else due
    charged = charges(measure, ledger)
    free = np.zeros(len(ledger), dtype=bool)
    if let_off:
        free = ledger.frame["row_id"].isin(list(let_off)).to_numpy(dtype=bool)
    unknown = _unsettled(due, done) | (charged.unknown & due.yes) | _unread(measure, ledger, due)
    return Marks(
        ledger=ledger,
        charges=charged,
        due=due.yes & ~free,
        done=done.yes & due.yes & ~free,
        unknown=unknown & ~free,
        exempt=free & due.yes,
    )


def _unread(measure: Counted, ledger: Ledger, due: Truth) -> Flags:
    """Chosen rows whose own figure cannot be read: nothing is counted for nothing."""
    figured = DistinctMeasure | SumMeasure | MeanMeasure | CompletionMeasure
    column = measure.column if isinstance(measure, figured) else None
    if column is None:
        return np.zeros(len(ledger), dtype=bool)
    column_type(ledger.schema, column)
    blank = ledger.frame[column].isna().to_numpy(dtype=bool)
    return due.yes & (blank | ledger.unknown_in(column))


def _unsettled(due: Truth, done: Truth) -> Flags:
    """Rows that may be due, or are due and may be done."""
    return due.unknown | (due.yes & done.unknown)
