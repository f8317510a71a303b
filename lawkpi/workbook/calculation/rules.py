"""Rule lines: from counts to a rule's exact points, one line, and one for each part of its year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import lcm

from lawkpi.rubric.expression import (
    Const,
    Count,
    Divisor,
    Expression,
    Larger,
    Quotient,
    Ratio,
    Smaller,
    When,
    folded,
)
from lawkpi.rubric.measures import Counted
from lawkpi.workbook.calculation.grid import Cell, Grid
from lawkpi.workbook.calculation.states import (
    FULL,
    NOT_APPLICABLE,
    PENDING,
    SCORED,
    asks,
    is_counted,
    is_pending,
    rule_state,
)
from lawkpi.workbook.figures import RuleFigures
from lawkpi.workbook.sources import Sources
from lawkpi.workbook.whole import summed

NONE_YET = -1
"""The running figure of the smallest part before any part applied."""
OF_ROWS = ("state", "worth", "rank", "reference", "reference_base")


@dataclass(frozen=True)
class RuleCells:
    """Where a rule's figures stand. `constant` is its denominator where it is the same for every count."""

    rule_id: str
    row: int
    state: Cell
    numerator: Cell | None
    denominator: Cell | None
    constant: int | None

    @property
    def cells(self) -> dict[str, Cell]:
        """Numerator and denominator by name."""
        found = {"numerator": self.numerator, "denominator": self.denominator}
        return {name: cell for name, cell in found.items() if cell is not None}


def lines_of(rule: RuleFigures) -> int:
    """How many lines a rule takes."""
    return 1 + len(rule.parts)


def used_columns(rules: Iterator[RuleFigures]) -> set[str]:
    """The columns that only some rules need."""
    found: set[str] = set()
    for rule in rules:
        names = rule.names
        found |= {"rank"} if names & {"rank", "last"} else set()
        found |= names & set(OF_ROWS)
        found |= {"count", "part_scale"} if rule.parts else set()
        if not _is_plain_rate(rule):
            found |= asks(rule.rule.measure.measure) & {"rows"}
    return found


def _is_plain_rate(rule: RuleFigures) -> bool:
    """Whether the records that decide are the due ones themselves."""
    return rule.rule.measure.rate is not None


