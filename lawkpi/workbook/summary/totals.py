"""The sheet 汇总表: per group, the sections, bonus, malus, veto, total, rank, proposed grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from lawkpi.ledger.departments import Department
from lawkpi.params import points_text
from lawkpi.rubric.model import Section
from lawkpi.workbook.additive import floored, section_formula, total_is_added
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.scorecard import pending_text
from lawkpi.workbook.signature import OFFICE_SIGNERS, write_signatures
from lawkpi.workbook.summary.board import Board
from lawkpi.workbook.summary.matrix import Matrix

NAME = "汇总表"
HEAD = 3
FIRST_SECTION = 2
AFTER = ("加分", "减分", "否决\n（值）", "总分", "排名\n（值）", "建议等次\n（值）", "备注")
BONUS, MALUS, VETO, TOTAL, RANK, GRADE, NOTE = range(len(AFTER))
WIDTHS_AFTER = (8, 8, 20, 9, 8, 10, 30)


@dataclass(frozen=True)
class TotalsTable:
    """Where 汇总表 holds what: the row of each department (from 0), and the columns by name."""

    columns: Mapping[str, str]
    rows: dict[str, int] = field(default_factory=dict)
    groups: dict[str, tuple[int, int]] = field(default_factory=dict)

    def cell(self, code: str, column: str) -> str:
        """One cell of a department, from any sheet."""
        return f"{sheet_ref(NAME)}${self.columns[column]}${self.rows[code] + 1}"

    def span(self, column: str, group: str | None = None) -> str:
        """A group's cells of a column, or everybody's, from any sheet."""
        rows = self.rows.values()
        first, last = self.groups[group] if group is not None else (min(rows), max(rows))
        letter = self.columns[column]
        return f"{sheet_ref(NAME)}${letter}${first + 1}:${letter}${last + 1}"


def write_totals(book: Book, board: Board, matrix: Matrix) -> TotalsTable:
    """One table per group, the highest total first; where everything stands."""
    writer = _Writer(book, board, matrix)
    for group, own in board.groups.items():
        writer.group(group, own)
    writer.finish()
    return writer.table


class _Writer:
    """The sheet being written."""

    def __init__(self, book: Book, board: Board, matrix: Matrix) -> None:
        self.board, self.matrix = board, matrix
        self.sections = board.rubric.base_sections
        self.sheet: Sheet = book.sheet(NAME, landscape=True)
        after = FIRST_SECTION + len(self.sections)
        self.after = after
        self.last = after + len(AFTER) - 1
        names = ("bonus", "malus", "veto", "total", "rank", "grade", "note")
        self.table = TotalsTable(
            {one: xl_col_to_name(after + place) for place, one in enumerate(names)}
        )
        self.row = HEAD + 1
        self._head()

    def _head(self) -> None:
        settings, rubric = self.board.assessment.settings, self.board.rubric
        self.sheet.widths([6, 28, *[12] * len(self.sections), *WIDTHS_AFTER])
        self.sheet.merged((0, 0, 0, self.last), f"{settings.title}{NAME}", "title")
        dated = f"阶段：{settings.stage_title}    数据截止：{settings.as_of:%Y-%m-%d}"
        self.sheet.merged((1, 0, 1, self.last), dated, "subtitle")
        about = f"标“（{VALUE_WORD}）”的和有底色的得分为数值，其余得分由指标矩阵相加。"
        if rubric.rounding.at == "total":
            about += "细则只对总分取舍，总分按未取舍的得分计算，为数值。"
        self.sheet.merged((2, 0, 2, self.last), about, "note")
        self.sheet.worksheet.set_row(0, 32)
        heads = ["序号", "单位", *(_title(one) for one in self.sections), *AFTER]
        self.sheet.row(HEAD, heads, "head")
        self.sheet.height(HEAD, list(enumerate(heads)), least=2)

    def group(self, group: str, own: Sequence[Department]) -> None:
        """One group under its name, the highest total first."""
        title = f"{self.board.assessment.register.groups[group]}（{len(own)}个单位）"
        self.sheet.merged((self.row, 0, self.row, self.last), title, "cell", "total", "left")
        self.sheet.worksheet.set_row(self.row, 20)
        self.row += 1
        self.table.groups[group] = (self.row, self.row + len(own) - 1)
        ranked = sorted(own, key=lambda one: int(self.board.totals[one.code]["rank"]))
        for number, one in enumerate(ranked, start=1):
            self.table.rows[one.code] = self.row
            self._department(number, one)
            self.row += 1

    def _department(self, number: int, one: Department) -> None:
        row, figures = self.row, self.board.totals[one.code]
        self.sheet.number(row, 0, number, "cell", "whole")
        self.sheet.text(row, 1, one.name, "cell")
        for place, section in enumerate(self.sections, start=FIRST_SECTION):
            self._section(row, place, (one.code, section))
        for place, kind in ((BONUS, "bonus"), (MALUS, "malus")):
            self._outside(row, self.after + place, (one.code, kind))
        self.sheet.text(row, self.after + VETO, figures["veto"], "cell")
        note = self._note(one.code, figures)
        self._total(row, one.code, figures)
        self.sheet.number(row, self.after + RANK, int(figures["rank"]), "cell", "whole")
        self.sheet.text(row, self.after + GRADE, figures["grade"], "cell", "center")
        self.sheet.text(row, self.last, note, "cell")
        heights = [(1, one.name), (self.after + VETO, figures["veto"]), (self.last, note)]
        self.sheet.height(row, heights)

    def _section(self, row: int, place: int, key: tuple[str, Section]) -> None:
        code, section = key
        rubric, stored = self.board.rubric, self.board.section(*key) / self.board.power
        added = f"SUM({self.matrix.span(code, section)})"
        formula = section_formula(rubric, section, added, signed=self.board.is_signed)
        if formula is None:
            self.sheet.number(row, place, stored, "cell", "points", "fixed")
        else:
            self.sheet.formula(row, place, formula, stored, "cell", "points")

    def _outside(self, row: int, place: int, key: tuple[str, str]) -> None:
        """Bonus or malus: the sum of the matrix' columns, each section up to its cap."""
        code, kind = key
        stored = float(self.board.totals[code][kind])
        sums = []
        for section in self.board.outside_of(kind):
            added = f"SUM({self.matrix.span(code, section)})"
            cap = section.cap
            sums.append(added if cap is None else f"MIN({added},{points_text(cap)})")
        if not sums:
            self.sheet.number(row, place, stored, "cell", "points")
            return
        formula = f"ROUND({'+'.join(sums)},{self.board.places})"
        self.sheet.formula(row, place, formula, stored, "cell", "points")

    def _total(self, row: int, code: str, figures: Mapping[str, Any]) -> None:
        rubric, place = self.board.rubric, self.after + TOTAL
        total = float(figures["total"])
        if code in self.board.zeroed or not total_is_added(rubric, figures):
            self.sheet.number(row, place, total, "cell", "points", "strong", "fixed")
            return
        first, last = (xl_col_to_name(FIRST_SECTION + end) for end in (0, len(self.sections) - 1))
        at, columns = row + 1, self.table.columns
        base = f"SUM({first}{at}:{last}{at})" if self.sections else points_text(rubric.full_points)
        summed = f"{base}+{columns['bonus']}{at}-{columns['malus']}{at}"
        formula = f"ROUND({floored(rubric, summed)},{self.board.places})"
        self.sheet.formula(row, place, formula, total, "cell", "points", "strong")

    def _note(self, code: str, figures: Mapping[str, Any]) -> str:
        notes = ["一票否决，总分记0分（值）"] if code in self.board.zeroed else []
        if figures["pending_count"]:
            notes.append(pending_text(figures))
        return "；".join(notes)

    def finish(self) -> None:
        """Signatures and page."""
        write_signatures(self.sheet, self.row + 1, self.last + 1, signers=OFFICE_SIGNERS)
        self.sheet.finish(head=(HEAD, HEAD))


def _title(section: Section) -> str:
    """A section's title, with the weight it enters the total by."""
    if section.weight is None or section.weight == Fraction(1):
        return section.title
    return f"{section.title}（按{points_text(section.weight * 100)}%折算）"
