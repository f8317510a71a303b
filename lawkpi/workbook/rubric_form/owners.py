"""Whose a row is: sections, items and rules by their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lawkpi.workbook.rubric_form.cell import Row, Wrong
from lawkpi.workbook.rubric_form.conditions import label
from lawkpi.workbook.rubric_form.draft import Draft, Log, missing, repeated
from lawkpi.workbook.rubric_form.plan import ITEM, RULE, SECTION
from lawkpi.workbook.rubric_form.unfold import section_word

Owner = tuple[str, ...]
"""The numbers that lead to a record: a section's; an item's; an item's and a rule's."""
_UNNAMED = "\0"
MOST_LISTED = 12


@dataclass
class Owners:
    """The records read so far, by their numbers; `parents` lead from each to what it belongs to."""

    log: Log
    sections: dict[Owner, Draft] = field(default_factory=dict)
    items: dict[Owner, Draft] = field(default_factory=dict)
    rules: dict[Owner, Draft] = field(default_factory=dict)
    parents: dict[Owner, Owner] = field(default_factory=dict)
    detached: set[str] = field(default_factory=set)
    """The own numbers of rules whose item is not there; empty text for other rows that belong to nothing."""

    def keep(self, known: dict[Owner, Draft], name: Owner, draft: Draft, heading: str) -> Owner:
        """Keep a record under its number; the name it was kept under, empty for a repeated one."""
        row = draft.row
        if not name[-1]:
            name = (*name[:-1], f"{_UNNAMED}{len(known)}")
        elif name in known and row is not None:
            self.log.wrong(row, heading, repeated(heading, name[-1]))
            return ()
        known[name] = draft
        return name

    def section_of(self, row: Row) -> Owner:
        """The section that a cell names: by number and title, by number, or by title."""
        text = label(row, SECTION)
        names = {section_word(one.plain): key for key, one in self.sections.items()}
        titles = [key for key, one in self.sections.items() if one.plain.get("title") == text]
        for found in (names.get(text), (text,), *titles[:1], (text.partition(" ")[0],)):
            if found in self.sections:
                return self._owner(row, SECTION, found or (), self.sections)
        return self._owner(row, SECTION, (text,), self.sections)

    def item_of(self, row: Row) -> Owner:
        """The item that a row belongs to; nothing where there is none of that number."""
        return self._owner(row, ITEM, (label(row, ITEM),), self.items)

    def record_of(self, row: Row) -> Draft | None:
        """The item, or with a rule's number the rule, that a row belongs to."""
        item, rule = self.item_of(row), label(row, RULE)
        if not item or not rule:
            return self.items.get(item)
        if (*item, rule) not in self.rules and rule not in self.detached:
            own = "、".join(key[1] for key in self.rules if key[0] == item[0])
            self.log.wrong(row, RULE, _unknown(f"第{item[0]}项的规则", rule, own))
        return self.rules.get((*item, rule))

    def _owner(self, row: Row, heading: str, name: Owner, known: Mapping[Owner, Draft]) -> Owner:
        if name in known and name[-1]:
            return name
        self.detached.add(label(row, RULE))
        listed = [key[-1] for key in known if not key[-1].startswith(_UNNAMED)]
        more = "等" if len(listed) > MOST_LISTED else ""
        text = row.cell(heading).found
        expected = "、".join(listed[:MOST_LISTED]) + more
        self.log.wrong(
            row, heading, _unknown(heading, text, expected) if text else missing(heading)
        )
        return ()


def _unknown(heading: str, text: str, expected: str) -> Wrong:
    """A row of something that is not there."""
    return Wrong("RUBRIC_FORM_OWNER_UNKNOWN", f"没有{heading}“{text}”", expected)
