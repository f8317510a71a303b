"""By hand: figures, states and points that an office entered or judged, and figures to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.schema import Charged, Schema
from lawkpi.ledger.table import Ledger, empty_ledger
from lawkpi.measure.charges import Counts, Flags
from lawkpi.measure.marks import marked
from lawkpi.measure.measured import Measured, Rows, RuleInput, counted, figures, grouped
from lawkpi.measure.states import of_states
from lawkpi.measure.truth import Facts, smallest_units
from lawkpi.rubric.measures import EnteredMeasure, JudgedMeasure, Trigger

BASELINES = "baselines"
"""The ledger of figures to compare with: last year's, a mean from above, a quota."""


def entered(given: RuleInput, measure: EnteredMeasure, facts: Facts) -> Measured:
    """What an office entered; without an entry, or its proof, the department is 待核."""
    ledger, causing = item_rows(given, facts)
    size = len(given.departments)
    open_ones = _without_proof(measure, ledger, causing, size) | _more_than_one(causing, size)
    if measure.gives == "state":
        codes = ledger.frame["state"].to_numpy(dtype=object)
        unknown = ledger.unknown_in("state")
        found = [str(codes[causing[place][0]]) if place in causing else "" for place in range(size)]
        unread = [place in causing and bool(unknown[causing[place]].any()) for place in range(size)]
        return of_states(given, ledger, found, np.array(unread, bool) | open_ones, causing)
    if measure.gives in ("percent", "amount", "points"):
        return _number(measure, ledger, causing, open_ones)
    return _whole_numbers(measure, ledger, causing, open_ones)


def _without_proof(measure: EnteredMeasure, ledger: Ledger, rows: Rows, size: int) -> Flags:
    if not measure.proof:
        return np.zeros(size, dtype=bool)
    blank = ledger.frame["proof"].isna().to_numpy(dtype=bool)
    return np.array([place in rows and bool(blank[rows[place]].any()) for place in range(size)])


def _more_than_one(rows: Rows, size: int) -> Flags:
    """Two entries for one rule contradict each other; neither is taken."""
    return np.array([len(rows.get(place, ())) > 1 for place in range(size)], dtype=bool)


def _whole_numbers(
    measure: EnteredMeasure, ledger: Ledger, causing: Rows, open_ones: Flags
) -> Measured:
    size = len(open_ones)
    done = _picked(ledger.frame["done"], causing, size)
    is_of_two = measure.gives != "count"
    due = _picked(ledger.frame["due"], causing, size) if is_of_two else done
    beyond = (done > due) if measure.gives == "rate" else np.zeros(size, dtype=bool)
    pending = open_ones | _absent(causing, size) | (done < 0) | (due < 0) | beyond
    return figures(
        ledger,
        np.maximum(done, 0),
        np.maximum(due, 0),
        pending,
        causing,
        empty=(due >= 0) & (due < measure.min_base) if is_of_two else np.zeros(size, dtype=bool),
        empty_means=np.where(due == 0, measure.empty, measure.below_base or measure.empty),
    )


def _number(measure: EnteredMeasure, ledger: Ledger, causing: Rows, open_ones: Flags) -> Measured:
    """A number with decimals: a per cent figure over a hundred, an amount, or points."""
    size = len(open_ones)
    units, scale = smallest_units(ledger, "value")
    blank = ledger.frame["value"].isna() | ledger.unknown_in("value")
    done = _picked(units, causing, size)
    unread = np.array(
        [bool(blank.to_numpy()[causing.get(place, [])].any()) for place in range(size)]
    )
    whole = {"percent": 100 * scale}.get(measure.gives, 1)
    most = _most(measure, scale)
    if most is None and measure.gives == "percent":
        most = whole
    beyond = (done > most) if most is not None else np.zeros(size, dtype=bool)
    pending = open_ones | _absent(causing, size) | unread | (done < 0) | beyond
    return figures(
        ledger,
        np.maximum(done, 0),
        np.full(size, whole, dtype=np.int64),
        pending,
        causing,
        scale=1 if measure.gives == "percent" else scale,
        is_share=measure.gives == "percent",
    )


def _most(measure: EnteredMeasure, scale: int) -> int | None:
    return None if measure.at_most is None else int(measure.at_most * scale)


def judged(given: RuleInput, measure: JudgedMeasure, facts: Facts) -> Measured:
    """Judged points: their sum, and over how many judgments it is to be divided."""
    ledger, causing = item_rows(given, facts)
    size = len(given.departments)
    units, scale = smallest_units(ledger, "points")
    low, high = ceil(measure.at_least * scale), int(measure.at_most * scale)
    blank = ledger.frame["points"].isna().to_numpy(dtype=bool)
    wrong = blank | (units < low) | (units > high)
    if measure.second_person:
        wrong |= ledger.frame["second_person"].isna().to_numpy(dtype=bool)
    kept = {place: _panel(rows, units, measure) for place, rows in causing.items()}
    done = np.array([int(units[kept[p]].sum()) if p in kept else 0 for p in range(size)], np.int64)
    over = np.array([_divided(kept.get(p, []), measure) for p in range(size)], np.int64)
    open_ones = [_undecided(causing.get(p, []), wrong, measure) for p in range(size)]
    pending = np.array(open_ones, dtype=bool)
    if measure.only_when is not None:
        asked, unsure = triggered(given, measure.only_when, facts)
        done, over, pending = done * asked, over * asked, (pending & asked) | unsure
        kept = {place: rows for place, rows in kept.items() if asked[place]}
    return figures(
        ledger,
        np.maximum(done, 0),
        over,
        pending,
        kept,
        scale=scale,
        empty_means="pending",
        gravity={int(row): max(int(units[row]), 0) for rows in kept.values() for row in rows},
    )


