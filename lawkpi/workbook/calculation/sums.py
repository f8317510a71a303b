"""Sums that are no plain addition: weighted sections, rounding of the total alone, a veto that takes all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lawkpi.rubric.expression import Const, Count, Divisor, Expression, Larger, Quotient, When
from lawkpi.rubric.model import Rubric, Section
from lawkpi.workbook.calculation.grid import Cell, Grid
from lawkpi.workbook.calculation.items import Kept
from lawkpi.workbook.calculation.states import NOT_APPLICABLE, PENDING, SCORED
from lawkpi.workbook.whole import NotExact, rounded_tree, summed


@dataclass(frozen=True)
class Scored:
    """A base item as sums see it; `kept` is None where it was not reported, `adjusted` where no office did."""

    section: Section
    title: str
    state: Cell
    units: Cell
    full: Cell
    kept: Kept | None
    adjusted: Cell | None = None


@dataclass(frozen=True)
class Outside:
    """Units of bonus and malus sections, and the counts that take the whole total."""

    bonus: Sequence[Cell]
    malus: Sequence[Cell]
    zeroing: Sequence[Cell]


def needs_lines(rubric: Rubric) -> bool:
    """Whether the scorecard's own additions do not give base and total."""
    is_folded = any(section.weight is not None for section in rubric.base_sections)
    return rubric.rounding.at == "total" or is_folded or bool(zeroing_rules(rubric))


def zeroing_rules(rubric: Rubric) -> list[tuple[str, str]]:
    """Items and rules whose veto takes the whole total."""
    return [
        (item.id, rule.id)
        for _, item in rubric.lines
        for rule in item.rules
        if rule.effect.veto is not None and rule.effect.veto.total_zero
    ]


def _divisor(above: Expression, below: Expression) -> Expression:
    """The greatest common divisor, whatever the sign above; `below` lies above 0.

    What is left of a division has the same divisors in common and is small enough for every program.
    """
    rest = above - Quotient(above, below) * below
    return Divisor(Larger(rest, Const(0) - rest), below)


