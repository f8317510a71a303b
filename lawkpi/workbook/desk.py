"""One department's desk: its own rows, the plans of its ledger sheets, and what stands still on them.

Only rows charged to the department come onto the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lawkpi.ledger.departments import Department
from lawkpi.ledger.derived_columns import (
    ElapsedColumn,
    LaterColumn,
    LimitColumn,
    OccurrenceColumn,
    SincePreviousColumn,
    SpanColumn,
)
from lawkpi.ledger.schema import Schema
from lawkpi.measure.truth import RelatedAmounts
from lawkpi.result import Assessment
from lawkpi.result.held import HeldRows
from lawkpi.rubric.measures import Counted, JudgedMeasure, Measure, Trigger
from lawkpi.rubric.model import Item
from lawkpi.rubric.predicate import (
    COLUMN_WORDS,
    EVERY_ROW,
    Predicate,
    Related,
    compared_parts,
    related_parts,
)
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import Departments
from lawkpi.scoring.items import included
from lawkpi.workbook.formula import ROW, column_name, sheet_ref
from lawkpi.workbook.names import sheet_names

Flags = NDArray[np.bool_]
FIRST_ROW = 4
"""The first row of records on a ledger sheet, counted from 0."""
LEADING = 2
"""Columns before the declared ones: running number and row in the file."""
PAPERS = (
    "封面",
    "考核评分表",
    "扣分清单",
    "反馈与申诉",
    "计算表",
    "分值分配表",
    "期限与口径说明",
)
MOST_FORMULAS = 50_000
ALWAYS_VALUES = (
    LimitColumn,
    SpanColumn,
    LaterColumn,
    ElapsedColumn,
    OccurrenceColumn,
    SincePreviousColumn,
)
"""Derived columns without a formula: calendars, month ends and rows of others are not in the file."""


@dataclass(frozen=True)
class Extra:
    """A column that is no record: a join key, a mark, a price, or a number from elsewhere.

    `formula` has `ROW` for the row number; None where the whole column is values. `fixed` marks rows
    that are values all the same (their records are 待核).
    """

    heading: str
    stored: Sequence[Any]
    formula: str | None = None
    fixed: Flags | None = None


@dataclass
class LedgerSheet:
    """The plan of one ledger's sheet; columns are added while formulas are planned."""

    ledger: HeldRows
    name: str
    extras: list[Extra] = field(default_factory=list)
    places: dict[Any, int] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Declared and derived columns and their places."""
        return {name: LEADING + place for place, name in enumerate(self.ledger.schema.all_types)}

    def cell(self, column: str) -> str:
        """A column's cell in the row at hand."""
        return self.at(self.columns[column])

    @staticmethod
    def at(place: int) -> str:
        """The cell of a place in the row at hand."""
        return f"${column_name(place)}{ROW}"

    def span(self, place: int) -> str:
        """All rows of a place, seen from any sheet."""
        letters = column_name(place)
        last = FIRST_ROW + len(self.ledger)
        return f"{sheet_ref(self.name)}${letters}${FIRST_ROW + 1}:${letters}${last}"

    def from_first(self, place: int) -> str:
        """The rows of a place from the first one down to the row at hand."""
        letters = column_name(place)
        return f"${letters}${FIRST_ROW + 1}:${letters}{ROW}"

    def column_at(self, place: int) -> Extra:
        """The added column at a place."""
        return self.extras[place - LEADING - len(self.columns)]

    def added(self, key: Any, extra: Callable[[], Extra]) -> int:
        """The place of an extra column, made once for each key."""
        if key not in self.places:
            made = extra()
            self.places[key] = LEADING + len(self.columns) + len(self.extras)
            self.extras.append(made)
        return self.places[key]

    @property
    def is_live(self) -> bool:
        """Whether the sheet stays within what spreadsheets recompute."""
        live = sum(extra.formula is not None for extra in self.extras)
        return len(self.ledger) * (live + len(self.ledger.schema.derived)) <= MOST_FORMULAS


