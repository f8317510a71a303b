"""The sheet 自评与考评差异表: where a department's own points differ from the assessed ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Sheet

NAME = "自评与考评差异表"
HEADINGS = (
    "序号",
    "单位",
    "一级指标",
    "二级指标",
    "原分值",
    "自评分",
    "有效分值",
    "考评得分",
    "考评得分（折合原分值）",
    "差异（自评－考评）",
)
WIDTHS = (6, 28, 20, 30, 9, 9, 9, 9, 13, 13)
HEAD = 3
EXPLAINED = (
    "自评按原分值打分；不适用指标的分值重新分配后有效分值不同的，考评得分先折合为原分值再比较。"
)


def write_differences(book: Book, assessment: Assessment) -> None:
    """Every item whose self-assessed points differ; live differences."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADINGS) - 1), f"{assessment.settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 32)
    row = HEAD + 1
    for line in assessment.scores.to_dict("records"):
        folded = _folded(assessment, line)
        if folded is not None and folded != Decimal(line["self_points"]):
            _line(sheet, row, (assessment, line, folded))
            row += 1
    if row == HEAD + 1:
        text = "自评分与考评得分一致，或者未报自评" if len(assessment.scores) else "无"
        sheet.merged((row, 0, row, len(HEADINGS) - 1), text, "cell", "center")
    sheet.text(1, 0, f"共{row - HEAD - 1}项有差异。{EXPLAINED}", "small")
    sheet.finish(head=(HEAD, HEAD))


def _folded(assessment: Assessment, line: Any) -> Decimal | None:
    """The assessed points as of the declared full points, half up; None where nothing compares."""
    if pd.isna(line["self_points"]) or pd.isna(line["points"]) or not line["full_points"]:
        return None
    declared, points, full = _units(assessment, line)
    units = (2 * points * declared + full) // (2 * full)
    return Decimal(units).scaleb(-assessment.rubric.rounding.item_places)


def _units(assessment: Assessment, line: Any) -> tuple[int, int, int]:
    """Declared full points, points and effective full points in the smallest step."""
    power = 10**assessment.rubric.rounding.item_places
    declared = assessment.line(str(line["item"]))[1].full_points or 0
    return int(declared * power), int(line["points"] * power), int(line["full_points"] * power)


def _line(sheet: Sheet, row: int, given: tuple[Assessment, Any, Decimal]) -> None:
    assessment, line, folded = given
    section, item = assessment.line(str(line["item"]))
    name = assessment.register.by_code[line["department"]].name
    sheet.number(row, 0, row - HEAD, "cell", "whole")
    sheet.row(row, (name, section.title, f"{item.id} {item.title}"), "cell", start=1)
    figures = (item.full_points, line["self_points"], line["full_points"], line["points"])
    for place, figure in enumerate(figures, start=4):
        sheet.number(row, place, float(figure or 0), "cell", "points")
    _compared(sheet, row, assessment, folded, Decimal(line["self_points"]))
    sheet.height(row, [(1, name), (3, item.title)])


def _compared(
    sheet: Sheet, row: int, assessment: Assessment, folded: Decimal, own: Decimal
) -> None:
    """The folded points in whole numbers, and the difference."""
    places = assessment.rubric.rounding.item_places
    power, at = 10**places, row + 1
    declared, full, points = (f"ROUND({letter}{at}*{power},0)" for letter in "EGH")
    formula = f"QUOTIENT(2*{points}*{declared}+{full},2*{full})/{power}"
    sheet.formula(row, 8, formula, float(folded), "cell", "points")
    difference = f"ROUND(F{at}-I{at},{max(places, 2)})"
    sheet.formula(row, 9, difference, float(own - folded), "cell", "points")
