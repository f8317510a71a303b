"""From a rubric's plain form to the rows of the form's sheets; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lawkpi.workbook.rubric_form.around import Around, value_at
from lawkpi.workbook.rubric_form.cell import Cell, Row
from lawkpi.workbook.rubric_form.conditions import Cells, Spread
from lawkpi.workbook.rubric_form.fields import Chosen, Leaf, Many, sides_of
from lawkpi.workbook.rubric_form.plan import (
    CONDITIONS,
    CONTENT,
    FIRST_ROW,
    ITEM,
    KEY,
    LISTS,
    NAME_COLUMNS,
    NAMES,
    PLACE,
    RULE,
    SECTION,
    SETTING,
    SETTINGS,
    SIDE,
    SLOT,
    Plan,
    RecordPlan,
    letters_of,
    sheets_of,
)

Plain = Mapping[str, Any]
DEFAULTS_SHOWN = (SETTINGS, "一级指标", "等次")
"""Sheets where a cell left to its default says what that is."""


@dataclass
class Unfolded:
    """The rows of every sheet, as they are being made."""

    plan: Plan
    around: Around
    sheets: dict[str, list[Cells]] = field(default_factory=dict)

    def rubric(self, plain: Plain) -> dict[str, list[Row]]:
        """Every sheet of a rubric, each row where it will stand."""
        plan = self.plan
        self.sheets = {name: [] for name in sheets_of(plan)}
        self.sheets[SETTINGS] = [self._setting(leaf, plain) for leaf in plan.settings]
        for section in plain["sections"]:
            self._record(plan.sections, section, {})
            for item in section["items"]:
                self._item(section, item)
        for other in plan.others:
            self._other(other, value_at(plain, other.path))
        self.sheets[NAMES] = list(self.around.name_rows())
        return {
            name: [
                Row(name, number, cells, letters_of(columns))
                for number, cells in enumerate(self.sheets[name], FIRST_ROW)
            ]
            for name, columns in {**sheets_of(plan), NAMES: NAME_COLUMNS}.items()
        }

    def _setting(self, leaf: Leaf, plain: Plain) -> Cells:
        return {SETTING: Cell(leaf.title), CONTENT: self._leaf(leaf, plain, SETTINGS)}

    def _item(self, section: Plain, item: Plain) -> None:
        owner = {SECTION: Cell(section_word(section))}
        self._record(self.plan.items, item, owner)
        self._lists(self.plan.items, item, {ITEM: Cell(item["id"])})
        for rule in item["rules"]:
            self._record(self.plan.rules, rule, {ITEM: Cell(item["id"])})
            owners = {ITEM: Cell(item["id"]), RULE: Cell(rule["id"])}
            self._lists(self.plan.rules, rule, owners)
            self._conditions(rule, owners)

    def _record(self, plan: RecordPlan, plain: Plain, owners: Cells) -> None:
        chosen = chosen_in(plan, plain)
        cells = dict(owners)
        for column in plan.columns:
            if column.box is not None:
                name = next((one for path, one in chosen if path == column.box.path), "")
                cells[column.heading] = Cell(column.box.alternatives.word(name) if name else None)
            elif (leaf := column.leaf(chosen)) is not None:
                cells[column.heading] = self._leaf(leaf, plain, plan.sheet)
        self.sheets[plan.sheet].append(cells)

    def _leaf(self, leaf: Leaf, plain: Any, sheet: str = "") -> Cell:
        value = value_at(plain, leaf.path)
        if value is None and leaf.firm and sheet in DEFAULTS_SHOWN:
            value = leaf.default
        if value is None:
            return Cell()
        return leaf.kind.show(value, self.around.words(leaf.role, leaf.path, plain))

    def _other(self, plan: RecordPlan, value: Any) -> None:
        for name, one in _entries(value):
            words = self.around.words(plan.role, plan.path, {})
            shown = words.word(name) if words and name else name
            owner = {plan.columns[0].heading: Cell(shown)} if plan.is_named else {}
            self._record(plan, one, owner)

    def _lists(self, plan: RecordPlan, plain: Plain, owners: Cells) -> None:
        for many in plan.lists:
            for name, one in _entries(value_at(plain, many.path)):
                cells = owners | {SLOT: Cell(many.title)}
                if name is not None:
                    words = self.around.words(many.role, many.path, plain)
                    cells[KEY] = Cell(words.word(name) if words else name)
                self.sheets[LISTS].append(cells | self._entry(many, one, name, plain))

    def _entry(self, many: Many, value: Any, name: str | None, record: Plain) -> Cells:
        cells = {}
        for leaf in many.leaves:
            own = value_at(value, leaf.path) if leaf.path else value
            if own is not None:
                words = self.entry_words(many, leaf, name, record)
                cells[self.heading(leaf)] = leaf.kind.show(own, words)
        return cells

    def entry_words(self, many: Many, leaf: Leaf, name: str | None, record: Plain) -> Any:
        """The words of an entry's cell."""
        return entry_words(self.around, many, leaf, name, record)

    def heading(self, leaf: Leaf) -> str:
        """The column of 分档与情形 that holds an entry's cell."""
        return next(one.heading for one in self.plan.list_columns if leaf in one.leaves)

    def _conditions(self, rule: Plain, owners: Cells) -> None:
        spread = Spread(self.around)
        for path, title, place in sides_in(self.plan, rule):
            condition = _condition_at(rule, path)
            if condition is None:
                continue
            more = owners | {SIDE: Cell(title)} | ({PLACE: Cell(place)} if place else {})
            ledger = self.around.ledger_of(tuple(str(one) for one in path), rule)
            for cells in spread.rows(condition, ledger):
                self.sheets[CONDITIONS].append(more | cells)


def _entries(value: Any) -> Iterator[tuple[str | None, Any]]:
    """The entries of a list or a mapping, each with its name where it has one."""
    if isinstance(value, Mapping):
        yield from value.items()
    else:
        yield from ((None, one) for one in value or ())


def entry_words(around: Around, many: Many, leaf: Leaf, name: str | None, record: Plain) -> Any:
    """The words for a cell of a list's entry; the option of a switch depends on the switch."""
    if many.role == "switch":
        rate = value_at(record, (*many.path[:-1], "rate"))
        return around.options(rate, name or "")
    return around.words(leaf.role, (*many.path, *leaf.path), record)


def section_word(section: Plain) -> str:
    """A section as its items name it: number and title."""
    return f"{section.get('id', '')} {section.get('title', '')}".strip()


def chosen_in(plan: RecordPlan, plain: Plain) -> list[Chosen]:
    """The alternative that a record chose in each of its boxes."""
    found = ((box.path, value_at(plain, box.path)) for box in plan.boxes)
    return [(path, next(iter(value))) for path, value in found if value]


def sides_in(plan: Plan, rule: Plain) -> Iterator[tuple[tuple[str | int, ...], str, int | None]]:
    """Every condition that a rule may have: its path, its name, and the entry it belongs to."""
    chosen = chosen_in(plan.rules, rule)
    for side in plan.sides:
        if side.many is None and side.choice in (None, *chosen):
            yield side.path, side.title, None
    for many in plan.rules.lists:
        if many.choice in (None, *chosen):
            for side in sides_of(many, plan.terms):
                for place in range(len(value_at(rule, many.path) or ())):
                    yield (*many.path, place, *side.path), side.title, place + 1


def _condition_at(rule: Any, path: Sequence[str | int]) -> Any:
    for key in path:
        if isinstance(key, str) and (not isinstance(rule, Mapping) or key not in rule):
            return None
        rule = rule[key]
    return rule
