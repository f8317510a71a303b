"""One department's workbook as it is planned: its desk, its figures, its calculation, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lawkpi.result import Assessment
from lawkpi.rubric.model import Rubric
from lawkpi.workbook.calculation import Calculated, calculated
from lawkpi.workbook.desk import Desk, Extra
from lawkpi.workbook.figures import ItemFigures, RuleFigures, item_figures
from tests.workbook.given import World, settings

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Planned:
    """A desk with every column planned, and the calculation over it."""

    desk: Desk
    figures: list[ItemFigures]
    calculated: Calculated

    def item(self, name: str) -> ItemFigures:
        return next(one for one in self.figures if one.item.id == name)

    def rule(self, name: str, letter: str = "a") -> RuleFigures:
        return next(one for one in self.item(name).rules if one.rule.id == letter)

    def entry(self, row: int, key: str) -> Any:
        """What a cell of 计算表 will hold."""
        grid = self.calculated.grid
        return grid.entries[row, grid.places[key]]

    def at(self, name: str, key: str, letter: str = "") -> Any:
        """The number in the line of a rule, or in the last line of an item."""
        line = self.calculated.lines[name]
        return self.entry(line.rules[letter] if letter else line.last, key).stored

    def is_live(self, name: str, key: str, letter: str = "") -> bool:
        """Whether that number is a formula."""
        line = self.calculated.lines[name]
        row = line.rules[letter] if letter else line.last
        return self.entry(row, key).formula is not None

    def column(self, ledger: str, heading: str) -> Extra:
        """A column added to a ledger's sheet, by the end of its heading."""
        return column(self.desk, ledger, heading)


def planned(assessment: Assessment, code: str = "01") -> Planned:
    """A department's plan, as `write_department` makes it."""
    desk = Desk(assessment, assessment.department(code))
    figures = item_figures(desk)
    desk.settle()
    return Planned(desk, figures, calculated(desk, figures))


def column(desk: Desk, ledger: str, heading: str) -> Extra:
    """A column added to a ledger's sheet, by the end of its heading."""
    (found,) = [one for one in desk.sheets[ledger].extras if one.heading.endswith(heading)]
    return found


def stored(extra: Extra) -> list[Any]:
    """A column's values, in the order of its rows."""
    return list(extra.stored)


def small(
    rubric: Rubric, rows: Rows, unknown: dict[str, dict[str, list[int]]] | None = None
) -> World:
    """A world of few records; ledgers that are not named are empty."""
    names = ("cases", "people", "hours", "entered", "judged", "baselines", "exemptions")
    return World({name: rows.get(name, []) for name in names}, rubric, settings(), unknown or {})
