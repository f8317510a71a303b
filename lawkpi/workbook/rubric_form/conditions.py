"""Conditions as rows: one comparison a row, joined on two levels, related records below their own row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from lawkpi.rubric.predicate import COLUMN_WORDS, DATE_WORDS, ORDER_WORDS, SET_WORDS
from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.cell import Cell, Row, Wrong
from lawkpi.workbook.rubric_form.draft import Log, beyond, missing
from lawkpi.workbook.rubric_form.figures import text_of
from lawkpi.workbook.rubric_form.kinds import Amount, Day, Text, Texts, Words
from lawkpi.workbook.rubric_form.plan import (
    AT_LEAST,
    COLUMN,
    GROUP,
    GROUP_JOIN,
    JOIN,
    LEDGER,
    NUMBER,
    OPERAND,
    OTHER,
    OTHER_COLUMN,
    SUMMED,
    UPPER,
    WORD,
)
from lawkpi.workbook.rubric_form.terms import EVERY, JOINS, MISSING, MISSING_WORDS, RELATED

Cells = dict[str, Cell]
Plain = Mapping[str, Any]
_RELATED_CELLS = (NUMBER, OTHER, OTHER_COLUMN, SUMMED, AT_LEAST)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EVERY_ROW: dict[str, Any] = {"all": []}


def is_join(condition: Plain) -> bool:
    """Whether a condition joins others."""
    return any(condition.get(name) for name in JOINS)


@dataclass(frozen=True)
class Spread:
    """Writes a rule's conditions as rows; related records are numbered throughout the rule."""

    around: Around
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def rows(self, condition: Plain, ledger: str | None, upper: Cell = Cell()) -> Iterator[Cells]:  # noqa: B008 - cells are frozen
        """The rows of one condition."""
        join = next(iter(condition)) if is_join(condition) else ""
        groups = count(1)
        for part in condition[join] if join else [condition]:
            more = {UPPER: upper, LEDGER: Text().show(ledger or "", self.around.ledgers)}
            if join:
                more[JOIN] = Cell(self.around.joins.word(join))
            if is_join(part):
                yield from self._group(part, ledger, more | {GROUP: Cell(next(groups))})
            else:
                yield from self._leaf(part, ledger, more)

    def _group(self, part: Plain, ledger: str | None, more: Cells) -> Iterator[Cells]:
        inner = next(iter(part))
        more[GROUP_JOIN] = Cell(self.around.joins.word(inner))
        for one in part[inner]:
            yield from self._leaf(one, ledger, more)

    def _leaf(self, part: Plain, ledger: str | None, more: Cells) -> Iterator[Cells]:
        if part == _EVERY_ROW:
            yield more | {WORD: Cell(self.around.comparisons.word(EVERY))}
        elif RELATED in part:
            yield from self._related(part[RELATED], ledger, more)
        else:
            yield more | self._compared(part, ledger)

    def _related(self, related: Plain, ledger: str | None, more: Cells) -> Iterator[Cells]:
        number, other = Cell(next(self.numbers)), related["ledger"]
        there, text = self.around.columns(other), Text()
        cells = {
            COLUMN: text.show(related["by"], self.around.columns(ledger)),
            WORD: Cell(self.around.comparisons.word(RELATED)),
            NUMBER: number,
            OTHER: text.show(other, self.around.ledgers),
            OTHER_COLUMN: text.show(related.get("to", related["by"]), there),
        }
        if "sum" in related:
            cells[SUMMED] = text.show(related["sum"], there)
        if "at_least" in related:
            cells[AT_LEAST] = Amount().show(related["at_least"])
        yield more | cells
        if "where" in related:
            yield from self.rows(related["where"], other, number)

    def _compared(self, part: Plain, ledger: str | None) -> Cells:
        ((column, inner),) = part.items()
        ((word, operand),) = inner.items()
        if word == MISSING:
            word = next(name for name, is_blank in MISSING_WORDS.items() if is_blank is operand)
        cells = {
            COLUMN: Text().show(column, self.around.columns(ledger)),
            WORD: Cell(self.around.comparisons.word(word)),
        }
        if word not in MISSING_WORDS:
            words = operand_words(self.around, word, ledger, column)
            kind = Texts() if word in SET_WORDS else Text()
            cells[OPERAND] = kind.show(operand, words)
        return cells


