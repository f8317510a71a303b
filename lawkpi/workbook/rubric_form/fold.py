"""From the rows of the form's sheets back to a rubric's plain form, each value with its cell.

Nothing stops at the first fault: every cell that cannot be used is a finding, and is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.cell import Address, Row, Wrong
from lawkpi.workbook.rubric_form.conditions import label
from lawkpi.workbook.rubric_form.draft import Draft, Log, missing
from lawkpi.workbook.rubric_form.entries import Entries
from lawkpi.workbook.rubric_form.kinds import Text
from lawkpi.workbook.rubric_form.owners import Owner, Owners
from lawkpi.workbook.rubric_form.plan import (
    CONDITIONS,
    CONTENT,
    LISTS,
    SETTING,
    SETTINGS,
    Plan,
    RecordPlan,
)
from lawkpi.workbook.rubric_form.record import Reader

ID = "id"


@dataclass
class Folded:
    """Reads the sheets of one form."""

    plan: Plan
    around: Around
    log: Log
    root: Draft = field(default_factory=Draft)

    def __post_init__(self) -> None:
        """The readers of records and of what belongs to them."""
        self.reader = Reader(self.around, self.log)
        self.owners = Owners(self.log)
        self.entries = Entries(self.plan, self.owners, self.reader)

    def rubric(self, tables: Mapping[str, Sequence[Row]]) -> Draft:
        """The whole rubric as far as it can be read."""
        plan = self.plan
        self._settings(tables[SETTINGS])
        for row in tables[plan.sections.sheet]:
            draft = self.reader.record(plan.sections, row)
            self._keep(self.owners.sections, (), draft, plan.sections)
        for row in tables[plan.items.sheet]:
            draft = self.reader.record(plan.items, row)
            name = self._keep(self.owners.items, (), draft, plan.items)
            self.owners.parents[name] = self.owners.section_of(row)
        for row in tables[plan.rules.sheet]:
            self._rule(row)
        for other in plan.others:
            self._other(other, tables[other.sheet])
        for row in tables[LISTS]:
            self.entries.entry(row)
        self.entries.conditions(tables[CONDITIONS])
        return self._assembled()

    def _settings(self, rows: Sequence[Row]) -> None:
        leaves = {leaf.title: leaf for leaf in self.plan.settings}
        for row in rows:
            text = label(row, SETTING)
            leaf = leaves.pop(text, None)
            if leaf is not None:
                self.reader.read(self.root, leaf, row, CONTENT)
            else:
                what = f"“{text}”不是基本设置的项目，或者写了两次"
                wrong = Wrong("RUBRIC_FORM_WORD_UNKNOWN", what, "原有的项目名称，各一行")
                self.log.wrong(row, SETTING, wrong)
        for leaf in leaves.values():
            self.root.mark(leaf.path, Address(SETTINGS, SETTING))

    def _rule(self, row: Row) -> None:
        owner = self.owners.item_of(row)
        draft = self.reader.record(self.plan.rules, row)
        if owner:
            name = self._keep(self.owners.rules, owner, draft, self.plan.rules)
            self.owners.parents[name] = owner

    def _keep(
        self, known: dict[Owner, Draft], owner: Owner, draft: Draft, plan: RecordPlan
    ) -> Owner:
        name = (*owner, str(draft.plain.get(ID, "")))
        return self.owners.keep(known, name, draft, plan.first)

    def _other(self, plan: RecordPlan, rows: Sequence[Row]) -> None:
        """A list of the rubric that is no record of the three levels."""
        heading = plan.columns[0].heading
        drafts: dict[Owner, Draft] = {}
        for number, row in enumerate(rows):
            draft = self.reader.record(plan, row)
            try:
                name = self._name(plan, row) if plan.is_named else str(number)
            except Wrong as wrong:
                self.log.wrong(row, heading, wrong)
                continue
            self.owners.keep(drafts, (name,), draft, heading)
        named = {name[0]: draft.plain for name, draft in drafts.items()}
        self.root.put(plan.path, named if plan.is_named else list(named.values()))
        for place, ((own,), draft) in enumerate(drafts.items()):
            self.root.take(draft, (*plan.path, own if plan.is_named else place))

    def _name(self, plan: RecordPlan, row: Row) -> str:
        """The name of an entry of a list by names.

        Raises
        ------
        Wrong
        """
        heading = plan.columns[0].heading
        if row.cell(heading).is_blank:
            raise missing(heading)
        return str(Text().read(row.cell(heading), self.around.words(plan.role, plan.path, {})))

    def _assembled(self) -> Draft:
        """Rules into items, items into sections, sections into the rubric."""
        owners, plan = self.owners, self.plan
        self._gather(owners.rules, owners.items, plan.rules.path)
        self._gather(owners.items, owners.sections, plan.items.path)
        self.root.put(plan.sections.path, [one.plain for one in owners.sections.values()])
        for place, draft in enumerate(owners.sections.values()):
            self.root.take(draft, (*plan.sections.path, place))
        return self.root

    def _gather(
        self, own: Mapping[Owner, Draft], owners: Mapping[Owner, Draft], path: tuple[str, ...]
    ) -> None:
        lists: dict[Owner, list[Any]] = {name: [] for name in owners}
        for name, draft in own.items():
            parent = self.owners.parents.get(name, ())
            if parent in owners:
                lists[parent].append(draft.plain)
                owners[parent].take(draft, (*path, len(lists[parent]) - 1))
        for name, draft in owners.items():
            draft.put(path, lists[name])
            if self.owners.detached and not lists[name]:
                draft.failed.add(path)
