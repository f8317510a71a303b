"""The sheet 考核评分表: one line per item in the columns of practice, live sums, signature foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lawkpi.rubric.model import Section
from lawkpi.scoring import ItemState
from lawkpi.workbook.additive import base_is_added, floored
from lawkpi.workbook.adjusted import adjustment_note
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.calculation import Calculated
from lawkpi.workbook.calculation.states import PENDING
from lawkpi.workbook.counted import counted
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import ItemFigures
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.formula import sheet_ref
from lawkpi.workbook.look import VALUE_WORD
from lawkpi.workbook.marks import OPEN
from lawkpi.workbook.signature import write_signatures

NAME = "考核评分表"
HEADINGS = (
    "序号",
    "一级指标",
    "二级指标",
    "评分标准（原文）",
    "分值",
    "自评分",
    "自评说明",
    "佐证编号",
    "核定数据",
    "扣分",
    "考评得分",
    "扣分理由及依据",
    "评分单位",
    "备注",
)
WIDTHS = (5, 9, 11, 30, 6.5, 6.5, 11, 8, 19, 6.5, 8, 31, 9, 11)
FIRST = 4
FULL, SELF, REMARK, EVIDENCE, FIGURES, LOST, POINTS, REASON, SCORER, NOTE = range(4, 14)
SELF_LEDGER = "self_assessments"
NOTHING_PENDING = "无待核指标"


@dataclass
class Scorecard:
    """Where the scorecard's sums stand: section id to row, and the rows of the totals."""

    sections: dict[str, int] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)

    def points(self, row: int) -> str:
        """The points cell of a row, from any sheet."""
        return f"{sheet_ref(NAME)}$K${row + 1}"

    def full(self, row: int) -> str:
        """The full-points cell of a row, from any sheet."""
        return f"{sheet_ref(NAME)}$E${row + 1}"


def write_scorecard(
    book: Book, desk: Desk, figures: Sequence[ItemFigures], planned: Calculated
) -> Scorecard:
    """The scorecard; where its sums stand."""
    writer = _Writer(book, desk, planned)
    for section in desk.assessment.rubric.sections:
        writer.section(section, [one for one in figures if one.section.id == section.id])
    writer.totals()
    return writer.card


