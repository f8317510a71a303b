"""Exemptions (mechanism 35): records that are let off by a decision that is on record.

The ledger `exemptions` names a ledger, a record by its key, and the reason; a rule says which reasons
it accepts.
"""

from __future__ import annotations

import pandas as pd

from lawkpi.ledger.departments import fold
from lawkpi.measure.measured import RuleInput
from lawkpi.measure.truth import Facts

EXEMPTIONS = "exemptions"
"""The ledger of decisions to let a record off."""


def let_off(given: RuleInput, facts: Facts) -> set[str]:
    """Ids of the rows of a rule's ledger that are exempt for a reason it accepts."""
    if EXEMPTIONS not in facts.ledgers:
        return set()
    frame = facts.ledger(EXEMPTIONS).frame
    schema = facts.ledger(given.rule.measure.ledger).schema
    accepted = frame["reason"].isin(given.rule.exempt)
    about = frame["ledger"].isin([schema.id, schema.title])
    item = frame["item"].isna() | (frame["item"] == given.item)
    decided = frame["decision"].notna()
    records = frame["record"][accepted & about & item & decided]
    return {f"{schema.id}/{key_text(str(record))}" for record in records if not pd.isna(record)}


def key_text(record: str) -> str:
    """A record's key as row ids hold it; the parts of a longer key stand with | between them."""
    return "|".join(fold(part) for part in record.split("|"))