class RuleWriter:
    """Plans the lines of one rule."""

    def __init__(self, grid: Grid, rule: RuleFigures) -> None:
        self.grid, self.rule = grid, rule

    def plan(self, row: int) -> RuleCells:
        """The rule's lines from a row on.

        Raises
        ------
        NotExact : a number on the way is too large for a spreadsheet
        """
        if not self.rule.is_for:
            return RuleCells(
                self.rule.rule.id,
                row,
                self.grid.number(row, "state_of", NOT_APPLICABLE),
                None,
                None,
                1,
            )
        if self.rule.ratio is None:
            return self._veto(row)
        if self.rule.parts:
            return _Parts(self, row).plan()
        return self.scored(row, self.rule.sources[0], self.rule.ratio)

    def _veto(self, row: int) -> RuleCells:
        cells = self.counts(row, self.rule.sources[0])
        return RuleCells(self.rule.rule.id, row, self._state(row, cells), None, None, 1)

    def counts(self, row: int, sources: Sources) -> dict[str, Cell]:
        """The counts of a line, each in its column; by the names that trees use."""
        grid, rule = self.grid, self.rule
        cells: dict[str, Cell] = {}
        if rule.is_rate and sources.due is not None:
            cells["due"] = grid.piece(row, "due", sources.due)
        cells["done"] = grid.piece(row, "done", sources.done)
        if sources.open.formula is not None or sources.open.value:
            cells["open"] = grid.piece(row, "open", sources.open)
        wanted = asks(rule.rule.measure.measure)
        if "rows" in wanted and sources.rows is not None:
            plain = _is_plain_rate(rule) and "due" in cells
            cells["rows"] = cells["due"] if plain else grid.piece(row, "rows", sources.rows)
        return cells | self._more(row, sources)

    def _more(self, row: int, sources: Sources) -> dict[str, Cell]:
        column = {"last": "rank"}
        return {
            name: self.grid.piece(row, column.get(name, name), piece)
            for name, piece in sources.more.items()
            if name in self.rule.names
        }

    def _state(self, row: int, cells: dict[str, Cell]) -> Cell:
        measure = self.rule.rule.measure.measure
        tree = rule_state(measure, self.rule.counted)
        if not isinstance(measure, Counted) and "open" in cells:
            tree = Const(PENDING)
        if "open" not in cells:
            tree = _settled(folded(tree, {"open": 0}))
        if isinstance(tree, Const):
            return self.grid.number(row, "state_of", tree.value)
        return self.grid.tree(row, "state_of", tree, cells)

    def standing(self, row: int) -> Cell:
        """Counts and state alone, of a rule whose points are too large for a spreadsheet."""
        own = [
            self._state(row + number, self.counts(row + number, sources))
            for number, sources in enumerate(self.rule.sources[1:], start=1)
        ]
        if own:
            return self.state_of_parts(row, own)
        return self._state(row, self.counts(row, self.rule.sources[0]))

    def state_of_parts(self, row: int, parts: Sequence[Cell]) -> Cell:
        """Open where a record or a part is; not at all where no part applies."""
        cells = self.counts(row, self.rule.sources[0])
        names = {f"part{number}": state for number, state in enumerate(parts)}
        pending = [is_pending(Count(name)) for name in names]
        if "open" in cells:
            pending.append(Count("open"))
        applies = summed([is_counted(Count(name)) for name in names])
        scored = When(applies, Const(1), Const(SCORED), Const(NOT_APPLICABLE))
        tree = When(summed(pending), Const(1), Const(PENDING), scored)
        return self.grid.tree(row, "state_of", tree, {**cells, **names})

    def scored(self, row: int, sources: Sources, ratio: Ratio) -> RuleCells:
        """One line's points as numerator over denominator; nothing where it is not scored."""
        cells = self.counts(row, sources)
        state = self._state(row, cells)
        above, below = self.known(ratio.numerator, sources), self.known(ratio.denominator, sources)
        cells |= {"state_of": state}
        (then, otherwise), below = self._undue(state, above, below)
        guarded = When(Count("state_of"), Const(SCORED), then, otherwise, equal=True)
        return RuleCells(
            self.rule.rule.id,
            row,
            state,
            self.grid.tree(row, "numerator", guarded, cells),
            self.grid.tree(row, "denominator", below, cells),
            below.value if isinstance(below, Const) else None,
        )

    def _undue(
        self, state: Cell, above: Expression, below: Expression
    ) -> tuple[tuple[Expression, Expression], Expression]:
        """Points where scored and where not, over one base: an award of which nothing was due is earned."""
        rule = self.rule.rule
        may_be_undue = asks(rule.measure.measure) or state.value in (FULL, NOT_APPLICABLE)
        if rule.effect.kind != "award" or not may_be_undue:
            return (above, Const(0)), below
        bound = rule.most_of_a_part()
        most = self.rule.reach if bound is None else bound
        earned = When(
            Count("state_of"), Const(PENDING), Const(0), below * most.numerator, equal=True
        )
        return (above * most.denominator, earned), below * most.denominator

    def known(self, tree: Expression, sources: Sources) -> Expression:
        """A tree with what never changes put in; a base that may become 0 counts as 1."""
        known = dict(sources.fixed)
        if self.rule.is_rate and sources.due is not None:
            if sources.due.formula is None:
                return folded(tree, {**known, "due": max(sources.due.value, 1)})
            known.pop("due", None)
            return folded(tree, {**known, "due": Larger(Count("due"), Const(1))})
        return folded(tree, known)


def _settled(tree: Expression) -> Expression:
    """A comparison of constants decided."""
    if isinstance(tree, When) and isinstance(tree.left, Const) and isinstance(tree.right, Const):
        holds = tree.left.value >= tree.right.value
        return _settled(tree.then if holds else tree.otherwise)
    return tree


