"""Who reported what: submissions, nil reports, reminders; and self-assessed points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.model import Item
from lawkpi.scoring import Reporting

SUBMISSIONS = "submissions"
SELF_ASSESSMENTS = "self_assessments"


@dataclass(frozen=True)
class Unreported:
    """A ledger that a department owes and did not hand in.

    `row` is its line in the register of submissions, None without one; `reminded_on` and
    `reminder` say when and how it was reminded.
    """

    ledger: Ledger
    submissions: Ledger
    row: int | None = None
    reminded_on: Any = pd.NaT
    reminder: str = ""


class Submissions:
    """Who handed in which ledger.

    Only ledgers that departments themselves hand in can be unreported; without a submissions
    ledger nothing is known to be missing.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.register = facts.ledgers.get(SUBMISSIONS)
        self._lines: dict[tuple[str, str], int] = {}
        self._there: dict[str, set[str]] = {}
        if self.register is not None:
            frame = self.register.frame
            pairs = zip(frame["department"], frame["ledger"], strict=True)
            self._lines = {pair: row for row, pair in reversed(list(enumerate(pairs)))}

    def unreported(self, item: Item, code: str) -> list[Unreported]:
        """The ledgers of an item that a department did not hand in, reminded ones first."""
        owed = (self._missing(ledger, code) for ledger in self._own_ledgers(item))
        found = [one for one in owed if one is not None]
        return sorted(found, key=lambda one: pd.isna(one.reminded_on))

    def reporting(self, item: Item, codes: Sequence[str]) -> Reporting:
        """Departments that owe a ledger of this item, and those of them that were reminded."""
        found = [self.unreported(item, code) for code in codes]
        reminded = [any(pd.notna(one.reminded_on) for one in owed) for owed in found]
        return Reporting(
            unreported=np.array([bool(owed) for owed in found], dtype=bool),
            reminded=np.array(reminded, dtype=bool),
        )

    def _own_ledgers(self, item: Item) -> list[Ledger]:
        if self.register is None:
            return []
        measures = [rule.measure.measure for rule in item.rules]
        names = dict.fromkeys(one.ledger for one in measures if isinstance(one, Counted))
        ledgers = [self.facts.ledger(name) for name in names]
        return [ledger for ledger in ledgers if ledger.schema.source == "department"]

    def _missing(self, ledger: Ledger, code: str) -> Unreported | None:
        if self.register is None or code in self._charged(ledger):
            return None
        row = self._line(ledger, code)
        if row is None:
            return Unreported(ledger, self.register)
        line = self.register.frame.iloc[row]
        if line["form"] != "none":
            return None
        reminder = "" if pd.isna(line["reminder"]) else str(line["reminder"])
        return Unreported(ledger, self.register, row, line["reminded_on"], reminder)

    def _charged(self, ledger: Ledger) -> set[str]:
        """The departments that have rows in a ledger."""
        name = ledger.schema.id
        if name not in self._there:
            self._there[name] = set(ledger.frame[ledger.schema.charged.by].dropna())
        return self._there[name]

    def _line(self, ledger: Ledger, code: str) -> int | None:
        names = (ledger.schema.title, ledger.schema.id)
        return next(
            (self._lines[code, name] for name in names if (code, name) in self._lines), None
        )


def self_points(facts: Facts) -> dict[tuple[str, str], Decimal]:
    """Self-assessed points by department and item; empty without a self-assessment ledger."""
    if SELF_ASSESSMENTS not in facts.ledgers:
        return {}
    frame = facts.ledger(SELF_ASSESSMENTS).frame
    known = frame[frame["self_points"].notna()]
    columns = (known["department"], known["item"], known["self_points"])
    return {
        (code, item): Decimal(f"{points:.2f}") for code, item, points in zip(*columns, strict=True)
    }
