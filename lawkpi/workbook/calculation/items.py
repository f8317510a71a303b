"""Item lines: rules put together over one denominator, shared caps, bounds, one rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from lawkpi.rubric.conventions import Rounding
from lawkpi.rubric.expression import Const, Count, Expression, Larger, Quotient, Smaller, When
from lawkpi.rubric.model import Item
from lawkpi.workbook.calculation.grid import Cell, Grid
from lawkpi.workbook.calculation.rules import RuleCells
from lawkpi.workbook.calculation.states import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    PENDING,
    SCORED,
)
from lawkpi.workbook.whole import rounded_tree, summed


@dataclass(frozen=True)
class Terms:
    """What an item of one department is worth before any rule, in points."""

    declared: Fraction
    start: Fraction
    floor: Fraction | None


@dataclass(frozen=True)
class Kept:
    """What an item kept before redistribution and rounding: a numerator over the numerator of full points."""

    points: Cell
    most: Cell


class Together:
    """Rules of one item over one common denominator, their shared caps applied."""

    def __init__(self, grid: Grid, item: Item, rules: Sequence[RuleCells]) -> None:
        self.grid, self.item, self.rules = grid, item, rules
        self.row = rules[-1].row
        self.scale: Cell | None = None

    def amounts(self, *fractions: Fraction) -> list[Cell]:
        """Each rule's capped numerator over the common denominator.

        Parameters
        ----------
        fractions : numbers that have to be whole over the denominator too

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        caps = [shared.cap for shared in self.item.caps]
        constants = [rule.constant for rule in self.rules if rule.constant is not None]
        base = lcm(*constants, *(one.denominator for one in [*fractions, *caps]))
        moving = {
            f"own{number}": rule.cells["denominator"]
            for number, rule in enumerate(self.rules)
            if rule.constant is None
        }
        tree: Expression = Const(base)
        for name in moving:
            tree = tree * Count(name)
        self.scale = self.grid.tree(self.rules[0].row, "scale", tree, moving)
        scaled = [self._scaled(rule) for rule in self.rules]
        return self._capped(scaled) if self.item.caps else scaled

    def whole(self, points: Fraction) -> Expression:
        """Points as a numerator over the common denominator; `scale` is its cell."""
        part: Expression = Quotient(Count("scale"), Const(points.denominator))
        part = Count("scale") if points.denominator == 1 else part
        return part * points.numerator

    def _scaled(self, rule: RuleCells) -> Cell:
        if rule.numerator is None:
            return self.grid.number(rule.row, "scaled", 0)
        factor = Quotient(Count("scale"), Count("denominator"))
        cells = {**rule.cells, "scale": self._scale()}
        return self.grid.tree(rule.row, "scaled", Count("numerator") * factor, cells)

    def _scale(self) -> Cell:
        if self.scale is None:
            raise AssertionError
        return self.scale

    def _capped(self, scaled: list[Cell]) -> list[Cell]:
        """Shared caps, one after the other: earlier rules use them up first."""
        ids = [rule.rule_id for rule in self.rules]
        trees: list[Expression] = [Count(f"r{number}") for number in range(len(ids))]
        cells = {f"r{number}": cell for number, cell in enumerate(scaled)}
        cells["scale"] = self._scale()
        for shared in self.item.caps:
            before: list[Expression] = []
            for number, name in enumerate(ids):
                if name in shared.rules:
                    left = self.whole(shared.cap)
                    left = left - summed(before) if before else left
                    trees[number] = Smaller(trees[number], left)
                    before.append(trees[number])
        return [
            self.grid.tree(rule.row, "capped", tree, cells)
            for rule, tree in zip(self.rules, trees, strict=True)
        ]