class _Writer:
    """The scorecard being written, row after row."""

    def __init__(self, book: Book, desk: Desk, planned: Calculated) -> None:
        self.desk, self.lines, self.planned = desk, planned.lines, planned
        self.rubric = desk.assessment.rubric
        self.places = self.rubric.rounding.item_places
        self.sheet: Sheet = book.sheet(NAME, landscape=True)
        self.row = FIRST
        self.number = 0
        self.card = Scorecard()
        self.own = _self_assessed(desk)
        self.sentences = _sentences(desk)
        self.listed = _listed(desk)
        self._head()

    def _head(self) -> None:
        settings, last = self.desk.assessment.settings, len(HEADINGS) - 1
        self.sheet.widths(WIDTHS)
        self.sheet.merged((0, 0, 0, last), f"{settings.title}评分表", "title")
        period = settings.period
        about = (
            f"被考核单位：{self.desk.department.name}    阶段：{settings.stage_title}    "
            f"考核周期：{period.start:%Y-%m-%d}至{period.end:%Y-%m-%d}    数据截止：{settings.as_of:%Y-%m-%d}"
        )
        self.sheet.merged((1, 0, 1, last), about, "subtitle")
        self.sheet.worksheet.set_row(0, 32)
        self.sheet.worksheet.set_row(1, 20)
        self.sheet.row(FIRST - 1, HEADINGS, "head")
        self.sheet.worksheet.set_row(FIRST - 1, 32)

    def section(self, section: Section, figures: Sequence[ItemFigures]) -> None:
        """A section's items and its subtotal."""
        first = self.row
        for one in figures:
            self._item(section, one)
        if section.kind != "veto":
            self._subtotal(section, figures, first)

    def _item(self, section: Section, figures: ItemFigures) -> None:
        row, item = self.row, figures.item
        self.number += 1
        mine = self.own.get(item.id, {})
        said = counted(figures, self.lines[item.id])
        texts = {
            1: f"{section.id} {section.title}",
            2: f"{item.id} {item.title}",
            3: item.clause,
            REMARK: mine.get("remark", ""),
            EVIDENCE: mine.get("evidence", ""),
            FIGURES: said.text,
            REASON: self._reason(figures),
            SCORER: "、".join(self.rubric.offices_for(item, self.desk.department)),
            NOTE: self._remark(figures),
        }
        self.sheet.number(row, 0, self.number, "cell", "whole")
        for column in range(1, len(HEADINGS)):
            centred = ("center",) if column in (SELF, LOST, POINTS, FULL) else ()
            self.sheet.text(row, column, texts.get(column, ""), "cell", *centred)
        self._numbers(figures, mine.get("points", ""))
        self.sheet.formula(row, FIGURES, said.formula, said.text, "cell")
        self.sheet.height(row, list(texts.items()), least=2)
        self.card.items.append(row)
        self.row += 1

    def _numbers(self, figures: ItemFigures, mine: str) -> None:
        row = self.row
        if mine:
            self.sheet.number(row, SELF, float(mine), "cell", "points")
        if figures.section.kind == "base":
            full = self.lines[figures.item.id].full
            stored = float(figures.full_points)
            formula = f"{full}/{10**self.places}"
            self.sheet.formula(row, FULL, formula, stored, "cell", "points")
            self._base_points(figures)
        elif figures.section.kind != "veto":
            self._outside_points(figures)

    def _base_points(self, figures: ItemFigures) -> None:
        points, row = figures.points, self.row
        cell = self.lines[figures.item.id].points
        shown = figures.state.label if points is None else float(points)
        self.sheet.formula(row, POINTS, cell, shown, "cell", "points")
        lost = "" if points is None else float(figures.full_points - points)
        formula = f'IF(ISNUMBER(K{row + 1}),ROUND(E{row + 1}-K{row + 1},{self.places}),"")'
        self.sheet.formula(row, LOST, formula, lost, "cell", "points")

    def _outside_points(self, figures: ItemFigures) -> None:
        """A bonus stands as points, a malus as a loss."""
        amount = figures.adjusted
        column = POINTS if figures.section.kind == "bonus" else LOST
        cell = self.lines[figures.item.id].points
        self.sheet.formula(self.row, column, cell, float(amount), "cell", "points")

    def _reason(self, figures: ItemFigures) -> str:
        """What the rules found, the counting rule, where the list says more, and the basis."""
        sentences = [*self.sentences.get(figures.item.id, []), adjustment_note(figures.office)]
        sentences = [one for one in sentences if one] or [_unharmed(figures)]
        lines = self.listed.get(figures.item.id, [])
        named = f"扣分明细见《扣分清单》第{_ranges(lines)}行" if lines else ""
        rule = f"口径：{figures.item.counting_text}" if figures.item.counting_text else ""
        basis = f"依据：{figures.item.basis_text}"
        return "；\n".join(part for part in (*sentences, rule, named, basis) if part) + "。"

    def _remark(self, figures: ItemFigures) -> str:
        item, notes = figures.item, []
        declared = item.full_points
        if figures.row and declared is not None and declared != figures.full_points:
            notes.append(f"原分值{float(declared):g}分，因不适用指标重新分配，见《分值分配表》")
        if figures.state is ItemState.PENDING:
            notes.append("待核，未计入得分")
        if figures.state is ItemState.NOT_REPORTED:
            notes.append(f"未报送，按细则核定（{VALUE_WORD}）")
        if any(rule.is_by_hand for rule in figures.rules):
            notes.append(f"含核定录入（{VALUE_WORD}）")
        if figures.is_open:
            notes.append("有记录待核，未计入")
        if figures.section.kind == "veto":
            notes.append(self._vetoed(figures))
        return "；".join(notes)

    @staticmethod
    def _vetoed(figures: ItemFigures) -> str:
        hit = [one.rule.effect.veto for one in figures.rules if one.done]
        return "；".join(veto.text for veto in hit if veto) or "未发生"

    def _subtotal(self, section: Section, figures: Sequence[ItemFigures], first: int) -> None:
        row = self.row
        self._sum_row(f"{section.title}小计")
        span = f"{first + 1}:{{0}}{row}"
        if section.kind == "base":
            full = sum((one.full_points for one in figures), Decimal(0))
            points = sum((one.points or Decimal(0) for one in figures), Decimal(0))
            lost = sum(
                (one.full_points - one.points for one in figures if one.points is not None),
                Decimal(0),
            )
            self._sum(FULL, "E", span, full)
            self._sum(LOST, "J", span, lost)
            self._sum(POINTS, "K", span, points)
        else:
            amount = sum((one.adjusted for one in figures), Decimal(0))
            column, letter = (POINTS, "K") if section.kind == "bonus" else (LOST, "J")
            self._sum(column, letter, span, amount)
        self.card.sections[section.id] = row
        self.row += 1

    def _sum(self, column: int, letter: str, span: str, stored: Decimal) -> None:
        formula = f"ROUND(SUM({letter}{span.format(letter)}),{self.places})"
        self.sheet.formula(self.row, column, formula, float(stored), "cell", "points", "total")

    def _sum_row(self, title: str) -> None:
        for column in range(len(HEADINGS)):
            self.sheet.blank(self.row, column, "cell", "total")
        self.sheet.merged((self.row, 0, self.row, 3), title, "cell", "total", "center")
        self.sheet.worksheet.set_row(self.row, 22)

    def totals(self) -> None:
        """Base, bonus, malus and total, then the signatures."""
        total = self.desk.assessment.total(self.desk.department.code)
        base = [one for one in self.rubric.sections if one.kind == "base"]
        added = self._added(base, "K") if base_is_added(self.rubric) else None
        self._total("基础分合计", "base", self._summed("base") or added, total["base"])
        full = self._added(base, "E")
        lines = self.desk.assessment.lines("scores", self.desk.department.code)
        figure = sum((Decimal(one["full_points"]) for one in lines), Decimal(0))
        formula = f"ROUND({full},{self.places})"
        self.sheet.formula(self.row - 1, FULL, formula, float(figure), "cell", "points", "total")
        for kind, title, letter in (("bonus", "加分合计", "K"), ("malus", "减分合计", "J")):
            parts = [one for one in self.rubric.sections if one.kind == kind]
            self._total(title, kind, self._added(parts, letter), total[kind])
        sums = {name: f"K{row + 1}" for name, row in self.card.sums.items()}
        earned = f"{sums['base']}+{sums['bonus']}-{sums['malus']}"
        bound = self._summed("total") or floored(self.rubric, earned)
        self._total("考评总分", "total", bound, total["total"])
        self._pending(total)
        printed = fingerprint(self.desk.assessment.inputs)
        write_signatures(self.sheet, self.row + 1, len(HEADINGS), printed=printed)
        self.sheet.finish(head=(FIRST - 1, FIRST - 1))

    def _summed(self, name: str) -> str | None:
        """The calculation's own line for a sum that is no plain addition."""
        cell = self.planned.sums.get(name)
        return None if cell is None else f"{cell.elsewhere}/{10**self.places}"

    def _added(self, sections: Sequence[Section], letter: str) -> str:
        cells = [f"{letter}{self.card.sections[one.id] + 1}" for one in sections]
        return "+".join(cells) or "0"

    def _total(self, title: str, name: str, formula: str | None, stored: Any) -> None:
        """A sum over the cells above, or the engine's figure where no sum gives it."""
        self._sum_row(title)
        if formula is None:
            self.sheet.number(self.row, POINTS, float(stored), "cell", "points", "total", "fixed")
        else:
            written = f"ROUND({formula},{self.places})"
            self.sheet.formula(self.row, POINTS, written, float(stored), "cell", "points", "total")
        self.card.sums[name] = self.row
        self.sheet.book.name(title, self.card.points(self.row))
        self.row += 1

    def _pending(self, total: Mapping[str, Any]) -> None:
        """What is still open, counted from the lines above."""
        last, own = len(HEADINGS) - 1, self.card.items
        self.sheet.merged((self.row, 0, self.row, last), "", "cell", "strong")
        first, final = (own[0] + 1, own[-1] + 1) if own else (FIRST, FIRST)
        spans = (f"K{first}:K{final}", f"E{first}:E{final}")
        formula = pending_formula(self.planned.states, spans, self.places)
        self.sheet.formula(self.row, 0, formula, pending_text(total), "cell", "strong")
        self.card.sums["pending"] = self.row
        self.row += 1


