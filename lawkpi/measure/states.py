"""States: which of several priced words a department's record holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from lawkpi.ledger.table import Ledger
from lawkpi.measure.charges import Flags
from lawkpi.measure.marks import Marks
from lawkpi.measure.measured import Measured, Rows, RuleInput, by_department, counted, figures
from lawkpi.rubric.measures import StateMeasure
from lawkpi.rubric.shapes import States


def state(given: RuleInput, measure: StateMeasure, marks: Marks) -> Measured:
    """The state of each department; of several rows the one that takes most (or gives least)."""
    rows = by_department(marks.charges, given.departments, marks.due, marks.ledger)
    codes = marks.ledger.frame[measure.column].to_numpy(dtype=object)
    size = len(given.departments)
    found = [
        _one_of(given, measure, codes[rows[place]].tolist())
        if place in rows
        else measure.missing or ""
        for place in range(size)
    ]
    causing = {place: own[codes[own] == found[place]] for place, own in rows.items()}
    unknown = marks.unknown | (marks.ledger.unknown_in(measure.column) & marks.due)
    places = marks.charges.places(given.departments)
    pending = counted(marks.charges.rows, places, unknown, size) > 0
    measured = of_states(given, marks.ledger, found, pending, causing)
    return replace(measured, marks=marks)


def _one_of(given: RuleInput, measure: StateMeasure, codes: list[Any]) -> str:
    """Of several rows the worst, or the best, for the department; none where one has no price."""
    amounts = _states(given).amounts
    if any(code not in amounts for code in codes):
        return ""
    gives = given.rule.effect.kind in ("award", "bonus")
    dearest = (measure.several == "best") is gives
    chosen = max(codes, key=lambda code: amounts[code] if dearest else -amounts[code])
    return str(chosen)


def _states(given: RuleInput) -> States:
    shape = given.rule.shape.shape if given.rule.shape else None
    if not isinstance(shape, States):
        raise TypeError("a state needs the shape `states`")
    return shape


def of_states(
    given: RuleInput, ledger: Ledger, codes: list[str], pending: Flags, causing: Rows
) -> Measured:
    """States as their places in the shape; one without a price is 待核."""
    order = _states(given).order
    size = len(codes)
    known = np.array([code in order for code in codes], dtype=bool)
    return figures(
        ledger,
        known.astype(np.int64),
        np.ones(size, dtype=np.int64),
        pending | ~known,
        causing,
        state=np.array([order.index(code) if code in order else 0 for code in codes], np.int64),
        state_code=codes,
        empty_means="pending",
    )
