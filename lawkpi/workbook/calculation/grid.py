"""The grid: cells planned by row and column name, each a text, a number, or a tree with its number.

Nothing is written until everything is known: what turns out not to be live is planned again as a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawkpi.rubric.expression import Const, Expression
from lawkpi.workbook.book import Sheet
from lawkpi.workbook.formula import column_name, sheet_ref, tree_formula
from lawkpi.workbook.sources import Piece
from lawkpi.workbook.whole import computed
from lawkpi.workbook.worksheet import Stored


@dataclass(frozen=True)
class Column:
    """A column of a table of figures: its name here, its heading, its width."""

    key: str
    heading: str
    width: float


@dataclass(frozen=True)
class Cell:
    """Where a whole number stands, and the number."""

    sheet: str
    row: int
    column: int
    value: int

    @property
    def here(self) -> str:
        """As a formula on the same sheet names it."""
        return f"{column_name(self.column)}{self.row + 1}"

    @property
    def elsewhere(self) -> str:
        """As a formula on another sheet names it."""
        return f"{sheet_ref(self.sheet)}${column_name(self.column)}${self.row + 1}"


Cells = Mapping[str, Cell]


@dataclass(frozen=True)
class Entry:
    """What a cell will hold: a formula with its stored value, or the value alone."""

    stored: Stored
    formula: str | None = None
    styles: tuple[str, ...] = ()


@dataclass
class Grid:
    """The cells of one sheet while they are planned."""

    sheet: str
    columns: Sequence[Column]
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {column.key: place for place, column in enumerate(self.columns)}

    def tree(self, row: int, key: str, tree: Expression, cells: Cells) -> Cell:
        """A tree over other cells, as a formula with the number that it comes to; a constant as itself.

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        if isinstance(tree, Const):
            return self._entered(row, key, Entry(tree.value, None, ("cell", "whole")))
        value = computed(tree, {name: cell.value for name, cell in cells.items()})
        names = {name: self.named(cell) for name, cell in cells.items()}
        return self._put(row, key, value, tree_formula(tree, names), "whole")

    def piece(self, row: int, key: str, piece: Piece) -> Cell:
        """A number from the ledger sheets."""
        return self._put(row, key, piece.value, piece.formula, "whole")

    def number(self, row: int, key: str, value: int) -> Cell:
        """A whole number as a value."""
        return self._put(row, key, value, None, "whole")

    def formula(self, row: int, key: str, formula: str, stored: Stored, *styles: str) -> None:
        """A formula that is no tree of whole numbers."""
        self.entries[row, self.places[key]] = Entry(stored, formula, ("cell", *styles))

    def value(self, row: int, key: str, stored: Stored, *styles: str) -> None:
        """A value that no formula gives, shaded as such."""
        self.entries[row, self.places[key]] = Entry(stored, None, ("cell", *styles, "fixed"))

    def text(self, row: int, key: str, text: str, *styles: str) -> None:
        """A text."""
        self.entries[row, self.places[key]] = Entry(text, None, ("cell", *styles))

    def cleared(self, rows: Sequence[int], keys: Sequence[str]) -> None:
        """Take planned cells back."""
        for row in rows:
            for key in keys:
                if key in self.places:
                    self.entries.pop((row, self.places[key]), None)

    def _put(self, row: int, key: str, value: int, formula: str | None, *styles: str) -> Cell:
        shaded = ("cell", *styles) if formula is not None else ("cell", *styles, "fixed")
        return self._entered(row, key, Entry(value, formula, shaded))

    def _entered(self, row: int, key: str, entry: Entry) -> Cell:
        place = self.places[key]
        self.entries[row, place] = entry
        return Cell(self.sheet, row, place, int(entry.stored))

    def named(self, cell: Cell) -> str:
        """A cell as a formula on this sheet names it."""
        return cell.here if cell.sheet == self.sheet else cell.elsewhere

    def span(self, key: str, first: int, last: int) -> str:
        """Some rows of a column."""
        letters = column_name(self.places[key])
        return f"{letters}{first + 1}:{letters}{last + 1}"

    def at(self, row: int, key: str) -> str:
        """A cell by its row and column name."""
        return f"{column_name(self.places[key])}{row + 1}"

    def write(self, sheet: Sheet) -> None:
        """Write every planned cell."""
        for (row, column), entry in sorted(self.entries.items()):
            if entry.formula is not None:
                sheet.formula(row, column, entry.formula, entry.stored, *entry.styles)
            elif isinstance(entry.stored, str):
                sheet.text(row, column, entry.stored, *entry.styles)
            else:
                sheet.number(row, column, entry.stored, *entry.styles)
