"""Marks: for one rule, which rows of its ledger enter `due` and `done`, and who is charged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.table import Ledger
from lawkpi.measure.truth import Facts, Truth, column_type, truth
from lawkpi.rubric.measures import Counted, CountMeasure, RateMeasure, StateMeasure
from lawkpi.rubric.predicate import Compared, Predicate, both

Flags = NDArray[np.bool_]
EVERY_PERIOD = "none"
"""`period_by: none` takes rows of any date."""


@dataclass(frozen=True)
class Marks:
    """The two sides of a measure over a ledger's rows, and the department each row is charged to.

    `done` lies inside `due`; `unknown` marks rows that could change either count.
    """

    ledger: Ledger
    department: NDArray[Any]
    due: Flags
    done: Flags
    unknown: Flags


def window(measure: Counted, ledger: Ledger) -> tuple[Predicate, ...]:
    """The comparisons that keep a measure to its period; empty for registers."""
    column = measure.period_by or ledger.schema.period_by
    if column is None or column == EVERY_PERIOD:
        return ()
    start, end = "period_start", "period_end"
    if measure.window is not None:
        start, end = (day.isoformat() for day in (measure.window.start, measure.window.end))
    return (Compared(column, "on_or_after", start), Compared(column, "on_or_before", end))


def sides(measure: Counted, ledger: Ledger) -> tuple[Predicate, Predicate]:
    """The full predicates of `due` and `done`, window included; equal for counts and states."""
    within = window(measure, ledger)
    match measure:
        case RateMeasure():
            due = both(*within, measure.due)
            return due, both(due, measure.done)
        case CountMeasure() | StateMeasure():
            where = both(*within, measure.where)
            return where, where
        case _:
            raise TypeError(type(measure).__name__)


def charged_column(measure: Counted, ledger: Ledger) -> str:
    """The column that names the charged department."""
    column = measure.charged_by or ledger.schema.charged.by
    column_type(ledger.schema, column)
    return column


def marked(measure: Counted, facts: Facts) -> Marks:
    """A measure over records as marks.

    Raises
    ------
    RubricError : the measure names a ledger, column or operand that does not fit
    """
    ledger = facts.ledger(measure.ledger)
    due_side, done_side = sides(measure, ledger)
    due = truth(due_side, ledger, facts)
    done = truth(done_side, ledger, facts) if done_side is not due_side else due
    column = charged_column(measure, ledger)
    return Marks(
        ledger=ledger,
        department=ledger.frame[column].to_numpy(dtype=object),
        due=due.yes,
        done=done.yes & due.yes,
        unknown=_unsettled(due, done),
    )


def _unsettled(due: Truth, done: Truth) -> Flags:
    """Rows that may be due, or are due and may be done."""
    return due.unknown | (due.yes & done.unknown)
