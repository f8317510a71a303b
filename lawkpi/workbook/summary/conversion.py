"""The sheet 折算报送表: the figure for the overall performance assessment, live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawkpi.params import points_text
from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.scorecard import pending_text
from lawkpi.workbook.signature import OFFICE_SIGNERS, write_signatures

NAME = "折算报送表"
HEADINGS = ("序号", "单位", "百分制得分", "折算方法", "折算分", "加减分", "备注")
WIDTHS = (6, 26, 11, 20, 9, 9, 20)
HEAD = 4


def write_conversion(book: Book, assessment: Assessment, totals: Mapping[str, str]) -> None:
    """One line per department; the total comes from 汇总表.

    Parameters
    ----------
    totals : department code to the cell of its total
    """
    sheet = book.sheet(NAME)
    _head(sheet, assessment)
    rows = {row["department"]: row for row in assessment.totals.to_dict("records")}
    for place, one in enumerate(assessment.departments):
        row = HEAD + 1 + place
        sheet.number(row, 0, place + 1, "cell", "whole")
        sheet.text(row, 1, one.name, "cell")
        _line(sheet, row, (assessment, rows[one.code]), totals[one.code])
        sheet.height(row, [(1, one.name), (3, _method(assessment))])
    write_signatures(sheet, HEAD + len(rows) + 2, len(HEADINGS), signers=OFFICE_SIGNERS)
    sheet.finish(head=(HEAD, HEAD))


def _head(sheet: Sheet, assessment: Assessment) -> None:
    settings, last = assessment.settings, len(HEADINGS) - 1
    conversion = settings.conversion
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, last), f"{settings.title}折算报送表", "title")
    sheet.worksheet.set_row(0, 36)
    dated = f"阶段：{settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
    about = f"报送单位：{settings.assessing_office}    {dated}"
    sheet.merged((1, 0, 1, last), about, "subtitle")
    sheet.merged((2, 0, 2, last), f"折算依据：{conversion.basis.text}", "note")
    sheet.merged((3, 0, 3, last), f"折算说明：{conversion.note or '无'}", "note")
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 26)


def _method(assessment: Assessment) -> str:
    conversion, rubric = assessment.settings.conversion, assessment.rubric
    if conversion.method == "by_grade":
        return f"按建议等次计分（{VALUE_WORD}）"
    return (
        f"得分×{points_text(conversion.full_points)}÷{points_text(rubric.full_points)}，"
        f"四舍五入至{conversion.places}位小数"
    )


def _line(sheet: Sheet, row: int, given: tuple[Assessment, Any], total: str) -> None:
    assessment, figures = given
    sheet.formula(row, 2, total, float(figures["total"]), "cell", "points")
    sheet.text(row, 3, _method(assessment), "cell")
    _converted(sheet, row, assessment, float(figures["converted"]))
    change = float(figures["bonus"] - figures["malus"])
    sheet.number(row, 5, change, "cell", "points")
    note = pending_text(figures) if figures["pending_count"] else ""
    sheet.text(row, 6, note, "cell")


def _converted(sheet: Sheet, row: int, assessment: Assessment, stored: float) -> None:
    """Half up in whole numbers: the total in its smallest unit x full points."""
    conversion, rubric = assessment.settings.conversion, assessment.rubric
    if conversion.method == "by_grade":
        sheet.number(row, 4, stored, "cell", "points", "fixed")
        return
    power, unit = 10**conversion.places, 10**rubric.rounding.item_places
    ratio = conversion.full_points / rubric.full_points / unit * power
    top, bottom = ratio.numerator, ratio.denominator
    units = f"ROUND(C{row + 1}*{unit},0)"
    formula = f"QUOTIENT(2*{units}*{top}+{bottom},2*{bottom})/{power}"
    sheet.formula(row, 4, formula, stored, "cell", "points", "strong")
