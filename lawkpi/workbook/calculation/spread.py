"""The table of 分值分配表: where the points of items that do not apply go, live.

The same steps as `lawkpi.scoring.redistribute`: what is given up is shared by largest remainder, within the
section first, then over the rubric; earlier items come first where remainders are equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lawkpi.rubric.expression import Const, Count, Expression, Larger, Quotient, When
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.workbook.calculation.grid import Cell, Column, Grid
from lawkpi.workbook.whole import summed

NAME = "分值分配表"
HEAD = 3
WITHIN, OVERALL = "within", "overall"
_STAGES = {WITHIN: "一级指标内", OVERALL: "全部指标内"}
Tree = tuple[Expression, dict[str, Cell]]
"""A tree, and the cells that it asks for."""


def _stage_columns(stage: str) -> list[Column]:
    title = _STAGES[stage]
    return [
        Column(f"{stage}_freed", f"交{title}\n分配", 10),
        Column(f"{stage}_weight", f"{title}\n分配基数", 10),
        Column(f"{stage}_base", f"{title}\n分得整数", 10),
        Column(f"{stage}_order", f"{title}\n余数排序数", 12),
        Column(f"{stage}_more", f"{title}\n余数进一", 10),
    ]


def leaves_sections(rubric: Rubric) -> bool:
    """Whether points may go from one section to others."""
    terms = rubric.not_applicable
    own = [item.not_applicable for _, item in rubric.lines if item.not_applicable]
    named = {terms.default, *(one.treatment for one in own), terms.empty_section}
    return "redistribute_rubric" in named or any(one.to for one in own)


def columns(rubric: Rubric) -> list[Column]:
    """The columns that a rubric needs: the second stage only where points may leave their section."""
    first = [
        Column("item", "指标", 28),
        Column("units", "原分值\n（最小分）", 10),
        Column("applies", "是否适用\n（1适用）", 9),
        Column("kept", "保留和\n转入", 9),
    ]
    stages = _stage_columns(WITHIN)
    if leaves_sections(rubric):
        stages += [Column("between", "一级指标内\n分配后", 10), *_stage_columns(OVERALL)]
    return [*first, *stages, Column("full", "有效满分\n（最小分）", 11)]


@dataclass(frozen=True)
class _Line:
    """One item on its way."""

    section: Section
    item: Item
    row: int
    units: Cell
    applies: Cell


class Spread:
    """Plans the table.

    `states` are the cells of the items' states; `group` is the department's.
    """

    def __init__(self, rubric: Rubric, group: str, states: Mapping[str, Cell]) -> None:
        self.rubric, self.group, self.states = rubric, group, states
        self.grid = Grid(NAME, columns(rubric))
        self.lines: dict[str, _Line] = {}
        self.sums: dict[str, int] = {}
        self.last = HEAD
        self.order = [section.id for section in rubric.base_sections]

    def plan(self) -> dict[str, Cell]:
        """Each item's full points after redistribution, in units.

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        self._rows()
        before = {
            name: self._tree(line, "kept", self._kept(line)) for name, line in self.lines.items()
        }
        for section_id, row in self.sums.items():
            own = [line for line in self.lines.values() if line.section.id == section_id]
            self._total(own, "applies", row)
            self._share(WITHIN, own, before, row)
        if not leaves_sections(self.rubric):
            return self._after(WITHIN, before, "full")
        between = self._after(WITHIN, before, "between")
        self._orphans()
        self._share(OVERALL, list(self.lines.values()), between, self.last)
        return self._after(OVERALL, between, "full")

    def _rows(self) -> None:
        row = HEAD
        for section in self.rubric.base_sections:
            for item in section.items:
                row += 1
                self._row(section, item, row)
            row += 1
            self.sums[section.id] = row
            self.grid.text(row, "item", f"{section.title}小计", "total")
        self.last = row + 1
        self.grid.text(self.last, "item", "合计", "total")

    def _row(self, section: Section, item: Item, row: int) -> None:
        grid = self.grid
        grid.text(row, "item", f"{item.id} {item.title}")
        units = grid.number(row, "units", int(item.full_for(self.group) / self.rubric.unit))
        tree = When(Count("state"), Const(0), Const(0), Const(1), equal=True)
        applies = grid.tree(row, "applies", tree, {"state": self.states[item.id]})
        self.lines[item.id] = _Line(section, item, row, units, applies)

    def _tree(self, line: _Line, key: str, tree: Tree) -> Cell:
        return self.grid.tree(line.row, key, *tree)

    def _cell(self, row: int, key: str) -> Cell:
        """A cell that is planned already."""
        place = self.grid.places[key]
        return Cell(NAME, row, place, int(self.grid.entries[row, place].stored))

    def _treatment(self, line: _Line) -> str:
        own = line.item.not_applicable
        named = own.treatment if own is not None else None
        return named or self.rubric.not_applicable.default

    def _taker(self, line: _Line) -> _Line | None:
        """The item that takes this one's points."""
        own = line.item.not_applicable
        return self.lines.get(own.to) if own is not None and own.to else None

    def _given_up(self, line: _Line) -> Tree:
        """An item's points where it does not apply and no other item takes them; 0 elsewhere."""
        cells = {"units": line.units, "applies": line.applies}
        tree: Expression = Count("units")
        taker = self._taker(line)
        if taker is not None:
            cells["taker"] = taker.applies
            tree = When(Count("taker"), Const(1), Const(0), tree)
        return When(Count("applies"), Const(1), Const(0), tree), cells

    def _kept(self, line: _Line) -> Tree:
        """What an item keeps, and what items of its section and of earlier ones hand to it."""
        own: Expression = When(Count("applies"), Const(1), Count("units"), Const(0))
        cells = {"units": line.units, "applies": line.applies}
        if self._treatment(line) == "full":
            stays, more = self._given_up(line)
            own, cells = When(Count("applies"), Const(1), Count("units"), stays), cells | more
        handed, more = self._handed(line, later=False)
        return own + handed if more else own, cells | more

    def _handed(self, line: _Line, *, later: bool) -> Tree:
        """What other items hand to this one; from later sections, once this one's has been filled up."""
        cells: dict[str, Cell] = {}
        parts: list[Expression] = []
        mine = self.order.index(line.section.id)
        for number, other in enumerate(self.lines.values()):
            is_later = self.order.index(other.section.id) > mine
            if self._taker(other) is not line or is_later != later:
                continue
            cells |= {f"units{number}": other.units, f"applies{number}": other.applies}
            free = When(Count(f"applies{number}"), Const(1), Const(0), Count(f"units{number}"))
            parts.append(When(Count("applies"), Const(1), free, Const(0)))
        return summed(parts), cells | ({"applies": line.applies} if parts else {})

    def _total(self, own: Sequence[_Line], key: str, row: int) -> Cell:
        """The sum of a column over some lines, in a row below them."""
        first, last = own[0].row, row - 1
        place = self.grid.places[key]
        rows = [at for at in range(first, last + 1) if (at, place) in self.grid.entries]
        value = sum(int(self.grid.entries[at, place].stored) for at in rows)
        self.grid.formula(
            row, key, f"SUM({self.grid.span(key, first, last)})", value, "whole", "total"
        )
        return Cell(NAME, row, place, value)

    def _orphans(self) -> None:
        """What a section without any item that applies gives up goes to the others, as declared."""
        for row in self.sums.values():
            cells = {
                "applies": self._cell(row, "applies"),
                "freed": self._cell(row, f"{WITHIN}_freed"),
            }
            goes = self.rubric.not_applicable.empty_section == "redistribute_rubric"
            orphaned: Expression = Count("freed") if goes else Const(0)
            tree = When(Count("applies"), Const(1), Const(0), orphaned)
            self.grid.tree(row, f"{OVERALL}_freed", tree, cells)

    def _share(
        self, stage: str, own: Sequence[_Line], before: Mapping[str, Cell], row: int
    ) -> None:
        """What is given up, shared over the items that apply by largest remainder."""
        wanted = {WITHIN: "redistribute_section", OVERALL: "redistribute_rubric"}[stage]
        for one in own:
            freed: Tree = self._given_up(one) if self._treatment(one) == wanted else (Const(0), {})
            self._tree(one, f"{stage}_freed", freed)
            weight = When(Count("applies"), Const(1), Count("before"), Const(0))
            cells = {"applies": one.applies, "before": before[one.item.id]}
            self._tree(one, f"{stage}_weight", (weight, cells))
        sums = {name: self._total(own, f"{stage}_{name}", row) for name in ("freed", "weight")}
        for place, one in enumerate(own):
            self._divide(stage, one, sums, (len(own), place))
        self._round_up(stage, own, sums, self._total(own, f"{stage}_base", row))

    def _divide(
        self, stage: str, line: _Line, sums: Mapping[str, Cell], place: tuple[int, int]
    ) -> None:
        """The whole part of a share, and a number that orders remainders: large ones, then early ones."""
        size, number = place
        cells = {
            "freed": sums["freed"],
            "all": sums["weight"],
            "weight": self._cell(line.row, f"{stage}_weight"),
        }
        product, whole = Count("weight") * Count("freed"), Larger(Count("all"), Const(1))
        base = self._tree(line, f"{stage}_base", (Quotient(product, whole), cells))
        order = (product - Count("base") * whole) * size + (size - 1 - number)
        self._tree(line, f"{stage}_order", (order, {**cells, "base": base}))

    def _round_up(
        self, stage: str, own: Sequence[_Line], sums: Mapping[str, Cell], base: Cell
    ) -> None:
        """One more for the largest remainders, as many as are left."""
        grid, key, row = self.grid, f"{stage}_more", base.row
        left = sums["freed"].value - base.value if sums["weight"].value >= 1 else 0
        rest = f"{sums['freed'].here}-{base.here}"
        grid.formula(row, key, f"IF({sums['weight'].here}>0,{rest},0)", left, "whole", "total")
        orders = {one.row: self._cell(one.row, f"{stage}_order") for one in own}
        line = (
            sorted((one.value for one in orders.values()), reverse=True)[left - 1] if left else None
        )
        span = grid.span(f"{stage}_order", own[0].row, row - 1)
        for at, mine in orders.items():
            test = f"IF({mine.here}>=LARGE({span},{grid.at(row, key)}),1,0)"
            stored = int(line is not None and mine.value >= line)
            grid.formula(at, key, f"IF({grid.at(row, key)}>0,{test},0)", stored, "whole")

    def _after(self, stage: str, before: Mapping[str, Cell], key: str) -> dict[str, Cell]:
        """What each item has once a stage is over."""
        found: dict[str, Cell] = {}
        for name, line in self.lines.items():
            cells = {
                "before": before[name],
                "base": self._cell(line.row, f"{stage}_base"),
                "more": self._cell(line.row, f"{stage}_more"),
            }
            tree = Count("before") + Count("base") + Count("more")
            handed, more = self._handed(line, later=True) if key == "between" else (Const(0), {})
            found[name] = self._tree(line, key, (tree + handed if more else tree, cells | more))
        return found
