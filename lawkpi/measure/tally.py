"""Tallies: marks summed per department, and the rows that cause points.

All departments at once; every array has one place per department, in the register's order.
"""

from __future__ import annotations

from collections.abc import Collection
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.measure.by_hand import baseline, entered, judged, looked_up
from lawkpi.measure.charges import Counts, Flags
from lawkpi.measure.exemptions import let_off
from lawkpi.measure.marks import Marks, marked
from lawkpi.measure.measured import Measured, Rows, RuleInput, by_department, counted, figures
from lawkpi.measure.states import state
from lawkpi.measure.truth import Facts, smallest_units
from lawkpi.rubric.measures import (
    CompletionMeasure,
    Counted,
    DistinctMeasure,
    EnteredMeasure,
    ItemPointsMeasure,
    JudgedMeasure,
    MeanMeasure,
    RateMeasure,
    StateMeasure,
    SumMeasure,
)


def measured(given: RuleInput, facts: Facts) -> Measured:
    """One rule's measure for all departments.

    Raises
    ------
    RubricError : the measure names a ledger, column or operand that does not fit
    """
    measure = given.rule.measure.measure
    match measure:
        case EnteredMeasure():
            return entered(given, measure, facts)
        case JudgedMeasure():
            return judged(given, measure, facts)
        case ItemPointsMeasure():
            return looked_up(given)
    return _recorded(given, measure, facts)


def _recorded(given: RuleInput, measure: Counted, facts: Facts) -> Measured:
    if given.part is not None:
        measure = measure.model_copy(update={"window": given.part})
    free: Collection[str] = let_off(given, facts) if given.rule.exempt else ()
    marks = marked(measure, facts, free)
    match measure:
        case StateMeasure():
            return state(given, measure, marks)
        case DistinctMeasure():
            return _distinct(given, measure, marks)
        case SumMeasure():
            return _sum(given, measure, marks)
        case MeanMeasure():
            return _mean(given, measure, marks)
        case CompletionMeasure():
            return _completion(given, measure, marks, facts)
    return _counted(given, measure, marks)


def _counted(given: RuleInput, measure: Counted, marks: Marks) -> Measured:
    places, rows, size = _lines(given, marks)
    due = counted(rows, places, marks.due, size)
    causes = marks.done if _caused_by_done(given) else marks.due & ~marks.done
    more: dict[str, Any] = {}
    if isinstance(measure, RateMeasure):
        more = {"empty": due < measure.min_base, "empty_means": _empty_means(measure, due)}
    return figures(
        marks.ledger,
        counted(rows, places, marks.done, size),
        due,
        _pending(given, marks),
        by_department(marks.charges, given.departments, causes, marks.ledger),
        marks=marks,
        **more,
    )


def _lines(given: RuleInput, marks: Marks) -> tuple[Counts, Counts, int]:
    places = marks.charges.places(given.departments)
    return places, marks.charges.rows, len(given.departments)


def _pending(given: RuleInput, marks: Marks) -> Flags:
    places, rows, size = _lines(given, marks)
    return counted(rows, places, marks.unknown, size) > 0


def _empty_means(measure: RateMeasure | MeanMeasure, base: Counts) -> NDArray[np.str_]:
    """Nothing due at all means `empty`, too little `below_base`."""
    return np.where(base == 0, measure.empty, measure.below_base or measure.empty)


def _caused_by_done(given: RuleInput) -> bool:
    box = given.rule.shape
    return given.rule.measure.kind != "rate" or (box is not None and box.shape.caused_by_done)


def _distinct(given: RuleInput, measure: DistinctMeasure, marks: Marks) -> Measured:
    """The first row of each content, in row-id order, stands for it."""
    rows = by_department(marks.charges, given.departments, marks.due, marks.ledger)
    cells = marks.ledger.frame[measure.column].to_numpy(dtype=object)
    first = {place: _first_of_each(own, cells) for place, own in rows.items()}
    done = _per_place({place: len(own) for place, own in first.items()}, given)
    return figures(marks.ledger, done, done, _pending(given, marks), first, marks=marks)