def pending_formula(states: str, spans: tuple[str, str], places: int) -> str:
    """`pending_text` over all items' states, and the points and full points of a scorecard's lines."""
    points, full = spans
    count = f"COUNTIF({states},{PENDING})"
    sum_of = f'ROUND(SUMIF({points},"{OPEN}",{full}),{places})'
    said = f'"尚有"&{count}&"项"&{sum_of}&"分待核，未计入得分"'
    return f'IF({count}=0,"{NOTHING_PENDING}",{said})'


def pending_text(total: Mapping[Any, Any]) -> str:
    """What is still pending, in words; that nothing is, otherwise."""
    if not total["pending_count"]:
        return NOTHING_PENDING
    return f"尚有{total['pending_count']}项{float(total['pending_points']):g}分待核，未计入得分"


def _self_assessed(desk: Desk) -> dict[str, dict[str, str]]:
    """Item to what the department said of itself."""
    ledger = desk.ledgers.get(SELF_LEDGER)
    if ledger is None:
        return {}
    found: dict[str, dict[str, str]] = {str(item): {} for item in ledger.cells("item")}
    for column, name in _OWN_WORDS.items():
        if column in ledger.schema.all_types:
            pairs = zip(ledger.cells("item"), ledger.cells(column), strict=True)
            for item, one in pairs:
                if one is not None:
                    found[str(item)][name] = one if isinstance(one, str) else f"{one:.4f}"
    return found


_OWN_WORDS = {"remark": "remark", "evidence": "evidence", "self_points": "points"}
"""What a department says of itself: column to its name on the scorecard."""


def _sentences(desk: Desk) -> dict[str, list[str]]:
    """Item to what its rules found: those that cost points, or that were not scored."""
    found: dict[str, list[str]] = {}
    for row in desk.assessment.lines("rules", desk.department.code):
        said = found.setdefault(str(row["item"]), [])
        if row["points"] or row["state"] in ("pending", "not_reported"):
            said.append(str(row["sentence"]))
    return found


def _listed(desk: Desk) -> dict[str, list[int]]:
    """Item to its lines in the list of losses, as that sheet numbers them."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(desk.assessment.lines("losses", desk.department.code), start=1):
        found.setdefault(str(line["item"]), []).append(number)
    return found


def _unharmed(figures: ItemFigures) -> str:
    """What is said of an item that lost nothing."""
    if figures.section.kind != "base":
        return ""
    return "无应计记录" if figures.state is ItemState.NOT_APPLICABLE else "未扣分"


def _ranges(numbers: Sequence[int]) -> str:
    """Line numbers in short: they run on within an item."""
    first, last = numbers[0], numbers[-1]
    return str(first) if first == last else f"{first}—{last}"
