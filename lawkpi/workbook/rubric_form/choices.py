"""The hidden sheet 选项: every list that cells are chosen from, and how drop-downs find theirs.

Each list is a row: its key, how long it is, its words. A list that is always the same is named by its range;
one that depends on another cell is looked up by its key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from lawkpi.workbook.book import Book
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.plan import CHOICES

MOST_LISTS = 5_000
"""How far down lists are looked up; there are far fewer."""
SEPARATOR = "|"
OF_RATE = "台账"
"""Behind a rate's title: the ledger that it counts."""
_SHEET = sheet_ref(CHOICES)
_KEYS, _COUNTS, _FIRSTS = (f"{_SHEET}${one}$1:${one}${MOST_LISTS}" for one in "ABC")


class Choices:
    """The lists of a form, each added once."""

    def __init__(self, around: Around) -> None:
        self.around = around
        self.lists: list[tuple[str, list[str]]] = []
        self._places: dict[tuple[str, ...], int] = {}
        self._add_ledgers()
        self._add_rates()

    def _add_ledgers(self) -> None:
        """The columns of each ledger by its title, the words of a column by both titles."""
        around = self.around
        for ledger, title in around.ledgers.pairs.items():
            columns = around.columns(ledger)
            self._add(title, columns.words if columns else [])
            for column, heading in columns.pairs.items() if columns else ():
                labels = around.labels(ledger, column)
                if labels is not None:
                    self._add(f"{title}{SEPARATOR}{heading}", labels.words)

    def _add_rates(self) -> None:
        """The switches of each rate by its title, the options of a switch by both titles."""
        around = self.around
        for rate, title in around.rate_names.pairs.items():
            ledger = around.rates.named(rate).ledger
            self._add(f"{title}{SEPARATOR}{OF_RATE}", [around.ledgers.word(ledger)])
            switches = around.switches(rate)
            self._add(title, switches.words if switches else [])
            for switch, heading in switches.pairs.items() if switches else ():
                options = around.options(rate, switch)
                self._add(f"{title}{SEPARATOR}{heading}", options.words if options else [])

    def _add(self, key: str, words: Sequence[str]) -> int:
        self.lists.append((key, list(words)))
        return len(self.lists)

    def always(self, words: Sequence[str]) -> str:
        """The range of a list that is always the same."""
        known = tuple(words)
        if known not in self._places:
            self._places[known] = self._add("", words)
        last = xl_rowcol_to_cell(self._places[known] - 1, len(known) + 1, True, True)
        return f"={_SHEET}$C${self._places[known]}:{last}"

    @staticmethod
    def keyed(key: str) -> str:
        """The range of the list whose key stands in a cell, or is put together from cells."""
        found = f"MATCH({key},{_KEYS},0)"
        return f"=OFFSET({_SHEET}$C$1,{found}-1,0,1,INDEX({_COUNTS},{found}))"

    @staticmethod
    def first(key: str) -> str:
        """A formula for the first word of the list with that key; empty where there is none."""
        return f'IFERROR(INDEX({_FIRSTS},MATCH({key},{_KEYS},0)),"")'

    def write(self, book: Book) -> None:
        """Write the sheet, after every list is known; nobody needs to see it."""
        sheet = book.sheet(CHOICES)
        for row, (key, words) in enumerate(self.lists):
            sheet.text(row, 0, key, "as_text")
            sheet.number(row, 1, len(words))
            sheet.row(row, words, "as_text", start=2)
        sheet.worksheet.hide()


def drop_down(source: str, *, strict: bool) -> dict[str, Any]:
    """A drop-down; `strict`: nothing else may stand in the cell."""
    return {
        "validate": "list",
        "source": source,
        "show_error": strict,
        "error_title": "不在可选的内容之内",
        "error_message": "请从下拉列表中选择。",
    }


def growing(sheet: str, column: str, first: int, last: int) -> str:
    """The filled part of a column of another sheet, however long it is."""
    block = f"{sheet_ref(sheet)}${column}${first}:${column}${last}"
    return f"=OFFSET({sheet_ref(sheet)}${column}${first},0,0,COUNTA({block}),1)"