class Desk:
    """What one department's workbook is made from.

    `still` are columns whose cells no formula follows although a rule looks at them; `unshared` marks
    joint records whose agreed parts make no whole; `elsewhere` keeps what related records of other files
    come to; `is_frozen` says that some result stands as a value, so that no cell of the records may be
    taken for live.
    """

    def __init__(self, assessment: Assessment, department: Department) -> None:
        self.assessment = assessment
        self.department = department
        self.names = {one.code: one.name for one in assessment.register.departments}
        held, code = assessment.holdings, department.code
        own = {name: held.rows(name, code) for name in assessment.ledgers}
        self.ledgers = own
        filled = [name for name, ledger in own.items() if len(ledger)]
        titles = sheet_names((own[name].schema.title for name in filled), taken=PAPERS)
        self.sheets = {
            name: LedgerSheet(own[name], title) for name, title in zip(filled, titles, strict=True)
        }
        self.still: dict[str, set[str]] = {name: set() for name in own}
        self.unshared: dict[str, Flags] = {}
        self.elsewhere: dict[tuple[str, str], RelatedAmounts] = {}
        self.is_frozen = False
        self._keys: dict[str, str] = {}

    def includes(self, item: Item) -> bool:
        """Whether the department is scored on an item; a group may have no points in it."""
        alone = Departments([self.department.code], [self.department.group])
        return bool(included(item, alone)[0])

    def undecided(self, ledger: HeldRows) -> Flags:
        """Rows with a cell that cannot be relied on: what hangs on them stands still."""
        shares = self.unshared.get(ledger.schema.id)
        return ledger.unreliable if shares is None else ledger.unreliable | shares

    def key(self, text: str) -> str:
        """A short key that stands for a text in joins, the same on every sheet of the file."""
        return self._keys.setdefault(text, f"k{len(self._keys) + 1}")

    def stand_still(self, rule: Rule) -> None:
        """A rule whose points no formula follows: the columns it looks at are not live."""
        measure: Measure | Trigger | None = rule.measure.measure
        if isinstance(measure, JudgedMeasure):
            measure = measure.only_when
        if isinstance(measure, Counted):
            schema = self.assessment.schemas[measure.ledger]
            dates = {one for one in (measure.period_by, schema.period_by) if one in schema.columns}
            same = rule.effect.amounting.same_matter if rule.effect.amounting else None
            named = {same.by} if same else set()
            self.still[measure.ledger] |= {*rule.columns, *named, *dates} & set(schema.all_types)
            for tree in (*rule.predicates, getattr(measure, "where", EVERY_ROW)):
                self._conditions_still(measure.ledger, tree)

    def _conditions_still(self, ledger: str, tree: Predicate) -> None:
        self.still[ledger] |= _looked_at(tree)
        for related in related_parts(tree):
            self.still[ledger].add(related.by)
            self.related_still(related)

    def related_still(self, related: Related) -> None:
        """What a related part looks at in its ledger is not live."""
        summed = {related.sum} if related.sum else set()
        self.still[related.ledger] |= {related.to, *summed, *_looked_at(related.where)}

    def dead_columns(self, schema: Schema) -> set[str]:
        """Columns of a sheet that no formula follows: changing them in the file changes nothing.

        The key names a record and the charged departments decide whose it is; neither can be changed here.
        """
        sheet = self.sheets[schema.id]
        if self.is_frozen or not (sheet.is_live and self._is_counted(schema.id)):
            return set(schema.columns)
        charging = self.assessment.holdings.charging(schema)
        dead = {*charging, *schema.key, *schema.charged.shares, *self.still[schema.id]}
        for column in schema.derived.values():
            if isinstance(column, ALWAYS_VALUES):
                dead |= set(column.inputs)
        dead |= {key[1] for key in sheet.places if isinstance(key, tuple) and key[0] == "key"}
        return _with_inputs(schema, dead)

    def _is_counted(self, ledger: str) -> bool:
        """Whether any formula looks at the records of a ledger."""
        counted = self.assessment.holdings.measures(ledger)
        return bool(counted or self.sheets[ledger].extras)

    def settle(self) -> None:
        """Once all columns are planned: what hangs on a sheet that holds values stands still too."""
        for _, item in self.assessment.rubric.lines:
            for rule in item.rules:
                sheet = self.sheets.get(rule.measure.ledger)
                if sheet is not None and not sheet.is_live:
                    self.stand_still(rule)


def _looked_at(tree: Predicate) -> set[str]:
    """The columns of a condition, on both sides of a comparison."""
    parts = list(compared_parts(tree))
    beside = {str(part.operand) for part in parts if part.word in COLUMN_WORDS}
    return {part.column for part in parts} | beside


def _with_inputs(schema: Schema, names: set[str]) -> set[str]:
    """Columns, and those that derived ones among them are computed from."""
    found = set(names)
    for name, column in reversed(schema.derived.items()):
        if name in found:
            found |= set(column.inputs)
    return found
