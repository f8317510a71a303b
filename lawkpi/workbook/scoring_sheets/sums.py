"""The sheet 合计: what each department's total becomes by this office's entries, live where that is honest."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from lawkpi.ledger.departments import Department
from lawkpi.result import Assessment
from lawkpi.rubric.measures import ItemPointsMeasure
from lawkpi.rubric.model import Rubric
from lawkpi.workbook.additive import base_is_added, floored
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.scoring_sheets.columns import ADJUSTING, FIRST, HEAD, JUDGING, RERUN, SUMS
from lawkpi.workbook.scoring_sheets.entries import ALLOWED, span_of
from lawkpi.workbook.scoring_sheets.plan import Planned
from lawkpi.workbook.signature import OFFICE_SIGNERS, write_signatures

HEADINGS = (
    "代码",
    "单位",
    "组别",
    "系统总分",
    "其中本底稿已登记调整",
    "本底稿调整合计",
    "核定分变动",
    "预计总分",
)
WIDTHS = (8, 32, 12, 10, 13, 12, 15, 15)
ROW_HEIGHT = 20
NOTE = (
    "系统总分为数值，已含登记在册的全部核分调整；预计总分＝系统总分－本底稿已登记调整＋本底稿调整合计＋核定分变动。"
    f"不能逐分对应的（有上限、重新分配、多名评委、折算、否决等），写明{RERUN}。他单位评分的变动不在其内。"
)


def write_sums(book: Book, assessment: Assessment, rows: Planned) -> None:
    """One row for each department."""
    sheet = book.sheet(SUMS)
    last = len(HEADINGS) - 1
    sheet.widths(WIDTHS)
    sheet.merged((0, 0, 0, last), f"{rows.office}评分合计", "title")
    sheet.worksheet.set_row(0, 32)
    sheet.merged((1, 0, 1, last), NOTE, "note")
    sheet.worksheet.set_row(1, 42)
    sheet.row(HEAD, HEADINGS, "head")
    sheet.worksheet.set_row(HEAD, 32)
    writer = _Writer(sheet, assessment, rows)
    for number, one in enumerate(assessment.departments):
        writer.department(FIRST + number, one)
    after = FIRST + len(assessment.departments)
    write_signatures(sheet, after + 1, len(HEADINGS), signers=OFFICE_SIGNERS)
    sheet.finish(head=(HEAD, HEAD))
    sheet.worksheet.protect("", ALLOWED)


class _Writer:
    """The rows being written."""

    def __init__(self, sheet: Sheet, assessment: Assessment, rows: Planned) -> None:
        self.sheet, self.assessment, self.rows = sheet, assessment, rows
        self.places = sheet.book.imprint.places

    def department(self, row: int, one: Department) -> None:
        """One department: the engine's total, this office's entries, what comes of them."""
        total = self.assessment.total(one.code)
        group = self.assessment.register.groups.get(one.group, "")
        self.sheet.row(row, (one.code, one.name, group), "cell")
        self.sheet.number(row, 3, float(total["total"]), "cell", "points")
        given = [line for line in self.rows.adjusting if line.key.department == one.code]
        amounts = [line.given.get("points") for line in given]
        known = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
        self.sheet.number(row, 4, float(known), "cell", "points")
        self._adjusted(row, one, known)
        self._moved(row, one)
        self._expected(row, total)
        self.sheet.worksheet.set_row(row, ROW_HEIGHT)

    def _adjusted(self, row: int, one: Department, known: Decimal) -> None:
        span = self._span(one, ADJUSTING, "调整分")
        if span:
            formula = f"ROUND(SUM({span}),{self.places})"
            self.sheet.formula(row, 5, formula, float(known), "cell", "points")
        else:
            self.sheet.number(row, 5, 0, "cell", "points")

    def _moved(self, row: int, one: Department) -> None:
        span = self._span(one, JUDGING, "得分变动")
        if span:
            formula = f'IF(COUNTIF({span},"{RERUN}")>0,"{RERUN}",ROUND(SUM({span}),2))'
            self.sheet.formula(row, 6, formula, 0, "cell", "points")
        else:
            self.sheet.number(row, 6, 0, "cell", "points")

    def _span(self, one: Department, sheet: str, heading: str) -> str:
        lines = self.rows.adjusting if sheet == ADJUSTING else self.rows.judging
        own = [place for place, line in enumerate(lines) if line.key.department == one.code]
        return span_of(sheet, heading, own)

    def _expected(self, row: int, total: Mapping[str, Any]) -> None:
        at, rubric = row + 1, self.assessment.rubric
        changed = f"F{at}-E{at}+G{at}"
        if is_sum(rubric, total):
            sum_ = f"ROUND({floored(rubric, f'D{at}+{changed}')},{self.places})"
            formula = f'IF(ISNUMBER(G{at}),{sum_},"{RERUN}")'
        else:
            formula = f'IF(ISNUMBER(G{at}),IF(ROUND({changed},{self.places})=0,D{at},"{RERUN}"),"{RERUN}")'
        stored = float(total["total"])
        self.sheet.formula(row, 7, formula, stored, "cell", "points", "strong")


def is_sum(rubric: Rubric, total: Mapping[str, Any]) -> bool:
    """Whether a department's total moves as its items do: added up, not taken by a veto, nor by one to come."""
    summed = Decimal(total["base"]) + Decimal(total["bonus"]) - Decimal(total["malus"])
    vetoed = total["veto"] is not None and not pd.isna(total["veto"]) and not total["total"]
    rules = [
        rule
        for section in rubric.sections
        if section.kind == "veto"
        for item in section.items
        for rule in item.rules
    ]
    waits = any(
        isinstance(rule.measure.measure, ItemPointsMeasure)
        and rule.effect.veto is not None
        and rule.effect.veto.total_zero
        for rule in rules
    )
    return base_is_added(rubric) and summed == Decimal(total["total"]) and not (vetoed or waits)
