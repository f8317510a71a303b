"""What belongs to items and rules on other sheets: entries of lists, and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lawkpi.workbook.rubric_form.around import value_at
from lawkpi.workbook.rubric_form.cell import Row, Wrong
from lawkpi.workbook.rubric_form.conditions import Gathered, label
from lawkpi.workbook.rubric_form.draft import Draft, Log, beyond, missing, repeated
from lawkpi.workbook.rubric_form.fields import Leaf, Many
from lawkpi.workbook.rubric_form.kinds import Text
from lawkpi.workbook.rubric_form.owners import Owners
from lawkpi.workbook.rubric_form.plan import COLUMN, KEY, PLACE, RULE, SIDE, SLOT, Plan
from lawkpi.workbook.rubric_form.record import Reader
from lawkpi.workbook.rubric_form.unfold import entry_words, sides_in


@dataclass(frozen=True)
class Entries:
    """Reads 分档与情形 and 条件 into the records that they belong to."""

    plan: Plan
    owners: Owners
    reader: Reader

    @property
    def log(self) -> Log:
        """Where faults go."""
        return self.reader.log

    def entry(self, row: Row) -> None:
        """One row of 分档与情形."""
        owner = self.owners.record_of(row)
        many = self._list_of(row, owner) if owner else None
        if owner is None or many is None:
            return
        owner.mark(many.path, row.address(SLOT))
        try:
            key = self._key(row, many, owner)
        except Wrong as wrong:
            self.log.wrong(row, KEY, wrong)
            owner.failed.add(many.path)
            return
        self._put(row, many, key, owner)

    def _list_of(self, row: Row, owner: Draft) -> Many | None:
        """The list that a row is an entry of."""
        is_rule = bool(label(row, RULE))
        lists = (self.plan.rules if is_rule else self.plan.items).lists
        title = label(row, SLOT)
        of_title = [one for one in lists if one.title == title]
        found = next((one for one in of_title if one.choice in (None, *owner.chosen)), None)
        unclear = any(one.choice and one.choice[0] in owner.failed for one in of_title)
        if found is None and not unclear:
            own = dict.fromkeys(one.title for one in lists if one.choice in (None, *owner.chosen))
            what = f"该{'规则' if is_rule else '指标'}没有“{title}”这一类"
            self._not_there(
                row, SLOT, title, what, (list(own), [one.title for one in self.plan.lists])
            )
        return found

    def _not_there(
        self, row: Row, heading: str, title: str, what: str, titles: tuple[list[str], list[str]]
    ) -> None:
        """A list or a condition that the owner does not have, though another might."""
        own, known = titles
        code = "RUBRIC_FORM_PARAMETER_BEYOND" if title in known else "RUBRIC_FORM_WORD_UNKNOWN"
        wrong = Wrong(code, what, "、".join(own) or "不填")
        self.log.wrong(row, heading, wrong if title else missing(heading))

    def _key(self, row: Row, many: Many, owner: Draft) -> str | int:
        """The name of an entry, or its place.

        Raises
        ------
        Wrong
        """
        entries, cell = value_at(owner.plain, many.path) or (), row.cell(KEY)
        if not many.is_named:
            if not cell.is_blank:
                raise beyond(KEY, [many.title])
            return len(entries)
        if cell.is_blank:
            raise missing(KEY)
        words = self.reader.around.words(many.role, many.path, owner.plain)
        key = str(Text().read(cell, words))
        if key in entries:
            raise repeated(KEY, cell.found)
        return key

    def _put(self, row: Row, many: Many, key: str | int, owner: Draft) -> None:
        entry = Draft(row=row)
        entry.mark((), row.address(KEY if many.is_named else SLOT))
        for column in self.plan.list_columns:
            leaf = next((one for one in column.leaves if one in many.leaves), None)
            if leaf is not None:
                words = entry_words(self.reader.around, many, leaf, str(key), owner.plain)
                self._cell(entry, leaf, column.heading, words)
            elif column.leaves and not row.cell(column.heading).is_blank:
                self.log.wrong(row, column.heading, beyond(column.heading, [many.title]))
        is_plain = many.model is None
        value = entry.plain.get("") if is_plain else entry.plain
        if value_at(owner.plain, many.path) is None:
            owner.put(many.path, {} if many.is_named else [])
        entries = value_at(owner.plain, many.path)
        if isinstance(entries, list):
            entries.append(value)
        else:
            entries[key] = value
        owner.take(entry, (*many.path, key))

    def _cell(self, entry: Draft, leaf: Leaf, heading: str, words: Any) -> None:
        """One cell of an entry; a plain entry has just one, which has to be filled."""
        row = entry.row
        if row is None:
            raise AssertionError
        entry.mark(leaf.path, row.address(heading))
        if row.cell(heading).is_blank:
            if not leaf.path:
                self.log.wrong(row, heading, missing(heading))
                entry.failed.add(())
            return
        value = self.reader.value(row, heading, leaf, words)
        if value is None:
            entry.failed.add(leaf.path)
        else:
            entry.put(leaf.path or ("",), value)

    def conditions(self, rows: Sequence[Row]) -> None:
        """The sheet 条件: the rows of each condition together."""
        sides: dict[tuple[int, str, str], list[Row]] = {}
        owners: dict[int, Draft] = {}
        for row in rows:
            owner = self.owners.record_of(row)
            if owner is not None and not label(row, RULE):
                self.log.wrong(row, RULE, missing(RULE))
            elif owner is not None:
                owners[id(owner)] = owner
                name = (id(owner), label(row, SIDE), label(row, PLACE))
                sides.setdefault(name, []).append(row)
        for (own, title, place), own_rows in sides.items():
            self._condition(owners[own], title, place, own_rows)

    def _condition(self, owner: Draft, title: str, place: str, rows: list[Row]) -> None:
        known = {
            (name, str(number or "")): path
            for path, name, number in sides_in(self.plan, owner.plain)
        }
        path = known.get((title, place))
        if path is None:
            if not any(box.path in owner.failed for box in self.plan.rules.boxes):
                self._no_side(rows[0], title, place, [*known])
            return
        owner.mark(path, rows[0].address(COLUMN))
        around = self.reader.around
        ledger = around.ledger_of(tuple(str(one) for one in path), owner.plain)
        found = Gathered(rows, around, self.log).condition(ledger)
        if found is None:
            owner.failed.add(path)
            return
        target = owner.plain
        for key in path[:-1]:
            target = target[key] if isinstance(key, int) else target.setdefault(key, {})
        target[path[-1]] = found

    def _no_side(self, row: Row, title: str, place: str, known: list[tuple[str, str]]) -> None:
        titles = list(dict.fromkeys(name for name, _ in known))
        if title not in titles:
            every = [side.title for side in self.plan.sides]
            self._not_there(row, SIDE, title, f"该规则没有“{title}”", (titles, every))
            return
        numbers = "、".join(number for name, number in known if name == title)
        what = f"“{title}”没有序号“{place}”" if place else f"“{title}”没有写明序号"
        wrong = Wrong("RUBRIC_FORM_OWNER_UNKNOWN", what, numbers or "空白")
        self.log.wrong(row, PLACE, wrong)
