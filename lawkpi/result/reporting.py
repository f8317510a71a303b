"""Who reported what: submissions, nil reports, reminders; and self-assessed points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.model import Item
from lawkpi.scoring import Reporting

SUBMISSIONS = "submissions"
SELF_ASSESSMENTS = "self_assessments"


def reporting(item: Item, facts: Facts, codes: Sequence[str]) -> Reporting:
    """Departments that owe a ledger of this item and handed in neither rows nor a nil report.

    Only ledgers that departments themselves hand in can be unreported; without a submissions
    ledger nothing is known to be missing.
    """
    unreported = np.zeros(len(codes), dtype=bool)
    reminded = np.zeros(len(codes), dtype=bool)
    for ledger in _own_ledgers(item, facts):
        there = set(ledger.frame[ledger.schema.charged.by].dropna())
        for place, code in enumerate(codes):
            if code not in there and _form(facts, code, ledger) == "none":
                unreported[place] = True
                reminded[place] |= _is_reminded(facts, code, ledger)
    return Reporting(unreported, reminded)


def _own_ledgers(item: Item, facts: Facts) -> list[Ledger]:
    if SUBMISSIONS not in facts.ledgers:
        return []
    measures = [rule.measure.measure for rule in item.rules]
    names = dict.fromkeys(one.ledger for one in measures if isinstance(one, Counted))
    ledgers = [facts.ledger(name) for name in names]
    return [ledger for ledger in ledgers if ledger.schema.source == "department"]


def _form(facts: Facts, code: str, ledger: Ledger) -> str:
    row = _submission(facts, code, ledger)
    return "none" if row is None else str(row["form"])


def _is_reminded(facts: Facts, code: str, ledger: Ledger) -> bool:
    row = _submission(facts, code, ledger)
    return row is not None and bool(row["reminded"])


def _submission(facts: Facts, code: str, ledger: Ledger) -> dict[str, object] | None:
    frame = facts.ledger(SUBMISSIONS).frame
    names = (ledger.schema.title, ledger.schema.id)
    rows = frame[(frame["department"] == code) & frame["ledger"].isin(names)]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return {"form": row["form"], "reminded": pd.notna(row["reminded_on"])}


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
