"""The plan of the form: which sheet has which columns. Writing and reading share it.

Three levels of records have a sheet each (一级指标, 考核细则 for the items, 计分规则), every other list of the
rubric itself too; what is listed below an item or a rule stands on 分档与情形, its conditions on 条件.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import BaseModel

from lawkpi.ledger.read import column_letters
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.rubric.rule import Rule
from lawkpi.workbook.rubric_form.fields import (
    Box,
    Chosen,
    Keys,
    Leaf,
    Many,
    Part,
    Side,
    Walk,
    parts,
    sides_of,
)
from lawkpi.workbook.rubric_form.terms import Terms

GUIDE, ITEMS, SETTINGS, SECTIONS = "填写说明", "考核细则", "基本设置", "一级指标"
RULES, CONDITIONS, LISTS, CHOICES = "计分规则", "条件", "分档与情形", "选项"
SECTION, ITEM, RULE, SLOT, KEY, PLACE = (
    "一级指标",
    "指标编号",
    "规则编号",
    "类别",
    "名称或情形",
    "序号",
)
"""Columns that say whose a row is."""
NAMES, CODE, NAME, GROUPS, DEPARTMENTS = "组别和单位", "代码", "名称", "组别", "单位"
"""What the codes of groups and departments are called; made from the register, read back for its words."""
SETTING, CONTENT, EXPLAINED = "项目", "内容", "怎样填写"
SIDE, UPPER, JOIN, GROUP, GROUP_JOIN = "用处", "所属关联", "各行之间", "分组", "组内之间"
COLUMN, WORD, OPERAND = "台账的列", "比较", "值"
NUMBER, OTHER, OTHER_COLUMN, SUMMED, AT_LEAST = (
    "关联号",
    "关联台账",
    "关联台账的列",
    "合计的列",
    "不少于",
)
FIRST_ROW = 5
"""The Excel row of the first record, on every sheet."""
METHOD, SOURCE, LEDGER = "计分方法", "数据来源", "台账"
"""Columns that are made for readers and not read back."""
RECORDS: tuple[type[BaseModel], ...] = (Section, Item, Rule)
_ITEMS_FIRST = (
    ("id",),
    ("title",),
    ("clause",),
    ("full_points",),
    (METHOD,),
    (SOURCE,),
    ("basis",),
    ("scored_by",),
    ("applies_to",),
    ("counting_rule",),
)
"""The order that officials know; everything else follows as the model has it."""
_RULES_FIRST = (("id",), (METHOD,), ("measure",), ("shape",), ("effect",))


@dataclass(frozen=True)
class Column:
    """One column: of cells that are read (`leaves`), a choice (`box`), or made for readers (`is_made`).

    Several leaves are alternatives of one box that have the same title; at most one is in use in a row.
    """

    heading: str
    leaves: tuple[Leaf, ...] = ()
    box: Box | None = None
    is_made: bool = False
    band: str = ""

    def leaf(self, chosen: Iterable[Chosen]) -> Leaf | None:
        """The leaf in use where these alternatives are chosen."""
        return next((one for one in self.leaves if one.choice in (None, *chosen)), None)

    @property
    def path(self) -> Keys:
        """Where its value stands, or the first of its values."""
        if self.box is not None:
            return self.box.path
        return self.leaves[0].path if self.leaves else (self.heading,)

    @property
    def is_free(self) -> bool:
        """Whether it belongs to no alternative."""
        return any(one.choice is None for one in self.leaves)


NAME_COLUMNS = tuple(Column(one) for one in (SLOT, CODE, NAME))
_SETTING_COLUMNS = (Column(SETTING), Column(CONTENT), Column(EXPLAINED, is_made=True))


@dataclass(frozen=True)
class RecordPlan:
    """A sheet with a row for each record; `path` leads to the list in the rubric or in its owner."""

    sheet: str
    path: Keys
    parts: tuple[Part, ...]
    columns: tuple[Column, ...]
    is_named: bool = False
    role: str = ""

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Its choices."""
        return tuple(one for one in self.parts if isinstance(one, Box))

    @cached_property
    def lists(self) -> tuple[Many, ...]:
        """What is listed below a record, other than records."""
        return tuple(
            one for one in self.parts if isinstance(one, Many) and one.model not in RECORDS
        )

    @property
    def first(self) -> str:
        """The heading of the cell that stands for the whole record: its number, or the first one."""
        own = self.column_of(("id",))
        return own.heading if own else self.columns[0].heading

    def column_of(self, path: Keys) -> Column | None:
        """The column that holds a value."""
        holds = (one for one in self.columns if any(leaf.path == path for leaf in one.leaves))
        return next(holds, None)


