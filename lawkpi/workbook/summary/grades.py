"""The sheet 建议等次: the bands, and how many departments of each group fall into them."""

from __future__ import annotations

from lawkpi.params import points_text
from lawkpi.result import Assessment
from lawkpi.workbook.book import Book, Sheet

NAME = "建议等次"
HEAD = 3


def write_grades(book: Book, assessment: Assessment) -> None:
    """Bands, counts per group with sums, and who is in which."""
    sheet = book.sheet(NAME, landscape=True)
    groups = list(assessment.register.groups.items())
    _head(sheet, assessment, [title for _, title in groups])
    row = HEAD + 1
    for band in assessment.rubric.grades:
        own = assessment.totals[assessment.totals["grade"] == band.grade]
        sheet.text(row, 0, band.grade, "cell", "center")
        sheet.text(
            row,
            1,
            f"{points_text(band.line)}分（{'不含' if band.at_least is None else '含'}）以上",
            "cell",
            "center",
        )
        for place, (group, _) in enumerate(groups, start=2):
            sheet.number(row, place, int((own["group"] == group).sum()), "cell", "whole")
        last = 2 + len(groups)
        span = f"{chr(ord('C'))}{row + 1}:{chr(ord('B') + len(groups))}{row + 1}"
        sheet.formula(row, last, f"SUM({span})", len(own), "cell", "whole", "strong")
        names = "、".join(
            assessment.register.by_code[str(code)].short for code in own["department"]
        )
        sheet.text(row, last + 1, names, "cell")
        sheet.height(row, [(last + 1, names)])
        row += 1
    note = "等次为系统建议，审定等次由考核机关集体研究确定；有一票否决情形的，等次受限。"
    sheet.merged((row, 0, row, 3 + len(groups)), note, "note")
    sheet.finish(head=(HEAD, HEAD))


def _head(sheet: Sheet, assessment: Assessment, groups: list[str]) -> None:
    sheet.widths([12, 18, *[12] * len(groups), 10, 60])
    last = 3 + len(groups)
    sheet.merged((0, 0, 0, last), f"{assessment.settings.title}建议等次", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.row(HEAD, ("等次", "分数线", *groups, "合计", "单位"), "head")
    sheet.worksheet.set_row(HEAD, 24)
