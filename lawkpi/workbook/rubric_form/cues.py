"""Cues for whoever fills the form: drop-downs, notes, and the shades of cells that are needed or not used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lawkpi.workbook.book import Sheet
from lawkpi.workbook.formula import literal
from lawkpi.workbook.rubric_form.around import MEASURE
from lawkpi.workbook.rubric_form.choices import SEPARATOR, Choices, drop_down
from lawkpi.workbook.rubric_form.drawing import Lines, prompt
from lawkpi.workbook.rubric_form.fields import Keys, Leaf
from lawkpi.workbook.rubric_form.kinds import Either, Kind, Texts
from lawkpi.workbook.rubric_form.plan import Column, RecordPlan

RULE_LEDGER = "（辅助）规则台账"
"""The hidden column that holds the title of the ledger that a rule counts."""
Targets = dict[str, str]
"""Where names that are not declared elsewhere are listed: role to a growing range."""


@dataclass(frozen=True)
class Cues:
    """Writes the cues of one sheet."""

    sheet: Sheet
    lines: Lines
    choices: Choices
    targets: Targets

    def records(self, plan: RecordPlan) -> None:
        """The cues of a sheet of records."""
        for column in plan.columns:
            if column.box is not None:
                words = column.box.alternatives.words
                self.choose(
                    column.heading, self.choices.always(words), f"{column.heading}，从列表中选择。"
                )
            elif column.leaves:
                self._cell(column, plan)
        self._shades(plan)

    def choose(self, heading: str, source: str, note: str = "", *, strict: bool = True) -> None:
        """A drop-down down a column."""
        rule = drop_down(source, strict=strict) | (prompt(heading, note) if note else {})
        self.sheet.validation(self.lines.block(heading), rule)

    def _cell(self, column: Column, plan: RecordPlan) -> None:
        note = note_of(column, plan)
        source, strict = self._source(column, plan)
        if source:
            self.choose(column.heading, source, note, strict=strict)
        else:
            rule = {"validate": "any", **prompt(column.heading, note)}
            self.sheet.validation(self.lines.block(column.heading), rule)

    def _source(self, column: Column, plan: RecordPlan) -> tuple[str, bool]:
        """Where a column's words are listed, and whether nothing else may stand there."""
        words = list(dict.fromkeys(word for one in column.leaves for word in one.kind.choices))
        if words:
            strict = all(one.kind.choices and is_closed(one.kind) for one in column.leaves)
            return self.choices.always(words), strict
        leaf = column.leaves[0]
        strict = not isinstance(leaf.kind, Texts)
        around = self.choices.around
        ledger, dot, name = leaf.role.partition(".")
        if dot:
            labels = around.labels(ledger, name)
            return (self.choices.always(labels.words) if labels else ""), False
        if leaf.role in self.targets:
            return self.targets[leaf.role], False
        fixed = {
            "ledger": around.ledgers,
            "rate": around.rate_names,
            "group": around.groups,
            "department": around.departments,
        }
        if leaf.role in fixed:
            own = fixed[leaf.role]
            is_one = leaf.role in ("ledger", "rate") and strict
            return (self.choices.always(own.words) if own else ""), is_one
        key = self.key(leaf, plan)
        return (self.choices.keyed(key) if key else ""), False

    def key(self, leaf: Leaf, plan: RecordPlan) -> str:
        """The cells that say which list a name is chosen from."""
        ledger = self.ledger_cell(leaf.path, plan)
        if leaf.role in ("column", "date_column"):
            return ledger
        if leaf.role != "state":
            return ""
        columns = [self.lines.at(one) for one in column_headings(leaf.path, plan)]
        return f'{ledger}&"{SEPARATOR}"&{"&".join(columns)}' if columns else ""

    def ledger_cell(self, path: Keys, plan: RecordPlan) -> str:
        """The cell with the ledger that a path is about: one beside it, or the rule's own."""
        for depth in range(len(path) - 1, 0, -1):
            beside = (*path[:depth], "ledger")
            column = plan.column_of(beside)
            if column is not None and beside[:1] + beside[2:] != (MEASURE, "ledger"):
                return self.lines.at(column.heading)
        return self.lines.at(RULE_LEDGER) if RULE_LEDGER in self.lines.letters else ""

    def _shades(self, plan: RecordPlan) -> None:
        """Grey where the choice has no use for a cell, yellow where it needs it."""
        key = plan.first
        for column in plan.columns:
            if column.leaves and not column.is_free:
                self.shade(column, plan, key)
        for column in plan.columns:
            if column.is_free and column.leaves[0].required and column.leaves[0].firm:
                self._needed(column.heading, f'{self.lines.at(key)}<>""')

    def shade(self, column: Column, plan: RecordPlan, key: str) -> None:
        """The shades of a cell that belongs to alternatives."""
        box = next(one for one in plan.columns if one.box and one.heading == column.band)
        if box.box is None:
            raise AssertionError
        chosen, words = self.lines.at(box.heading), box.box.alternatives
        using = [words.word(leaf.choice[1]) for leaf in column.leaves if leaf.choice]
        needing = [
            words.word(leaf.choice[1])
            for leaf in column.leaves
            if leaf.choice and leaf.required and leaf.firm
        ]
        begun = f'{self.lines.at(key)}<>""'
        unused = f"AND({begun},NOT({one_of(chosen, using)}))"
        self.sheet.shade_where(self.lines.block(column.heading), unused, "unused")
        if needing:
            self._needed(column.heading, one_of(chosen, needing))

    def _needed(self, heading: str, where: str) -> None:
        formula = f'AND({where},{self.lines.at(heading)}="")'
        self.sheet.shade_where(self.lines.block(heading), formula, "needed")

    def unused_where(self, headings: Iterable[str], formula: str) -> None:
        """Grey down several columns."""
        for heading in headings:
            self.sheet.shade_where(self.lines.block(heading), formula, "unused")


