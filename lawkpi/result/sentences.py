"""What is said of a record: facts with dates, the place, the clause's own words, the points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.law.days import Texts
from lawkpi.law.states import TimeState, acts
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import ORIGIN, CompareColumn, LimitColumn, Schema
from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts, predicate_text, value_text
from lawkpi.measure.exemptions import EXEMPTIONS, key_text
from lawkpi.measure.truth import related_amounts
from lawkpi.measure.words import rule_words
from lawkpi.params import points_text
from lawkpi.result.counted import counts_fact, hand_columns, hand_fact, subject
from lawkpi.rubric.measures import Chosen, Counted, RateMeasure
from lawkpi.rubric.model import Item, Rubric
from lawkpi.rubric.predicate import EVERY_ROW, Predicate, Related, compared_parts, related_parts
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import Reading, Words

MOST_NAMED = 5
"""How many records one line names before it says how many more there are."""


@dataclass(frozen=True)
class Said:
    """What one sentence says: the fact, its place, the points, and the item's effective points.

    `full` is the item's full points after redistribution; None outside the items.
    """

    fact: str
    place: str
    points: Decimal
    verb: str = "扣"
    full: Decimal | None = None


class Cells:
    """The cells of ledgers, each column unpacked once; a ledger is known by its identity."""

    def __init__(self) -> None:
        self._columns: dict[tuple[int, str], tuple[Ledger, list[Any]]] = {}

    def __call__(self, ledger: Ledger, column: str) -> list[Any]:
        """A column as a list of plain cells."""
        key = (id(ledger), column)
        if key not in self._columns:
            self._columns[key] = (ledger, ledger.frame[column].tolist())
        return self._columns[key][1]


@dataclass(frozen=True)
class Speaker:
    """Says facts about records of one assessment; `names` turns department codes into names.

    What is asked again and again (columns, related amounts, reckonings) is kept for its lifetime.
    """

    rubric: Rubric
    facts: Facts
    reckoner: Reckoner
    names: Mapping[str, str]
    cells: Cells = field(default_factory=Cells, repr=False, compare=False)
    amounts: dict[tuple[int, Related], list[Fraction]] = field(
        default_factory=dict, repr=False, compare=False
    )
    reckoned: dict[tuple[Any, ...], str] = field(default_factory=dict, repr=False, compare=False)
    late: dict[tuple[int, str], Texts] = field(default_factory=dict, repr=False, compare=False)
    looked_at: dict[int, list[str]] = field(default_factory=dict, repr=False, compare=False)

    def record_fact(self, rule: Rule, ledger: Ledger, row: int) -> str:
        """One record's facts: by the rule's own template, else the columns it looks at."""
        if rule.fact:
            return self._filled(rule.fact, ledger, row)
        if not isinstance(rule.measure.measure, Counted):
            return hand_fact(
                rule, {name: self.cells(ledger, name)[row] for name in hand_columns(rule)}
            )
        label = self.label(ledger, row)
        if id(rule) not in self.looked_at:
            self.looked_at[id(rule)] = _looked_at(rule, ledger.schema)
        seen = [self._column_fact(ledger, row, name) for name in self.looked_at[id(rule)]]
        seen += [self._related_fact(related, ledger, row) for related in _related_in(rule)]
        return f"{label}：{'，'.join(seen)}" if seen else label

    def label(self, ledger: Ledger, row: int) -> str:
        """A record's name by its schema's template."""
        return self._filled(ledger.schema.label, ledger, row)

    def place(self, ledger: Ledger, row: int) -> str:
        """File, sheet and row of a record, and by which amendments it is not as submitted."""
        row_id, file, sheet, number = (self.cells(ledger, name)[row] for name in ORIGIN)
        return f"《{ledger.schema.title}》{ledger.place(str(row_id), file, sheet, number)}"

    def origin(self, ledger: Ledger, row: int) -> dict[str, Any]:
        """Row id, file, sheet and row of a record, as columns of a result table."""
        found = {name: self.cells(ledger, name)[row] for name in ORIGIN}
        return {name: None if pd.isna(value) else value for name, value in found.items()}

    def decision(self, ledger: Ledger, row: int) -> str:
        """Why a record is let off: the reason and the decision, as the ledger of exemptions has them."""
        register = self.facts.ledger(EXEMPTIONS)
        wanted = str(self.cells(ledger, "row_id")[row])
        for number, record in enumerate(self.cells(register, "record")):
            if f"{ledger.schema.id}/{key_text(str(record))}" == wanted:
                reason = self._value(register, number, "reason")
                return f"{reason}（{self._value(register, number, 'decision')}）"
        return ""

    def deduction(self, item: Item, said: Said) -> str:
        """The sentence of a deduction, bonus or malus, quoting the clause."""
        located = f"（{said.place}）" if said.place else ""
        return (
            f"经核查，{said.fact}{located}，对照《{self.rubric.title}》第{item.id}项"
            f"“{item.quoted}”，{said.verb}{points_text(Fraction(said.points))}分"
            f"{_scaled_note(item, said.full)}。"
        )

    def counts_fact(self, rule: Rule, ledger: Ledger, reading: Reading) -> str:
        """The counts of a department, as its rule needs them."""
        return counts_fact(rule, ledger.schema, self._schemas, reading)

    def words(self, rule: Rule) -> Words:
        """The words of a rule's ledger, for shapes that name columns."""
        return rule_words(rule, self._schemas)

    @property
    def _schemas(self) -> dict[str, Schema]:
        return {name: ledger.schema for name, ledger in self.facts.ledgers.items()}

    def listed(self, ledger: Ledger, rows: Sequence[int]) -> str:
        """Several records by name and row, the first few."""
        named = [
            f"{self.label(ledger, row)}（第{self.cells(ledger, 'row')[row]}行）"
            for row in rows[:MOST_NAMED]
        ]
        more = f"等{len(rows)}条" if len(rows) > MOST_NAMED else ""
        return "、".join(named) + more

    def conditions(self, rule: Rule) -> tuple[str, str]:
        """The `due` and `done` sides of a rule in Chinese; empty where there is none."""
        measure, schemas = rule.measure.measure, self._schemas
        if isinstance(measure, RateMeasure):
            schema = schemas[measure.ledger]
            return (
                predicate_text(measure.due, schema, schemas),
                predicate_text(measure.done, schema, schemas),
            )
        if isinstance(measure, Chosen):
            return "", predicate_text(measure.where, schemas[measure.ledger], schemas)
        return "", ""

    def subject(self, rule: Rule) -> str:
        """What a rule counts: the ledger, its chosen records, the column that is looked at."""
        return subject(rule, self._schemas)

    def _filled(self, template: str, ledger: Ledger, row: int) -> str:
        parts = []
        for text, name in _template(template):
            parts.append(text)
            if name:
                parts.append(self._value(ledger, row, name))
        return "".join(parts)

    def _value(self, ledger: Ledger, row: int, column: str) -> str:
        return value_text(ledger.schema, column, self.cells(ledger, column)[row], self.names)

    def _column_fact(self, ledger: Ledger, row: int, column: str) -> str:
        schema = ledger.schema
        declared = schema.derived.get(column)
        if not isinstance(declared, CompareColumn):
            return f"{schema.title_of(column)}为{self._value(ledger, row, column)}"
        counted = self._reckoning(ledger, row, declared)
        if not counted and pd.notna(self.cells(ledger, declared.to)[row]):
            counted = f"{schema.title_of(declared.to)}为{self._value(ledger, row, declared.to)}"
        done = f"{schema.title_of(declared.compare)}为{self._value(ledger, row, declared.compare)}"
        state = f"属{self._value(ledger, row, column)}"
        late = self._lateness(ledger, row, column, declared)
        return "，".join(part for part in (counted, done, state, late) if part)

    def _lateness(self, ledger: Ledger, row: int, name: str, declared: CompareColumn) -> str:
        """By how much a late record is late; an open one up to the day the records were closed."""
        if self.cells(ledger, name)[row] not in {TimeState.LATE, TimeState.OVERDUE}:
            return ""
        key = (id(ledger), name)
        if key not in self.late:
            self.late[key] = self._all_lateness(ledger, declared)
        until = ""
        if self.cells(ledger, name)[row] == TimeState.OVERDUE:
            day = self.reckoner.as_of
            until = f"截至{day.year}年{day.month}月{day.day}日"
        return f"{until}{self.late[key][row]}"

    def _all_lateness(self, ledger: Ledger, declared: CompareColumn) -> Texts:
        clock = self.reckoner.clock
        last = clock.compared_to(ledger, declared)
        posted = ledger.frame[declared.posted] if declared.posted else None
        acted = acts(ledger.frame[declared.compare], last, posted_on=posted)
        until = np.where(np.isnat(acted), np.datetime64(self.reckoner.as_of), acted)
        return clock.lateness(ledger, declared, until)

    def _reckoning(self, ledger: Ledger, row: int, declared: CompareColumn) -> str:
        """How a last day was counted; equal starts under one limit are counted once."""
        limit = ledger.schema.derived.get(declared.to)
        if not isinstance(limit, LimitColumn):
            return ""
        inputs = limit.inputs
        key = (*limit.terms, *(self.cells(ledger, one)[row] for one in inputs))
        if key not in self.reckoned:
            self.reckoned[key] = self.reckoner.reckoning(ledger, row, declared.to)
        return self.reckoned[key]

    def _related_fact(self, related: Related, ledger: Ledger, row: int) -> str:
        key = (id(ledger), related)
        if key not in self.amounts:
            self.amounts[key] = related_amounts(related, ledger, self.facts)
        amount = self.amounts[key][row]
        other = self.facts.ledger(related.ledger).schema
        if related.sum is None and amount == 0:
            return f"《{other.title}》中未见相应记录"
        what = f"“{other.title_of(related.sum)}”合计" if related.sum else "相应记录数"
        needed = points_text(related.at_least)
        return f"《{other.title}》{what}为{points_text(amount)}（应不少于{needed}）"


