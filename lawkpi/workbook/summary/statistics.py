"""The sheet 统计: per item the mean, the lowest, how many lost, and how much."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from lawkpi.result import Assessment
from lawkpi.rubric.model import Item, Section
from lawkpi.workbook.book import Book, Sheet

NAME = "统计"
HEADINGS = (
    "一级指标",
    "二级指标",
    "分值",
    "计分单位数",
    "平均分",
    "最低分",
    "最低分单位",
    "扣分单位数",
    "扣分合计",
    "不适用",
    "未报送",
    "待核",
)
WIDTHS = (18, 28, 8, 10, 9, 9, 30, 10, 10, 8, 8, 8)
HEAD = 3
MOST_NAMED = 3


def write_statistics(book: Book, assessment: Assessment) -> None:
    """One line per base item."""
    sheet = book.sheet(NAME, landscape=True)
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, len(HEADINGS) - 1), f"{assessment.settings.title}指标统计", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.text(
        1,
        0,
        "平均分为计分单位得分的算术平均数，按小数点后两位显示；扣分合计等于扣分清单之和。",
        "small",
    )
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 32)
    row = HEAD + 1
    for section in assessment.rubric.base_sections:
        for item in section.items:
            _item(sheet, row, (assessment, section, item))
            row += 1
    sheet.finish(head=(HEAD, HEAD))


def _item(sheet: Sheet, row: int, given: tuple[Assessment, Section, Item]) -> None:
    assessment, section, item = given
    scores = assessment.scores[assessment.scores["item"] == item.id]
    scored = scores[scores["points"].notna()]
    points = [Decimal(one) for one in scored["points"]]
    losses = [
        Decimal(full) - Decimal(own)
        for full, own in zip(scored["full_points"], scored["points"], strict=True)
    ]
    sheet.row(row, (section.title, f"{item.id} {item.title}"), "cell")
    sheet.number(row, 2, float(item.full_points or 0), "cell", "points")
    sheet.number(row, 3, len(points), "cell", "whole")
    lowest = _lowest(assessment, scored, points)
    _points(sheet, (row, 4), sum(points, Decimal(0)) / len(points) if points else None)
    _points(sheet, (row, 5), min(points, default=None))
    sheet.text(row, 6, lowest, "cell")
    sheet.number(row, 7, sum(one > 0 for one in losses), "cell", "whole")
    _points(sheet, (row, 8), sum(losses, Decimal(0)))
    for place, state in enumerate(("not_applicable", "not_reported", "pending"), start=9):
        sheet.number(row, place, int((scores["state"] == state).sum()), "cell", "whole")
    sheet.height(row, [(0, section.title), (1, item.title), (6, lowest)])


def _points(sheet: Sheet, place: tuple[int, int], points: Decimal | None) -> None:
    if points is None:
        sheet.text(*place, "—", "cell", "center")
    else:
        sheet.number(*place, float(points), "cell", "points")


def _lowest(assessment: Assessment, scored: pd.DataFrame, points: list[Decimal]) -> str:
    """The departments with the fewest points; nobody where all have the same."""
    if not points or min(points) == max(points):
        return "—"
    lowest = min(points)
    codes: list[Any] = [
        code for code, own in zip(scored["department"], points, strict=True) if own == lowest
    ]
    names = [assessment.register.by_code[code].short for code in codes[:MOST_NAMED]]
    return "、".join(names) + (f"等{len(codes)}个" if len(codes) > MOST_NAMED else "")
