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
    "分值",
    "自评分",
    "考评得分",
    "差异（自评－考评）",
)
WIDTHS = (6, 28, 20, 30, 9, 9, 10, 14)
HEAD = 3


def write_differences(book: Book, assessment: Assessment) -> None:
    """Every item whose self-assessed points differ; live differences."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADINGS) - 1), f"{assessment.settings.title}{NAME}", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 24)
    row = HEAD + 1
    for line in assessment.scores.to_dict("records"):
        if _differs(line):
            _line(sheet, row, (assessment, line))
            row += 1
    if row == HEAD + 1:
        text = "自评分与考评得分一致，或者未报自评" if len(assessment.scores) else "无"
        sheet.merged((row, 0, row, len(HEADINGS) - 1), text, "cell", "center")
    sheet.text(1, 0, f"共{row - HEAD - 1}项有差异；只列已计分且有自评分的指标。", "small")
    sheet.finish(head=(HEAD, HEAD))


def _differs(line: Any) -> bool:
    if pd.isna(line["self_points"]) or pd.isna(line["points"]):
        return False
    return bool(Decimal(line["self_points"]) != Decimal(line["points"]))


def _line(sheet: Sheet, row: int, given: tuple[Assessment, Any]) -> None:
    assessment, line = given
    section, item = assessment.line(str(line["item"]))
    name = assessment.register.by_code[line["department"]].name
    sheet.number(row, 0, row - HEAD, "cell", "whole")
    sheet.row(row, (name, section.title, f"{item.id} {item.title}"), "cell", start=1)
    for place, column in enumerate(("full_points", "self_points", "points"), start=4):
        sheet.number(row, place, float(line[column]), "cell", "points")
    stored = float(Decimal(line["self_points"]) - Decimal(line["points"]))
    formula = f"ROUND(F{row + 1}-G{row + 1},{max(sheet.book.imprint.places, 2)})"
    sheet.formula(row, 7, formula, stored, "cell", "points")
    sheet.height(row, [(1, name), (3, item.title)])