class ItemWriter:
    """Plans the last line of a base item: what is kept, rounded once."""

    def __init__(self, grid: Grid, item: Item, terms: Terms, rounding: Rounding) -> None:
        self.grid, self.item, self.terms, self.rounding = grid, item, terms, rounding
        self.power = int(10**rounding.item_places)

    def kept(self, rules: Sequence[RuleCells], awards: Mapping[str, bool]) -> Kept:
        """What the rules leave of the item, within full points and floor.

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        terms, grid = self.terms, self.grid
        together = Together(grid, self.item, rules)
        amounts = together.amounts(terms.declared, terms.start, terms.floor or Fraction(0))
        scale = {"scale": together.scale} if together.scale else {}
        running: Cell | None = None
        for rule, amount in zip(rules, amounts, strict=True):
            before = Count("before") if running else together.whole(terms.start)
            cells = {**scale, "amount": amount} | ({"before": running} if running else {})
            own = Count("amount")
            tree = before + own if awards[rule.rule_id] else before - own
            running = grid.tree(rule.row, "running", tree, cells)
        if running is None:
            raise AssertionError
        row = rules[-1].row
        most = grid.tree(row, "most", together.whole(terms.declared), scale)
        within: Expression = Smaller(Count("running"), Count("most"))
        if terms.floor is not None:
            floor = together.whole(terms.floor) if terms.floor else Const(0)
            within = Larger(within, floor)
        return Kept(
            grid.tree(row, "within", within, {**scale, "running": running, "most": most}), most
        )

    def units(self, row: int, kept: Kept, given: Mapping[str, Cell], adjusted: Cell | None) -> Cell:
        """The item's points in the smallest step, its adjustment added; 0 where it is not scored.

        Parameters
        ----------
        given : its `state` and its `full` points
        """
        cells = {"within": kept.points, "most": kept.most, **given}
        is_signed = self.terms.floor is None or self.terms.floor < 0
        above, below = Count("within") * Count("full"), Count("most")
        rounded = rounded_tree(above, below, self.rounding.mode, signed=is_signed)
        if adjusted is not None:
            cells["adjusted"], rounded = adjusted, rounded + Count("adjusted")
        tree = When(Count("state"), Const(SCORED), rounded, Const(0), equal=True)
        return self.grid.tree(row, "points_units", tree, cells)

    def unreported(self, row: int, full: Cell, adjusted: Cell | None) -> Cell:
        """What is left of an item that was not reported: its declared part."""
        declared, own = self.item.full_points, self.item.not_reported
        if declared is None or own is None:
            raise AssertionError
        left = max(declared - own.deduct, Fraction(0)) / declared
        tree = rounded_tree(Count("full") * left.numerator, left.denominator, self.rounding.mode)
        cells = {"full": full}
        if adjusted is not None:
            cells["adjusted"], tree = adjusted, tree + Count("adjusted")
        return self.grid.tree(row, "points_units", tree, cells)

    def points(self, row: int, state: Cell, units: Cell, full: Cell) -> float | str:
        """The points as they are printed: a number, or the word of a state; the stored value."""
        number = f"{units.here}/{self.power}"
        if state.value == NOT_REPORTED:
            left = units.value / self.power
            self.grid.formula(row, "points", number, left, "points")
            return left
        at, all_of_it = state.here, self.grid.named(full)
        idle = f'IF({all_of_it}>0,{all_of_it}/{self.power},"不适用")'
        formula = f'IF({at}={SCORED},{number},IF({at}={NOT_APPLICABLE},{idle},"待核"))'
        stored = self._stored(state.value, units.value, full.value)
        self.grid.formula(row, "points", formula, stored, "points")
        return stored

    def _stored(self, state: int, units: int, full: int) -> float | str:
        if state == PENDING:
            return "待核"
        if state == NOT_APPLICABLE:
            return full / self.power if full > 0 else "不适用"
        return units / self.power


class OutsideWriter:
    """Plans bonus and malus: each rule rounded once; caps of item and section used up in order."""

    def __init__(self, grid: Grid, rounding: Rounding) -> None:
        self.grid, self.rounding = grid, rounding
        self.power = 10**rounding.item_places

    def plan(
        self, item: Item, rules: Sequence[RuleCells], cap: Fraction | None, before: Cell | None
    ) -> tuple[Cell, Cell]:
        """The item's units, and the section's running sum after it.

        Parameters
        ----------
        cap : the section's cap
        before : the section's running sum before the item; None at its first

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        amounts = self._amounts(item, rules)
        inside: Cell | None = None
        for rule, units in zip(rules, amounts, strict=True):
            cells = {"own": units}
            tree: Expression = Count("own")
            if inside is not None:
                cells["inside"], tree = inside, Count("inside") + Count("own")
            if item.cap is not None:
                tree = Smaller(tree, Const(int(item.cap * self.power)))
            if cap is not None:
                cells |= {"before": before} if before else {}
                start: Expression = Count("before") if before else Const(0)
                most = Const(int(cap * self.power))
                tree = Smaller(start + tree, most) - start if before else Smaller(tree, most)
            inside = self.grid.tree(rule.row, "running", tree, cells)
        if inside is None:
            raise AssertionError
        row = rules[-1].row
        units = self.grid.tree(row, "points_units", Count("inside"), {"inside": inside})
        self.grid.formula(
            row, "points", f"{units.here}/{self.power}", units.value / self.power, "points"
        )
        cells = {"inside": inside} | ({"before": before} if before else {})
        after = Count("before") + Count("inside") if before else Count("inside")
        return units, self.grid.tree(row, "within", after, cells)

    def _amounts(self, item: Item, rules: Sequence[RuleCells]) -> list[Cell]:
        """Each rule's units."""
        if not item.caps:
            return [self._rounded(rule, rule.cells) for rule in rules]
        together = Together(self.grid, item, rules)
        capped = together.amounts()
        scale = together.scale
        if scale is None:
            raise AssertionError
        return [
            self._rounded(rule, {"numerator": amount, "denominator": scale})
            for rule, amount in zip(rules, capped, strict=True)
        ]

    def _rounded(self, rule: RuleCells, cells: Mapping[str, Cell]) -> Cell:
        if "numerator" not in cells:
            return self.grid.number(rule.row, "rounded", 0)
        above = Count("numerator") * self.power
        tree = rounded_tree(above, Count("denominator"), self.rounding.mode)
        return self.grid.tree(rule.row, "rounded", tree, cells)
