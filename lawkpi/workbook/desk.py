"""One department's desk: its own rows, its ledger sheets, and the columns that formulas need.

Only rows charged to the department come onto the desk. Where a figure depends on records of the same
person or document that lie elsewhere, their number stands in a column of its own, as a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

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
from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts, Marks, truth
from lawkpi.measure.charges import charged_columns
from lawkpi.measure.marks import sides
from lawkpi.measure.truth import related_amounts
from lawkpi.result import Assessment
from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.rubric.measures import Counted, RateMeasure
from lawkpi.rubric.model import Item
from lawkpi.rubric.predicate import Predicate, Related
from lawkpi.rubric.rule import Rule
from lawkpi.workbook.formula import NotLive, RowCells, row_condition, sheet_ref
from lawkpi.workbook.names import sheet_names

Flags = NDArray[np.bool_]
FIRST_ROW = 4
"""The first row of records on a ledger sheet, counted from 0."""
LEADING = 2
"""Columns before the declared ones: running number and row in the file."""
ROW = "\x00"
"""Stands for the row number in a formula until it is written."""
PAPERS = ("封面", "考核评分表", "扣分清单", "计算表", "期限与口径说明")
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
    """A column that is no record: a join key, a 0/1 mark, or a number from elsewhere.

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

    ledger: Ledger
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
        return f"${xl_col_to_name(place)}{ROW}"

    def span(self, place: int) -> str:
        """All rows of a place, seen from any sheet."""
        letters = xl_col_to_name(place)
        last = FIRST_ROW + len(self.ledger)
        return f"{sheet_ref(self.name)}${letters}${FIRST_ROW + 1}:${letters}${last}"

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


@dataclass(frozen=True)
class RuleColumns:
    """Where a rule's marks stand: the spans of `due` (rates only) and `done`."""

    due: str | None
    done: str


