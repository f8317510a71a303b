"""The columns of 计算表, and the planned calculation as the other sheets see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawkpi.rubric.model import Rubric
from lawkpi.workbook.calculation.grid import Cell, Column, Grid
from lawkpi.workbook.calculation.rules import used_columns
from lawkpi.workbook.calculation.sums import needs_lines
from lawkpi.workbook.figures import ItemFigures
from lawkpi.workbook.formula import sheet_ref

NAME = "计算表"
FIRST = 4
COLUMNS = (
    Column("rule", "规则", 8),
    Column("title", "指标", 14),
    Column("text", "计分规则", 30),
    Column("unit", "单位", 6),
    Column("due", "应计", 7),
    Column("done", "已计", 7),
    Column("rows", "计入\n记录数", 7),
    Column("open", "待核\n记录", 7),
    Column("state", "情形", 7),
    Column("worth", "折合数", 8),
    Column("rank", "名次", 7),
    Column("reference", "比较基准\n（分子）", 9),
    Column("reference_base", "比较基准\n（分母）", 9),
    Column("state_of", "状态", 6),
    Column("numerator", "分子", 9),
    Column("denominator", "分母", 9),
    Column("part_scale", "各期\n公分母", 9),
    Column("count", "适用\n期数", 7),
    Column("scale", "公分母", 9),
    Column("divisor", "公约数", 7),
    Column("scaled", "换算分子", 9),
    Column("capped", "共用上限\n后分子", 9),
    Column("rounded", "舍入\n（最小分）", 9),
    Column("running", "累计", 9),
    Column("most", "满分分子", 9),
    Column("within", "得分分子", 9),
    Column("item_state", "指标\n状态", 6),
    Column("full", "有效满分\n（最小分）", 10),
    Column("adjusted", "核分调整\n（最小分）", 9),
    Column("points_units", "得分\n（最小分）", 10),
    Column("counted", "计入合计\n（最小分）", 10),
    Column("points", "得分", 8),
    Column("note", "说明", 22),
)
ALWAYS = {
    "rule", "title", "text", "unit", "due", "done", "open", "state_of", "numerator", "denominator", "scale",
    "scaled", "running", "most", "within", "item_state", "full", "points_units", "points", "note",
}  # fmt: skip


def columns_for(rubric: Rubric, figures: Sequence[ItemFigures]) -> list[Column]:
    """The columns that a department's items need."""
    wanted = ALWAYS | used_columns(rule for one in figures for rule in one.rules)
    asked = {
        "capped": any(one.item.caps for one in figures),
        "rounded": any(one.section.kind != "base" for one in figures),
        "counted": needs_lines(rubric),
        "adjusted": any(one.office for one in figures),
        "divisor": rubric.rounding.at == "total",
    }
    wanted |= {key for key, is_asked in asked.items() if is_asked}
    return [column for column in COLUMNS if column.key in wanted]


@dataclass(frozen=True)
class Line:
    """Where the figures of an item stand: rule id to row, and the row of its points."""

    rules: Mapping[str, int]
    last: int
    points: str
    full: str
    counts: Mapping[tuple[str, str], Cell] = field(default_factory=dict)

    def count(self, rule: str, name: str) -> Cell:
        """The cell of one of a rule's counts: due, done, state, or the state of the rule itself."""
        return self.counts[rule, name]


@dataclass
class Calculated:
    """The planned calculation: its grids, where items stand, base and total where they need lines of their own.

    `whys` says by rule or item number why something is a value.
    """

    grid: Grid
    spread: Grid | None
    lines: dict[str, Line]
    sums: dict[str, Cell]
    whys: dict[str, str]
    last: int

    @property
    def states(self) -> str:
        """All items' states, from any sheet."""
        return f"{sheet_ref(NAME)}{self.grid.span('item_state', FIRST, self.last)}"
