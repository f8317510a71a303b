"""A sheet of the form drawn: head, rows, room for more, the drop-downs and shades of its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from lawkpi.workbook.book import Block, Book, Sheet
from lawkpi.workbook.look import display_width
from lawkpi.workbook.rubric_form.cell import Cell, Row
from lawkpi.workbook.rubric_form.kinds import (
    Amount,
    Choice,
    Day,
    Either,
    Pairs,
    References,
    Share,
    Threshold,
    Whole,
)
from lawkpi.workbook.rubric_form.plan import (
    FIRST_ROW,
    GROUP,
    GROUP_JOIN,
    ITEM,
    JOIN,
    NUMBER,
    PLACE,
    RULE,
    SIDE,
    SLOT,
    UPPER,
    WORD,
    Column,
    letters_of,
)

HEAD = FIRST_ROW - 2
"""The row of the headings, from 0."""
HELPER = "（辅助"
"""How the headings of hidden columns begin; they are not read."""
MOST_PROMPT = 255
MOST_PROMPT_TITLE = 32
TITLE_WIDTH = 120.0
"""Over how many characters the title of a sheet of several pages is centred, at most."""
CENTRED = (ITEM, RULE, SIDE, SLOT, PLACE, UPPER, JOIN, GROUP, GROUP_JOIN, WORD, NUMBER)
PAGE_WIDTH = 195.0
"""How many characters stand side by side on a page of A4, at the smallest size that reads well."""
_NARROW = (Amount, Share, Threshold, Whole)
_WIDE = (Pairs, References)
Live = Callable[[int], tuple[str, Any]]
"""A formula for an Excel row, and its stored value."""


@dataclass(frozen=True)
class Lines:
    """The columns and rows of one sheet, and how it looks.

    `widths` by heading; `styles` beside those of a column's kind; `live` are formulas by heading, those of
    hidden helpers too; `room`: so many blank rows behind the last one.
    """

    name: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    room: int
    widths: Mapping[str, float] = field(default_factory=dict)
    live: Mapping[str, Live] = field(default_factory=dict)
    helpers: tuple[str, ...] = ()
    pages_wide: int = 1
    fixed: int = 0
    folded: bool = False

    @property
    def letters(self) -> dict[str, str]:
        """The letters of every column, helpers behind the others."""
        return letters_of([*self.columns, *(Column(one) for one in self.helpers)])

    @property
    def last(self) -> int:
        """The last Excel row that is prepared."""
        return FIRST_ROW + len(self.rows) + self.room - 1

    def at(self, heading: str, row: int = FIRST_ROW) -> str:
        """A column's cell in an Excel row, the column fixed."""
        return f"${self.letters[heading]}{row}"

    def range(self, heading: str) -> str:
        """A column's prepared cells."""
        letters = self.letters[heading]
        return f"${letters}${FIRST_ROW}:${letters}${self.last}"

    def block(self, heading: str) -> Block:
        """A column's prepared cells, counted from 0."""
        place = list(self.letters).index(heading)
        return FIRST_ROW - 1, place, self.last - 1, place

    @property
    def unused(self) -> list[int]:
        """Columns of alternatives that no row of the sheet uses."""
        return [
            place
            for place, one in enumerate(self.columns)
            if one.leaves
            and not any(leaf.required for leaf in one.leaves if leaf.choice is None)
            and all(row.cell(one.heading).is_blank for row in self.rows)
        ]


def drawn(book: Book, lines: Lines) -> Sheet:
    """The sheet with its head, its rows and the blank ones."""
    sheet = book.sheet(lines.name, landscape=True)
    widths = [lines.widths.get(one.heading, width_of(one)) for one in lines.columns]
    sheet.widths([*widths, *(8.0 for _ in lines.helpers)])
    away = set(lines.unused) if lines.folded else set()
    shown = [0.0 if at in away else one for at, one in enumerate(widths)]
    lines = replace(lines, pages_wide=max(1, ceil(sum(shown) / PAGE_WIDTH)))
    _head(sheet, lines, shown)
    for number in range(FIRST_ROW, lines.last + 1):
        at = number - FIRST_ROW
        row = lines.rows[at] if at < len(lines.rows) else Row(lines.name, number, {})
        _line(sheet, lines, row, away)
    finish(sheet, lines)
    sheet.fold_columns(sorted(away))
    _hide_helpers(sheet, lines)
    return sheet


