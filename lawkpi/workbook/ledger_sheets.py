"""The ledger sheets: a department's own records, last days, states, and the 0/1 columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from lawkpi.ledger.derived_columns import CompareColumn
from lawkpi.ledger.schema import ORIGIN
from lawkpi.measure.words import code_label
from lawkpi.workbook.amended import ADDED, HEAD, HOW_TO_READ, amended_rows, amended_text
from lawkpi.workbook.book import Book, Sheet, Styles, serial
from lawkpi.workbook.derived import LawUsed, expected_texts, live_formula
from lawkpi.workbook.desk import FIRST_ROW, LEADING, Desk, Extra, LedgerSheet
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
        count = len(self.ledger)
        whole = [("cell", "whole")] * count
        self.sheet.column(FIRST_ROW, 0, range(1, count + 1), whole)
        self.sheet.column(FIRST_ROW, 1, self._origin(), whole)
        undecided = self.desk.undecided(self.ledger).tolist()
        for name in self.schema.columns:
            kind = self._kind(name)
            fixed, open_one = ("cell", kind, "fixed"), ("cell", kind, "open")
            is_dead = name in self.dead
            styles = [fixed if is_dead or unsure else open_one for unsure in undecided]
            self._cells(name, self._shown(name), self._marked(name, styles))

    def _origin(self) -> Sequence[Any]:
        """The row of each record in its file; an added record has none."""
        numbers = self.ledger.cells(ORIGIN[-1])
        if not self.is_amended:
            return numbers
        is_added = self.ledger.whole.ledger.is_added
        ids = self.ledger.cells(ORIGIN[0])
        return [ADDED if is_added(one) else row for one, row in zip(ids, numbers, strict=True)]

    def _marked(self, name: str, styles: Sequence[Styles]) -> Sequence[Styles]:
        """The styles of a column, with a mark on cells that are not as submitted."""
        if not self.is_amended:
            return styles
        cells = zip(styles, self.amended, strict=True)
        return [(*one, "amended") if name in amended else one for one, amended in cells]

    def _kind(self, name: str) -> str:
        return _KINDS.get(self.types[name], "cell")

    def _cells(self, name: str, shown: Sequence[Any], styles: Sequence[Styles]) -> None:
        """One column's cells: real dates, real numbers, labels, names; text only as text."""
        place = self.plan.columns[name]
        self._widen(place, max((_width(one) for one in set(shown)), default=0))
        self.sheet.column(FIRST_ROW, place, shown, styles)

    def _shown(self, name: str) -> Sequence[Any]:
        """A column as its readers know it."""
        kind, cells = self.types[name], self.ledger.cells(name)
        if kind in ("date", "integer", "number"):
            return cells
        words: dict[Any, Any] = {None: None}
        for code in set(cells) - {None}:
            is_name = kind == "department"
            words[code] = (
                self.desk.names.get(code, code) if is_name else code_label(self.schema, name, code)
            )
        return [words[one] for one in cells]

    def _derived(self, name: str) -> None:
        formula, shown = self._live(name), self._shown(name)
        if formula is None:
            self._cells(name, shown, [("cell", self._kind(name), "fixed")] * len(shown))
            return
        unknown = self.ledger.unknown_in(name).tolist()
        agrees = self._agrees(name, shown)
        place, kind = self.plan.columns[name], _KINDS.get(self.types[name], "center")
        self._widen(place, max([10, *(_width(one) for one in set(shown))]))
        fixed = [unsure or not same for unsure, same in zip(unknown, agrees, strict=True)]
        styles = ("cell", self._kind(name), "fixed")
        live = self._fixed(place, shown, fixed, lambda _: styles)
        cells = {row: _stored(one) for row, one in live.items()}
        self.sheet.repeated(place, formula, cells, "cell", "center", kind)

    def _fixed(
        self,
        place: int,
        cells: Sequence[Any],
        fixed: Sequence[bool],
        styles: Callable[[Any], Styles],
    ) -> dict[int, Any]:
        """Write the cells of a column that stay values; the others, by their row on the sheet."""
        live = {}
        for row, (one, is_fixed) in enumerate(zip(cells, fixed, strict=True), start=FIRST_ROW):
            if is_fixed:
                self.sheet.column(row, place, [one], [styles(one)])
            else:
                live[row] = one
        return live

    def _agrees(self, name: str, shown: Sequence[Any]) -> Sequence[bool]:
        """Whether a live state would say what the engine says, row by row."""
        if not isinstance(self.schema.derived[name], CompareColumn):
            return [True] * len(shown)
        expected = expected_texts(self.ledger, name, self.desk.assessment.settings.as_of)
        return [one == other for one, other in zip(shown, expected, strict=True)]

    def _extra(self, place: int, extra: Extra) -> None:
        self._widen(place, 6)
        formula = extra.formula if self.plan.is_live else None
        fixed = [formula is None] * len(extra.stored)
        if formula is not None and extra.fixed is not None:
            fixed = extra.fixed.tolist()
        live = self._fixed(place, extra.stored, fixed, _value_styles)
        if formula is not None:
            self.sheet.repeated(place, formula, live, "cell", "whole")

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
        texts = {self.plan.columns[name]: self.ledger.cells(name) for name in long}
        if self.is_amended:
            last = LEADING + len(self.plan.columns) + len(self.plan.extras)
            texts[last] = [amended_text(self.schema, columns) for columns in self.amended]
        for row in range(len(self.ledger) if texts else 0):
            cells = [(place, own[row] or "") for place, own in texts.items()]
            self.sheet.height(FIRST_ROW + row, cells)


def _width(shown: Any) -> int:
    """A cell's width in Latin characters."""
    if isinstance(shown, str):
        return display_width(shown)
    return 10 if isinstance(shown, dt.date) else 0 if shown is None else len(f"{shown:g}")


def _value_styles(stored: Any) -> Styles:
    return ("cell", "center" if isinstance(stored, str) else "whole", "fixed")


def _stored(shown: Any) -> Any:
    """A cell as a formula's stored value."""
    return serial(shown) if isinstance(shown, dt.date) else "" if shown is None else shown