def operand_words(around: Around, word: str, ledger: str | None, column: str | None) -> Words:
    """What stands behind a comparison, where it is one of a few."""
    if word in COLUMN_WORDS:
        return around.columns(ledger)
    if word in ORDER_WORDS or word in DATE_WORDS:
        return around.days
    return around.labels(ledger, column)


@dataclass
class Gathered:
    """Reads the rows of one condition; faults go to the log, and the condition is then not used."""

    rows: Sequence[Row]
    around: Around
    log: Log
    is_broken: bool = False
    _used: set[int] = field(default_factory=set)

    def condition(self, ledger: str | None) -> dict[str, Any] | None:
        """The condition in plain form; None where something is wrong with it."""
        found = self._joined("", ledger)
        for row in self.rows:
            if row.number not in self._used:
                self._wrong(
                    row, UPPER, _broken("没有这个关联号，或者关联绕成了圈", "上方某行的关联号")
                )
        return None if self.is_broken else found

    def _joined(self, upper: str, ledger: str | None) -> dict[str, Any] | None:
        """What the rows below one related row, or those of the condition itself, say together."""
        own = [row for row in self.rows if label(row, UPPER) == upper]
        self._used |= {row.number for row in own}
        parts = [self._part(name, group, ledger, upper) for name, group in _groups(own)]
        join = self._join(own, JOIN, is_needed=len(parts) > 1)
        if join:
            return {join: parts}
        return parts[0] if parts else None

    def _part(self, name: str, rows: list[Row], ledger: str | None, upper: str) -> Any:
        """One row, or the rows of one group."""
        if not name:
            if not rows[0].cell(GROUP_JOIN).is_blank:
                self._wrong(
                    rows[0], GROUP_JOIN, _broken("没有分组，不填组内之间", "空白，或者填写分组")
                )
            return self._leaf(rows[0], ledger)
        if upper:
            self._wrong(rows[0], GROUP, _broken("关联台账的条件不再分组", "空白"))
        join = self._join(rows, GROUP_JOIN, is_needed=True)
        return {join or "all": [self._leaf(row, ledger) for row in rows]}

    def _join(self, rows: Sequence[Row], heading: str, *, is_needed: bool) -> str | None:
        """且 or 或, the same in every row."""
        words = [row.cell(heading) for row in rows]
        codes = [self.around.joins.code(one.found) if not one.is_blank else "" for one in words]
        for row, code in zip(rows, codes, strict=True):
            expected = "、".join(self.around.joins.words)
            if code is None or (code == "" and is_needed):
                self._wrong(row, heading, _broken(f"“{heading}”没有写明且、或", expected))
            elif code != codes[0]:
                self._wrong(
                    row, heading, _broken(f"“{heading}”前后不一致", f"与第{rows[0].number}行相同")
                )
        return codes[0] if codes else ""

    def _leaf(self, row: Row, ledger: str | None) -> dict[str, Any]:
        word = self._cell(row, WORD, Text(), self.around.comparisons)
        used = {RELATED: {COLUMN, *_RELATED_CELLS}, EVERY: set()}.get(word or "", {COLUMN, OPERAND})
        if word in MISSING_WORDS:
            used = {COLUMN}
        for heading in (COLUMN, OPERAND, *_RELATED_CELLS):
            if word and heading not in used and not row.cell(heading).is_blank:
                self._wrong(row, heading, beyond(heading, [row.cell(WORD).found]))
        if word == EVERY or word is None:
            return dict(_EVERY_ROW)
        column = self._cell(row, COLUMN, Text(), self.around.columns(ledger), "column")
        if word == RELATED:
            return {RELATED: self._related(row, column)}
        if word in MISSING_WORDS:
            return {column or "": {MISSING: MISSING_WORDS[word]}}
        return {column or "": {word: self._operand(row, word, ledger, column)}}

    def _related(self, row: Row, by: str | None) -> dict[str, Any]:
        other = self._cell(row, OTHER, Text(), self.around.ledgers, "ledger")
        there = self.around.columns(other)
        found: dict[str, Any] = {"ledger": other, "by": by}
        optional = (
            ("to", OTHER_COLUMN, Text()),
            ("sum", SUMMED, Text()),
            ("at_least", AT_LEAST, Amount()),
        )
        for name, heading, kind in optional:
            if not row.cell(heading).is_blank:
                words = there if isinstance(kind, Text) else None
                found[name] = self._cell(row, heading, kind, words, "column")
        if "sum" in found and "at_least" not in found:
            self._wrong(row, AT_LEAST, missing(AT_LEAST))
        number = label(row, NUMBER)
        if number and number in {label(one, NUMBER) for one in self.rows if one is not row}:
            self._wrong(row, NUMBER, _broken(f"关联号“{number}”写了两次", "同一条件中不重复"))
        elif number and label(row, UPPER) != number:
            where = self._joined(number, other)
            found |= {"where": where} if where else {}
        return found

    def _operand(self, row: Row, word: str, ledger: str | None, column: str | None) -> Any:
        words = operand_words(self.around, word, ledger, column)
        cell = row.cell(OPERAND)
        if word in SET_WORDS:
            return self._cell(row, OPERAND, Texts(), words)
        if words is not self.around.days:
            role = "column" if word in COLUMN_WORDS else ""
            return self._cell(row, OPERAND, Text(), words, role)
        if cell.is_blank:
            return self._cell(row, OPERAND, Text(), None)
        day = words.code(cell.found)
        return day or self._figure(row, self._is_date(word, ledger, column))

    def _is_date(self, word: str, ledger: str | None, column: str | None) -> bool | None:
        """Whether a day stands behind a comparison; None where that is not known."""
        schema = self.around.schemas.get(ledger or "")
        if word in DATE_WORDS or schema is None:
            return word in DATE_WORDS or None
        return schema.all_types.get(column or "") == "date"

    def _figure(self, row: Row, is_date: bool | None) -> str | None:
        """A day or a number behind an ordered comparison."""
        cell = row.cell(OPERAND)
        try:
            if is_date or isinstance(cell.value, dt.date):
                return str(Day().read(cell))
            text = text_of(cell)
            if is_date is False and not _NUMBER.fullmatch(text):
                raise Wrong("RUBRIC_FORM_NUMBER_UNREADABLE", "数字不能识别", "数字，如 60")
        except Wrong as wrong:
            self._wrong(row, OPERAND, wrong)
            return None
        return text

    def _cell(self, row: Row, heading: str, kind: Any, words: Words, role: str = "") -> Any:
        """A cell that has to be filled; None where it cannot be used."""
        cell = row.cell(heading)
        try:
            if cell.is_blank:
                raise missing(heading)
            return kind.read(cell, words, role)
        except Wrong as wrong:
            self._wrong(row, heading, wrong)
            return None

    def _wrong(self, row: Row, heading: str, wrong: Wrong) -> None:
        self.is_broken = True
        self.log.wrong(row, heading, wrong)


def _groups(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Rows by their group, in the order in which each first stands; a row without one is by itself."""
    found: list[tuple[str, list[Row]]] = []
    for row in rows:
        name = label(row, GROUP)
        group = next((own for known, own in found if known and known == name), None)
        if group is None:
            found.append((name, [row]))
        else:
            group.append(row)
    return found


def label(row: Row, heading: str) -> str:
    """A number that only tells rows apart, as text; empty for a blank cell."""
    try:
        return text_of(row.cell(heading))
    except Wrong:
        return row.cell(heading).found


def _broken(what: str, expected: str) -> Wrong:
    return Wrong("RUBRIC_FORM_GROUPS_BROKEN", what, expected)
