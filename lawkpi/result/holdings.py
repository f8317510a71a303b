"""Holdings: what falls to one department of all that is recorded, cut out of what was counted once.

Rules are counted over whole ledgers, for all departments together; a department's workbook asks only for
its own rows and its own place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from lawkpi.ledger.schema import Schema
from lawkpi.measure import Facts, Measured, truth
from lawkpi.measure.charges import Charges, charged_columns, charging, share_of
from lawkpi.measure.truth import RelatedAmounts, Truth, related_units
from lawkpi.result.held import (
    HeldCounts,
    HeldMarks,
    HeldRows,
    HeldWorth,
    Places,
    WholeLedger,
)
from lawkpi.result.reporting import Submissions
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.model import Item, Rubric
from lawkpi.rubric.predicate import Predicate, Related
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import Departments, Scorer
from lawkpi.scoring.comparison import Compared
from lawkpi.scoring.rules import Tally

NOTHING: Places = np.array([], dtype=np.int64)


class Holdings:
    """All ledgers and all counts of an assessment, to be asked for one department after another."""

    def __init__(self, rubric: Rubric, facts: Facts, departments: Departments) -> None:
        self.rubric, self.facts = rubric, facts
        self.scorer = Scorer(rubric, facts, departments)
        self.submissions = Submissions(facts)
        self.places = {code: place for place, code in enumerate(departments.codes)}
        schemas = {name: ledger.schema for name, ledger in facts.ledgers.items()}
        self._charging = {name: sorted(charging(rubric, one)) for name, one in schemas.items()}
        self._wholes = {name: WholeLedger(ledger) for name, ledger in facts.ledgers.items()}
        self._rows = {name: self._by_department(name) for name in facts.ledgers}
        self._truths: dict[tuple[str, Predicate], Truth] = {}
        self._amounts: dict[tuple[str, Related], RelatedAmounts] = {}
        self._tallies: dict[tuple[str, str], list[Tally]] = {}
        self._lines: dict[Any, dict[str, Places]] = {}

    def rows(self, ledger: str, code: str) -> HeldRows:
        """The rows of a ledger that any rule charges to a department."""
        return HeldRows(self._wholes[ledger], self._rows[ledger].get(code, NOTHING))

    def charging(self, schema: Schema) -> list[str]:
        """The columns by which a ledger's rows are charged to departments."""
        return self._charging[schema.id]

    def measures(self, ledger: str) -> list[Counted]:
        """Every measure over the records of a ledger."""
        return self._measures.get(ledger, [])

    @cached_property
    def _measures(self) -> dict[str, list[Counted]]:
        found: dict[str, list[Counted]] = {}
        for _, item in self.rubric.lines:
            for rule in item.rules:
                measure = rule.measure.measure
                if isinstance(measure, Counted):
                    found.setdefault(measure.ledger, []).append(measure)
        return found

    def _by_department(self, ledger: str) -> dict[str, Places]:
        whole = self._wholes[ledger]
        columns = [whole.cells(name) for name in self.charging(whole.ledger.schema)]
        return _positions(zip(*columns, strict=True))

    def truth(self, ledger: str, predicate: Predicate) -> Truth:
        """Whether a predicate holds, for every row of a ledger."""
        key = (ledger, predicate)
        if key not in self._truths:
            self._truths[key] = truth(predicate, self.facts.ledgers[ledger], self.facts)
        return self._truths[key]

    def amounts(self, ledger: str, related: Related) -> RelatedAmounts:
        """What related records come to, for every row of a ledger."""
        key = (ledger, related)
        if key not in self._amounts:
            self._amounts[key] = related_units(related, self.facts.ledgers[ledger], self.facts)
        return self._amounts[key]

    def own_amounts(self, held: HeldRows, related: Related, code: str) -> RelatedAmounts:
        """What related records come to that are the department's own as well, for each of its rows."""
        other = self.rows(related.ledger, code)
        chosen = self.truth(related.ledger, related.where)
        yes, unsure = other.cut(chosen.yes), other.cut(chosen.unknown)
        units, unread = [1] * len(other), np.zeros(len(other), dtype=bool)
        if related.sum is not None:
            units, _ = other.units(related.sum)
            blank = np.array([one is None for one in other.cells(related.sum)], dtype=bool)
            unread = blank | other.unknown_in(related.sum)
        mine, theirs = held.cells(related.by), other.cells(related.to)
        return RelatedAmounts(
            _summed(mine, theirs, np.where(yes, units, 0)),
            _summed(mine, theirs, np.where(unsure, units, 0)),
            _summed(mine, theirs, np.where((yes | unsure) & unread, 1, 0)),
        )

    def tallies(self, item: Item, rule: Rule) -> list[Tally]:
        """A rule's counts for all departments: over the whole time, then over each part of it."""
        key = (item.id, rule.id)
        if key not in self._tallies:
            line = self.scorer.lines.get(key)
            if line is not None:
                self._tallies[key] = [line.whole, *line.parts]
            else:
                self._tallies[key] = [Tally(self.scorer.measured(item, rule))]
        return self._tallies[key]

    def compared(self, item: Item, rule: Rule) -> list[Compared]:
        """What a rule is set against, likewise; nothing where it compares nothing."""
        found = [one.compared for one in self.tallies(item, rule)]
        return [one for one in found if one is not None]

    def counts(self, item: Item, rule: Rule, code: str) -> HeldCounts:
        """What a rule counts for one department."""
        tallies, place = self.tallies(item, rule), self.places[code]
        measured = tallies[0].measured
        means = measured.empty_means
        return HeldCounts(
            schema=measured.ledger.schema,
            done=int(measured.done[place]),
            due=int(measured.due[place]),
            scale=measured.scale,
            state_code=measured.state_code[place],
            is_pending=bool(measured.pending[place]),
            is_empty=bool(measured.empty[place]),
            empty_means=means if isinstance(means, str) else str(means[place]),
            is_share=measured.is_share,
            marks=self._marks(rule, measured, code),
            worth=self._worth(rule, tallies, place, code),
        )

    def _marks(self, rule: Rule, measured: Measured, code: str) -> HeldMarks | None:
        marks, measure = measured.marks, rule.measure.measure
        if marks is None or not isinstance(measure, Counted):
            return None
        held = self.rows(measure.ledger, code)
        charged, parts = np.zeros(len(held), dtype=bool), [0] * len(held)
        for line in self._lines_of(measure, marks.charges).get(code, NOTHING).tolist():
            at = held.place(marks.charges.rows[line])
            charged[at], parts[at] = True, int(marks.charges.parts[line])
        return HeldMarks(
            due=held.cut(marks.due),
            done=held.cut(marks.done),
            unknown=held.cut(marks.unknown),
            exempt=held.cut(marks.exempt),
            charged=charged,
            parts=parts,
            base=marks.charges.base,
            unshared=held.cut(marks.charges.unknown),
        )

    def _lines_of(self, measure: Counted, charges: Charges) -> dict[str, Places]:
        """The lines of the charges by department; measures that charge alike share them."""
        schema = self.facts.ledgers[measure.ledger].schema
        key = (schema.id, charged_columns(measure, schema), share_of(measure, schema))
        if key not in self._lines:
            self._lines[key] = _positions((one,) for one in charges.codes.tolist())
        return self._lines[key]

    def _worth(self, rule: Rule, tallies: list[Tally], place: int, code: str) -> HeldWorth | None:
        worths = [one.worth for one in (tallies[1:] or tallies) if one.worth is not None]
        whole = tallies[0].worth
        if whole is None:
            return None
        held = self.rows(rule.measure.ledger, code)
        records = [record for one in worths for record in one.records.get(place, ())]
        return HeldWorth(
            {held.place(one.row): one.counted for one in records},
            tuple(held.place(row) for row in whole.open_rows.get(place, ())),
        )


def _positions(lines: Iterable[tuple[Any, ...]]) -> dict[str, Places]:
    """Code to the positions of the lines that name it; a line may name several."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, codes in enumerate(lines):
        for code in dict.fromkeys(codes):
            if isinstance(code, str):
                found[code].append(position)
    return {code: np.array(own, dtype=np.int64) for code, own in found.items()}


def _summed(mine: list[Any], theirs: list[Any], amounts: Any) -> Any:
    """For each key the sum of the amounts that carry it; a blank key carries nothing."""
    sums: dict[Any, int] = defaultdict(int)
    for key, amount in zip(theirs, amounts.tolist(), strict=True):
        sums[key] += amount
    return np.array([0 if key is None else sums.get(key, 0) for key in mine], dtype=np.int64)
