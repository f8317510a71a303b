"""Tallies: marks summed per department, and the rows that cause points.

All departments at once; every array has one place per department, in the register's order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.table import Ledger
from lawkpi.measure.marks import Marks, marked
from lawkpi.measure.truth import Facts
from lawkpi.rubric.measures import (
    Counted,
    Empty,
    EnteredMeasure,
    JudgedMeasure,
    RateMeasure,
    StateMeasure,
)
from lawkpi.rubric.model import Rule
from lawkpi.rubric.shapes import States

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Rows = Mapping[int, Counts]
"""Department's place to positions of its causing rows, in row-id order."""


@dataclass(frozen=True)
class RuleInput:
    """What tells one rule's tally from another: its item, itself, the departments."""

    item: str
    rule: Rule
    departments: Sequence[str]


@dataclass(frozen=True)
class Measured:
    """The counts of one rule for all departments.

    `pending`: an unknown row or a missing entry; `empty`: nothing was due (or too little), with
    `empty_means` (one for all, or one per department); `state` is the place of the state in its
    shape; `state_code` its code.
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

    def undecided_rows(self, place: int, departments: Sequence[str]) -> list[int]:
        """Positions of a department's rows that leave its counts undecided, in row-id order."""
        if self.marks is None:
            return [int(row) for row in self.causing.get(place, ())]
        places = _places(self.marks.department, departments)
        grouped = _grouped(places, self.marks.unknown & (places == place), self.ledger)
        return [int(row) for row in grouped.get(place, ())]


def measured(given: RuleInput, facts: Facts) -> Measured:
    """One rule's measure for all departments.

    Raises
    ------
    RubricError : the measure names a ledger, column or operand that does not fit
    """
    measure = given.rule.measure.measure
    match measure:
        case StateMeasure():
            return _state(given, measure, facts)
        case Counted():
            return _counted(given, measure, facts)
        case EnteredMeasure():
            return _entered(given, measure, facts)
        case JudgedMeasure():
            return _judged(given, facts)


def _counted(given: RuleInput, measure: Counted, facts: Facts) -> Measured:
    marks = marked(measure, facts)
    places = _places(marks.department, given.departments)
    size = len(given.departments)
    done = _bincount(places, marks.done, size)
    due = _bincount(places, marks.due, size)
    causes = marks.done if _caused_by_done(given) else marks.due & ~marks.done
    return Measured(
        ledger=marks.ledger,
        marks=marks,
        done=done,
        due=due,
        state=np.zeros(size, dtype=np.int64),
        state_code=[""] * size,
        pending=_bincount(places, marks.unknown, size) > 0,
        empty=due < measure.min_base if isinstance(measure, RateMeasure) else np.zeros(size, bool),
        empty_means=_empty_means(measure, due) if isinstance(measure, RateMeasure) else "full",
        causing=_grouped(places, causes, marks.ledger),
    )


def _empty_means(measure: RateMeasure, due: Counts) -> NDArray[np.str_]:
    """Nothing due at all means `empty`, too little `below_base`."""
    return np.where(due == 0, measure.empty, measure.below_base or measure.empty)


def _caused_by_done(given: RuleInput) -> bool:
    box = given.rule.shape
    return given.rule.measure.kind != "rate" or (box is not None and box.shape.caused_by_done)


def _state(given: RuleInput, measure: StateMeasure, facts: Facts) -> Measured:
    marks = marked(measure, facts)
    places = _places(marks.department, given.departments)
    rows = _grouped(places, marks.due, marks.ledger)
    codes = marks.ledger.frame[measure.column].to_numpy(dtype=object)
    state_code = [
        _worst(given, codes[rows[place]].tolist()) if place in rows else measure.missing or ""
        for place in range(len(given.departments))
    ]
    causing = {place: own[codes[own] == state_code[place]] for place, own in rows.items()}
    unknown = marks.ledger.unknown_in(measure.column) & marks.due
    pending = _bincount(places, marks.unknown | unknown, len(state_code)) > 0
    return _of_states(given, marks.ledger, state_code, pending, causing)


def _worst(given: RuleInput, codes: list[Any]) -> str:
    """Of several rows the state that costs most; none where one of them has no price."""
    amounts = _states(given).amounts
    if any(code not in amounts for code in codes):
        return ""
    return str(max(codes, key=lambda code: amounts[code]))


def _states(given: RuleInput) -> States:
    shape = given.rule.shape.shape if given.rule.shape else None
    if not isinstance(shape, States):
        raise TypeError("a state needs the shape `states`")
    return shape


