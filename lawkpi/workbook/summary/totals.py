"""The sheet 汇总表: per group, the sections, bonus, malus, veto, total, rank, proposed grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from lawkpi.ledger.departments import Department
from lawkpi.result import Assessment
from lawkpi.workbook.additive import base_is_added, floored, total_is_added
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.scorecard import pending_text
from lawkpi.workbook.signature import OFFICE_SIGNERS, write_signatures
from lawkpi.workbook.summary.matrix import Matrix

NAME = "汇总表"
SIGNED_COLUMNS = 9


def write_totals(book: Book, assessment: Assessment, matrix: Matrix) -> dict[str, str]:
    """One table per group; department code to the cell of its total."""
    writer = _Writer(book, assessment, matrix)
    for group, title in assessment.register.groups.items():
        own = [one for one in assessment.departments if one.group == group]
        if own:
            writer.group(title, own)
    writer.finish()
    return writer.cells


class _Writer:
    """The sheet being written."""

    def __init__(self, book: Book, assessment: Assessment, matrix: Matrix) -> None:
        self.assessment, self.matrix = assessment, matrix
        self.places = assessment.rubric.rounding.item_places
        self.sections = assessment.rubric.base_sections
        self.totals = {row["department"]: row for row in assessment.totals.to_dict("records")}
        self.sheet: Sheet = book.sheet(NAME, landscape=True)
        self.cells: dict[str, str] = {}
        self.row = 3
        self._head()

    def _head(self) -> None:
        settings, count = self.assessment.settings, len(self.sections)
        self.sheet.widths([6, 28, *[12] * count, 8, 8, 14, 10, 8, 10, 26])
        last = count + 8
        self.sheet.merged((0, 0, 0, last), f"{settings.title}汇总表", "title")
        dated = f"阶段：{settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
        about = f"{dated}    排名、建议等次为数值（值），其余为公式"
        self.sheet.merged((1, 0, 1, last), about, "subtitle")
        self.sheet.worksheet.set_row(0, 32)

    def group(self, title: str, own: Sequence[Department]) -> None:
        """One group's table, the highest total first."""
        heads = [
            "序号",
            "单位",
            *(one.title for one in self.sections),
            *("加分", "减分", "否决", "总分", "排名", "建议等次", "备注"),
        ]
        self.sheet.text(self.row, 0, title, "heading")
        self.sheet.row(self.row + 1, heads, "head")
        self.sheet.height(self.row + 1, list(enumerate(heads)), least=2)
        self.row += 2
        ranked = sorted(own, key=lambda one: int(self.totals[one.code]["rank"]))
        for number, one in enumerate(ranked, start=1):
            self._department(number, one)
        self.row += 1

    def _department(self, number: int, one: Department) -> None:
        row, figures = self.row, self.totals[one.code]
        count = len(self.sections)
        self.sheet.number(row, 0, number, "cell", "whole")
        self.sheet.text(row, 1, one.name, "cell")
        for place, section in enumerate(self.sections, start=2):
            self._section(row, place, (one.code, section.id))
        place = 2 + count
        self.sheet.number(row, place, float(figures["bonus"]), "cell", "points")
        self.sheet.number(row, place + 1, float(figures["malus"]), "cell", "points")
        veto = figures["veto"]
        self.sheet.text(row, place + 2, "" if pd.isna(veto) else str(veto), "cell")
        self._total(row, place + 3, figures)
        self.sheet.number(row, place + 4, int(figures["rank"]), "cell", "whole")
        self.sheet.text(row, place + 5, str(figures["grade"]), "cell", "center")
        note = pending_text(figures) if figures["pending_count"] else ""
        self.sheet.text(row, place + 6, note, "cell")
        self.sheet.height(row, [(1, one.name), (place + 2, str(veto)), (place + 6, note)])
        self.cells[one.code] = f"{sheet_ref(NAME)}${xl_col_to_name(place + 3)}${row + 1}"
        self.row += 1

    def _section(self, row: int, place: int, key: tuple[str, str]) -> None:
        scores = self.assessment.scores
        chosen = (scores["department"] == key[0]) & (scores["section"] == key[1])
        points = sum((Decimal(one) for one in scores[chosen]["points"].dropna()), Decimal(0))
        formula = f"ROUND(SUM({self.matrix.span(*key)}),{self.places})"
        self.sheet.formula(row, place, formula, float(points), "cell", "points")

    def _total(self, row: int, place: int, figures: Any) -> None:
        rubric, total = self.assessment.rubric, float(figures["total"])
        if not (base_is_added(rubric) and total_is_added(rubric, figures)):
            self.sheet.number(row, place, total, "cell", "points", "strong", "fixed")
            return
        first, last = xl_col_to_name(2), xl_col_to_name(1 + len(self.sections))
        bonus, malus = (xl_col_to_name(place - back) for back in (3, 2))
        at = row + 1
        summed = f"SUM({first}{at}:{last}{at})+{bonus}{at}-{malus}{at}"
        formula = f"ROUND({floored(rubric, summed)},{self.places})"
        self.sheet.formula(row, place, formula, total, "cell", "points", "strong")

    def finish(self) -> None:
        """Signatures and page."""
        write_signatures(self.sheet, self.row + 1, SIGNED_COLUMNS, signers=OFFICE_SIGNERS)
        self.sheet.finish(head=(0, 1))
