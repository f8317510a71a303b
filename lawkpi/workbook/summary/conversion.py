"""The sheet 折算报送表: the figure for the overall performance assessment, live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawkpi.params import points_text
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.scorecard import pending_text
from lawkpi.workbook.signature import OFFICE_SIGNERS, write_signatures
from lawkpi.workbook.summary.board import Board
from lawkpi.workbook.summary.totals import TotalsTable
from lawkpi.workbook.whole import MOST_WHOLE

NAME = "折算报送表"
HEADINGS = ("序号", "单位", "百分制得分", "折算方法", "折算分", "加减分", "备注")
WIDTHS = (6, 28, 11, 17, 9, 9, 30)
HEAD = 4


def write_conversion(book: Book, board: Board, totals: TotalsTable) -> None:
    """One line per department; total, bonus and malus come from 汇总表."""
    sheet = book.sheet(NAME)
    _head(sheet, board)
    method = _method(board)
    for place, one in enumerate(board.departments):
        row, figures = HEAD + 1 + place, board.totals[one.code]
        sheet.number(row, 0, place + 1, "cell", "whole")
        sheet.text(row, 1, one.name, "cell")
        total = totals.cell(one.code, "total")
        sheet.formula(row, 2, total, float(figures["total"]), "cell", "points")
        sheet.text(row, 3, method, "cell")
        _converted(sheet, row, board, float(figures["converted"]))
        _change(sheet, row, (board, totals), one.code)
        note = pending_text(figures) if figures["pending_count"] else ""
        sheet.text(row, 6, note, "cell")
        sheet.height(row, [(1, one.name), (3, method), (6, note)])
    last = HEAD + len(board.departments)
    write_signatures(sheet, last + 2, len(HEADINGS), signers=OFFICE_SIGNERS)
    sheet.finish(head=(HEAD, HEAD))


def _head(sheet: Sheet, board: Board) -> None:
    settings, last = board.assessment.settings, len(HEADINGS) - 1
    conversion, full = settings.conversion, board.rubric.full_points
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, last), f"{settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 36)
    dated = f"阶段：{settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
    about = f"报送单位：{settings.assessing_office}    {dated}"
    sheet.merged((1, 0, 1, last), about, "subtitle")
    sheet.merged((2, 0, 2, last), f"折算依据：{conversion.basis.text}", "note")
    said = [conversion.note] if conversion.note else []
    if conversion.method == "proportional":
        said.append(f"折算分四舍五入至{conversion.places}位小数")
    said.append("加减分已计入得分，单列供核对")
    sheet.merged((3, 0, 3, last), f"折算说明：{'；'.join(said)}。", "note")
    headings = list(HEADINGS)
    if full != 100:
        headings[2] = f"得分（满分{points_text(full)}分）"
    sheet.row(HEAD, headings, "head")
    sheet.height(HEAD, list(enumerate(headings)), least=2)


def _method(board: Board) -> str:
    conversion, rubric = board.assessment.settings.conversion, board.rubric
    if conversion.method == "by_grade":
        return f"按建议等次计分（{VALUE_WORD}）"
    return f"得分×{points_text(conversion.full_points)}÷{points_text(rubric.full_points)}"


def _converted(sheet: Sheet, row: int, board: Board, stored: float) -> None:
    """Half up in whole numbers: the total in its smallest unit x full points, never below zero."""
    conversion, rubric = board.assessment.settings.conversion, board.rubric
    power = 10**conversion.places
    ratio = conversion.full_points / rubric.full_points / board.power * power
    top, bottom = ratio.numerator, ratio.denominator
    largest = 4 * rubric.full_points * board.power * top + bottom
    if conversion.method == "by_grade" or largest >= MOST_WHOLE:
        sheet.number(row, 4, stored, "cell", "points", "fixed")
        return
    units = f"ROUND(C{row + 1}*{board.power},0)"
    if board.is_signed:
        units = f"MAX({units},0)"
    formula = f"QUOTIENT(2*{units}*{top}+{bottom},2*{bottom})/{power}"
    sheet.formula(row, 4, formula, stored, "cell", "points", "strong")


def _change(sheet: Sheet, row: int, given: tuple[Board, TotalsTable], code: str) -> None:
    """Bonus less malus, as 汇总表 has them."""
    board, totals = given
    figures: Mapping[str, Any] = board.totals[code]
    bonus, malus = (totals.cell(code, kind) for kind in ("bonus", "malus"))
    stored = float(figures["bonus"] - figures["malus"])
    sheet.formula(row, 5, f"ROUND({bonus}-{malus},{board.places})", stored, "cell", "points")