def one_of(cell: str, words: Sequence[str]) -> str:
    """Whether a cell holds one of several words; array constants are not allowed here."""
    return f"OR({','.join(f'{cell}={literal(word)}' for word in dict.fromkeys(words))})"


def is_closed(kind: Kind) -> bool:
    """Whether a cell holds one of its words and nothing else."""
    return not isinstance(kind, Either)


def column_headings(path: Keys, plan: RecordPlan) -> list[str]:
    """The cells that may name the column whose states a path is about."""
    for depth in range(len(path) - 1, 1, -1):
        column = plan.column_of((*path[:depth], "column"))
        if column is not None:
            return [column.heading]
    own = (one for one in plan.columns for leaf in one.leaves if is_measured_column(leaf))
    return list(dict.fromkeys(one.heading for one in own))


def is_measured_column(leaf: Leaf) -> bool:
    """Whether a cell names the column that a measure looks at."""
    return leaf.path[:1] == (MEASURE,) and len(leaf.path) == 3 and leaf.path[2] == "column"


def note_of(column: Column, plan: RecordPlan) -> str:
    """What a cell is for: the ways that use it, what may stand in it, what blank means."""
    boxes = {box.path: box.alternatives for box in plan.boxes}
    ways = [boxes[leaf.choice[0]].word(leaf.choice[1]) for leaf in column.leaves if leaf.choice]
    kinds = dict.fromkeys(leaf.kind.wanted for leaf in column.leaves)
    lines = [f"用于：{'、'.join(dict.fromkeys(ways))}。"] if ways else []
    lines += [f"{'；'.join(kinds)}。"]
    lines += [blank_text(column.leaves)]
    return "\n".join(line for line in lines if line)


def blank_text(leaves: Sequence[Leaf]) -> str:
    """What a blank cell means."""
    if all(leaf.required and leaf.firm for leaf in leaves):
        return "必填。"
    defaults = {shown_default(leaf) for leaf in leaves} - {""}
    return f"空白即“{'”或“'.join(sorted(defaults))}”。" if defaults else ""


def shown_default(leaf: Leaf) -> str:
    """A default as it would stand in the cell; empty for none."""
    if leaf.default is None or not leaf.firm:
        return ""
    shown: Any = leaf.kind.show(leaf.default)
    return str(shown.found)