class SumWriter:
    """Plans lines below the items, from `row` on."""

    def __init__(self, grid: Grid, rubric: Rubric, row: int) -> None:
        self.grid, self.rubric, self.row = grid, rubric, row
        rounding = rubric.rounding
        self.mode, self.power = rounding.mode, 10**rounding.item_places
        self.step = 10 ** (rounding.item_places - rounding.places)
        floors = [
            rubric.floor_of(item) for section in rubric.base_sections for item in section.items
        ]
        self.is_signed = any(one is None for one in floors)

    def plan(self, items: Sequence[Scored], outside: Outside) -> dict[str, Cell]:
        """Base and total in units.

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        if self.rubric.rounding.at == "total":
            above, below = self._exact(items)
            cells = {"above": above, "below": below}
            return {"base": self._printed(cells), "total": self._total(cells, outside)}
        base = self._rounded(items)
        return {"base": base, "total": self._total({"above": base}, outside)}

    def _line(self, title: str) -> int:
        row, self.row = self.row, self.row + 1
        self.grid.text(row, "title", title)
        return row

    def _points(self, row: int, units: Cell) -> Cell:
        formula = f"{units.here}/{self.power}"
        self.grid.formula(row, "points", formula, units.value / self.power, "points")
        return units

    def _rounded(self, items: Sequence[Scored]) -> Cell:
        """Items rounded one by one, sections folded by their weight and rounded once."""
        folded: dict[str, Cell] = {}
        for section in self.rubric.base_sections:
            own = [one for one in items if one.section is section]
            cells = {f"i{n}": self._counted(one) for n, one in enumerate(own)}
            tree = summed([Count(name) for name in cells])
            weight = self.rubric.weight_of(section)
            if weight != 1:
                tree = rounded_tree(
                    tree * weight.numerator, weight.denominator, self.mode, signed=self.is_signed
                )
            row = self._line(f"{section.title}折算")
            folded[section.id] = self._points(row, self.grid.tree(row, "points_units", tree, cells))
        row = self._line("基础分合计")
        tree = summed([Count(name) for name in folded])
        if not folded:
            tree = Const(int(self.rubric.full_points * self.power))
        return self._points(row, self.grid.tree(row, "points_units", tree, folded))

    def _counted(self, one: Scored) -> Cell:
        """An item's units as they enter a sum."""
        row = one.units.row
        cells = {"state": one.state, "units": one.units, "full": one.full}
        idle = When(
            Count("state"), Const(NOT_APPLICABLE), Count("full"), Count("units"), equal=True
        )
        tree = When(Count("state"), Const(PENDING), Const(0), idle, equal=True)
        return self.grid.tree(row, "counted", tree, cells)

    def _exact(self, items: Sequence[Scored]) -> tuple[Cell, Cell]:
        """All items as one fraction in lowest terms, step by step."""
        above: Cell | None = None
        below: Cell | None = None
        for one in items:
            row = self._line(f"{one.title}（未舍入）")
            own = self._fraction(row, one)
            if above is None or below is None:
                above, below = self._started(row, own)
                continue
            cells = {**own, "above": above, "below": below}
            divisor = Divisor(Count("below"), Count("denominator"))
            cells["divisor"] = self.grid.tree(row, "scale", divisor, cells)
            part = Quotient(Count("denominator"), Count("divisor"))
            rest = Quotient(Count("below"), Count("divisor"))
            added = Count("above") * part + Count("numerator") * rest
            above = self.grid.tree(row, "running", added, cells)
            below = self.grid.tree(row, "most", rest * Count("denominator"), cells)
        if above is None or below is None:
            row = self._line("基础分（满分）")
            full = self.rubric.full_points * self.power
            return self.grid.number(row, "running", int(full)), self.grid.number(row, "most", 1)
        return above, below

    def _started(self, row: int, own: Mapping[str, Cell]) -> tuple[Cell, Cell]:
        return (
            self.grid.tree(row, "running", Count("numerator"), own),
            self.grid.tree(row, "most", Count("denominator"), own),
        )

    def _fraction(self, row: int, one: Scored) -> dict[str, Cell]:
        """An item's exact units, weighted, in lowest terms."""
        cells = {"state": one.state, "counted": self._counted(one), "full": one.full}
        above: Expression = Count("counted")
        below: Expression = Const(1)
        if one.kept is not None:
            cells |= {"within": one.kept.points, "kept_most": one.kept.most}
            divisor = _divisor(Count("within"), Count("kept_most"))
            cells["divisor"] = self.grid.tree(row, "divisor", divisor, cells)
            exact = Quotient(Count("within"), Count("divisor")) * Count("full")
            most = Quotient(Count("kept_most"), Count("divisor"))
            if one.adjusted is not None:
                cells["adjusted"], exact = one.adjusted, exact + Count("adjusted") * most
            above = When(Count("state"), Const(SCORED), exact, above, equal=True)
            below = When(Count("state"), Const(SCORED), most, below, equal=True)
        weight = self.rubric.weight_of(one.section)
        cells["over"] = self.grid.tree(row, "scaled", above * weight.numerator, cells)
        cells["under"] = self.grid.tree(row, "within", below * weight.denominator, cells)
        divisor = _divisor(Count("over"), Count("under"))
        return {
            "numerator": self.grid.tree(row, "numerator", Quotient(Count("over"), divisor), cells),
            "denominator": self.grid.tree(
                row, "denominator", Quotient(Count("under"), divisor), cells
            ),
        }

    def _printed(self, cells: Mapping[str, Cell]) -> Cell:
        """The exact base rounded to the declared places."""
        row, below = self._line("基础分合计"), Count("below") * self.step
        rounded = rounded_tree(Count("above"), below, self.mode, signed=self.is_signed)
        return self._points(row, self.grid.tree(row, "points_units", rounded * self.step, cells))

    def _total(self, base: Mapping[str, Cell], outside: Outside) -> Cell:
        """Base and bonus less malus, at least the floor; nothing where a veto takes it."""
        cells = dict(base)
        change: list[Expression] = []
        for name, own in (("plus", outside.bonus), ("minus", outside.malus)):
            for number, cell in enumerate(own):
                cells[f"{name}{number}"] = cell
                one = Count(f"{name}{number}")
                change.append(one if name == "plus" else Const(0) - one)
        below: Expression = Count("below") if "below" in base else Const(1)
        above: Expression = Count("above")
        if change:
            above = above + summed(change) * below
        floor = self.rubric.floors.total
        if isinstance(floor, Fraction):
            units = floor / self.rubric.unit
            if units.denominator != 1:
                raise NotExact
            above = Larger(above, below * units.numerator)
        is_signed = not isinstance(floor, Fraction) or floor < 0
        zero = {f"zero{number}": cell for number, cell in enumerate(outside.zeroing)}
        row = self._line("考评总分")
        step = self.step if "below" in base else 1
        tree: Expression = above
        if "below" in base:
            tree = rounded_tree(above, below * step, self.mode, signed=is_signed) * step
        if zero:
            tree = When(summed([Count(name) for name in zero]), Const(1), Const(0), tree)
        return self._points(row, self.grid.tree(row, "points_units", tree, {**cells, **zero}))
