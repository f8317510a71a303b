"""The sheet 指标矩阵: departments by items in three blocks: points, effective full points, shares.

Every other sheet adds up the first block. Bonus and malus items stand at its right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from lawkpi.ledger.departments import Department
from lawkpi.rubric.model import Item, Section
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.rounding import SHARE_PARTS
from lawkpi.workbook.summary.board import Board, Score

NAME = "指标矩阵"
HEAD = 3
WIDTHS = (7, 26, 11)
ITEM_WIDTH = 8
LEADING = len(WIDTHS)
PAGE_WIDTH = 260
"""Characters that a page across still shows legibly."""
MOST_LIVE = 50_000
"""More formulas than this on a sheet are too many for some programs: they are written as values."""
BLOCKS = ("考评得分", "有效分值（不适用指标的分值重新分配之后）", "得分率（得分÷有效分值，不进位）")
COLOURS = {
    "type": "2_color_scale",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
    "min_color": "#E8853B",
    "max_color": "#FFFFFF",
}


@dataclass(frozen=True)
class Matrix:
    """Where the matrix holds what.

    Attributes
    ----------
    rows : department code to its row of points, from 0
    columns : item id to its column
    block : rows from one block to the next
    is_live : whether shares are formulas
    """

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    block: int
    is_live: bool

    def span(self, code: str, section: Section) -> str:
        """A department's points of a section, from any sheet."""
        first, last = (xl_col_to_name(self.columns[section.items[end].id]) for end in (0, -1))
        row = self.rows[code] + 1
        return f"{sheet_ref(NAME)}${first}${row}:${last}${row}"

    def column(self, item: Item, block: int = 0) -> str:
        """An item's column of a block, from any sheet."""
        letter = xl_col_to_name(self.columns[item.id])
        rows = self.rows.values()
        first, last = (end + 1 + block * self.block for end in (min(rows), max(rows)))
        return f"{sheet_ref(NAME)}${letter}${first}:${letter}${last}"


def write_matrix(book: Book, board: Board) -> Matrix:
    """Every department's points of every item, full points and shares; where they stand."""
    sheet = book.sheet(NAME, landscape=True)
    matrix = _places(board)
    _titles(sheet, board, matrix)
    _head(sheet, board)
    for block, title in enumerate(BLOCKS):
        first = HEAD + 1 + block * matrix.block
        width = len(matrix.columns) if block == 0 else len(board.items)
        sheet.merged((first, 0, first, LEADING + width - 1), title, "cell", "total", "left")
        for one in board.departments:
            named = (one.code, one.name, board.assessment.register.groups[one.group])
            sheet.row(first + 1 + matrix.rows[one.code] - HEAD - 2, named, "cell")
    for one in board.departments:
        _line(sheet, board, matrix, one)
    _colours(sheet, board, matrix)
    sheet.finish(head=(HEAD - 1, HEAD), pages_wide=_pages(matrix), fixed=LEADING)
    return matrix


def _places(board: Board) -> Matrix:
    items = [item for _, item in board.items]
    items += [item for section in board.outside for item in section.items]
    rows = {one.code: HEAD + 2 + place for place, one in enumerate(board.departments)}
    return Matrix(
        rows=rows,
        columns={item.id: LEADING + place for place, item in enumerate(items)},
        block=len(rows) + 1,
        is_live=len(rows) * len(board.items) <= MOST_LIVE,
    )


def _pages(matrix: Matrix) -> int:
    """Pages side by side."""
    return -(-(sum(WIDTHS) + ITEM_WIDTH * len(matrix.columns)) // PAGE_WIDTH)


def _titles(sheet: Sheet, board: Board, matrix: Matrix) -> None:
    count = len(matrix.columns)
    sheet.widths([*WIDTHS, *[ITEM_WIDTH] * count])
    across = LEADING + count // _pages(matrix)
    title = f"{board.assessment.settings.title}{NAME}"
    sheet.merged((0, 0, 0, max(across - 1, LEADING)), title, "title")
    sheet.worksheet.set_row(0, 32)
    about = "得分为数值（值），汇总表由此相加；得分率颜色越深越低；不适用、未报送、待核以文字列示。"
    sheet.text(1, 0, about if matrix.is_live else f"{about}得分率为数值（{VALUE_WORD}）。", "small")


def _head(sheet: Sheet, board: Board) -> None:
    for place, text in enumerate(("代码", "单位", "组别")):
        sheet.merged((HEAD - 1, place, HEAD, place), text, "head")
    place = LEADING
    for section in (*board.rubric.base_sections, *board.outside):
        last = place + len(section.items) - 1
        sheet.merged((HEAD - 1, place, HEAD - 1, last), section.title, "head", "small")
        for item in section.items:
            worth = f"\n（{float(item.full_points):g}分）" if item.full_points else ""
            sheet.text(HEAD, place, f"{item.id}\n{item.title}{worth}", "head", "small")
            place += 1
    sheet.worksheet.set_row(HEAD - 1, 26)
    sheet.worksheet.set_row(HEAD, 92)


def _line(sheet: Sheet, board: Board, matrix: Matrix, one: Department) -> None:
    """One department in all three blocks."""
    own, row = board.scores[one.code], matrix.rows[one.code]
    for place, (_, item) in enumerate(board.items, start=LEADING):
        score = own[item.id]
        if score.is_number:
            sheet.number(row, place, (score.points or 0) / board.power, "cell", "points")
            sheet.number(row + matrix.block, place, score.full / board.power, "cell", "points")
            _share(sheet, (row, place), (board, matrix, score))
        else:
            for block in range(len(BLOCKS)):
                at = row + block * matrix.block
                sheet.text(at, place, score.label, "cell", "center", "small")
    _outside(sheet, row, LEADING + len(board.items), _adjusted(board, one.code))


def _adjusted(board: Board, code: str) -> Sequence[float]:
    items = [item for section in board.outside for item in section.items]
    return [board.adjusted.get((code, item.id), 0) / board.power for item in items]


def _outside(sheet: Sheet, row: int, first: int, amounts: Sequence[float]) -> None:
    for place, amount in enumerate(amounts, start=first):
        sheet.number(row, place, amount, "cell", "points")


def _share(sheet: Sheet, at: tuple[int, int], given: tuple[Board, Matrix, Score]) -> None:
    """Cut off, so that only who lost nothing has 100 per cent."""
    (row, column), (board, matrix, score) = at, given
    below = row + 2 * matrix.block
    points = score.points or 0
    parts = abs(points) * SHARE_PARTS // score.full
    stored = (-parts if points < 0 else parts) / SHARE_PARTS
    if not matrix.is_live:
        sheet.number(below, column, stored, "cell", "percent")
        return
    letter, power = xl_col_to_name(column), board.power
    top = f"ROUND({letter}{row + 1}*{power},0)"
    bottom = f"ROUND({letter}{row + matrix.block + 1}*{power},0)"
    formula = f"QUOTIENT({SHARE_PARTS}*{top},{bottom})/{SHARE_PARTS}"
    sheet.formula(below, column, formula, stored, "cell", "percent")


def _colours(sheet: Sheet, board: Board, matrix: Matrix) -> None:
    """The lower the share, the darker; the same scale for every item."""
    if not board.items:
        return
    first = HEAD + 2 + 2 * matrix.block
    last = first + len(matrix.rows) - 1
    sheet.worksheet.conditional_format(
        first, LEADING, last, LEADING + len(board.items) - 1, COLOURS
    )
