"""The sheet 建议等次: bands with their quotas per group, then everybody's grade with room for the approved one."""

from __future__ import annotations

from fractions import Fraction

from lawkpi.params import points_text
from lawkpi.rubric.conventions import Band, Quota
from lawkpi.scoring.grades import seats
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.rounding import half_up_formula
from lawkpi.workbook.signature import write_signatures
from lawkpi.workbook.summary.board import Board
from lawkpi.workbook.summary.totals import TotalsTable

NAME = "建议等次"
HEAD = 3
BANDS = ("序号", "组别", "等次", "分数线", "单位数", "名额", "建议数", "名额规定", "建议单位（值）")
LINES = ("序号", "单位", "组别", "总分", "排名", "建议等次", "审定等次", "审定说明")
WIDTHS = (6, 28, 12, 14, 9, 10, 10, 26, 54)
APPROVERS = ("审定人", "会议纪要文号", "填报人")
MOST_NAMED = 20
ONE_PAGE = 50
"""So many rows and their signatures are legible on one page."""
ROUNDED = {"down": "向下取整", "up": "向上取整", "half_up": "四舍五入"}
TIES = {"in": "末位同分的全部列入", "out": "末位同分的全部落入下一等次"}


def write_grades(book: Book, board: Board, totals: TotalsTable) -> None:
    """Bands and quotas per group; then one line per department for the approval."""
    sheet = book.sheet(NAME, landscape=True)
    _head(sheet, board)
    row = HEAD + 1
    for group in board.groups:
        for place in range(len(board.rubric.grades)):
            _band(sheet, row, (board, totals), (group, place))
            row += 1
    row = _approval(sheet, row + 1, board, totals)
    write_signatures(sheet, row + 1, len(BANDS), signers=APPROVERS)
    sheet.finish()
    if row <= ONE_PAGE:
        sheet.worksheet.fit_to_pages(1, 1)


def _head(sheet: Sheet, board: Board) -> None:
    sheet.widths(WIDTHS)
    last = len(BANDS) - 1
    settings = board.assessment.settings
    sheet.merged((0, 0, 0, last), f"{settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 32)
    dated = f"阶段：{settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
    sheet.merged((1, 0, 1, last), dated, "subtitle")
    note = (
        "等次为系统按细则建议，审定等次由考核机关集体研究后填写；有一票否决情形的，等次受限；"
        f"名额已满的，依次落入下一等次。建议等次为数值（{VALUE_WORD}），改动得分后须重新运行。"
    )
    sheet.merged((2, 0, 2, last), note, "note")
    sheet.row(HEAD, BANDS, "head")
    sheet.worksheet.set_row(HEAD, 24)


def quota_text(quota: Quota | None) -> str:
    """A quota in words, with its rounding and what equal totals mean."""
    if quota is None:
        return "不限"
    if quota.share is None:
        return f"每组不超过{quota.count}个；{TIES[quota.ties]}"
    rounded = ROUNDED[quota.rounding or "down"]
    share = points_text(quota.share * 100)
    return f"不超过本组单位数的{share}%，{rounded}；{TIES[quota.ties]}"


def _seats_formula(quota: Quota, members: str) -> str:
    """The seats of a share over the cell with the group's size."""
    share = quota.share or Fraction(0)
    top, bottom = f"{members}*{share.numerator}", share.denominator
    if quota.rounding == "up":
        return f"QUOTIENT({top}+{bottom - 1},{bottom})"
    return (
        half_up_formula(top, str(bottom))
        if quota.rounding == "half_up"
        else f"QUOTIENT({top},{bottom})"
    )


def _band(sheet: Sheet, row: int, given: tuple[Board, TotalsTable], key: tuple[str, int]) -> None:
    (board, totals), (group, place) = given, key
    bands, members = board.rubric.bands, board.groups[group]
    band = bands[place]
    # The lowest grade takes whoever is left: a quota on it would bind nobody.
    quota = band.quota if place < len(bands) - 1 else None
    sheet.number(row, 0, row - HEAD, "cell", "whole")
    sheet.text(row, 1, board.assessment.register.groups[group], "cell")
    sheet.row(row, (band.grade, _line_text(band)), "cell", "center", start=2)
    span = totals.span("total", group)
    sheet.formula(row, 4, f"COUNT({span})", len(members), "cell", "whole")
    _seats(sheet, row, quota, len(members))
    own = [one.code for one in members if board.totals[one.code]["grade"] == band.grade]
    _proposed(sheet, row, (band.grade, totals.span("grade", group)), len(own))
    texts = (quota_text(quota), board.names(own, MOST_NAMED))
    sheet.row(row, texts, "cell", start=7)
    sheet.height(row, list(enumerate(texts, start=7)))


def _line_text(band: Band) -> str:
    return f"{band.text}以上（{'不含' if band.at_least is None else '含'}）"


def _seats(sheet: Sheet, row: int, quota: Quota | None, members: int) -> None:
    if quota is None:
        sheet.text(row, 5, "不限", "cell", "center")
    elif quota.share is None:
        sheet.number(row, 5, quota.count or 0, "cell", "whole")
    else:
        formula = _seats_formula(quota, f"E{row + 1}")
        sheet.formula(row, 5, formula, seats(quota, members), "cell", "whole")


def _proposed(sheet: Sheet, row: int, given: tuple[str, str], count: int) -> None:
    """How many have the grade; a name that reads like a pattern cannot be counted by a formula."""
    grade, span = given
    if set(grade) & set("*?~") or grade[:1] in "<>=":
        sheet.number(row, 6, count, "cell", "whole", "fixed")
    else:
        sheet.formula(row, 6, f"COUNTIF({span},C{row + 1})", count, "cell", "whole", "strong")


def _approval(sheet: Sheet, row: int, board: Board, totals: TotalsTable) -> int:
    """Everybody by group and rank, the approved grade left blank; the row after it."""
    last = len(BANDS) - 1
    sheet.text(row, 0, "等次审定表", "heading")
    sheet.row(row + 1, LINES, "head")
    sheet.merged((row + 1, last - 1, row + 1, last), LINES[-1], "head")
    sheet.worksheet.repeat_rows(row + 1)
    at = row + 2
    for number, code in enumerate(totals.rows, start=1):
        _approved(sheet, at, number, (board, totals, code))
        at += 1
    return at


def _approved(sheet: Sheet, row: int, number: int, given: tuple[Board, TotalsTable, str]) -> None:
    board, totals, code = given
    one, figures = board.assessment.register.by_code[code], board.totals[code]
    last = len(BANDS) - 1
    sheet.number(row, 0, number, "cell", "whole")
    sheet.row(row, (one.name, board.assessment.register.groups[one.group]), "cell", start=1)
    sheet.formula(row, 3, totals.cell(code, "total"), float(figures["total"]), "cell", "points")
    sheet.formula(row, 4, totals.cell(code, "rank"), int(figures["rank"]), "cell", "whole")
    sheet.formula(row, 5, totals.cell(code, "grade"), figures["grade"], "cell", "center")
    sheet.blank(row, 6, "cell", "center", "open")
    sheet.merged((row, last - 1, row, last), "", "cell", "open")
    sheet.height(row, [(1, one.name)])