@lru_cache(maxsize=256)
def _template(template: str) -> tuple[tuple[str, str | None], ...]:
    """A template's texts, each with the column that follows it."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(template))


def _scaled_note(item: Item, full: Decimal | None) -> str:
    """Why the points differ from the clause's own, where redistribution changed the item."""
    if full is None or item.full_points is None or Fraction(full) == item.full_points:
        return ""
    before, after = points_text(item.full_points), points_text(Fraction(full))
    return f"（不适用指标的分值已重新分配，本项分值由{before}分调整为{after}分，扣分同比例折算）"


def _predicate_of(rule: Rule) -> Predicate:
    """The side that decides a record: `done` for a rate, `where` for others."""
    measure = rule.measure.measure
    if isinstance(measure, RateMeasure):
        return measure.done
    return measure.where if isinstance(measure, Chosen) else EVERY_ROW


def _looked_at(rule: Rule, schema: Schema) -> list[str]:
    """The columns that say why a record counts; what its label says already is not said again."""
    measure, amounting = rule.measure.measure, rule.effect.amounting
    columns = [part.column for part in compared_parts(_predicate_of(rule))]
    columns += [one for one in (getattr(measure, "column", None),) if one]
    columns += rule.shape.shape.columns if rule.shape else ()
    for one in amounting.multipliers if amounting else ():
        columns += [part.column for part in compared_parts(one.when)]
    return [name for name in dict.fromkeys(columns) if name not in schema.label_columns]


def _related_in(rule: Rule) -> list[Related]:
    return list(related_parts(_predicate_of(rule)))
