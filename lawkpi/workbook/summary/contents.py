"""The sheet 目录: what is in this workbook, and where each department's file stands."""

from __future__ import annotations

from collections.abc import Sequence

from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.names import department_file_name

NAME = "目录"
WIDTHS = (8, 30, 14, 44)


def write_contents(book: Book, assessment: Assessment, names: Sequence[str]) -> None:
    """Links to the sheets; the department files by name, relative to this file."""
    sheet = book.sheet(NAME)
    sheet.widths(WIDTHS)
    settings = assessment.settings
    sheet.merged((0, 0, 0, 3), settings.title, "title")
    sheet.worksheet.set_row(0, 36)
    about = f"{settings.body}    {settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
    sheet.merged((1, 0, 1, 3), about, "subtitle")
    row = _sheets(sheet, names[1:])
    row = _departments(sheet, row + 1, assessment)
    sheet.merged((row + 1, 0, row + 1, 3), f"数据指纹：{fingerprint(assessment.inputs)}", "note")
    sheet.finish()


def _sheets(sheet: Sheet, names: Sequence[str]) -> int:
    sheet.row(3, ("序号", "工作表"), "head")
    for number, name in enumerate(names, start=1):
        row = 3 + number
        sheet.number(row, 0, number, "cell", "whole")
        sheet.link(row, 1, f"internal:'{name}'!A1", name)
    return 4 + len(names)


def _departments(sheet: Sheet, row: int, assessment: Assessment) -> int:
    sheet.row(row, ("代码", "单位", "组别", "考核工作簿"), "head")
    for place, one in enumerate(assessment.departments, start=row + 1):
        group = assessment.register.groups[one.group]
        sheet.row(place, (one.code, one.name, group), "cell")
        name = department_file_name(one, ".xlsx")
        sheet.link(place, 3, f"external:departments/{name}", name)
    return row + 1 + len(assessment.departments)
