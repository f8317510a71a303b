"""What stands around a rubric: ledgers, their columns and states, named rates; each with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lawkpi.ledger.schema import Schema
from lawkpi.rubric.predicate import NAMED_DAYS
from lawkpi.rubric.rates import Rates
from lawkpi.workbook.rubric_form.cell import Cell, Row
from lawkpi.workbook.rubric_form.fields import Keys
from lawkpi.workbook.rubric_form.kinds import OWN_STATE, Words
from lawkpi.workbook.rubric_form.plan import CODE, DEPARTMENTS, GROUPS, NAME, SLOT
from lawkpi.workbook.rubric_form.terms import WORD_NAMES, Terms
from lawkpi.workbook.rubric_form.vocabulary import Vocabulary

Plain = Mapping[str, Any]
MEASURE = "measure"
NAMED_RATE, RATE = "named_rate", "rate"


@dataclass(frozen=True)
class Around:
    """The words that cells are chosen from; what they are may depend on the row's ledger or rate."""

    terms: Terms
    schemas: Mapping[str, Schema]
    rates: Rates
    groups: Words = None
    departments: Words = None

    def named(self, rows: Sequence[Row]) -> Around:
        """The same with the groups and departments that a form's own sheet names."""
        found: dict[str, dict[str, str]] = {GROUPS: {}, DEPARTMENTS: {}}
        for row in rows:
            code, name = row.cell(CODE).found, row.cell(NAME).found
            if code and name:
                found.get(row.cell(SLOT).found, {})[code] = name
        return self.called(found[GROUPS], found[DEPARTMENTS])

    def called(self, groups: Mapping[str, str], departments: Mapping[str, str]) -> Around:
        """The same with groups and departments by their names; none where nothing is named."""
        words = [Vocabulary(one) if one else None for one in (groups, departments)]
        return replace(self, groups=words[0], departments=words[1])

    def name_rows(self) -> Iterator[dict[str, Cell]]:
        """The rows of that sheet."""
        for kind, words in ((GROUPS, self.groups), (DEPARTMENTS, self.departments)):
            for code, name in words.pairs.items() if words else ():
                yield {SLOT: Cell(kind), CODE: Cell(code), NAME: Cell(name)}

    @cached_property
    def ledgers(self) -> Vocabulary:
        """The ledgers by their titles."""
        return Vocabulary({name: schema.title for name, schema in self.schemas.items()})

    @cached_property
    def rate_names(self) -> Vocabulary:
        """The named rates that can be scored."""
        rates = self.rates.by_id.items()
        return Vocabulary({name: rate.title for name, rate in rates if not rate.apart})

    @cached_property
    def comparisons(self) -> Vocabulary:
        """The words of conditions."""
        return Vocabulary({name: self.terms.words.get(name, name) for name in WORD_NAMES})

    @cached_property
    def joins(self) -> Vocabulary:
        """且 and 或."""
        return Vocabulary(self.terms.joins)

    @cached_property
    def days(self) -> Vocabulary:
        """The days that conditions may name."""
        return Vocabulary({name: self.terms.days.get(name, name) for name in NAMED_DAYS})

    @cached_property
    def _columns(self) -> dict[str, Vocabulary]:
        return {
            name: Vocabulary({column: schema.title_of(column) for column in schema.all_types})
            for name, schema in self.schemas.items()
        }

    @cached_property
    def _labels(self) -> dict[tuple[str, str], Words]:
        return {
            (name, column): Vocabulary(labels) if (labels := schema.labels_of(column)) else None
            for name, schema in self.schemas.items()
            for column in schema.all_types
        }

    def columns(self, ledger: str | None) -> Words:
        """The columns of a ledger; None where the ledger is not known."""
        return self._columns.get(ledger or "")

    def date_columns(self, ledger: str | None) -> Words:
        """The columns of a ledger, and that no period is looked at."""
        columns = self.columns(ledger)
        return columns and Vocabulary({**columns.pairs, "none": self.terms.every_period})

    def labels(self, ledger: str | None, column: str | None) -> Words:
        """The states that a column can hold; None where it holds anything."""
        return self._labels.get((ledger or "", column or ""))

    def states(self, ledger: str | None, path: Keys, record: Plain) -> Words:
        """The states of a rule: those of its column, and its own word for no record at all."""
        labels = self.labels(ledger, nearest(path, record, "column"))
        own = nearest(path, record, "missing")
        if labels is None or own is None or own in labels.pairs:
            return labels
        return Vocabulary({**labels.pairs, own: own})

    def switches(self, rate: str | None) -> Words:
        """The switches of a rate's counting rule."""
        found = self.rates.by_id.get(rate or "")
        switches = found.switches if found else {}
        return Vocabulary({name: one.title for name, one in switches.items()}) if found else None

    def options(self, rate: str | None, switch: str) -> Words:
        """The options of a switch."""
        found = self.rates.by_id.get(rate or "")
        chosen = found.switches.get(switch) if found else None
        options = chosen.options if chosen else {}
        return Vocabulary({name: one.title for name, one in options.items()}) if chosen else None

    def words(self, role: str, path: Keys, record: Plain) -> Words:
        """The words for a cell of a record, given what the record says elsewhere."""
        ledger, dot, column = role.partition(".")
        if dot:
            return self.labels(ledger, column)
        own = self.ledger_of(path, record)
        found: dict[str, Callable[[], Words]] = {
            "ledger": lambda: self.ledgers,
            "group": lambda: self.groups,
            "department": lambda: self.departments,
            "rate": lambda: self.rate_names,
            "column": lambda: self.columns(own),
            "template": lambda: self.columns(own),
            "date_column": lambda: self.date_columns(own),
            "state": lambda: self.states(own, path, record),
            OWN_STATE: lambda: self.labels(own, nearest(path, record, "column")),
            "switch": lambda: self.switches(rate_of(record)),
        }
        return found[role]() if role in found else None

    def ledger_of(self, path: Keys, record: Plain) -> str | None:
        """The ledger that a cell is about: named beside it, or the one that the rule counts."""
        own = nearest(path, record, "ledger")
        rate = self.rates.by_id.get(rate_of(record) or "")
        return own or (rate.ledger if rate else None)


def rate_of(record: Plain) -> str | None:
    """The named rate that a rule scores by."""
    named = value_at(record, (MEASURE, NAMED_RATE, RATE))
    return named if isinstance(named, str) else None


def nearest(path: Keys, record: Plain, name: str) -> str | None:
    """The text of a field of that name beside a cell, around it, or in the rule's measure."""
    measures = value_at(record, (MEASURE,))
    chosen = [(MEASURE, one, name) for one in measures] if isinstance(measures, Mapping) else []
    around = [(*path[:depth], name) for depth in range(len(path) - 1, -1, -1)]
    found = (value_at(record, one) for one in (*around, *chosen))
    return next((one for one in found if isinstance(one, str)), None)


def value_at(record: Any, path: Keys) -> Any:
    """What stands at a path of a plain form; None where nothing does."""
    for key in path:
        if not isinstance(record, Mapping) or key not in record:
            return None
        record = record[key]
    return record
