"""One row as a record: what is chosen, then the cells that the choice uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.cell import Row, Wrong
from lawkpi.workbook.rubric_form.draft import Draft, Log, beyond, missing
from lawkpi.workbook.rubric_form.fields import Box, Leaf
from lawkpi.workbook.rubric_form.kinds import Text, Words
from lawkpi.workbook.rubric_form.plan import Column, RecordPlan

_ORDER = ("ledger", "rate", "column", "date_column")
"""Cells that others depend on are read first."""


@dataclass(frozen=True)
class Reader:
    """Reads rows and cells; what cannot be used goes to the log."""

    around: Around
    log: Log

    def record(self, plan: RecordPlan, row: Row) -> Draft:
        """A row as a record."""
        draft = Draft(row=row)
        draft.mark((), row.address(plan.first))
        for column in plan.columns:
            if column.box is not None:
                self._choose(draft, column.box, column.heading, plan)
        for column in sorted(plan.columns, key=_order):
            self._column(draft, column, row)
        return draft

    def _choose(self, draft: Draft, box: Box, heading: str, plan: RecordPlan) -> None:
        row = draft.row or Row(plan.sheet, 0, {})
        draft.mark(box.path, row.address(heading))
        try:
            if row.cell(heading).is_blank:
                if box.required or _is_used(plan, box, row):
                    raise missing(box.title)
                return
            name = Text().read(row.cell(heading), box.alternatives)
        except Wrong as wrong:
            self.log.wrong(row, heading, wrong)
            draft.failed.add(box.path)
            return
        draft.chosen.append((box.path, name))
        draft.put((*box.path, name), {})
        draft.mark((*box.path, name), row.address(heading))

    def _column(self, draft: Draft, column: Column, row: Row) -> None:
        leaf = column.leaf(draft.chosen)
        if leaf is not None:
            self.read(draft, leaf, row, column.heading)
        elif column.leaves and not row.cell(column.heading).is_blank:
            unclear = any(one.choice and one.choice[0] in draft.failed for one in column.leaves)
            if not unclear:
                chosen = [row.cell(column.band).found]
                self.log.wrong(row, column.heading, beyond(column.heading, chosen))

    def read(self, draft: Draft, leaf: Leaf, row: Row, heading: str) -> None:
        """One cell into a record."""
        draft.mark(leaf.path, row.address(heading))
        if leaf.firm:
            draft.ensure(leaf.path[:-1])
        if row.cell(heading).is_blank:
            return
        words = self.around.words(leaf.role, leaf.path, draft.plain)
        value = self.value(row, heading, leaf, words)
        if value is None:
            draft.failed.add(leaf.path)
        else:
            draft.put(leaf.path, value)

    def value(self, row: Row, heading: str, leaf: Leaf, words: Words) -> Any:
        """A cell that is not blank; None where it cannot be used."""
        cell = row.cell(heading)
        try:
            return leaf.kind.read(cell, words, leaf.role)
        except Wrong as wrong:
            self.log.wrong(row, heading, wrong)
            return None


def _is_used(plan: RecordPlan, box: Box, row: Row) -> bool:
    """Whether a row fills cells of a choice."""
    own = (one for one in plan.columns if one.leaves and one.leaves[0].choice)
    return any(
        not row.cell(one.heading).is_blank
        for one in own
        if one.leaves[0].choice and one.leaves[0].choice[0] == box.path
    )


def _order(column: Column) -> int:
    roles = [leaf.role for leaf in column.leaves]
    return min((_ORDER.index(one) for one in roles if one in _ORDER), default=len(_ORDER))