def finish(sheet: Sheet, lines: Lines) -> None:
    """What is printed: the rows in use."""
    sheet.finish(head=(HEAD - 1, HEAD), pages_wide=lines.pages_wide, fixed=lines.fixed)
    last = FIRST_ROW - 2 + max(len(lines.rows), 1)
    sheet.worksheet.print_area(0, 0, last, len(lines.columns) - 1)
    sheet.worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _head(sheet: Sheet, lines: Lines, widths: Sequence[float]) -> None:
    first = lines.fixed if lines.pages_wide > 1 else 0
    most = TITLE_WIDTH if lines.pages_wide > 1 else sum(widths)
    last, width = first, widths[first]
    while last < len(widths) - 1 and width + widths[last + 1] <= most:
        last += 1
        width += widths[last]
    sheet.merged((0, first, 0, last), lines.title, "title")
    sheet.worksheet.set_row(0, 32)
    sheet.merged((1, first, 1, last), lines.note, "note")
    sheet.worksheet.set_row(1, 28)
    _bands(sheet, lines)
    headings = [one.heading for one in lines.columns]
    sheet.row(HEAD, headings, "head")
    shown = [(at, text) for at, text in enumerate(headings) if widths[at]]
    sheet.height(HEAD, shown, least=2)
    for place, helper in enumerate(lines.helpers, len(headings)):
        sheet.text(HEAD, place, helper, "small")


def _bands(sheet: Sheet, lines: Lines) -> None:
    """Which choice the columns below belong to, where a sheet has choices."""
    bands = [one.band for one in lines.columns]
    if not any(bands):
        sheet.worksheet.set_row(HEAD - 1, 6)
        return
    for place, band in enumerate(bands):
        is_first = place == 0 or bands[place - 1] != band
        if band:
            sheet.text(HEAD - 1, place, band if is_first else "", "band")


def _line(sheet: Sheet, lines: Lines, row: Row, away: set[int]) -> None:
    at, texts = row.number - 1, []
    for place, column in enumerate(lines.columns):
        live = lines.live.get(column.heading)
        if live is not None:
            formula, stored = live(row.number)
            sheet.formula(at, place, formula, stored, "cell", "fixed", *_alignment(column))
            texts.append((place, str(stored)))
        else:
            put(sheet, (at, place), row.cell(column.heading), column)
            if place not in away:
                texts.append((place, row.cell(column.heading).found))
    for place, helper in enumerate(lines.helpers, len(lines.columns)):
        formula, stored = lines.live[helper](row.number)
        sheet.formula(at, place, formula, stored)
    sheet.height(at, texts)


def put(sheet: Sheet, place: tuple[int, int], cell: Cell, column: Column) -> None:
    """One cell: a text as text, a number as a number, a day as a day."""
    styles = ["cell", *_styles(column)]
    value = cell.value
    if value is None or value == "":
        sheet.blank(*place, *styles)
    elif isinstance(value, str | bool):
        sheet.text(*place, str(value), *styles, "as_text", *_alignment(column))
    elif isinstance(value, dt.date):
        sheet.day(*place, value, "cell", "day")
    elif cell.is_percent:
        sheet.number(*place, value, "cell", share_style(value))
    else:
        sheet.number(*place, value, "cell", "center")


def _alignment(column: Column) -> list[str]:
    """Numbers of records and words of choices are centred, other texts begin at the left."""
    is_choice = column.box is not None or any(isinstance(one.kind, Choice) for one in column.leaves)
    is_number = column.heading in CENTRED or any(one.path == ("id",) for one in column.leaves)
    return ["center"] if is_choice or is_number else []


def share_style(value: float) -> str:
    """The number format that shows a share with all its decimals, up to two."""
    places = next((one for one in (0, 1) if round(value, one + 2) == value), 2)
    return f"share_{places}"


def _styles(column: Column) -> list[str]:
    if column.is_made:
        return ["fixed"]
    kinds = [one.kind for one in column.leaves]
    if kinds and all(isinstance(one, Share) for one in kinds):
        return ["share_2"]
    if any(isinstance(one, Day) for one in kinds):
        return ["day"]
    if any(isinstance(one, (*_NARROW, Either)) for one in kinds):
        return ["center"]
    return ["as_text"]


def width_of(column: Column) -> float:
    """How wide a column is that the sheet says nothing of: by what stands in it."""
    kinds = [one.kind for one in column.leaves]
    words = [word for one in kinds for word in one.choices]
    if any(isinstance(one, _WIDE) for one in kinds):
        return 26.0
    if kinds and all(isinstance(one, (*_NARROW, Either)) for one in kinds):
        return 9.5
    if any(isinstance(one, Day) for one in kinds):
        return 11.5
    if words:
        return min(max(10.0, max(map(display_width, words)) + 2.0), 18.0)
    return 14.0


def _hide_helpers(sheet: Sheet, lines: Lines) -> None:
    first = len(lines.columns)
    if lines.helpers:
        last = first + len(lines.helpers) - 1
        sheet.worksheet.set_column(first, last, 8, None, {"hidden": True})


def prompt(heading: str, text: str) -> dict[str, Any]:
    """What is said when a cell is chosen."""
    title = heading if len(heading) <= MOST_PROMPT_TITLE else heading[: MOST_PROMPT_TITLE - 1] + "…"
    said = text if len(text) <= MOST_PROMPT else text[: MOST_PROMPT - 1] + "…"
    return {"input_title": title, "input_message": said}
