"""Marks: the 0/1 columns of a ledger sheet, live where a formula over the row says the same.

A mark is 1, 0 or 待核. Where a figure depends on records of the same person or document that lie in
other departments' files, their number stands in a column of its own, as a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lawkpi.law.definitions import Standing
from lawkpi.law.states import TimeState
from lawkpi.ledger.derived_columns import CompareColumn, DefinitionColumn
from lawkpi.ledger.schema import Schema
from lawkpi.measure import truth
from lawkpi.measure.charges import charged_columns
from lawkpi.measure.truth import related_amounts
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.predicate import Predicate, Related
from lawkpi.workbook.desk import Desk, Extra, LedgerSheet
from lawkpi.workbook.formula import NotLive, RowCells, leaves_open, row_condition

Flags = NDArray[np.bool_]
Stored = list[int | str]
OPEN = "待核"
"""What stands in a mark that cannot be decided."""
UNREAD = 2
"""A related record that is chosen and whose figure is blank."""


@dataclass(frozen=True)
class Condition:
    """When a row is marked: `before` holds, then the predicate, then `readable`, else it is open.

    `before` and `readable` are formulas over the row's cells, empty where nothing is asked.
    """

    predicate: Predicate
    before: tuple[str, ...] = ()
    readable: str = ""


class Marker:
    """Adds mark columns to the sheets of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def mark(
        self, sheet: LedgerSheet, heading: str, condition: Condition, stored: Stored, fixed: Flags
    ) -> Extra:
        """A column of marks; values where the condition has no honest formula."""
        return Extra(heading, stored, self._formula(sheet, condition), fixed)

    def _formula(self, sheet: LedgerSheet, condition: Condition) -> str | None:
        row = self.row_cells(sheet)
        try:
            certain = _all(*condition.before, row_condition(condition.predicate, row))
            possible = ""
            if leaves_open(condition.predicate, row):
                whole = row_condition(condition.predicate, row, possible=True)
                possible = _all(*condition.before, whole)
        except NotLive:
            return None
        then = f'IF({condition.readable},1,"{OPEN}")' if condition.readable else "1"
        otherwise = f'IF({possible},"{OPEN}",0)' if possible else "0"
        return then if not certain else f"IF({certain},{then},{otherwise})"

    def held(self, sheet: LedgerSheet, predicate: Predicate) -> str:
        """A condition as a formula over the row's cells.

        Raises
        ------
        NotLive : it has none
        """
        return row_condition(predicate, self.row_cells(sheet))

    def undecided(self, sheet: LedgerSheet, predicate: Predicate) -> str:
        """The test that a condition may or may not hold; empty where no edit can leave it open.

        Raises
        ------
        NotLive : it has no formula
        """
        row = self.row_cells(sheet)
        if not leaves_open(predicate, row):
            return ""
        possible = row_condition(predicate, row, possible=True)
        return f"AND({possible},NOT({row_condition(predicate, row)}))"

    def charged(self, measure: Counted, sheet: LedgerSheet) -> tuple[str, ...]:
        """That a row is charged to this department, where rows of others' stand on the sheet too."""
        columns = charged_columns(measure, sheet.ledger)
        cells = sheet.ledger.frame[list(columns)] == self.desk.department.code
        if cells.fillna(False).any(axis=1).all():
            return ()
        name = self.desk.names[self.desk.department.code].replace('"', '""')
        tests = [f'EXACT({sheet.cell(column)},"{name}")' for column in columns]
        return (tests[0] if len(tests) == 1 else f"OR({','.join(tests)})",)

    def row_cells(self, sheet: LedgerSheet) -> RowCells:
        """How the cells of a sheet's rows read."""
        return RowCells(
            schema=sheet.ledger.schema,
            cell=sheet.cell,
            names=self.desk.names,
            days=self.desk.assessment.facts.names,
            related=lambda related, possible: self._related(sheet, related, possible=possible),
            open=lambda column: _open_labels(sheet.ledger.schema, column),
        )

    def _related(self, sheet: LedgerSheet, related: Related, *, possible: bool) -> str:
        """Whether the related records are enough, or may be once blank figures are filled in."""
        scale = _scale(related, self.desk.assessment.ledgers[related.ledger].schema)
        parts = [self._own_amount(sheet, related, scale), self._elsewhere(sheet, related, scale)]
        amount = "+".join(part for part in parts if part) or "0"
        enough = f"{amount}>={_needed(related, scale)}"
        unread = self._own_unread(sheet, related) if possible and related.sum else ""
        return f"OR({enough},{unread}>0)" if unread else enough

    def _own_amount(self, sheet: LedgerSheet, related: Related, scale: int) -> str:
        other = self.desk.sheets.get(related.ledger)
        if other is None:
            return ""
        mine, theirs, where = self._joined(sheet, other, related)
        if related.sum is None:
            return f"SUMIFS({where},{theirs},{mine})"
        summed = other.span(other.columns[related.sum])
        total = f"SUMIFS({summed},{theirs},{mine},{where},1)"
        return f"ROUND({total}*{scale},0)" if scale > 1 else total

    def _own_unread(self, sheet: LedgerSheet, related: Related) -> str:
        other = self.desk.sheets.get(related.ledger)
        if other is None:
            return ""
        mine, theirs, where = self._joined(sheet, other, related)
        return f"SUMIFS({where},{theirs},{mine},{where},{UNREAD})"

    def _joined(
        self, sheet: LedgerSheet, other: LedgerSheet, related: Related
    ) -> tuple[str, str, str]:
        """The key here, the keys there, and which records there are chosen."""
        mine = sheet.at(self.key_column(sheet, related.by))
        theirs = other.span(self.key_column(other, related.to))
        return mine, theirs, other.span(self._where_column(other, related))

    def _elsewhere(self, sheet: LedgerSheet, related: Related, scale: int) -> str:
        """What records outside this file add, as a value column; nothing where they add nothing."""
        whole = related_amounts(related, sheet.ledger, self.desk.assessment.facts)
        own = related_amounts(related, sheet.ledger, self.desk.facts)
        rest = [int((a - b) * scale) for a, b in zip(whole, own, strict=True)]
        if not any(rest):
            return ""
        title = self.desk.ledgers[related.ledger].schema.title
        extra = Extra(f"本簿以外《{title}》记录", rest)
        return sheet.at(sheet.added(("elsewhere", repr(related)), lambda: extra))

    def key_column(self, sheet: LedgerSheet, column: str) -> int:
        """The place of the short keys that stand for a column's texts."""
        title = sheet.ledger.schema.title_of(column)
        values = sheet.ledger.frame[column]
        pairs = zip(values.astype(str), values.isna(), strict=True)

        def made() -> Extra:
            keys = ["-" if gone else self.desk.key(str(text)) for text, gone in pairs]
            return Extra(f"关联键（{title}）", keys)

        return sheet.added(("key", column), made)

    def _where_column(self, sheet: LedgerSheet, related: Related) -> int:
        """Which records there are chosen: 1; chosen, their figure blank: 2."""
        key = ("where", repr(related.where), related.sum)
        held = truth(related.where, sheet.ledger, self.desk.facts_for(sheet.ledger.schema.id))
        number = sum(isinstance(one, tuple) and one[0] == "where" for one in sheet.places) + 1
        stored: Stored = held.yes.astype(int).tolist()
        then = "1"
        if related.sum is not None:
            blank = sheet.ledger.frame[related.sum].isna().to_numpy(dtype=bool)
            stored = [UNREAD if one and no else one for one, no in zip(stored, blank, strict=True)]
            then = f"IF(ISNUMBER({sheet.cell(related.sum)}),1,{UNREAD})"
        return sheet.added(
            key, lambda: self._where(sheet, number, (related, then, stored, held.unknown))
        )

    def _where(
        self, sheet: LedgerSheet, number: int, given: tuple[Related, str, Stored, Flags]
    ) -> Extra:
        related, then, stored, unknown = given
        try:
            condition: str | None = self.held(sheet, related.where)
        except NotLive:
            condition = None
            self.desk.related_still(related)
        formula = then if condition == "TRUE" else f"IF({condition},{then},0)"
        return Extra(f"关联计入{number}", stored, None if condition is None else formula, unknown)


def _all(*parts: str) -> str:
    """Several conditions at once; empty where nothing is asked."""
    asked = [part for part in parts if part and part != "TRUE"]
    return asked[0] if len(asked) == 1 else f"AND({','.join(asked)})" if asked else ""


def _open_labels(schema: Schema, column: str) -> Sequence[str]:
    """The words under which a derived column leaves its question open."""
    match schema.derived.get(column):
        case CompareColumn():
            return (TimeState.UNDETERMINED.label,)
        case DefinitionColumn():
            return (Standing.REVIEW.label, Standing.UNDETERMINED.label)
    return ()


def _scale(related: Related, schema: Schema) -> int:
    return int(10 ** schema.places_of(related.sum)) if related.sum else 1


def _needed(related: Related, scale: int) -> int:
    exact = related.at_least * scale
    return -(-exact.numerator // exact.denominator)


def marked(flags: Flags, unknown: Flags) -> Stored:
    """Marks as they stand in cells."""
    return [OPEN if open_one else int(yes) for yes, open_one in zip(flags, unknown, strict=True)]
