"""What is said of a record: facts with dates, the place, the clause's own words, the points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pandas as pd

from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.schema import CompareColumn
from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts, predicate_text, value_text
from lawkpi.measure.truth import related_amounts
from lawkpi.params import points_text
from lawkpi.rubric.measures import Counted, CountMeasure, RateMeasure, StateMeasure
from lawkpi.rubric.model import Item, Rubric, Rule
from lawkpi.rubric.predicate import EVERY_ROW, Predicate, Related, compared_parts, related_parts
from lawkpi.rubric.shapes import Reading, Shortfall

MOST_NAMED = 5
"""How many records one line names before it says how many more there are."""
_VERBS = {"deduct": "扣", "bonus": "加", "malus": "减"}


@dataclass(frozen=True)
class Speaker:
    """Says facts about records of one assessment; `names` turns department codes into names."""

    rubric: Rubric
    facts: Facts
    reckoner: Reckoner
    names: Mapping[str, str]

    def record_fact(self, rule: Rule, ledger: Ledger, row: int) -> str:
        """One record's facts: by the rule's own template, else the columns it looks at."""
        if rule.fact:
            return self._filled(rule.fact, ledger, row)
        label = self.label(ledger, row)
        seen = [self._column_fact(ledger, row, name) for name in _looked_at(rule)]
        seen += [self._related_fact(related, ledger, row) for related in _related_in(rule)]
        return f"{label}：{'，'.join(seen)}" if seen else label

    def label(self, ledger: Ledger, row: int) -> str:
        """A record's name by its schema's template."""
        return self._filled(ledger.schema.label, ledger, row)

    def place(self, ledger: Ledger, row: int) -> str:
        """File, sheet and row of a record."""
        frame = ledger.frame
        return (
            f"《{ledger.schema.title}》{frame['file'].iloc[row]}"
            f"“{frame['sheet'].iloc[row]}”第{frame['row'].iloc[row]}行"
        )

    def deduction(self, item: Item, fact: str, place: str, points: Decimal, verb: str) -> str:
        """The sentence of a deduction, bonus or malus, quoting the clause."""
        located = f"（{place}）" if place else ""
        worth = f"{verb}{points_text(Fraction(points))}分"
        return (
            f"经核查，{fact}{located}，对照《{self.rubric.title}》第{item.id}项"
            f"“{item.clause}”，{worth}。"
        )

    def counts_fact(self, rule: Rule, reading: Reading) -> str:
        """The counts of a department and what the rule makes of them."""
        shape = rule.shape
        if shape is None:
            return reading.counts
        subject = self._subject(rule)
        if isinstance(shape.shape, Shortfall):
            short = max(shape.shape.target - reading.done, 0)
            return f"{subject}{reading.counts}，应达{shape.shape.target}{reading.unit}，少{short}{reading.unit}"
        return f"{subject}{reading.counts}"

    def listed(self, ledger: Ledger, rows: Sequence[int]) -> str:
        """Several records by name and row, the first few."""
        named = [
            f"{self.label(ledger, row)}（第{ledger.frame['row'].iloc[row]}行）"
            for row in rows[:MOST_NAMED]
        ]
        more = f"等{len(rows)}条" if len(rows) > MOST_NAMED else ""
        return "、".join(named) + more

    def conditions(self, rule: Rule) -> tuple[str, str]:
        """The `due` and `done` sides of a rule in Chinese; empty where there is none."""
        measure = rule.measure.measure
        schemas = {name: ledger.schema for name, ledger in self.facts.ledgers.items()}
        if isinstance(measure, RateMeasure):
            schema = schemas[measure.ledger]
            return (
                predicate_text(measure.due, schema, schemas),
                predicate_text(measure.done, schema, schemas),
            )
        if isinstance(measure, CountMeasure | StateMeasure):
            return "", predicate_text(measure.where, schemas[measure.ledger], schemas)
        return "", ""

    def _subject(self, rule: Rule) -> str:
        measure = rule.measure.measure
        if isinstance(measure, CountMeasure):
            title = self.facts.ledger(measure.ledger).schema.title
            where = self.conditions(rule)[1]
            return (
                f"《{title}》中{where}的记录" if measure.where != EVERY_ROW else f"《{title}》记录"
            )
        return ""

    def _filled(self, template: str, ledger: Ledger, row: int) -> str:
        parts = []
        for text, name, _, _ in Formatter().parse(template):
            parts.append(text)
            if name:
                parts.append(self._value(ledger, row, name))
        return "".join(parts)

    def _value(self, ledger: Ledger, row: int, column: str) -> str:
        return value_text(ledger.schema, column, ledger.frame[column].iloc[row], self.names)

    def _column_fact(self, ledger: Ledger, row: int, column: str) -> str:
        schema = ledger.schema
        declared = schema.derived.get(column)
        if not isinstance(declared, CompareColumn):
            return f"{schema.title_of(column)}为{self._value(ledger, row, column)}"
        counted = self.reckoner.reckoning(ledger, row, column)
        if not counted and pd.notna(ledger.frame[declared.to].iloc[row]):
            counted = f"{schema.title_of(declared.to)}为{self._value(ledger, row, declared.to)}"
        done = f"{schema.title_of(declared.compare)}为{self._value(ledger, row, declared.compare)}"
        state = f"属{self._value(ledger, row, column)}"
        return "，".join(part for part in (counted, done, state) if part)

    def _related_fact(self, related: Related, ledger: Ledger, row: int) -> str:
        amount = related_amounts(related, ledger, self.facts)[row]
        other = self.facts.ledger(related.ledger).schema
        what = f"“{other.title_of(related.sum)}”合计" if related.sum else "相应记录数"
        needed = points_text(related.at_least)
        return f"《{other.title}》{what}为{points_text(amount)}（应不少于{needed}）"


def verb_of(rule: Rule) -> str:
    """扣, 加 or 减."""
    return _VERBS.get(rule.effect.kind, "")


def _predicate_of(rule: Rule) -> Predicate:
    """The side that decides a record: `done` for a rate, `where` for a count."""
    measure = rule.measure.measure
    if isinstance(measure, RateMeasure):
        return measure.done
    return measure.where if isinstance(measure, CountMeasure | StateMeasure) else EVERY_ROW


def _looked_at(rule: Rule) -> list[str]:
    columns = [part.column for part in compared_parts(_predicate_of(rule))]
    measure = rule.measure.measure
    if isinstance(measure, StateMeasure):
        columns.append(measure.column)
    extra = {"judged": ["points", "reason"], "entered": ["source"]}
    columns += [] if isinstance(measure, Counted) else extra[rule.measure.name]
    return list(dict.fromkeys(columns))


def _related_in(rule: Rule) -> list[Related]:
    return list(related_parts(_predicate_of(rule)))
