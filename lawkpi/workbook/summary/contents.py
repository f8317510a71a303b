"""The sheet 目录: what is in this workbook, how points are spread, where each department's file stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawkpi.rubric.assessment import ILLUSTRATIVE
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.names import department_file_name
from lawkpi.workbook.summary.board import Board
from lawkpi.workbook.summary.distribution import Distribution

NAME = "目录"
WIDTHS = (8, 30, 14, 44)
CHART_ROWS = 15
CHART_SIZE = {"width": 690, "height": 262}


def write_contents(
    book: Book, board: Board, sheets: Mapping[str, str], chart: Distribution
) -> None:
    """Links to the sheets, the chart, and the department files by name, relative to this file.

    Parameters
    ----------
    sheets : every other sheet, and what it holds
    """
    sheet = book.sheet(NAME)
    sheet.widths(WIDTHS)
    settings = board.assessment.settings
    sheet.merged((0, 0, 0, 3), f"{settings.title}汇总", "title")
    sheet.worksheet.set_row(0, 36)
    about = f"{settings.body}    {settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
    sheet.merged((1, 0, 1, 3), about, "subtitle")
    if settings.illustrative:
        sheet.merged((2, 0, 2, 3), ILLUSTRATIVE, "subtitle")
        sheet.worksheet.set_row(2, 22)
    row = _sheets(sheet, sheets)
    _chart(book, sheet, row + 1, chart)
    row = _departments(sheet, row + 1 + CHART_ROWS, board)
    inputs = fingerprint(board.assessment.inputs)
    text = f"数据指纹：{inputs}（由全部输入文件计算，输入不变则指纹不变）"
    sheet.merged((row + 1, 0, row + 1, 3), text, "note")
    sheet.finish()


def _sheets(sheet: Sheet, sheets: Mapping[str, str]) -> int:
    sheet.row(3, ("序号", "工作表"), "head")
    sheet.merged((3, 2, 3, 3), "内容", "head")
    for number, (name, holds) in enumerate(sheets.items(), start=1):
        row = 3 + number
        sheet.number(row, 0, number, "cell", "whole")
        sheet.link(row, 1, f"internal:'{name}'!A1", name)
        sheet.merged((row, 2, row, 3), holds, "cell")
    return 4 + len(sheets)


def _departments(sheet: Sheet, row: int, board: Board) -> int:
    sheet.row(row, ("代码", "单位", "组别", "考核工作簿"), "head")
    for place, one in enumerate(board.departments, start=row + 1):
        group = board.assessment.register.groups[one.group]
        sheet.row(place, (one.code, one.name, group), "cell")
        name = department_file_name(one, ".xlsx")
        sheet.link(place, 3, f"external:departments/{name}", name)
        sheet.height(place, [(1, one.name), (3, name)])
    return row + 1 + len(board.departments)


def _chart(book: Book, sheet: Sheet, row: int, found: Distribution) -> None:
    """Columns of how many departments stand in each band, in greys that print."""
    chart: Any = book.workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "单位数",
            "categories": found.labels,
            "values": found.counts,
            "fill": {"color": "#7F7F7F"},
            "border": {"color": "#404040"},
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": "得分分布（单位数）", "name_font": {"size": 11, "bold": False}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_y_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_size(CHART_SIZE)
    sheet.worksheet.insert_chart(row, 0, chart)
