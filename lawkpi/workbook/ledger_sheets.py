"""The ledger sheets: a department's own records, last days, states, and the 0/1 columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate
from math import ceil
from typing import Any

import pandas as pd

from lawkpi.ledger.derived_columns import CompareColumn
from lawkpi.ledger.schema import ORIGIN
from lawkpi.measure.words import code_label
from lawkpi.workbook.amended import ADDED, HEAD, HOW_TO_READ, amended_rows, amended_text
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.derived import LawUsed, expected_text, live_formula
from lawkpi.workbook.desk import FIRST_ROW, LEADING, ROW, Desk, Extra, LedgerSheet
from lawkpi.workbook.look import (
    FIXED_WORD,
    LIVE_WORD,
    ROW_POINTS,
    VALUE_WORD,
    display_width,
    lines_needed,
)
from lawkpi.workbook.marks import OPEN

PAGE_WIDTH = 190.0
"""Latin characters that one landscape page takes at a readable size."""
HEAD_ROW = FIRST_ROW - 1
MARK_ROW = FIRST_ROW - 2
_KINDS = {"date": "day", "integer": "whole", "number": "center"}


def write_ledger_sheets(book: Book, desk: Desk) -> None:
    """One sheet for each ledger with own rows."""
    for plan in desk.sheets.values():
        _Writer(book, desk, plan).write()


class _Writer:
    """One ledger sheet being written."""

    def __init__(self, book: Book, desk: Desk, plan: LedgerSheet) -> None:
        self.desk, self.plan = desk, plan
        self.ledger = plan.ledger
        self.schema = plan.ledger.schema
        self.types = plan.ledger.schema.all_types
        self.sheet: Sheet = book.sheet(plan.name, landscape=True)
        self.dead = desk.dead_columns(self.schema) | self._behind_states()
        self.widest: dict[int, int] = {}
        self.amended = amended_rows(self.ledger)
        self.is_amended = any(self.amended)

    def _behind_states(self) -> set[str]:
        """Dates that only a computed state looks at, where that state is a value."""
        derived = self.schema.derived.items()
        return {
            input_
            for name, column in derived
            if isinstance(column, CompareColumn) and self._live(name) is None
            for input_ in column.inputs
            if input_ in self.schema.columns
        }

    def write(self) -> None:
        """Heading, records, extras, page."""
        self._records()
        for name in self.schema.derived:
            self._derived(name)
        for place, extra in enumerate(self.plan.extras):
            self._extra(LEADING + len(self.plan.columns) + place, extra)
        self._heads()
        if self.is_amended:
            self._amendments(LEADING + len(self.plan.columns) + len(self.plan.extras))
        self._page()

    def _heads(self) -> None:
        self.sheet.text(0, 0, self.schema.title, "heading")
        self.sheet.row(HEAD_ROW, ("序号", "原表行号"), "head")
        for name, place in self.plan.columns.items():
            self._head(place, self.schema.title_of(name), self._mark_of(name))
        for number, extra in enumerate(self.plan.extras):
            place = LEADING + len(self.plan.columns) + number
            live = extra.formula is not None and self.plan.is_live
            self._head(place, extra.heading, LIVE_WORD if live else VALUE_WORD)

    def _head(self, place: int, title: str, mark: str) -> None:
        self._widen(place, ceil(display_width(title) / 2))
        self.sheet.text(HEAD_ROW, place, title, "head")
        self.sheet.text(MARK_ROW, place, mark, "mark")

    def _mark_of(self, name: str) -> str:
        if name in self.schema.columns:
            return FIXED_WORD if name in self.dead else ""
        return LIVE_WORD if self._live(name) else VALUE_WORD

    def _live(self, name: str) -> str | None:
        if not self.plan.is_live:
            return None
        return live_formula(self.plan, name, LawUsed.of(self.desk.assessment))

    def _records(self) -> None:
        origin = self.ledger.frame[[ORIGIN[0], ORIGIN[-1]]].itertuples(index=False)
        for row, (row_id, number) in enumerate(origin):
            self.sheet.number(FIRST_ROW + row, 0, row + 1, "cell", "whole")
            if self.ledger.is_added(str(row_id)):
                self.sheet.text(FIRST_ROW + row, 1, ADDED, "cell", "center")
            else:
                self.sheet.number(FIRST_ROW + row, 1, int(number), "cell", "whole")
        undecided = self.desk.undecided(self.ledger)
        for name in self.schema.columns:
            for row, value in enumerate(self.ledger.frame[name].tolist()):
                style = "fixed" if name in self.dead or undecided[row] else "open"
                marked = ("amended",) if name in self.amended[row] else ()
                self._cell(FIRST_ROW + row, name, value, style, *marked)

    def _cell(self, row: int, name: str, value: Any, *styles: str) -> None:
        """One record's cell: real dates, real numbers, labels, names; text only as text."""
        place = self.plan.columns[name]
        shown = "" if pd.isna(value) else self._shown(name, value)
        kind = _KINDS.get(self.types[name], "cell")
        if isinstance(shown, dt.date):
            self._widen(place, 10)
            self.sheet.day(row, place, shown, "cell", kind, *styles)
        elif isinstance(shown, int | float):
            self._widen(place, len(f"{shown:g}"))
            self.sheet.number(row, place, shown, "cell", kind, *styles)
        else:
            self._widen(place, display_width(shown))
            self.sheet.text(row, place, shown, "cell", kind, *styles)

    def _shown(self, name: str, value: Any) -> dt.date | int | float | str:
        kind = self.types[name]
        if isinstance(value, dt.datetime):
            return value.date()
        if kind == "integer":
            return int(value)
        if kind == "number":
            return float(value)
        if kind == "department":
            return self.desk.names.get(str(value), str(value))
        return code_label(self.schema, name, str(value))

    def _derived(self, name: str) -> None:
        formula = self._live(name)
        values = self.ledger.frame[name].tolist()
        unknown = self.ledger.unknown_in(name)
        for row, value in enumerate(values):
            place = FIRST_ROW + row
            if formula is None or unknown[row] or not self._agrees(name, row, value):
                self._cell(place, name, value, "fixed")
            else:
                self._computed(place, name, formula, value)

    def _agrees(self, name: str, row: int, value: Any) -> bool:
        """Whether a live state would say what the engine says."""
        if not isinstance(self.schema.derived[name], CompareColumn):
            return True
        as_of = self.desk.assessment.settings.as_of
        return expected_text(self.ledger, name, row, as_of) == self._shown(name, value)

    def _computed(self, row: int, name: str, formula: str, value: Any) -> None:
        shown: Any = "" if pd.isna(value) else self._shown(name, value)
        if isinstance(shown, dt.date):
            shown = (shown - dt.date(1899, 12, 30)).days
        place = self.plan.columns[name]
        self._widen(place, 10)
        kind = _KINDS.get(self.types[name], "center")
        self.sheet.formula(
            row, place, formula.replace(ROW, str(row + 1)), shown, "cell", "center", kind
        )

    def _extra(self, place: int, extra: Extra) -> None:
        self._widen(place, 6)
        for row, stored in enumerate(extra.stored):
            at = FIRST_ROW + row
            is_fixed = extra.fixed is not None and bool(extra.fixed[row])
            if extra.formula is not None and self.plan.is_live and not is_fixed:
                formula = extra.formula.replace(ROW, str(at + 1))
                self.sheet.formula(at, place, formula, stored, "cell", "whole")
            elif isinstance(stored, str):
                self.sheet.text(at, place, stored, "cell", "center", "fixed")
            else:
                self.sheet.number(at, place, stored, "cell", "whole", "fixed")

    def _amendments(self, place: int) -> None:
        """The last column: which cells of a record are not as submitted."""
        self._head(place, HEAD, "")
        for row, columns in enumerate(self.amended):
            text = amended_text(self.schema, columns)
            self._widen(place, display_width(text))
            self.sheet.text(FIRST_ROW + row, place, text, "cell", "fixed")

    def _widen(self, place: int, width: int) -> None:
        self.widest[place] = max(self.widest.get(place, 0), width)

    def _page(self) -> None:
        count = LEADING + len(self.plan.columns) + len(self.plan.extras) + self.is_amended
        widths: list[float] = [
            min(max(self.widest.get(place, 5) + 2, 8), 32) for place in range(count)
        ]
        widths[:LEADING] = [6, 8]
        self.sheet.widths(widths)
        self._note(widths)
        self._heights()
        keys = [self.plan.columns[name] for name in self.schema.key]
        worksheet = self.sheet.worksheet
        pages = ceil(sum(widths) / PAGE_WIDTH)
        self.sheet.finish(head=(MARK_ROW, HEAD_ROW), pages_wide=pages)
        if pages > 1:
            worksheet.repeat_columns(0, min(*keys, LEADING + 1))
        worksheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def _note(self, widths: Sequence[float]) -> None:
        """How to read the sheet, over the columns of its first page."""
        note = (
            f"{self.desk.department.name}记录 {len(self.ledger)} 条。灰底为{FIXED_WORD}列：修改不引起重算；"
            f"其余各列修改后，计入列和得分随之重算。计入列 1 为计入，0 为不计入，{OPEN}为不能确定。"
            f"{HOW_TO_READ if self.is_amended else ''}"
        )
        reach = list(accumulate(widths))
        last = max(sum(one <= PAGE_WIDTH for one in reach) - 1, 1)
        self.sheet.merged((1, 0, 1, last), note, "note")
        # Merged cells do not grow by themselves: the lines are counted over their whole width.
        lines = lines_needed(note, reach[last])
        self.sheet.worksheet.set_row(1, lines * ROW_POINTS + 4)

    def _heights(self) -> None:
        heads = [self.schema.title_of(name) for name in self.plan.columns]
        heads += [extra.heading for extra in self.plan.extras]
        self.sheet.height(HEAD_ROW, list(enumerate(heads, start=LEADING)), least=2)
        long = [name for name, place in self.plan.columns.items() if self.widest[place] > 30]
        texts = {
            self.plan.columns[name]: self.ledger.frame[name].fillna("").tolist() for name in long
        }
        if self.is_amended:
            last = LEADING + len(self.plan.columns) + len(self.plan.extras)
            texts[last] = [amended_text(self.schema, columns) for columns in self.amended]
        for row in range(len(self.ledger) if texts else 0):
            cells = [(place, str(own[row])) for place, own in texts.items()]
            self.sheet.height(FIRST_ROW + row, cells)
