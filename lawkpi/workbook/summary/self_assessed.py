"""The sheet 自评与考评差异表: each department's sums, then every item whose points differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lawkpi.ledger.departments import Department
from lawkpi.rubric.model import Item, Section
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.rounding import half_up, half_up_formula
from lawkpi.workbook.summary.board import Board, Score
from lawkpi.workbook.summary.matrix import MOST_LIVE

NAME = "自评与考评差异表"
SUMS = (
    "序号",
    "单位",
    "组别",
    "已报自评项数",
    "一致项数\n（值）",
    "差异项数\n（值）",
    "一致项分值\n（值）",
    "自评合计",
    "考评合计\n（折合原分值）",
    "差异\n（自评－考评）",
)
HEADINGS = (
    "序号",
    "单位",
    "一级指标",
    "二级指标",
    "原分值",
    "有效分值",
    "考评得分",
    "自评分",
    "考评得分\n（折合原分值）",
    "差异\n（自评－考评）",
)
WIDTHS = (6, 28, 22, 34, 10, 10, 11, 10, 15, 15)
HEAD = 3
EXPLAINED = (
    "自评按原分值打分；不适用指标的分值重新分配后有效分值不同的，考评得分先折合为原分值再比较。"
    "待核、不适用和未报自评的指标不比较。"
)


@dataclass(frozen=True)
class _Compared:
    """One item as a department and the assessors see it; everything but `own` in units."""

    section: Section
    item: Item
    score: Score
    declared: int
    folded: int
    own: Decimal

    def differs(self, board: Board) -> bool:
        """Whether both sides give other points."""
        return self.own.scaleb(board.places) != self.folded


@dataclass(frozen=True)
class _Line:
    """One department's compared items."""

    department: Department
    same: Sequence[_Compared]
    differing: Sequence[_Compared]


def write_differences(book: Book, board: Board) -> None:
    """Sums per department over the lines below them; live differences."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    last = len(HEADINGS) - 1
    sheet.merged((0, 0, 0, last), f"{board.assessment.settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 32)
    lines = _lines(board)
    count = sum(len(line.differing) for line in lines)
    is_live = 2 * count <= MOST_LIVE
    about = f"共{count}项有差异。{EXPLAINED}"
    about += "" if is_live else f"行数过多，各项的折合得分和差异为数值（{VALUE_WORD}）。"
    sheet.merged((1, 0, 1, last), about, "note")
    sheet.worksheet.set_row(1, 26)
    if count == 0:
        sheet.row(HEAD, HEADINGS, "head")
        text = "自评分与考评得分一致，或者未报自评" if board.items else "无"
        sheet.merged((HEAD + 1, 0, HEAD + 1, last), text, "cell", "center")
    else:
        _tables(sheet, board, lines, is_live=is_live)
    sheet.finish(head=None if count else (HEAD, HEAD))


def _lines(board: Board) -> list[_Line]:
    """The departments that gave points of their own, in printing order."""
    found = []
    for one in board.departments:
        compared = [
            _compared(board, one, section, item)
            for section, item in board.items
            if board.scores[one.code][item.id].is_number
            and board.scores[one.code][item.id].self_points is not None
        ]
        if compared:
            differing = [line for line in compared if line.differs(board)]
            same = [line for line in compared if not line.differs(board)]
            found.append(_Line(one, same, differing))
    return found


def _compared(board: Board, one: Department, section: Section, item: Item) -> _Compared:
    """The assessed points as of the full points declared for the group, half up."""
    score = board.scores[one.code][item.id]
    declared = int(item.full_for(one.group) * board.power)
    folded = half_up((score.points or 0) * declared, score.full)
    return _Compared(section, item, score, declared, folded, score.self_points or Decimal(0))


def _tables(sheet: Sheet, board: Board, lines: Sequence[_Line], *, is_live: bool) -> None:
    head = HEAD + len(lines) + 4
    first = head + 1
    sheet.text(HEAD - 1, 0, "一、单位合计", "heading")
    sheet.row(HEAD, SUMS, "head")
    sheet.worksheet.set_row(HEAD, 32)
    sheet.text(head - 1, 0, "二、有差异的指标", "heading")
    sheet.row(head, HEADINGS, "head")
    sheet.worksheet.set_row(head, 32)
    sheet.worksheet.repeat_rows(head)
    row = first
    for number, line in enumerate(lines, start=1):
        after = row + len(line.differing)
        _summed(sheet, (HEAD + number, number), (board, line), (row, after - 1))
        for place, compared in enumerate(line.differing, start=row):
            _differing(sheet, place, place - first + 1, (board, line.department, compared))
            _difference(sheet, place, (board, compared), is_live=is_live)
        row = after
    _everybody(sheet, HEAD + len(lines) + 1, board, lines)


def _summed(
    sheet: Sheet, at: tuple[int, int], given: tuple[Board, _Line], span: tuple[int, int]
) -> None:
    """A department's sums: the items in which both agree, and the lines from `span` below."""
    (row, number), (board, line), (first, last) = at, given, span
    one = line.department
    sheet.number(row, 0, number, "cell", "whole")
    sheet.row(row, (one.name, board.assessment.register.groups[one.group]), "cell", start=1)
    sheet.formula(
        row,
        3,
        f"E{row + 1}+F{row + 1}",
        len(line.same) + len(line.differing),
        "cell",
        "whole",
    )
    sheet.number(row, 4, len(line.same), "cell", "whole")
    sheet.number(row, 5, len(line.differing), "cell", "whole")
    same = sum(compared.folded for compared in line.same) / board.power
    sheet.number(row, 6, same, "cell", "points")
    own, folded = _sums(board, line)
    places = _places(board)
    for place, letter, stored in ((7, "H", own), (8, "I", folded)):
        added = f"+SUM({letter}{first + 1}:{letter}{last + 1})" if line.differing else ""
        formula = f"ROUND(G{row + 1}{added},{places})"
        sheet.formula(row, place, formula, float(stored), "cell", "points")
    formula = f"ROUND(H{row + 1}-I{row + 1},{places})"
    sheet.formula(row, 9, formula, float(own - folded), "cell", "points", "strong")
    sheet.height(row, [(1, one.name)])