class _Parts:
    """A rule whose parts of the year are scored one by one, then put together."""

    def __init__(self, writer: RuleWriter, row: int) -> None:
        self.writer, self.row, self.grid = writer, row, writer.grid
        self.rule = writer.rule
        periods = self.rule.rule.periods
        if periods is None or self.rule.ratio is None:
            raise TypeError("a rule without parts")
        self.periods = periods
        self.ratio = self.rule.ratio.capped(periods.cap)

    def plan(self) -> RuleCells:
        """One line for each part; the first line puts them together."""
        parts = [
            self.writer.scored(self.row + number, sources, self.ratio)
            for number, sources in enumerate(self.rule.sources[1:], start=1)
        ]
        scale, constant = self._scale(parts)
        last, count = self._running(parts, scale)
        state = self.writer.state_of_parts(self.row, [part.state for part in parts])
        cells = {"last": last, "scale": scale, "count": count, "state_of": state}
        joined, below = self._joined(constant)
        capped = Ratio(joined, below).capped(self.rule.rule.effect.cap)
        guarded = When(Count("state_of"), Const(SCORED), capped.numerator, Const(0), equal=True)
        tree = capped.denominator
        return RuleCells(
            self.rule.rule.id,
            self.row,
            state,
            self.grid.tree(self.row, "numerator", guarded, cells),
            self.grid.tree(self.row, "denominator", tree, cells),
            tree.value if isinstance(tree, Const) else None,
        )

    def _joined(self, constant: int | None) -> tuple[Expression, Expression]:
        scale: Expression = Count("scale") if constant is None else Const(constant)
        last: Expression = Larger(Count("last"), Const(0))
        if self.periods.combine == "mean":
            return last, scale * Larger(Count("count"), Const(1))
        return last, scale

    def _scale(self, parts: list[RuleCells]) -> tuple[Cell, int | None]:
        """One denominator for all parts: constant, or the least common multiple step by step."""
        constants = [part.constant for part in parts]
        if all(one is not None for one in constants):
            common = lcm(*(one for one in constants if one is not None))
            return self.grid.tree(self.row, "part_scale", Const(common), {}), common
        running: Cell | None = None
        for part in parts:
            own = part.cells["denominator"]
            cells = {"own": own} | ({"before": running} if running else {})
            tree: Expression = Count("own")
            if running is not None:
                divisor = Divisor(Count("before"), Count("own"))
                tree = Quotient(Count("before"), divisor) * Count("own")
            running = self.grid.tree(part.row, "part_scale", tree, cells)
        if running is None:
            raise AssertionError
        return running, None

    def _running(self, parts: list[RuleCells], scale: Cell) -> tuple[Cell, Cell]:
        """The figure after each part, and how many parts applied; the last of both."""
        figure: Cell | None = None
        count: Cell | None = None
        for part in parts:
            row = part.row
            cells = {**part.cells, "scale": scale, "state_of": part.state}
            factor = Quotient(Count("scale"), Count("denominator"))
            cells["own"] = self.grid.tree(row, "scaled", Count("numerator") * factor, cells)
            cells |= {"before": figure} if figure else {}
            cells |= {"count": count} if count else {}
            applied = is_counted(Count("state_of"))
            counted = Count("count") + applied if count else applied
            before: Expression = Count("before") if figure else Const(NONE_YET)
            figure = self.grid.tree(row, "running", self._after(before, applied), cells)
            count = self.grid.tree(row, "count", counted, cells)
        if figure is None or count is None:
            raise AssertionError
        return figure, count

    def _after(self, before: Expression, applied: Expression) -> Expression:
        """The figure once a part has been looked at."""
        own = Count("own")
        started = Larger(before, Const(0))
        gives = self.rule.rule.effect.kind in ("award", "bonus")
        match self.periods.combine:
            case "sum" | "mean":
                new: Expression = started + own
            case "last":
                new = own
            case _ if gives:
                new = When(before, Const(0), Smaller(before, own), own)
            case _:
                new = Larger(started, own)
        return When(applied, Const(1), new, before)
