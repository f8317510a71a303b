"""The sheet 得分分布: how many departments of each group in every band of points, mean, median; all live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name

from lawkpi.params import points_text
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.rounding import half_up, half_up_formula, share, share_formula
from lawkpi.workbook.summary.board import Board
from lawkpi.workbook.summary.totals import TotalsTable

NAME = "得分分布"
HEAD = 3
STEPS = 20
"""A band is a twentieth of full points: five of a hundred."""
LOWEST = 12
"""Where the bands begin, in twentieths; whoever has less stands in one band."""
COUNT, MEAN, MOST, LEAST, MEDIAN = "单位数", "平均分", "最高分", "最低分", "中位数"


@dataclass(frozen=True)
class Distribution:
    """Where the chart finds its figures: the labels and the counts of everybody."""

    labels: str
    counts: str


@dataclass(frozen=True)
class _Column:
    """One group's column, or everybody's: where the totals stand, and what they are, in units."""

    title: str
    span: str
    units: Sequence[int]
    is_everybody: bool = False


def write_distribution(book: Book, board: Board, totals: TotalsTable) -> Distribution:
    """Counts by band, then mean, highest, lowest and median; where the counts stand."""
    sheet = book.sheet(NAME)
    columns = _columns(board, totals)
    _titles(sheet, board, [one.title for one in columns])
    lines = band_lines(board.rubric.full_points)
    row = HEAD + 1
    for place in range(len(lines) + 1):
        _band(sheet, row + place, (board, lines, place), columns)
    last = row + len(lines)
    _sums(sheet, last + 1, columns, len(lines) + 1)
    for place, column in enumerate(columns, start=1):
        _figures(sheet, (last + 3, place), board, column)
    sheet.finish(head=(HEAD, HEAD))
    here, letter = sheet_ref(NAME), xl_col_to_name(len(columns))
    return Distribution(
        f"={here}$A${row + 1}:$A${last + 1}", f"={here}${letter}${row + 1}:${letter}${last + 1}"
    )


def band_lines(full: Fraction) -> list[Fraction]:
    """The lower lines of the bands, the highest first; below the last one is a band of its own."""
    return [full * step / STEPS for step in range(STEPS, LOWEST - 1, -1)]


def band_title(lines: Sequence[Fraction], place: int) -> str:
    """A band in words; the lower line belongs to it."""
    if place == 0:
        return f"{points_text(lines[0])}分及以上"
    if place == len(lines):
        return f"{points_text(lines[-1])}分以下"
    return f"{points_text(lines[place])}（含）～{points_text(lines[place - 1])}分"


def _columns(board: Board, totals: TotalsTable) -> list[_Column]:
    units = {code: board.units(row["total"]) for code, row in board.totals.items()}
    titles = board.assessment.register.groups
    found = [
        _Column(titles[group], totals.span("total", group), [units[one.code] for one in own])
        for group, own in board.groups.items()
    ]
    return [*found, _Column("合计", totals.span("total"), list(units.values()), is_everybody=True)]


def _titles(sheet: Sheet, board: Board, titles: Sequence[str]) -> None:
    sheet.widths([20, *[13] * len(titles), 10])
    last = len(titles) + 1
    sheet.merged((0, 0, 0, last), f"{board.assessment.settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 36)
    about = "各栏由汇总表的总分计算；平均分和中位数四舍五入至得分的小数位数。"
    sheet.merged((1, 0, 1, last), about, "note")
    sheet.row(HEAD, ("分数段", *titles, "占比"), "head")
    sheet.worksheet.set_row(HEAD, 26)


def _band(
    sheet: Sheet,
    row: int,
    given: tuple[Board, Sequence[Fraction], int],
    columns: Sequence[_Column],
) -> None:
    board, lines, place = given
    sheet.text(row, 0, band_title(lines, place), "cell", "center")
    inside = [
        _inside([one / board.power for one in column.units], lines, place) for column in columns
    ]
    for at, (column, count) in enumerate(zip(columns[:-1], inside, strict=False), start=1):
        sheet.formula(row, at, _counted(column.span, lines, place), count, "cell", "whole")
    last = len(columns)
    groups = f"B{row + 1}:{xl_col_to_name(last - 1)}{row + 1}"
    sheet.formula(row, last, f"SUM({groups})", inside[-1], "cell", "whole", "strong")
    letter, everybody = xl_col_to_name(last), len(columns[-1].units)
    whole = f"{letter}${HEAD + len(lines) + 3}"
    formula = share_formula(f"{letter}{row + 1}", whole)
    sheet.formula(row, last + 1, formula, share(inside[-1], everybody), "cell", "percent")


def _counted(span: str, lines: Sequence[Fraction], place: int) -> str:
    """Everybody from the lower line on, less everybody from the upper line on."""
    if place == len(lines):
        return f'COUNTIF({span},"<{points_text(lines[-1])}")'
    reached = [f'COUNTIF({span},">={points_text(one)}")' for one in lines[: place + 1]]
    return reached[0] if place == 0 else f"{reached[place]}-{reached[place - 1]}"


def _inside(points: Sequence[float], lines: Sequence[Fraction], place: int) -> int:
    upper = float("inf") if place == 0 else float(lines[place - 1])
    lower = float("-inf") if place == len(lines) else float(lines[place])
    return sum(lower <= one < upper for one in points)


def _sums(sheet: Sheet, row: int, columns: Sequence[_Column], bands: int) -> None:
    sheet.text(row, 0, "合计", "cell", "total", "center")
    for place, column in enumerate(columns, start=1):
        letter = xl_col_to_name(place)
        formula = f"SUM({letter}{row + 1 - bands}:{letter}{row})"
        sheet.formula(row, place, formula, len(column.units), "cell", "total", "whole")
    sheet.blank(row, len(columns) + 1, "cell", "total")


def _figures(sheet: Sheet, at: tuple[int, int], board: Board, column: _Column) -> None:
    """Count, mean, highest, lowest and median of one column of totals."""
    row, place = at
    if place == 1:
        for below, title in enumerate((COUNT, MEAN, MOST, LEAST, MEDIAN)):
            sheet.text(row + below, 0, title, "cell", "center")
    span, power, units = column.span, board.power, column.units
    count = f"{xl_col_to_name(place)}{row + 1}"
    sheet.formula(row, place, f"COUNT({span})", len(units), "cell", "whole")
    figures = (
        (mean_formula(span, count, board), half_up(sum(units), len(units)) / power),
        (f"MAX({span})", max(units) / power),
        (f"MIN({span})", min(units) / power),
        (_median_formula(span, count, board), median_units(units) / power),
    )
    for below, (formula, stored) in enumerate(figures, start=1):
        sheet.formula(row + below, place, formula, stored, "cell", "points")


def mean_formula(span: str, count: str, board: Board) -> str:
    """The mean in whole numbers of the smallest step; `count` is the cell with the number of values."""
    summed = f"ROUND(SUM({span})*{board.power},0)"
    return f"{half_up_formula(summed, count, signed=board.is_signed)}/{board.power}"


def median_units(units: Sequence[int]) -> int:
    """The middle value, or the mean of both middle ones, halves up."""
    ordered = sorted(units)
    size = len(ordered)
    return half_up(ordered[(size - 1) // 2] + ordered[size // 2], 2)


def _median_formula(span: str, count: str, board: Board) -> str:
    middle = (f"SMALL({span},QUOTIENT({count}+{more},2))" for more in (1, 2))
    both = f"ROUND(({'+'.join(middle)})*{board.power},0)"
    return f"{half_up_formula(both, '2', signed=board.is_signed)}/{board.power}"