def triggered(given: RuleInput, trigger: Trigger, facts: Facts) -> tuple[Flags, Flags]:
    """Departments whose records ask for a judgment, and those whose records leave it open."""
    marks = marked(trigger, facts)
    places, size = marks.charges.places(given.departments), len(given.departments)
    count = counted(marks.charges.rows, places, marks.due, size)
    most = count + counted(marks.charges.rows, places, marks.unknown, size)
    if trigger.at_least is not None:
        asked, possible = count >= trigger.at_least, most >= trigger.at_least
        return asked, possible & ~asked
    line = trigger.at_most or 0
    asked, certain = count <= line, most <= line
    return certain, asked & ~certain


def _panel(rows: Counts, units: Counts, measure: JudgedMeasure) -> Counts:
    """The judgments that count: without the highest and the lowest where they are left out."""
    if measure.combine != "trimmed_mean" or len(rows) < measure.persons:
        return rows
    order = np.argsort(units[rows], kind="stable")
    return rows[np.sort(order[1:-1])]


def _divided(rows: Any, measure: JudgedMeasure) -> int:
    return max(len(rows), 1) if measure.combine in ("mean", "trimmed_mean") else 1


def _undecided(rows: Any, wrong: Flags, measure: JudgedMeasure) -> bool:
    too_many = measure.combine == "single" and len(rows) > 1
    return len(rows) < measure.persons or too_many or bool(wrong[rows].any())


def looked_up(given: RuleInput) -> Measured:
    """Nothing yet: whether points fall to a line is known when items are scored."""
    nothing = np.zeros(len(given.departments), dtype=np.int64)
    return figures(empty_ledger(_NO_LEDGER), nothing, nothing, nothing > 0, {})


_NO_LEDGER = Schema(
    id="item_points",
    title="得分",
    kind="register",
    source="assessing_office",
    key=(),
    label="",
    charged=Charged(by="department", share="each_full"),
    columns={"department": {"title": "单位", "type": "department"}},
)


@dataclass(frozen=True)
class Baseline:
    """What each department's figure is compared with; `known` where it was entered."""

    value: list[Fraction]
    known: Flags


def baseline(given: RuleInput, reference: str, facts: Facts) -> Baseline:
    """The entered reference of a rule: a department's own line, or one for all without a department."""
    size = len(given.departments)
    if BASELINES not in facts.ledgers:
        return Baseline([Fraction(0)] * size, np.zeros(size, dtype=bool))
    ledger = facts.ledger(BASELINES)
    units, scale = smallest_units(ledger, "value")
    frame = ledger.frame
    chosen = _of_rule(given, frame, needs_no_rule=given.one_figure) & (
        frame["reference"] == reference
    ).to_numpy(dtype=bool)
    chosen &= frame["value"].notna().to_numpy(dtype=bool) & ~ledger.unknown_in("value")
    is_percent = given.rule.measure.kind == "rate" and reference != "quota"
    whole = scale * (100 if is_percent else 1)
    by_code: dict[Any, list[Fraction]] = {}
    codes = frame["department"].tolist()
    for row in np.flatnonzero(chosen):
        code = codes[row] if isinstance(codes[row], str) else None
        by_code.setdefault(code, []).append(Fraction(int(units[row]), whole))
    found = [by_code.get(code) or by_code.get(None) or [] for code in given.departments]
    known = np.array([len(own) == 1 for own in found], dtype=bool)
    return Baseline([own[0] if own else Fraction(0) for own in found], known)


def item_rows(given: RuleInput, facts: Facts) -> tuple[Ledger, Rows]:
    """The rows of a rule in a ledger of entries, per department."""
    ledger = facts.ledger(given.rule.measure.ledger)
    codes = ledger.frame["department"].to_numpy(dtype=object)
    order = {code: place for place, code in enumerate(given.departments)}
    places = np.array([order.get(code, -1) for code in codes], dtype=np.int64)
    return ledger, grouped(
        np.arange(len(ledger)),
        places,
        _of_rule(given, ledger.frame, needs_no_rule=given.alone),
        ledger,
    )


def _of_rule(given: RuleInput, frame: Any, *, needs_no_rule: bool) -> Flags:
    """Lines of the item that name the rule; or no rule, where that leaves nothing open."""
    item = frame["item"] == given.item
    rule = frame["rule"] == given.rule.id
    if needs_no_rule:
        rule |= frame["rule"].isna()
    return np.asarray(item & rule, dtype=bool)


def _absent(rows: Rows, size: int) -> Flags:
    return np.array([place not in rows for place in range(size)], dtype=bool)


def _picked(column: Any, rows: Rows, size: int) -> Counts:
    """One whole number per department; -1 where there is none."""
    values: NDArray[Any] = (
        column if isinstance(column, np.ndarray) else column.fillna(-1).to_numpy()
    )
    whole = values.astype(np.int64)
    return np.array(
        [whole[rows[place][0]] if place in rows else -1 for place in range(size)], np.int64
    )