def _sums(board: Board, line: _Line) -> tuple[Decimal, Decimal]:
    """Self-assessed and assessed points of all compared items."""
    same = Decimal(sum(one.folded for one in line.same)).scaleb(-board.places)
    own = sum((one.own for one in line.differing), same)
    return own, same + Decimal(sum(one.folded for one in line.differing)).scaleb(-board.places)


def _places(board: Board) -> int:
    """Decimals of a difference: those of the points, and at least the two of a self-assessment."""
    return max(board.places, 2)


def _everybody(sheet: Sheet, row: int, board: Board, lines: Sequence[_Line]) -> None:
    for place in range(len(SUMS)):
        sheet.blank(row, place, "cell", "total")
    sheet.merged((row, 0, row, 2), "合计", "cell", "total", "center")
    sums = [_sums(board, line) for line in lines]
    same = sum(len(line.same) for line in lines)
    differing = sum(len(line.differing) for line in lines)
    counts = zip("DEF", (same + differing, same, differing), strict=True)
    for place, (letter, count) in enumerate(counts, start=3):
        formula = f"SUM({letter}{HEAD + 2}:{letter}{row})"
        sheet.formula(row, place, formula, count, "cell", "total", "whole")
    agreed = sum(one.folded for line in lines for one in line.same)
    own, folded = (sum((pair[side] for pair in sums), Decimal(0)) for side in (0, 1))
    points = (Decimal(agreed).scaleb(-board.places), own, folded, own - folded)
    for place, (letter, stored) in enumerate(zip("GHIJ", points, strict=True), start=6):
        formula = f"ROUND(SUM({letter}{HEAD + 2}:{letter}{row}),{_places(board)})"
        sheet.formula(row, place, formula, float(stored), "cell", "total", "points")


def _differing(
    sheet: Sheet, row: int, number: int, given: tuple[Board, Department, _Compared]
) -> None:
    board, one, compared = given
    item = f"{compared.item.id} {compared.item.title}"
    sheet.number(row, 0, number, "cell", "whole")
    sheet.row(row, (one.name, compared.section.title, item), "cell", start=1)
    units = (compared.declared, compared.score.full, compared.score.points or 0)
    for place, figure in enumerate(units, start=4):
        sheet.number(row, place, figure / board.power, "cell", "points")
    sheet.number(row, 7, float(compared.own), "cell", "points")
    sheet.height(row, [(1, one.name), (2, compared.section.title), (3, item)])


def _difference(sheet: Sheet, row: int, given: tuple[Board, _Compared], *, is_live: bool) -> None:
    """The folded points in whole numbers, and the difference."""
    board, compared = given
    power, at = board.power, row + 1
    folded = compared.folded / power
    left = float(compared.own - Decimal(compared.folded).scaleb(-board.places))
    if not is_live:
        sheet.number(row, 8, folded, "cell", "points")
        sheet.number(row, 9, left, "cell", "points")
        return
    declared, full, points = (f"ROUND({letter}{at}*{power},0)" for letter in "EFG")
    top = f"{points}*{declared}"
    formula = f"{half_up_formula(top, full, signed=board.is_signed)}/{power}"
    sheet.formula(row, 8, formula, folded, "cell", "points")
    sheet.formula(row, 9, f"ROUND(H{at}-I{at},{_places(board)})", left, "cell", "points")
