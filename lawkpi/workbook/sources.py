"""Sources: where a rule's counts stand on the ledger sheets, each as a formula with its number.

What no formula over this file's cells can give is a value, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lawkpi.result.held import HeldCounts
from lawkpi.rubric.measures import (
    CompletionMeasure,
    Counted,
    DistinctMeasure,
    MeanMeasure,
    RateMeasure,
    StateMeasure,
    SumMeasure,
)
from lawkpi.rubric.rule import Rule
from lawkpi.workbook.columns import Own, RuleColumns, state_order
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.marks import OPEN


@dataclass(frozen=True)
class Piece:
    """A whole number: the formula that gives it over the ledger sheets (None: a value), and itself."""

    formula: str | None
    value: int


@dataclass(frozen=True)
class Sources:
    """What one rule, or one part of its year, is computed from.

    `rows` is the number of records that decide whether anything was due; `open` how many records leave the rule
    undecided. `more` are further counts of its tree by name, `fixed` those that never change. `why` says
    in Chinese why its counts are values; empty where they are live.
    """

    done: Piece
    due: Piece | None = None
    rows: Piece | None = None
    open: Piece = Piece(None, 0)
    more: Mapping[str, Piece] = field(default_factory=dict)
    fixed: Mapping[str, int] = field(default_factory=dict)
    why: str = ""


def values_only(rule: Rule, counted: HeldCounts, why: str) -> Sources:
    """Counts as values: what an office entered, or where this file has no record."""
    done, due = counted.done, counted.due
    is_open = Piece(None, int(counted.is_pending))
    order, code = state_order(rule), counted.state_code
    more = {"state": Piece(None, order.index(code) if code in order else 0)}
    fixed = {"due": max(due, 1), "worth": 0, "worth_base": 1}
    return Sources(Piece(None, done), Piece(None, due), Piece(None, due), is_open, more, fixed, why)


def sources(desk: Desk, title: str, rule: Rule, own: Own) -> list[Sources]:
    """Where a rule's counts stand: over the whole time first, then over each part of the year.

    Parameters
    ----------
    title : the rule's number as its columns show it, such as 3.2a
    """
    measure = rule.measure.measure
    if not isinstance(measure, Counted):
        return [values_only(rule, own.counted, "核定录入")]
    if measure.ledger not in desk.sheets:
        # No record of the ledger is this department's, and none can be added in this file.
        nothing = values_only(rule, own.counted, "")
        return [nothing, *(replace(nothing) for _ in own.parts)]
    sums = _Sums(RuleColumns(desk, title, rule, own, measure))
    return [sums.over(""), *(sums.over(str(number)) for number in range(1, len(own.parts) + 1))]


class _Sums:
    """Sums over a rule's columns."""

    def __init__(self, planned: RuleColumns) -> None:
        self.planned, self.measure, self.sheet = planned, planned.measure, planned.sheet
        self.columns, self.part, self.prices = planned.columns, planned.part, planned.prices
        self.given = planned.given

    def over(self, part: str) -> Sources:
        """The counts over the whole time, or over one part of it."""
        done = self._sum(self._done_column(part), part)
        rows, due = self._sum("done", part), None
        more: dict[str, Piece] = {}
        fixed: dict[str, int] = {"due": max(self.given.counted.due, 1)}
        match self.measure:
            case RateMeasure():
                rows = due = self._sum("due", part)
            case MeanMeasure():
                done = self._sum("amount", part)
                whole = int(self.measure.out_of * self._column_scale(self.measure.column))
                due = Piece(f"{rows.formula}*{whole}", rows.value * whole)
            case SumMeasure():
                done = self._sum("amount", part)
            case CompletionMeasure():
                done = self._completed(part)
                rows = due = Piece(None, self.given.counted.due)
            case StateMeasure():
                more["state"] = self._state()
                done = self._sum("done", part)
        if self.prices is not None:
            more["worth"] = self._sum("worth", part)
            fixed["worth_base"] = self.prices.base
        found = Sources(done, due, rows, self._open(part), more, fixed, self.planned.why)
        return found if not self.planned.why else self._still(found)

    def _still(self, found: Sources) -> Sources:
        """Counts as the engine has them, where the columns cannot be followed."""
        counted = self.given.counted
        if isinstance(self.measure, MeanMeasure):
            return replace(found, done=Piece(None, counted.done), due=Piece(None, counted.due))
        return found

    def _done_column(self, part: str) -> str:
        if not isinstance(self.measure, DistinctMeasure):
            return "done"
        return "first_in_part" if part and self.part is not None else "first"

    def _sum(self, name: str, part: str) -> Piece:
        place = self.columns[name]
        span, stored = self.sheet.span(place), self.sheet.column_at(place).stored
        if not part or self.part is None:
            return Piece(f"SUM({span})", sum(one for one in stored if one != OPEN))
        inside = self.sheet.column_at(self.part).stored
        pairs = zip(stored, inside, strict=True)
        value = sum(one for one, number in pairs if one != OPEN and number == int(part))
        return Piece(f"SUMIFS({span},{self.sheet.span(self.part)},{part})", value)

    def _column_scale(self, column: str) -> int:
        return int(10 ** self.sheet.ledger.schema.places_of(column))

    def _completed(self, part: str) -> Piece:
        """What was reached, in the unit that it shares with the quota."""
        measure = self.measure
        column = measure.column if isinstance(measure, CompletionMeasure) else None
        found = self._sum("done" if column is None else "amount", part)
        own = 1 if column is None else self._column_scale(column)
        factor = self.given.counted.scale // own
        return Piece(f"{found.formula}*{factor}", found.value * factor) if factor > 1 else found

    def _state(self) -> Piece:
        """The place of the state that counts, from 0; the declared one where there is no record."""
        measure, order = self.measure, self.planned.state_order
        missing = getattr(measure, "missing", None)
        place = order.index(missing) if missing in order else 0
        column = self.columns["state"]
        span, stored = self.sheet.span(column), self.sheet.column_at(column).stored
        most = max((one for one in stored if one != OPEN), default=0)
        return Piece(f"IF(MAX({span})>0,MAX({span})-1,{place})", most - 1 if most > 0 else place)

    def _open(self, part: str) -> Piece:
        """How many records leave the rule undecided, whatever the part; one more without any state."""
        if part:
            return Piece(None, 0)
        names = [name for name in ("due", "done", "worth", "state") if name in self.columns]
        spans = [self.sheet.span(self.columns[name]) for name in names]
        formula = "+".join(f'COUNTIF({span},"{OPEN}")' for span in spans)
        stored = [self.sheet.column_at(self.columns[name]).stored for name in names]
        count = sum(one == OPEN for cells in stored for one in cells)
        if (
            "state" in self.columns
            and getattr(self.measure, "missing", None) not in self.planned.state_order
        ):
            span = self.sheet.span(self.columns["state"])
            most = max((one for one in stored[-1] if one != OPEN), default=0)
            return Piece(f"{formula}+IF(MAX({span})>0,0,1)", count + int(most <= 0))
        quota = self._quota_missing()
        return Piece(f"{formula}+{quota}" if quota else formula, count + quota)

    def _quota_missing(self) -> int:
        """1 where a quota was asked for and is not on record."""
        counted = self.given.counted
        if not isinstance(self.measure, CompletionMeasure):
            return 0
        return int(not (counted.due or counted.is_empty))