class Desk:
    """What one department's workbook is made from."""

    def __init__(self, assessment: Assessment, department: Department) -> None:
        self.assessment = assessment
        self.department = department
        self.names = {one.code: one.name for one in assessment.register.departments}
        own = {name: self._own(ledger) for name, ledger in assessment.ledgers.items()}
        self.ledgers = own
        filled = [name for name, ledger in own.items() if len(ledger)]
        titles = sheet_names((own[name].schema.title for name in filled), taken=PAPERS)
        self.sheets = {
            name: LedgerSheet(own[name], title) for name, title in zip(filled, titles, strict=True)
        }
        self._keys: dict[str, str] = {}

    @property
    def facts(self) -> Facts:
        """The department's own ledgers."""
        return Facts(self.ledgers, self.assessment.facts.names)

    def facts_for(self, ledger: str) -> Facts:
        """One own ledger among all records, as the engine saw them."""
        whole = dict(self.assessment.ledgers)
        if ledger in self.ledgers:
            whole[ledger] = self.ledgers[ledger]
        return Facts(whole, self.assessment.facts.names)

    def _own(self, ledger: Ledger) -> Ledger:
        columns = self.charging(ledger.schema)
        own = (ledger.frame[columns] == self.department.code).fillna(False).any(axis=1).to_numpy()
        return taken(ledger, np.asarray(own, dtype=bool))

    def charging(self, schema: Schema) -> list[str]:
        """The columns by which a ledger's rows are charged to departments."""
        measures = (rule.measure.measure for _, item in self._lines for rule in item.rules)
        named = [
            column
            for one in measures
            if isinstance(one, Counted) and one.ledger == schema.id
            for column in one.charged_by or ()
        ]
        return list(dict.fromkeys([*schema.charged.columns, *named]))

    @property
    def _lines(self) -> list[tuple[Any, Item]]:
        return list(self.assessment.rubric.lines)

    def includes(self, item: Item) -> bool:
        """Whether the department is scored on an item."""
        return item.applies_to.includes(self.department.code, self.department.group)

    def columns_of(self, title: str, rule: Rule, marks: Marks | None) -> RuleColumns | None:
        """The mark columns of a rule; None where no own record exists.

        Parameters
        ----------
        title : the rule's number as its columns show it, such as 3.2a
        marks : the rule's marks over the department's own rows; None where it has no rows
        """
        measure = rule.measure.measure
        sheet = self.sheets.get(rule.measure.ledger)
        if sheet is None or marks is None or not isinstance(measure, Counted):
            return None
        due_side, _ = sides(measure, sheet.ledger)
        own = marks.charges.of(self.department.code)
        due = self._mark(sheet, _named(title, measure), self._charged(measure, sheet, due_side))
        first = sheet.added((title, "due"), lambda: due(marks.due & own, marks.unknown & own))
        if not isinstance(measure, RateMeasure):
            return RuleColumns(None, sheet.span(first))
        done = self._mark(sheet, f"{title} 已计", (f"{sheet.at(first)}=1", measure.done))
        second = sheet.added((title, "done"), lambda: done(marks.done & own, marks.unknown & own))
        return RuleColumns(sheet.span(first), sheet.span(second))

    def _charged(
        self, measure: Counted, sheet: LedgerSheet, side: Predicate
    ) -> tuple[str, Predicate]:
        """The condition that a row is charged to this department, where rows of others' stand too."""
        columns = charged_columns(measure, sheet.ledger)
        cells = sheet.ledger.frame[list(columns)] == self.department.code
        if cells.fillna(False).any(axis=1).all():
            return "", side
        name = self.names[self.department.code].replace('"', '""')
        tests = [f'EXACT({sheet.cell(column)},"{name}")' for column in columns]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})", side

    def _mark(
        self, sheet: LedgerSheet, heading: str, condition: tuple[str, Predicate]
    ) -> Callable[[Flags, Flags], Extra]:
        def made(flags: Flags, unknown: Flags) -> Extra:
            formula = self._formula(sheet, *condition)
            return Extra(heading, flags.astype(int).tolist(), formula, unknown)

        return made

    def _formula(self, sheet: LedgerSheet, before: str, predicate: Predicate) -> str | None:
        try:
            condition = row_condition(predicate, self._row_cells(sheet))
        except NotLive:
            return None
        parts = [part for part in (before, condition) if part and part != "TRUE"]
        if not parts:
            return "1"
        return f"IF({parts[0]},1,0)" if len(parts) == 1 else f"IF(AND({','.join(parts)}),1,0)"

    def _row_cells(self, sheet: LedgerSheet) -> RowCells:
        return RowCells(
            schema=sheet.ledger.schema,
            cell=sheet.cell,
            names=self.names,
            days=self.assessment.facts.names,
            related=lambda related: self._related(sheet, related),
        )

    def _related(self, sheet: LedgerSheet, related: Related) -> tuple[str, int]:
        """The amount of a related part as a formula of whole units, and what is needed."""
        whole_other = self.assessment.ledgers[related.ledger]
        scale = _scale(related, whole_other.schema)
        parts = [self._own_amount(sheet, related, scale), self._elsewhere(sheet, related, scale)]
        return "+".join(part for part in parts if part) or "0", int(related.at_least * scale)

    def _own_amount(self, sheet: LedgerSheet, related: Related, scale: int) -> str:
        other = self.sheets.get(related.ledger)
        if other is None:
            return ""
        mine = sheet.at(self._key_column(sheet, related.by))
        theirs = other.span(self._key_column(other, related.to))
        where = other.span(self._where_column(other, related.where))
        if related.sum is None:
            return f"SUMIFS({where},{theirs},{mine})"
        summed = other.span(other.columns[related.sum])
        total = f"SUMIFS({summed},{theirs},{mine},{where},1)"
        return f"ROUND({total}*{scale},0)" if scale > 1 else total

    def _elsewhere(self, sheet: LedgerSheet, related: Related, scale: int) -> str:
        """What records outside this file add, as a value column; nothing where they add nothing."""
        whole = related_amounts(related, sheet.ledger, self.assessment.facts)
        own = related_amounts(related, sheet.ledger, self.facts)
        rest = [int((a - b) * scale) for a, b in zip(whole, own, strict=True)]
        if not any(rest):
            return ""
        extra = Extra(f"本簿以外《{self.ledgers[related.ledger].schema.title}》记录", rest)
        return sheet.at(sheet.added(("elsewhere", repr(related)), lambda: extra))

    def _key_column(self, sheet: LedgerSheet, column: str) -> int:
        title = sheet.ledger.schema.title_of(column)
        values = sheet.ledger.frame[column]
        missing = values.isna().to_numpy()
        texts = values.astype(str).to_numpy(dtype=object)

        def made() -> Extra:
            pairs = zip(texts, missing, strict=True)
            keys = ["-" if gone else self._key(str(text)) for text, gone in pairs]
            return Extra(f"关联键（{title}）", keys)

        return sheet.added(("key", column), made)

    def _key(self, text: str) -> str:
        return self._keys.setdefault(text, f"k{len(self._keys) + 1}")

    def _where_column(self, sheet: LedgerSheet, where: Predicate) -> int:
        held = truth(where, sheet.ledger, self.facts_for(sheet.ledger.schema.id))
        number = sum(isinstance(key, tuple) and key[0] == "where" for key in sheet.places) + 1
        made = self._mark(sheet, f"关联计入{number}", ("", where))
        return sheet.added(("where", repr(where)), lambda: made(held.yes, held.unknown))

    def dead_columns(self, schema: Schema) -> set[str]:
        """Inputs behind a computed value: changing them in the file changes nothing."""
        names = set(self.charging(schema))
        if schema.id == ADJUSTMENTS:
            names |= set(schema.columns) - {"points"}
        for column in schema.derived.values():
            if isinstance(column, ALWAYS_VALUES):
                names |= set(column.inputs)
        keys = self.sheets[schema.id].places
        return names | {key[1] for key in keys if isinstance(key, tuple) and key[0] == "key"}


def _named(title: str, measure: Counted) -> str:
    return f"{title} 应计" if isinstance(measure, RateMeasure) else f"{title} 计入"


def _scale(related: Related, schema: Schema) -> int:
    return int(10 ** schema.places_of(related.sum)) if related.sum else 1


def taken(ledger: Ledger, rows: Flags) -> Ledger:
    """Some rows of a ledger; a new ledger."""
    frame = ledger.frame[rows].reset_index(drop=True)
    unknown: Mapping[str, Flags] = {name: flags[rows] for name, flags in ledger.unknown.items()}
    return replace(ledger, frame=frame, unknown=dict(unknown))