def _of_states(
    given: RuleInput, ledger: Ledger, codes: list[str], pending: Flags, causing: Rows
) -> Measured:
    order = _states(given).order
    size = len(codes)
    known = np.array([code in order for code in codes])
    return Measured(
        ledger=ledger,
        marks=None,
        done=known.astype(np.int64),
        due=np.ones(size, dtype=np.int64),
        state=np.array([order.index(code) if code in order else 0 for code in codes], np.int64),
        state_code=codes,
        pending=pending | ~known,
        empty=np.zeros(size, dtype=bool),
        empty_means="pending",
        causing=causing,
    )


def _entered(given: RuleInput, measure: EnteredMeasure, facts: Facts) -> Measured:
    ledger, causing = _item_rows(given, facts)
    if measure.gives == "state":
        codes = ledger.frame["state"].to_numpy(dtype=object)
        unknown = ledger.unknown_in("state")
        size = len(given.departments)
        state = [str(codes[causing[place][0]]) if place in causing else "" for place in range(size)]
        pending = np.array(
            [place in causing and bool(unknown[causing[place]].any()) for place in range(size)]
        )
        return _of_states(given, ledger, state, pending, causing)
    return _figures(given, measure, ledger, causing)


def _figures(given: RuleInput, measure: EnteredMeasure, ledger: Ledger, causing: Rows) -> Measured:
    size = len(given.departments)
    done = _picked(ledger, "done", causing, size)
    due = _picked(ledger, "due", causing, size) if measure.gives == "rate" else done
    there = np.array([place in causing for place in range(size)])
    return Measured(
        ledger=ledger,
        marks=None,
        done=np.maximum(done, 0),
        due=np.maximum(due, 0),
        state=np.zeros(size, dtype=np.int64),
        state_code=[""] * size,
        pending=~there | (done < 0) | (due < 0) | (done > due),
        empty=(due == 0) if measure.gives == "rate" else np.zeros(size, dtype=bool),
        empty_means=measure.empty,
        causing=causing,
    )


def _judged(given: RuleInput, facts: Facts) -> Measured:
    """Judged points in hundredths."""
    ledger, causing = _item_rows(given, facts)
    size = len(given.departments)
    points = np.rint(ledger.frame["points"].fillna(-1).to_numpy() * 100).astype(np.int64)
    done = np.array(
        [points[causing[place]].sum() if place in causing else 0 for place in range(size)], np.int64
    )
    unread = ledger.frame["points"].isna().to_numpy()
    pending = [place not in causing or bool(unread[causing[place]].any()) for place in range(size)]
    return Measured(
        ledger=ledger,
        marks=None,
        done=np.maximum(done, 0),
        due=np.zeros(size, dtype=np.int64),
        state=np.zeros(size, dtype=np.int64),
        state_code=[""] * size,
        pending=np.array(pending),
        empty=np.zeros(size, dtype=bool),
        empty_means="pending",
        causing=causing,
    )


def _item_rows(given: RuleInput, facts: Facts) -> tuple[Ledger, Rows]:
    """The rows of an item in the ledgers `entered` or `judged`."""
    ledger = facts.ledger(given.rule.measure.ledger)
    places = _places(ledger.frame["department"].to_numpy(dtype=object), given.departments)
    chosen = (ledger.frame["item"] == given.item).to_numpy(dtype=bool)
    return ledger, _grouped(places, chosen, ledger)


def _picked(ledger: Ledger, column: str, rows: Rows, size: int) -> Counts:
    """One whole number per department; -1 where there is none."""
    values = ledger.frame[column].fillna(-1).to_numpy(dtype="int64")
    return np.array(
        [values[rows[place][0]] if place in rows else -1 for place in range(size)], np.int64
    )


def _places(codes: NDArray[Any], departments: Sequence[str]) -> Counts:
    """The place of each row's department; -1 for bodies that are not assessed."""
    order = {code: place for place, code in enumerate(departments)}
    return np.array([order.get(code, -1) for code in codes], dtype=np.int64)


def _bincount(places: Counts, chosen: Flags, size: int) -> Counts:
    return np.bincount(places[chosen & (places >= 0)], minlength=size).astype(np.int64)


def _grouped(places: Counts, chosen: Flags, ledger: Ledger) -> Rows:
    """Positions of chosen rows per department, in row-id order."""
    positions = np.flatnonzero(chosen & (places >= 0))
    ids = ledger.frame["row_id"].to_numpy(dtype=object)[positions]
    groups: dict[int, list[int]] = {}
    for _, position in sorted(zip(ids, positions.tolist(), strict=True)):
        groups.setdefault(int(places[position]), []).append(position)
    return {place: np.array(rows, dtype=np.int64) for place, rows in groups.items()}