def _first_of_each(rows: Counts, cells: NDArray[Any]) -> Counts:
    seen: dict[Any, int] = {}
    for row in rows.tolist():
        seen.setdefault(cells[row], row)
    return np.array(list(seen.values()), dtype=np.int64)


def _sum(given: RuleInput, measure: SumMeasure, marks: Marks) -> Measured:
    """Exact sums in the column's smallest unit; a number below zero is nobody's count."""
    units, scale = smallest_units(marks.ledger, measure.column)
    rows = by_department(marks.charges, given.departments, marks.due, marks.ledger)
    done = _per_place({place: int(units[own].sum()) for place, own in rows.items()}, given)
    pending = _pending(given, marks) | _below_zero(rows, units, given)
    more: dict[str, Any] = {"marks": marks, "scale": scale}
    if measure.empty is not None:
        there = [place in rows for place in range(len(given.departments))]
        more |= {"empty": ~np.array(there, dtype=bool), "empty_means": measure.empty}
    return figures(marks.ledger, np.maximum(done, 0), done, pending, rows, **more)


def _completion(
    given: RuleInput, measure: CompletionMeasure, marks: Marks, facts: Facts
) -> Measured:
    """What was reached, over a quota that may be passed; both in the smallest unit of either."""
    rows = by_department(marks.charges, given.departments, marks.due, marks.ledger)
    units, scale = np.ones(len(marks.ledger), dtype=np.int64), 1
    below = np.zeros(len(given.departments), dtype=bool)
    if measure.column is not None:
        units, scale = smallest_units(marks.ledger, measure.column)
        below = _below_zero(rows, units, given)
    quota = baseline(given, "quota", facts)
    common = lcm(scale, *(one.denominator for one in quota.value))
    done = {place: int(units[own].sum()) * (common // scale) for place, own in rows.items()}
    due = np.array([int(one * common) for one in quota.value], dtype=np.int64)
    return figures(
        marks.ledger,
        np.maximum(_per_place(done, given), 0),
        due,
        _pending(given, marks) | below | ~quota.known,
        rows,
        marks=marks,
        scale=common,
        empty=quota.known & (due == 0),
        empty_means=measure.empty,
    )


def _below_zero(rows: Rows, units: Counts, given: RuleInput) -> Flags:
    lowest = {place: int(units[own].min(initial=0)) for place, own in rows.items()}
    return _per_place(lowest, given) < 0


def _mean(given: RuleInput, measure: MeanMeasure, marks: Marks) -> Measured:
    """The sum of what is left after trimming, over as many times the whole."""
    units, scale = smallest_units(marks.ledger, measure.column)
    rows = by_department(marks.charges, given.departments, marks.due, marks.ledger)
    kept = {place: _trimmed(own, units, measure.trim) for place, own in rows.items()}
    base = _per_place({place: len(own) for place, own in rows.items()}, given)
    done = _per_place({place: int(units[own].sum()) for place, own in kept.items()}, given)
    whole = int(measure.out_of * scale)
    due = _per_place({place: len(own) * whole for place, own in kept.items()}, given)
    beyond = {place: bool((units[own] > whole).any()) for place, own in rows.items()}
    wrong = _below_zero(rows, units, given) | (_per_place(beyond, given) > 0)
    return figures(
        marks.ledger,
        done,
        due,
        _pending(given, marks) | wrong,
        kept,
        marks=marks,
        empty=base < measure.min_base,
        empty_means=_empty_means(measure, base),
        is_share=True,
        gravity={int(row): max(whole - int(units[row]), 0) for own in kept.values() for row in own},
    )


def _trimmed(rows: Counts, units: Counts, trim: int) -> Counts:
    """The rows without so many of the lowest and of the highest figures."""
    if not trim or len(rows) <= 2 * trim:
        return rows
    order = np.argsort(units[rows], kind="stable")
    return rows[np.sort(order[trim:-trim])]


def _per_place(values: dict[int, Any], given: RuleInput) -> Counts:
    return np.array(
        [int(values.get(place, 0)) for place in range(len(given.departments))], dtype=np.int64
    )
