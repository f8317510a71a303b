"""The sheet 指标矩阵: departments by items, with a colour scale; states as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from lawkpi.result import Assessment
from lawkpi.scoring import ItemState
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import share, share_formula, sheet_ref

NAME = "指标矩阵"
HEAD = 3
FIRST = HEAD + 1
LEADING = 3


@dataclass(frozen=True)
class Matrix:
    """Where the matrix holds each department's row and each section's columns."""

    rows: Mapping[str, int]
    columns: Mapping[str, tuple[int, int]]

    def span(self, code: str, section: str) -> str:
        """A department's cells of a section, from any sheet."""
        first, last = (xl_col_to_name(place) for place in self.columns[section])
        row = self.rows[code] + 1
        return f"{sheet_ref(NAME)}${first}${row}:${last}${row}"


def write_matrix(book: Book, assessment: Assessment) -> Matrix:
    """Every department's points of every base item, and below them its shares; where they stand."""
    sheet = book.sheet(NAME, landscape=True)
    count = sum(len(section.items) for section in assessment.rubric.base_sections)
    _titles(sheet, assessment, count)
    _head(sheet, assessment, HEAD)
    rows = {one.code: FIRST + place for place, one in enumerate(assessment.departments)}
    shares_head = FIRST + len(rows) + 3
    sheet.text(shares_head - 2, 0, "得分率（得分÷有效分值）", "heading")
    _head(sheet, assessment, shares_head)
    _body(sheet, assessment, rows, shares_head - HEAD)
    _colours(sheet, (shares_head + 1, len(rows), count))
    sheet.finish(head=(HEAD - 1, HEAD))
    sheet.worksheet.freeze_panes(FIRST, LEADING)
    return Matrix(rows, _columns(assessment))


def _body(sheet: Sheet, assessment: Assessment, rows: Mapping[str, int], below: int) -> None:
    """Points, and `below` rows further down the shares."""
    items = [item for section in assessment.rubric.base_sections for item in section.items]
    scores = {(row["department"], row["item"]): row for row in assessment.scores.to_dict("records")}
    for one in assessment.departments:
        row = rows[one.code]
        named = (one.code, one.name, assessment.register.groups[one.group])
        for at in (row, row + below):
            sheet.row(at, named, "cell")
        for place, item in enumerate(items, start=LEADING):
            _cells(sheet, (row, place), below, scores[one.code, item.id])


def _columns(assessment: Assessment) -> dict[str, tuple[int, int]]:
    found, place = {}, LEADING
    for section in assessment.rubric.base_sections:
        found[section.id] = (place, place + len(section.items) - 1)
        place += len(section.items)
    return found


def _titles(sheet: Sheet, assessment: Assessment, count: int) -> None:
    sheet.widths([7, 26, 11, *[7.5] * count])
    sheet.merged((0, 0, 0, LEADING + count - 1), f"{assessment.settings.title}指标矩阵", "title")
    sheet.worksheet.set_row(0, 32)
    about = "上表为考评得分，下表为得分率，颜色越深得分率越低；不适用、未报送、待核以文字列示。"
    sheet.text(1, 0, about, "small")


def _head(sheet: Sheet, assessment: Assessment, head: int) -> None:
    for place, text in enumerate(("代码", "单位", "组别")):
        sheet.merged((head - 1, place, head, place), text, "head")
    place = LEADING
    for section in assessment.rubric.base_sections:
        last = place + len(section.items) - 1
        sheet.merged((head - 1, place, head - 1, last), section.title, "head")
        for item in section.items:
            points = f"{float(item.full_points or 0):g}"
            sheet.text(head, place, f"{item.id}\n{item.title}\n（{points}分）", "head", "small")
            place += 1
    sheet.worksheet.set_row(head - 1, 22)
    sheet.worksheet.set_row(head, 82)


def _cells(sheet: Sheet, place: tuple[int, int], below: int, row: Mapping[Any, Any]) -> None:
    """An item's points and its share; states as text in both."""
    at, column = place
    if pd.isna(row["points"]) or not row["full_points"]:
        label = ItemState(row["state"]).label
        for one in (at, at + below):
            sheet.text(one, column, label, "cell", "center", "small")
        return
    sheet.number(at, column, float(row["points"]), "cell", "points")
    power = 10**sheet.book.imprint.places
    full, points = int(row["full_points"] * power), int(row["points"] * power)
    units = f"ROUND({xl_col_to_name(column)}{at + 1}*{power},0)"
    formula = share_formula(units, str(full))
    sheet.formula(at + below, column, formula, share(points, full), "cell", "percent")


def _colours(sheet: Sheet, place: tuple[int, int, int]) -> None:
    """The lower the share, the darker; the same scale for every item."""
    first, rows, columns = place
    scale = {
        "type": "2_color_scale",
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": 1,
        "min_color": "#E8853B",
        "max_color": "#FFFFFF",
    }
    if not columns:
        return
    sheet.worksheet.conditional_format(
        first, LEADING, first + rows - 1, LEADING + columns - 1, scale
    )
