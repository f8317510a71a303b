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
from lawkpi.measure.charges import charged_columns
from lawkpi.measure.truth import RelatedAmounts
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.predicate import Predicate, Related
from lawkpi.workbook.desk import Desk, Extra, LedgerSheet
from lawkpi.workbook.formula import NotLive, RowCells, leaves_open, row_condition

Flags = NDArray[np.bool_]
Stored = list[int | str]
OPEN = "待核"
"""What stands in a mark that cannot be decided."""
SURE, UNREAD, UNSURE, UNSURE_UNREAD = 1, 2, 3, 4
"""A related record that is chosen; that has no figure; of which neither is known."""


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

    def mark(self, sheet: LedgerSheet, heading: str, condition: Condition, stored: Stored) -> Extra:
        """A column of marks; values where the condition has no honest formula."""
        return self.column(sheet, heading, self._formula(sheet, condition), stored)

    def column(
        self, sheet: LedgerSheet, heading: str, formula: str | None, stored: Stored
    ) -> Extra:
        """A column; 待核 stays where a cell of the row cannot be relied on, whatever the others say."""
        is_open = np.array([one == OPEN for one in stored], dtype=bool)
        return Extra(heading, stored, formula, is_open & self.desk.undecided(sheet.ledger))

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

    def charged(self, measure: Counted, sheet: LedgerSheet, charged: Flags) -> tuple[str, ...]:
        """That a row is charged to this department, where rows of others' stand on the sheet too."""
        if charged.all():
            return ()
        columns = charged_columns(measure, sheet.ledger.schema)
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
            may_open=lambda related: self._may_open(sheet, related),
        )

    def _related(self, sheet: LedgerSheet, related: Related, *, possible: bool) -> str:
        """Whether the related records are enough, or may be once open ones are settled."""
        scale = _scale(related, self.desk.assessment.ledgers[related.ledger].schema)
        amounts = [
            self._own_amount(sheet, related, scale, SURE),
            self._elsewhere(sheet, related, "sure"),
        ]
        if possible:
            amounts += [
                self._own_amount(sheet, related, scale, UNSURE),
                self._elsewhere(sheet, related, "open"),
            ]
        enough = f"{'+'.join(filter(None, amounts)) or '0'}>={_needed(related, scale)}"
        unread = self._unread(sheet, related) if possible and related.sum else ""
        return f"OR({enough},{unread}>0)" if unread else enough

    def _may_open(self, sheet: LedgerSheet, related: Related) -> bool:
        """Whether a related part can be undecided: a figure is blank, or a record is not known."""
        if related.sum is not None:
            return True
        whole = self.desk.assessment.holdings.amounts(sheet.ledger.schema.id, related)
        where = self.desk.sheets.get(related.ledger)
        is_open = where is not None and leaves_open(related.where, self.row_cells(where))
        return bool(whole.open[sheet.ledger.rows].any()) or is_open

    def _own_amount(self, sheet: LedgerSheet, related: Related, scale: int, kind: int) -> str:
        """What this file's own related records of a kind come to."""
        other = self.desk.sheets.get(related.ledger)
        if other is None:
            return ""
        mine, theirs, where = self._joined(sheet, other, related)
        if related.sum is None:
            count = f"SUMIFS({where},{theirs},{mine},{where},{kind})"
            return count if kind == SURE else f"{count}/{kind}"
        summed = other.span(other.columns[related.sum])
        total = f"SUMIFS({summed},{theirs},{mine},{where},{kind})"
        return f"ROUND({total}*{scale},0)" if scale > 1 else total

    def _unread(self, sheet: LedgerSheet, related: Related) -> str:
        """How many of them may count and have no figure."""
        parts = [self._elsewhere(sheet, related, "unread")]
        other = self.desk.sheets.get(related.ledger)
        if other is not None:
            mine, theirs, where = self._joined(sheet, other, related)
            parts += [
                f"SUMIFS({where},{theirs},{mine},{where},{kind})"
                for kind in (UNREAD, UNSURE_UNREAD)
            ]
        return "+".join(filter(None, parts))

    def _joined(
        self, sheet: LedgerSheet, other: LedgerSheet, related: Related
    ) -> tuple[str, str, str]:
        """The key here, the keys there, and which records there are chosen."""
        mine = sheet.at(self.key_column(sheet, related.by))
        theirs = other.span(self.key_column(other, related.to))
        return mine, theirs, other.span(self._where_column(other, related))

    def _elsewhere(self, sheet: LedgerSheet, related: Related, kind: str) -> str:
        """What records outside this file add, as a value column; nothing where they add nothing."""
        amounts = getattr(self._rest(sheet, related), kind)
        if not amounts.any():
            return ""
        title = self.desk.ledgers[related.ledger].schema.title
        heading = f"本簿以外《{title}》记录{_ELSEWHERE[kind]}"
        extra = Extra(heading, amounts.tolist())
        return sheet.at(sheet.added(("elsewhere", kind, repr(related)), lambda: extra))

    def _rest(self, sheet: LedgerSheet, related: Related) -> RelatedAmounts:
        """What the records of other files come to, for each row."""
        key = (sheet.ledger.schema.id, repr(related))
        if key not in self.desk.elsewhere:
            held, rows = self.desk.assessment.holdings, sheet.ledger
            whole = held.amounts(rows.schema.id, related).at(rows.rows)
            own = held.own_amounts(rows, related, self.desk.department.code)
            self.desk.elsewhere[key] = whole.less(own)
        return self.desk.elsewhere[key]

    def key_column(self, sheet: LedgerSheet, column: str) -> int:
        """The place of the short keys that stand for a column's texts."""
        title = sheet.ledger.schema.title_of(column)

        def made() -> Extra:
            cells = sheet.ledger.cells(column)
            keys = ["-" if one is None else self.desk.key(str(one)) for one in cells]
            return Extra(f"关联键（{title}）", keys)

        return sheet.added(("key", column), made)

    def _where_column(self, sheet: LedgerSheet, related: Related) -> int:
        """Which related records are chosen, which of them have no figure, and which are not known."""
        key = ("where", repr(related.where), related.sum)
        if key in sheet.places:
            return sheet.places[key]
        ledger = sheet.ledger
        whole = self.desk.assessment.holdings.truth(ledger.schema.id, related.where)
        yes, unknown = ledger.cut(whole.yes), ledger.cut(whole.unknown)
        blank = np.zeros(len(ledger), dtype=bool)
        then, open_one = str(SURE), str(UNSURE)
        if related.sum is not None:
            cell = sheet.cell(related.sum)
            blank = np.array([one is None for one in ledger.cells(related.sum)], dtype=bool)
            then = f"IF(ISNUMBER({cell}),{SURE},{UNREAD})"
            open_one = f"IF(ISNUMBER({cell}),{UNSURE},{UNSURE_UNREAD})"
        stored: Stored = np.select(
            [yes & ~blank, yes, unknown & ~blank, unknown],
            [SURE, UNREAD, UNSURE, UNSURE_UNREAD],
            default=0,
        ).tolist()
        number = sum(isinstance(one, tuple) and one[0] == "where" for one in sheet.places) + 1
        formula = self._where(sheet, related, then, open_one)
        unsure = np.array([one in (UNSURE, UNSURE_UNREAD) for one in stored], dtype=bool)
        made = Extra(f"关联计入{number}", stored, formula, unsure & self.desk.undecided(ledger))
        return sheet.added(key, lambda: made)

    def _where(self, sheet: LedgerSheet, related: Related, then: str, open_one: str) -> str | None:
        row = self.row_cells(sheet)
        try:
            certain = row_condition(related.where, row)
            possible = ""
            if leaves_open(related.where, row):
                possible = row_condition(related.where, row, possible=True)
        except NotLive:
            self.desk.related_still(related)
            return None
        otherwise = f"IF({possible},{open_one},0)" if possible else "0"
        return then if certain == "TRUE" else f"IF({certain},{then},{otherwise})"


_ELSEWHERE = {"sure": "", "open": "（待核）", "unread": "（缺数）"}


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
