"""The sheet 计算表: from 0/1 columns to points, one row per rule, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from lawkpi.params import points_text
from lawkpi.rubric.model import Section
from lawkpi.scoring import ItemState
from lawkpi.workbook.adjusted import adjusted_formula, adjustment_note
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import ItemFigures, RuleFigures
from lawkpi.workbook.formula import sheet_ref, tree_formula
from lawkpi.workbook.look import VALUE_WORD

NAME = "计算表"
HEADINGS = (
    "规则",
    "指标",
    "计分规则",
    "单位",
    "应计",
    "已计",
    "情形",
    "分子",
    "分母",
    "公分母",
    "换算分子",
    "累计分子",
    "满分分子",
    "有效满分（最小分）",
    "得分（最小分）",
    "得分",
    "说明",
)
WIDTHS = (8, 14, 30, 6, 7, 7, 7, 9, 9, 9, 9, 9, 9, 10, 10, 8, 22)
FIRST = 4
NONE = "—"
(
    DUE,
    DONE,
    STATE,
    NUMERATOR,
    DENOMINATOR,
    SCALE,
    SCALED,
    RUNNING,
    MOST,
    FULL,
    UNITS,
    POINTS,
    NOTE,
) = range(4, 17)


@dataclass(frozen=True)
class Line:
    """Where the figures of an item stand: rule id to row, and the row of its points."""

    rules: Mapping[str, int]
    last: int

    @property
    def points(self) -> str:
        """The cell of the item's points, from any sheet."""
        return f"{sheet_ref(NAME)}$P${self.last + 1}"

    def count(self, rule: str, *, due: bool = False) -> str:
        """The cell of a rule's count, from any sheet."""
        return f"{sheet_ref(NAME)}${'E' if due else 'F'}${self.rules[rule] + 1}"


def write_calculation(book: Book, desk: Desk, figures: Iterable[ItemFigures]) -> dict[str, Line]:
    """The calculation, rule by rule; where each item's points stand."""
    writer = _Writer(book, desk, list(figures))
    return {one.item.id: writer.item(one) for one in writer.figures} | writer.finished()


