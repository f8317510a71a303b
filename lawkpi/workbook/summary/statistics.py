"""The sheet 统计: per item the mean, the lowest, how many lost, how much, and who; live from the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from lawkpi.rubric.model import Item, Section
from lawkpi.scoring import ItemState
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.rounding import SHARE_PARTS, half_up, half_up_formula
from lawkpi.workbook.summary.board import Board, Score
from lawkpi.workbook.summary.distribution import mean_formula
from lawkpi.workbook.summary.matrix import Matrix

NAME = "统计"
HEADINGS = (
    "一级指标",
    "二级指标",
    "分值",
    "计分单位数",
    "平均分",
    "得分率",
    "最低分",
    "得分率最低单位（值）",
    "扣分单位数",
    "扣分合计",
    "扣分单位（值）",
    "不适用",
    "待核",
    "未报送\n（值）",
)
WIDTHS = (22, 34, 8, 9, 9, 9, 9, 26, 9, 9, 30, 8, 8, 9)
SCORED, MEAN, SHARE, LOWEST, WHO_LOWEST, LOSERS, LOST, WHO_LOST, STATES = range(3, 12)
HEAD = 3
MOST_NAMED = 3
NOBODY = "—"


@dataclass(frozen=True)
class _Line:
    """One item's scores, by department in printing order."""

    section: Section
    item: Item
    scores: dict[str, Score]

    @cached_property
    def counted(self) -> dict[str, Score]:
        """Those whose points the matrix shows."""
        return {code: one for code, one in self.scores.items() if one.is_number}

    @cached_property
    def units(self) -> dict[str, int]:
        """Their points in units."""
        return {code: one.points or 0 for code, one in self.counted.items()}

    @cached_property
    def losses(self) -> dict[str, int]:
        """Who lost how many units, the most first."""
        lost = {code: one.full - (one.points or 0) for code, one in self.counted.items()}
        found = {code: units for code, units in lost.items() if units > 0}
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def write_statistics(book: Book, board: Board, matrix: Matrix) -> None:
    """One line per base item, then sums."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    last = len(HEADINGS) - 1
    sheet.merged((0, 0, 0, last), f"{board.assessment.settings.title}指标统计", "title")
    sheet.worksheet.set_row(0, 32)
    about = (
        "各栏由指标矩阵计算；平均分为计分单位得分的算术平均数，四舍五入至得分的小数位数，不适用指标的分值重新分配后可高于原分值；"
        "得分率为得分合计÷有效分值合计；扣分合计等于各单位扣分清单之和；"
        f"扣分单位按扣分从多到少列示，超过{MOST_NAMED}个的只列总数；标“（{VALUE_WORD}）”的为数值。"
    )
    sheet.merged((1, 0, 1, last), about, "note")
    sheet.worksheet.set_row(1, 26)
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 32)
    lines = [
        _Line(
            section, item, {one.code: board.scores[one.code][item.id] for one in board.departments}
        )
        for section, item in board.items
    ]
    for row, line in enumerate(lines, start=HEAD + 1):
        _item(sheet, row, (board, matrix), line)
    _sums(sheet, board, lines)
    sheet.finish(head=(HEAD, HEAD), fixed=2)


def _item(sheet: Sheet, row: int, given: tuple[Board, Matrix], line: _Line) -> None:
    board, matrix = given
    section, item = line.section, line.item
    sheet.row(row, (section.title, f"{item.id} {item.title}"), "cell")
    sheet.number(row, 2, float(item.full_points or 0), "cell", "points")
    span = matrix.column(item)
    sheet.formula(row, SCORED, f"COUNT({span})", len(line.units), "cell", "whole")
    _middle(sheet, row, given, line)
    _losses(sheet, row, given, line)
    for place, state in enumerate((ItemState.NOT_APPLICABLE, ItemState.PENDING), start=STATES):
        shown = sum(not one.is_number and one.label == state.label for one in line.scores.values())
        formula = f'COUNTIF({span},"{state.label}")'
        sheet.formula(row, place, formula, shown, "cell", "whole")
    unreported = sum(one.state == ItemState.NOT_REPORTED for one in line.scores.values())
    sheet.number(row, STATES + 2, unreported, "cell", "whole")
    who = board.names(_lowest(line), MOST_NAMED), board.names(list(line.losses), MOST_NAMED)
    for place, text in zip((WHO_LOWEST, WHO_LOST), who, strict=True):
        sheet.text(row, place, text, "cell")
    texts = [(0, section.title), (1, f"{item.id} {item.title}")]
    sheet.height(row, [*texts, (WHO_LOWEST, who[0]), (WHO_LOST, who[1])])


def _lowest(line: _Line) -> list[str]:
    """The departments with the lowest share of their full points; nobody where nobody lost.

    Points alone would name those whose full points are fewer after redistribution.
    """
    lost = {code: Fraction(units, line.scores[code].full) for code, units in line.losses.items()}
    most = max(lost.values(), default=Fraction(0))
    return [code for code in line.counted if lost.get(code) == most]


def _middle(sheet: Sheet, row: int, given: tuple[Board, Matrix], line: _Line) -> None:
    """Mean, share and lowest; a dash where nobody is scored."""
    (board, matrix), units = given, list(line.units.values())
    span, count = matrix.column(line.item), f"D{row + 1}"
    stored: tuple[float | str, ...] = (NOBODY,) * 3
    if units:
        mean, least = half_up(sum(units), len(units)) / board.power, min(units) / board.power
        stored = (mean, _share(line), least)
    power = board.power
    sums = [f"ROUND(SUM({matrix.column(line.item, block)})*{power},0)" for block in (0, 1)]
    shared = half_up_formula(f"{SHARE_PARTS}*{sums[0]}", sums[1], signed=board.is_signed)
    formulas = (mean_formula(span, count, board), f"{shared}/{SHARE_PARTS}", f"MIN({span})")
    for place, (formula, shown) in enumerate(zip(formulas, stored, strict=True), start=MEAN):
        style = "percent" if place == SHARE else "points"
        sheet.formula(row, place, f'IF({count}=0,"{NOBODY}",{formula})', shown, "cell", style)


def _share(line: _Line) -> float:
    """Points over full points of everybody, to a tenth of a per cent."""
    full = sum(one.full for one in line.counted.values())
    return half_up(SHARE_PARTS * sum(line.units.values()), full) / SHARE_PARTS


def _losses(sheet: Sheet, row: int, given: tuple[Board, Matrix], line: _Line) -> None:
    """How many lost, and how much; full points and points stand for the same departments."""
    board, matrix = given
    lost = line.losses
    if matrix.is_live:
        counted = f'COUNTIF({matrix.column(line.item, 2)},"<1")'
        sheet.formula(row, LOSERS, counted, len(lost), "cell", "whole")
    else:
        sheet.number(row, LOSERS, len(lost), "cell", "whole", "fixed")
    full, points = (matrix.column(line.item, block) for block in (1, 0))
    formula = f"ROUND(SUM({full})-SUM({points}),{board.places})"
    sheet.formula(row, LOST, formula, sum(lost.values()) / board.power, "cell", "points")


def _sums(sheet: Sheet, board: Board, lines: Sequence[_Line]) -> None:
    """Below everything: full points, losses, and what was not scored."""
    if not lines:
        return
    row = HEAD + 1 + len(lines)
    for place in range(len(HEADINGS)):
        sheet.blank(row, place, "cell", "total")
    sheet.merged((row, 0, row, 1), "合计", "cell", "total", "center")
    span = f"{{0}}{HEAD + 2}:{{0}}{row}"
    lost = sum(sum(line.losses.values()) for line in lines) / board.power
    summed = f"ROUND(SUM({span.format('J')}),{board.places})"
    sheet.formula(row, LOST, summed, lost, "cell", "total", "points")
    states = [one for line in lines for one in line.scores.values()]
    shown = [
        sum(not one.is_number and one.label == state.label for one in states)
        for state in (ItemState.NOT_APPLICABLE, ItemState.PENDING)
    ]
    shown.append(sum(one.state == ItemState.NOT_REPORTED for one in states))
    for place, (letter, count) in enumerate(zip("LMN", shown, strict=True), start=STATES):
        formula = f"SUM({span.format(letter)})"
        sheet.formula(row, place, formula, count, "cell", "total", "whole")
