"""The plan of 计算表: from 0/1 columns to points, one line per rule, in whole numbers.

Everything is planned as trees, computed, and set beside the assessment; what does not agree to the last digit is
written as the assessment's value, and then no cell of the records counts as live.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lawkpi.rubric.expression import Const, Count, When
from lawkpi.rubric.model import Item, Section
from lawkpi.scoring import ItemState
from lawkpi.workbook.adjusted import adjustment_note
from lawkpi.workbook.calculation.calculated import (
    FIRST,
    NAME,
    Calculated,
    Line,
    columns_for,
)
from lawkpi.workbook.calculation.grid import Cell, Grid
from lawkpi.workbook.calculation.items import ItemWriter, Kept, OutsideWriter, Terms
from lawkpi.workbook.calculation.rules import RuleCells, RuleWriter, lines_of
from lawkpi.workbook.calculation.spread import Spread
from lawkpi.workbook.calculation.states import (
    ITEM_STATES,
    PENDING,
    SCORED,
    is_pending,
    item_state,
)
from lawkpi.workbook.calculation.sums import (
    Outside,
    Scored,
    SumWriter,
    needs_lines,
    zeroing_rules,
)
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import ItemFigures, RuleFigures
from lawkpi.workbook.whole import NotExact, summed

OF_POINTS = (
    "scale",
    "scaled",
    "capped",
    "rounded",
    "running",
    "most",
    "within",
    "points_units",
    "counted",
)


def calculated(desk: Desk, figures: Sequence[ItemFigures]) -> Calculated:
    """Plan the calculation; the desk is told where nothing may count as live."""
    return _Plan(desk, figures).plan()


class _Plan:
    """The calculation being planned."""

    def __init__(self, desk: Desk, figures: Sequence[ItemFigures]) -> None:
        self.desk, self.figures = desk, figures
        self.rubric = desk.assessment.rubric
        self.power = 10**self.rubric.rounding.item_places
        self.grid = Grid(NAME, columns_for(self.rubric, figures))
        self.rows: dict[str, list[int]] = {}
        self.rules: dict[str, list[RuleCells]] = {}
        self.states: dict[str, Cell] = {}
        self.scored: dict[str, Scored] = {}
        self.outside: dict[str, Cell] = {}
        self.whys: dict[str, str] = {}
        self.settled: set[str] = set()
        self.full: dict[str, Cell] = {}
        self.sums: dict[str, Cell] = {}
        self.row = FIRST

    def plan(self) -> Calculated:
        """Rules, states, redistribution, items, bonus and malus, sums, in this order."""
        for one in self.figures:
            self._rules(one)
        base = [one for one in self.figures if one.section.kind == "base"]
        for one in base:
            self._state(one)
        spread = self._spread(base)
        for one in base:
            self._base(one)
        for one in self.figures:
            if one.section.kind != "base":
                self._outside_state(one)
        for section in self.rubric.sections:
            if section.kind in ("bonus", "malus"):
                self._outside(section)
        self._sums(base)
        for one in self.figures:
            self._texts(one)
        lines = {one.item.id: self._line(one) for one in self.figures}
        return Calculated(self.grid, spread, lines, self.sums, self.whys, self.row)

    def _frozen(self, name: str, why: str) -> None:
        """A result that stands as a value: from now on nothing on the ledger sheets is live."""
        self.whys[name] = why
        self.desk.is_frozen = True

    def _rules(self, one: ItemFigures) -> None:
        rows, cells = [], []
        for rule in one.rules:
            rows.append(self.row)
            writer = RuleWriter(self.grid, rule)
            try:
                cells.append(writer.plan(self.row))
            except NotExact:
                writer.standing(self.row)
                self.settled.add(one.item.id)
            if rule.why and rule.is_for:
                self.whys[f"{one.item.id}{rule.rule.id}"] = rule.why
            self.row += lines_of(rule)
        self.rows[one.item.id], self.rules[one.item.id] = rows, cells

    def _last(self, item: Item) -> int:
        return self.rows[item.id][-1]

    def _state(self, one: ItemFigures) -> None:
        """The item's state over its rules; a value where it hangs on what was reported."""
        row, expected = self._last(one.item), ITEM_STATES[one.state]
        if one.item.id not in self.settled and not self._is_unreported(one.item):
            cells = {f"r{n}": rule.state for n, rule in enumerate(self.rules[one.item.id])}
            tree = item_state([Count(name) for name in cells])
            state = self.grid.tree(row, "item_state", tree, cells)
            if state.value == expected:
                self.states[one.item.id] = state
                return
            self.settled.add(one.item.id)
        self.states[one.item.id] = self.grid.number(row, "item_state", expected)

    def _outside_state(self, one: ItemFigures) -> None:
        """Whether a record leaves an item outside the base, or a veto, undecided."""
        row, expected = self._last(one.item), PENDING if one.is_open else SCORED
        cells = {f"r{n}": rule.state for n, rule in enumerate(self.rules[one.item.id])}
        if one.item.id not in self.settled and cells:
            pending = summed([is_pending(Count(name)) for name in cells])
            tree = When(pending, Const(1), Const(PENDING), Const(SCORED))
            if self.grid.tree(row, "item_state", tree, cells).value == expected:
                return
        self.grid.number(row, "item_state", expected)

    def _is_unreported(self, item: Item) -> bool:
        submissions = self.desk.assessment.holdings.submissions
        reporting = submissions.reporting(item, [self.desk.department.code])
        return bool(reporting.unreported[0]) and self.desk.includes(item)

    def _spread(self, base: Sequence[ItemFigures]) -> Grid | None:
        """Full points after redistribution, each in the line of its item."""
        if not base:
            return None
        spread = Spread(self.rubric, self.desk.department.group, self.states)
        try:
            full = spread.plan()
        except NotExact:
            full = {}
        wanted = {one.item.id: int(one.full_points * self.power) for one in base}
        if {name: cell.value for name, cell in full.items()} == wanted:
            for one in base:
                cells = {"full": full[one.item.id]}
                row = self._last(one.item)
                self.full[one.item.id] = self.grid.tree(row, "full", Count("full"), cells)
            return spread.grid
        self._frozen("分值分配", "系统核定")
        for one in base:
            row = self._last(one.item)
            self.full[one.item.id] = self.grid.number(row, "full", wanted[one.item.id])
        return None

    def _base(self, one: ItemFigures) -> None:
        """An item's points, if they come to what the assessment has; else its points as they are."""
        if one.item.id not in self.settled:
            try:
                if self._live(one):
                    return
            except NotExact:
                pass
        self._settle(one)

    def _live(self, one: ItemFigures) -> bool:
        item, row = one.item, self._last(one.item)
        state, full = self.states[item.id], self.full[item.id]
        group, code = self.desk.department.group, self.desk.department.code
        terms = Terms(item.full_for(group), item.start_for(code, group), self.rubric.floor_of(item))
        writer = ItemWriter(self.grid, item, terms, self.rubric.rounding)
        kept: Kept | None = None
        if one.state is ItemState.NOT_REPORTED:
            units = writer.unreported(row, full, self._adjusted(one))
        elif not self.desk.includes(item) or item.full_for(group) == 0:
            units = self.grid.number(row, "points_units", 0)
        else:
            awards = {rule.rule.id: rule.rule.effect.kind == "award" for rule in one.rules}
            kept = writer.kept(self.rules[item.id], awards)
            units = writer.units(row, kept, {"state": state, "full": full}, self._adjusted(one))
        stored = writer.points(row, state, units, full)
        title = f"{item.id} {item.title}"
        adjusted = self._adjusted(one)
        self.scored[item.id] = Scored(one.section, title, state, units, full, kept, adjusted)
        return stored == _printed(one)

    def _adjusted(self, one: ItemFigures) -> Cell | None:
        """What the scoring office added: a value; None where it left the item alone."""
        if not one.office:
            return None
        return self.grid.number(self._last(one.item), "adjusted", int(one.office * self.power))

    def _settle(self, one: ItemFigures) -> None:
        """The assessment's points, as a value."""
        row = self._last(one.item)
        self.grid.cleared(range(self.rows[one.item.id][0], row + 1), OF_POINTS)
        units = int((one.points or Decimal(0)) * self.power)
        cell = self.grid.number(row, "points_units", units)
        self.grid.value(row, "points", _printed(one), "points")
        state, full = self.states[one.item.id], self.full[one.item.id]
        title = f"{one.item.id} {one.item.title}"
        self.scored[one.item.id] = Scored(one.section, title, state, cell, full, None)
        self._frozen(one.item.id, "系统核定")
        if self.rubric.rounding.at == "total":
            self._frozen("考评总分", "系统核定")

    def _outside(self, section: Section) -> None:
        """Bonus and malus: live as a whole, or values as a whole, for caps run through them."""
        own = [one for one in self.figures if one.section is section]
        try:
            is_live = self._outside_live(section, own)
        except NotExact:
            is_live = False
        if is_live:
            return
        running: Cell | None = None
        for one in own:
            row = self._last(one.item)
            self.grid.cleared(range(self.rows[one.item.id][0], row + 1), OF_POINTS)
            units = int(one.adjusted * self.power)
            self.grid.number(row, "points_units", units)
            self.grid.value(row, "points", float(one.adjusted), "points")
            running = self.grid.number(row, "within", units + (running.value if running else 0))
            self._frozen(one.item.id, "系统核定")
        if running is not None:
            self.outside[section.id] = running

    def _outside_live(self, section: Section, own: Sequence[ItemFigures]) -> bool:
        if any(one.item.id in self.settled for one in own):
            return False
        writer = OutsideWriter(self.grid, self.rubric.rounding)
        running: Cell | None = None
        for one in own:
            cells = self.rules[one.item.id]
            units, running = writer.plan(one.item, cells, section.cap, running)
            if units.value != int(one.adjusted * self.power):
                return False
        if running is None:
            return False
        self.outside[section.id] = running
        return True

    def _sums(self, base: Sequence[ItemFigures]) -> None:
        """Base and total, where the scorecard's additions do not give them."""
        if not needs_lines(self.rubric):
            return
        total = self.desk.assessment.total(self.desk.department.code)
        wanted = {name: int(Decimal(total[name]) * self.power) for name in ("base", "total")}
        start = self.row + 1
        try:
            found = self._summed(base, start)
        except NotExact:
            found = {}
        if {name: cell.value for name, cell in found.items()} == wanted:
            self.sums = found
            return
        self._frozen("考评总分", "系统核定")
        for row, place in [one for one in self.grid.entries if one[0] >= start]:
            del self.grid.entries[row, place]
        for number, (name, title) in enumerate((("base", "基础分合计"), ("total", "考评总分"))):
            row = start + number
            self.grid.text(row, "title", title)
            self.sums[name] = self.grid.number(row, "points_units", wanted[name])
            self.grid.value(row, "points", wanted[name] / self.power, "points")
        self.row = start + 2

    def _summed(self, base: Sequence[ItemFigures], start: int) -> dict[str, Cell]:
        if self.rubric.rounding.at == "total" and self.settled_any():
            raise NotExact
        writer = SumWriter(self.grid, self.rubric, start)
        outside = {
            kind: [self.outside[one.id] for one in self.rubric.sections if one.kind == kind]
            for kind in ("bonus", "malus")
        }
        found = writer.plan(
            [self.scored[one.item.id] for one in base],
            Outside(outside["bonus"], outside["malus"], self._zeroing()),
        )
        self.row = writer.row
        return found

    def settled_any(self) -> bool:
        """Whether some item's points stand as a value."""
        return any(one.kept is None and one.state.value == 1 for one in self.scored.values())

    def _zeroing(self) -> list[Cell]:
        """The counts of vetoes that take the total.

        Raises
        ------
        NotExact : one looks at points, which has no line here
        """
        found = []
        for item_id, rule_id in zeroing_rules(self.rubric):
            rule = next(one for one in self._figures(item_id).rules if one.rule.id == rule_id)
            veto = rule.rule.effect.veto
            if rule.rule.measure.item_points is not None or (veto and veto.is_written):
                raise NotExact
            if rule.is_for:
                row = self._row_of(item_id, rule_id)
                found.append(self._counted(row, "done"))
        return found

    def _figures(self, item_id: str) -> ItemFigures:
        return next(one for one in self.figures if one.item.id == item_id)

    def _row_of(self, item_id: str, rule_id: str) -> int:
        ids = [rule.rule.id for rule in self._figures(item_id).rules]
        return self.rows[item_id][ids.index(rule_id)]

    def _texts(self, one: ItemFigures) -> None:
        for rule, row in zip(one.rules, self.rows[one.item.id], strict=True):
            self.grid.text(row, "rule", f"{one.item.id}{rule.rule.id}")
            self.grid.text(row, "title", one.item.title)
            self.grid.text(row, "text", rule.text)
            self.grid.text(row, "unit", rule.unit, "center")
            note = self._note(one, rule)
            self.grid.text(row, "note", note, "small")
            for number, name in enumerate(rule.part_names, start=1):
                self.grid.text(row + number, "rule", "")
                self.grid.text(row + number, "title", name, "center")

    def _note(self, one: ItemFigures, rule: RuleFigures) -> str:
        if not rule.is_for:
            return "不适用于本单位"
        why = self.whys.get(one.item.id) or self.whys.get(f"{one.item.id}{rule.rule.id}")
        parts = [f"值：{why}" if why else "", adjustment_note(one.office)]
        return "；".join(part for part in parts if part)

    def _line(self, one: ItemFigures) -> Line:
        rows = dict(zip((rule.rule.id for rule in one.rules), self.rows[one.item.id], strict=True))
        last = self._last(one.item)
        counts: dict[tuple[str, str], Cell] = {
            (rule_id, key): self._counted(row, key)
            for rule_id, row in rows.items()
            for key in ("due", "done", "state", "state_of")
            if key in self.grid.places and (row, self.grid.places[key]) in self.grid.entries
        }
        return Line(rows, last, self._at(last, "points"), self._at(last, "full"), counts)

    def _counted(self, row: int, key: str) -> Cell:
        place = self.grid.places[key]
        return Cell(NAME, row, place, int(self.grid.entries[row, place].stored))

    def _at(self, row: int, key: str) -> str:
        """A cell as other sheets name it."""
        return Cell(NAME, row, self.grid.places[key], 0).elsewhere


def _printed(one: ItemFigures) -> float | str:
    """What the assessment says of an item: its points, or its state in a word."""
    return one.state.label if one.points is None else float(one.points)