def _cell(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"


class _Writer:
    """The sheet being written, row after row."""

    def __init__(self, book: Book, desk: Desk, figures: list[ItemFigures]) -> None:
        rubric = desk.assessment.rubric
        self.figures, self.desk = figures, desk
        self.rounding = rubric.rounding
        self.power = 10**rubric.rounding.item_places
        self.sheet: Sheet = book.sheet(NAME, landscape=True)
        self.row = FIRST
        self.section: Section | None = None
        self.running = 0
        self._head()

    def _head(self) -> None:
        last = len(HEADINGS) - 1
        self.sheet.widths(WIDTHS)
        self.sheet.merged((0, 0, 0, last), "得分计算表", "title")
        note = (
            "应计、已计为各台账页计入列之和；分子÷分母为本条规则的精确分值，规则自身上限已计入；"
            "各规则依次累计、以满分为限；项目得分一次舍入，以最小分为单位的整数计算，避免小数误差。"
            f"标“{VALUE_WORD}”的为系统核定数值，不随台账改动。"
        )
        self.sheet.merged((1, 0, 1, last), note, "note")
        self.sheet.worksheet.set_row(0, 30)
        self.sheet.worksheet.set_row(1, 28)
        self.sheet.row(FIRST - 1, HEADINGS, "head")
        self.sheet.worksheet.set_row(FIRST - 1, 32)

    def finished(self) -> dict[str, Line]:
        """The page set up; nothing more to add."""
        self.sheet.finish(head=(FIRST - 1, FIRST - 1))
        return {}

    def item(self, figures: ItemFigures) -> Line:
        """All rules of an item; the last row carries its points."""
        if figures.section is not self.section:
            self.section, self.running = figures.section, 0
        rows = {rule.rule.id: self.row + number for number, rule in enumerate(figures.rules)}
        line = Line(rows, self.row + len(figures.rules) - 1)
        for rule in figures.rules:
            self._counts(rule)
            self.row += 1
        if figures.section.kind == "base":
            self._base(figures, line)
        elif figures.section.kind != "veto" and self._is_live(figures.section):
            self._outside(figures, line)
        elif figures.section.kind != "veto":
            self._entered_outside(figures, line)
        return line

    def _counts(self, rule: RuleFigures) -> None:
        row = self.row
        texts = (f"{rule.item.id}{rule.rule.id}", rule.item.title, rule.text, rule.unit)
        self.sheet.row(row, texts, "cell")
        self.sheet.height(row, [(1, texts[1]), (2, texts[2])])
        for column in range(DUE, NOTE + 1):
            self.sheet.text(row, column, NONE if column < NOTE else "", "cell", "center")
        columns, is_live = rule.columns, rule.is_from_rows
        if rule.is_rate:
            self._count(row, DUE, columns.due if columns and is_live else None, rule.due)
        self._count(row, DONE, columns.done if columns and is_live else None, rule.done)
        if rule.rule.measure.kind == "state":
            self.sheet.number(row, STATE, int(rule.measured.state[0]), "cell", "whole", "fixed")
        if not is_live:
            self._note(row, f"{VALUE_WORD}：核定录入")

    def _count(self, row: int, column: int, span: str | None, count: int) -> None:
        if span is None:
            self.sheet.number(row, column, count, "cell", "whole", "fixed")
        else:
            self.sheet.formula(row, column, f"SUM({span})", count, "cell", "whole")

    def _note(self, row: int, text: str) -> None:
        self.sheet.text(row, NOTE, text, "cell", "small")

    def _whole(self, row: int, column: int, formula: str, stored: int) -> None:
        self.sheet.formula(row, column, formula, stored, "cell", "whole")

    def _base(self, figures: ItemFigures, line: Line) -> None:
        if figures.scores is None:
            self._settled(figures, line)
            return
        before, running = "0", 0
        scale = self._scale(figures, line)
        declared = figures.item.full_points
        most = 0 if declared is None else int(declared * scale)
        for rule in figures.rules:
            row = line.rules[rule.rule.id]
            self._ratio(rule, row)
            if declared is not None:
                part = f"QUOTIENT({_cell(row, SCALE)},{declared.denominator})"
                part = _cell(row, SCALE) if declared.denominator == 1 else part
                self._whole(row, MOST, f"{declared.numerator}*{part}", most)
            scaled = rule.whole("numerator") * (scale // rule.whole("denominator"))
            running = min(running + scaled, most)
            quotient = f"QUOTIENT({_cell(row, SCALE)},{_cell(row, DENOMINATOR)})"
            self._whole(row, SCALED, f"{_cell(row, NUMERATOR)}*{quotient}", scaled)
            added = f"MIN({before}+{_cell(row, SCALED)},{_cell(row, MOST)})"
            self._whole(row, RUNNING, added, running)
            before = _cell(row, RUNNING)
        self._item_points(figures, line)

    def _scale(self, figures: ItemFigures, line: Line) -> int:
        """The common denominator in every row of the item; its value."""
        moving = [rule for rule in figures.rules if rule.denominator is None]
        cells = [_cell(line.rules[rule.rule.id], DENOMINATOR) for rule in moving]
        scale = figures.scale
        for rule in moving:
            scale *= rule.whole("denominator")
        formula = "*".join([str(figures.scale), *cells])
        for row in line.rules.values():
            self._whole(row, SCALE, formula, scale)
        return scale

    def _ratio(self, rule: RuleFigures, row: int) -> None:
        """The exact points of a rule: numerator and denominator."""
        ratio = rule.ratio
        if ratio is None:
            return
        due, done, state = (f"{_cell(row, column)}" for column in (DUE, DONE, STATE))
        cells = {
            "due": due if rule.is_rate else str(max(rule.due, 1)),
            "done": done,
            "state": state,
        }
        above = tree_formula(ratio.numerator, cells)
        if rule.is_rate:
            above = f"IF({due}<{rule.min_base},0,{above})"
            cells |= {"due": f"IF({due}<{rule.min_base},1,{due})"}
        below = tree_formula(ratio.denominator, cells)
        self._whole(row, NUMERATOR, above, rule.whole("numerator"))
        self._whole(row, DENOMINATOR, below, rule.whole("denominator"))

    def _item_points(self, figures: ItemFigures, line: Line) -> None:
        row, scores = line.last, figures.scores
        if scores is None:
            return
        full, units = int(scores.full[0]), int(scores.points[0])
        self.sheet.number(row, FULL, full, "cell", "whole", "fixed")
        kept = f"({_cell(row, MOST)}-{_cell(row, RUNNING)})*{_cell(row, FULL)}"
        most = _cell(row, MOST)
        if self.rounding.mode == "half_up":
            formula = f"QUOTIENT(2*{kept}+{most},2*{most})"
        else:
            formula = f"QUOTIENT({kept},{most})"
        self._whole(row, UNITS, formula, units)
        if figures.office:
            self._adjusted(figures, row, f"{_cell(row, UNITS)}/{self.power}")
        else:
            self._points(row, units)

    def _adjusted(self, figures: ItemFigures, row: int, earned: str) -> None:
        """Points with the scoring office's adjustments, added from their ledger sheet."""
        places = self.rounding.item_places
        formula = adjusted_formula(earned, self.desk, figures.item.id, places)
        self.sheet.formula(row, POINTS, formula, float(figures.points or 0), "cell", "points")
        self._note(row, adjustment_note(figures.office))

    def _points(self, row: int, units: int) -> None:
        formula = f"{_cell(row, UNITS)}/{self.power}"
        self.sheet.formula(row, POINTS, formula, units / self.power, "cell", "points")

    def _settled(self, figures: ItemFigures, line: Line) -> None:
        """An item that no formula can give: its state, or the engine's points."""
        points = figures.points
        if points is None:
            self.sheet.text(line.last, POINTS, figures.state.label, "cell", "center")
            self._note(line.last, figures.state.label)
            return
        reason = figures.state.label if figures.state is not ItemState.SCORED else "系统核定"
        note = f"{VALUE_WORD}：{reason}"
        if figures.office:
            earned = points_text(Fraction(points - figures.office))
            self._adjusted(figures, line.last, earned)
            note += f"，{adjustment_note(figures.office)}"
        else:
            self.sheet.number(line.last, POINTS, float(points), "cell", "points", "fixed")
        self._note(line.last, note)

    def _outside(self, figures: ItemFigures, line: Line) -> None:
        """Bonus and malus: each rule rounded once, together at most the section's cap."""
        cap = figures.section.cap
        most = None if cap is None else int(cap * self.power)
        start = self.running
        first = min(line.rules.values())
        begin = _cell(first - 1, RUNNING) if self._follows(figures) else "0"
        before = begin
        for rule in figures.rules:
            row = line.rules[rule.rule.id]
            self._ratio_outside(rule, row)
            units = self._units(rule, row)
            self.running = units + self.running if most is None else min(self.running + units, most)
            added = f"{before}+{_cell(row, SCALED)}"
            if most is not None:
                self.sheet.number(row, MOST, most, "cell", "whole", "fixed")
                added = f"MIN({added},{_cell(row, MOST)})"
            self._whole(row, RUNNING, added, self.running)
            before = _cell(row, RUNNING)
        units = self.running - start
        self._whole(line.last, UNITS, f"{before}-{begin}", units)
        self._points(line.last, units)

    def _is_live(self, section: Section) -> bool:
        """Whether formulas can give every rule of a section outside the base."""
        own = [one for one in self.figures if one.section is section]
        return all(one.is_live for one in own)

    def _entered_outside(self, figures: ItemFigures, line: Line) -> None:
        """Bonus and malus that no formula can give: the engine's points."""
        points = float(figures.adjusted)
        self.sheet.number(line.last, POINTS, points, "cell", "points", "fixed")
        self._note(line.last, f"{VALUE_WORD}：系统核定")

    @staticmethod
    def _follows(figures: ItemFigures) -> bool:
        return figures.item.id != figures.section.items[0].id

    def _ratio_outside(self, rule: RuleFigures, row: int) -> None:
        if rule.is_pending:
            self.sheet.number(row, NUMERATOR, 0, "cell", "whole", "fixed")
            below = rule.whole("denominator")
            self.sheet.number(row, DENOMINATOR, below, "cell", "whole", "fixed")
            self._note(row, f"{VALUE_WORD}：待核")
            return
        self._ratio(rule, row)

    def _units(self, rule: RuleFigures, row: int) -> int:
        above, below = rule.whole("numerator"), rule.whole("denominator")
        top, bottom = _cell(row, NUMERATOR), _cell(row, DENOMINATOR)
        if self.rounding.mode == "half_up":
            units = (2 * above * self.power + below) // (2 * below)
            formula = f"QUOTIENT(2*{self.power}*{top}+{bottom},2*{bottom})"
        else:
            units = above * self.power // below
            formula = f"QUOTIENT({self.power}*{top},{bottom})"
        self._whole(row, SCALED, formula, units)
        return int(units)
