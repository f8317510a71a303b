"""The sheet 指标矩阵: departments by items, with a colour scale; states as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from lawkpi.result import Assessment
from lawkpi.scoring import ItemState
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import sheet_ref

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
    """Every department's points of every base item; where they stand."""
    sheet = book.sheet(NAME, landscape=True)
    items = [item for section in assessment.rubric.base_sections for item in section.items]
    _head(sheet, assessment, len(items))
    rows = {one.code: FIRST + place for place, one in enumerate(assessment.departments)}
    scores = {(row["department"], row["item"]): row for row in assessment.scores.to_dict("records")}
    for one in assessment.departments:
        row = rows[one.code]
        group = assessment.register.groups[one.group]
        sheet.row(row, (one.code, one.name, group), "cell")
        for place, item in enumerate(items):
            _cell(sheet, (row, LEADING + place), scores[one.code, item.id])
    _colours(sheet, len(rows), len(items))
    sheet.finish(head=(HEAD - 1, HEAD))
    sheet.worksheet.freeze_panes(FIRST, LEADING)
    return Matrix(rows, _columns(assessment))


def _columns(assessment: Assessment) -> dict[str, tuple[int, int]]:
    found, place = {}, LEADING
    for section in assessment.rubric.base_sections:
        found[section.id] = (place, place + len(section.items) - 1)
        place += len(section.items)
    return found


def _head(sheet: Sheet, assessment: Assessment, count: int) -> None:
    sheet.widths([7, 26, 11, *[7.5] * count])
    sheet.merged((0, 0, 0, LEADING + count - 1), f"{assessment.settings.title}指标矩阵", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.text(
        1,
        0,
        "各项为考评得分；同一指标内颜色越深得分率越低；不适用、未报送、待核以文字列示。",
        "small",
    )
    for place, text in enumerate(("代码", "单位", "组别")):
        sheet.merged((HEAD - 1, place, HEAD, place), text, "head")
    place = LEADING
    for section in assessment.rubric.base_sections:
        last = place + len(section.items) - 1
        sheet.merged((HEAD - 1, place, HEAD - 1, last), section.title, "head")
        for item in section.items:
            points = f"{float(item.full_points or 0):g}"
            sheet.text(HEAD, place, f"{item.id}\n{item.title}\n（{points}分）", "head", "small")
            place += 1
    sheet.worksheet.set_row(HEAD - 1, 22)
    sheet.worksheet.set_row(HEAD, 82)


def _cell(sheet: Sheet, place: tuple[int, int], row: Mapping[Any, Any]) -> None:
    points = row["points"]
    if pd.isna(points):
        sheet.text(*place, ItemState(row["state"]).label, "cell", "center", "small")
    else:
        sheet.number(*place, float(Decimal(points)), "cell", "points")


def _colours(sheet: Sheet, rows: int, columns: int) -> None:
    """Within each item: the lower, the darker."""
    for place in range(LEADING, LEADING + columns):
        sheet.worksheet.conditional_format(
            FIRST,
            place,
            FIRST + rows - 1,
            place,
            {"type": "2_color_scale", "min_color": "#F4B183", "max_color": "#FFFFFF"},
        )