@dataclass(frozen=True)
class Plan:
    """The whole form."""

    terms: Terms

    @cached_property
    def settings(self) -> tuple[Leaf, ...]:
        """The rubric's own cells, one below the other."""
        return tuple(one for one in self._rubric if isinstance(one, Leaf))

    @cached_property
    def _rubric(self) -> tuple[Part, ...]:
        return tuple(parts(Rubric, Walk(self.terms, in_cell=True)))

    @cached_property
    def sections(self) -> RecordPlan:
        """一级指标."""
        return self._records(SECTIONS, Section, "sections", ())

    @cached_property
    def items(self) -> RecordPlan:
        """考核细则: a row for each item."""
        made = (Column(METHOD, is_made=True), Column(SOURCE, is_made=True))
        plan = self._records(ITEMS, Item, "items", made, _ITEMS_FIRST)
        return _with_owners(plan, (SECTION,))

    @cached_property
    def rules(self) -> RecordPlan:
        """计分规则: a row for each rule."""
        made = (Column(METHOD, is_made=True),)
        plan = self._records(RULES, Rule, "rules", made, _RULES_FIRST, in_cell=False)
        return _with_owners(plan, (ITEM,))

    @cached_property
    def others(self) -> tuple[RecordPlan, ...]:
        """Every other list of the rubric: grades, terms of groups."""
        lists = [one for one in self._rubric if isinstance(one, Many)]
        found = [self._other(one) for one in lists if one.model not in RECORDS]
        return tuple(sorted(found, key=lambda one: one.is_named))

    def _records(
        self,
        sheet: str,
        model: type[BaseModel],
        name: str,
        made: Sequence[Column],
        first: Sequence[Keys] = (),
        *,
        in_cell: bool = True,
    ) -> RecordPlan:
        own = tuple(parts(model, Walk(self.terms, in_cell=in_cell)))
        columns = [*columns_of(own), *made]
        return RecordPlan(sheet, (name,), own, tuple(_ordered(columns, first)))

    @staticmethod
    def _other(many: Many) -> RecordPlan:
        key = (Column(many.key or KEY),) if many.is_named else ()
        columns = (*key, *columns_of(many.leaves))
        return RecordPlan(many.title, many.path, many.leaves, columns, many.is_named, many.role)

    @cached_property
    def lists(self) -> tuple[Many, ...]:
        """Everything that stands on 分档与情形."""
        return (*self.items.lists, *self.rules.lists)

    @cached_property
    def list_columns(self) -> tuple[Column, ...]:
        """The columns of 分档与情形: whose, which list, which entry, its cells."""
        fixed = [Column(name) for name in (ITEM, RULE, SLOT, KEY)]
        fixed.insert(3, Column(PLACE, is_made=True))
        leaves = [leaf for many in self.lists for leaf in many.leaves]
        return (*fixed, *columns_of(leaves))

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """Every condition of a rule and of its lists."""
        own = [one for one in self.rules.parts if isinstance(one, Side)]
        return (*own, *(side for many in self.rules.lists for side in sides_of(many, self.terms)))

    @cached_property
    def condition_columns(self) -> tuple[Column, ...]:
        """The columns of 条件."""
        names = (ITEM, RULE, SIDE, PLACE, UPPER, JOIN, GROUP, GROUP_JOIN, LEDGER, COLUMN, WORD)
        more = (OPERAND, NUMBER, OTHER, OTHER_COLUMN, SUMMED, AT_LEAST)
        return tuple(Column(name, is_made=name == LEDGER) for name in (*names, *more))


def columns_of(own: Sequence[Part]) -> list[Column]:
    """A column for each title; alternatives of a box with the same title share one."""
    boxes = {one.path: one for one in own if isinstance(one, Box)}
    found: dict[tuple[Keys | None, str], list[Leaf]] = {}
    columns: list[Column | tuple[Keys | None, str]] = []
    for one in own:
        if isinstance(one, Box):
            columns.append(Column(one.title, box=one, band=one.title))
        elif isinstance(one, Leaf):
            name = (one.choice[0] if one.choice else None, one.title)
            if name not in found:
                columns.append(name)
            found.setdefault(name, []).append(one)
    taken = {ITEM, SECTION}
    made = [
        one if isinstance(one, Column) else _column(one[1], found[one], boxes) for one in columns
    ]
    return [_distinct(one, boxes, taken) for one in made]


def _column(title: str, leaves: Sequence[Leaf], boxes: Mapping[Keys, Box]) -> Column:
    choice = leaves[0].choice
    band = boxes[choice[0]].title if choice and choice[0] in boxes else ""
    return Column(title, tuple(leaves), band=band)


def _distinct(column: Column, boxes: Mapping[Keys, Box], taken: set[str]) -> Column:
    """A heading that no other column of the sheet has; the alternative it belongs to tells it apart."""
    heading, choice = column.heading, column.leaves[0].choice if column.leaves else None
    if heading in taken and choice is not None:
        own = boxes[choice[0]].alternatives.word(choice[1]) if len(column.leaves) == 1 else ""
        heading = f"{own or column.band}·{heading}"
    taken.add(heading)
    return replace(column, heading=heading)


def _ordered(columns: Sequence[Column], first: Sequence[Keys]) -> Iterator[Column]:
    """The columns that officials know first, the others as they come."""
    rest = list(columns)
    for path in first:
        for one in [column for column in rest if column.path[: len(path)] == path]:
            rest.remove(one)
            yield one
    yield from rest


def _with_owners(plan: RecordPlan, names: Sequence[str]) -> RecordPlan:
    """A plan whose rows first say what they belong to."""
    return replace(plan, columns=(*(Column(name) for name in names), *plan.columns))


def letters_of(columns: Sequence[Column]) -> dict[str, str]:
    """Where each column of a sheet stands, as the form is written."""
    return {one.heading: column_letters(place) for place, one in enumerate(columns)}


def sheets_of(plan: Plan) -> dict[str, tuple[Column, ...]]:
    """Every sheet that is read, with its columns."""
    records = (plan.sections, plan.items, plan.rules, *plan.others)
    return {
        SETTINGS: _SETTING_COLUMNS,
        **{one.sheet: one.columns for one in records},
        LISTS: plan.list_columns,
        CONDITIONS: plan.condition_columns,
    }
