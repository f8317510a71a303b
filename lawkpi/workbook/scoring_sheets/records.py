"""What is on record: the rows of the two ledgers that scoring sheets feed, by what they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.result.mask import shown_name
from lawkpi.rubric.measures import JudgedMeasure
from lawkpi.rubric.model import Item, Rubric

JUDGED = "judged"
FIELDS: dict[str, tuple[str, ...]] = {
    ADJUSTMENTS: ("points", "reason", "person", "adjusted_on", "decision"),
    JUDGED: ("points", "reason", "person", "second_person", "judged_on"),
}
"""The columns of each ledger that an office fills in, as they stand on the sheet."""
PERSONS = ("person", "second_person")
"""The columns that hold a person's name; papers show the surname."""
NUMBERS = {ADJUSTMENTS: "number", JUDGED: "seat"}
"""The column that tells several rows about one thing apart."""

Value = str | int | Decimal | dt.date | None
Fields = Mapping[str, Value]


class Key(NamedTuple):
    """What a row is about; `rule` is empty for adjustments, `number` None where there is only one."""

    ledger: str
    department: str
    item: str
    rule: str
    number: int | None

    @property
    def text(self) -> str:
        """The key as the workbook keeps it."""
        return "|".join((*self[:4], "" if self.number is None else str(self.number)))

    @classmethod
    def of(cls, text: str) -> Key | None:
        """A key as it was kept; None for what is none."""
        parts = text.split("|")
        if len(parts) != len(cls._fields) or parts[0] not in FIELDS:
            return None
        number = int(parts[4]) if parts[4].isdecimal() else None
        return cls(parts[0], parts[1], parts[2], parts[3], number)


def on_record(ledger: Ledger, rubric: Rubric) -> dict[Key, Fields]:
    """The rows of a ledger by key, in the ledger's order."""
    rows: list[dict[Any, Any]] = ledger.frame.to_dict("records")
    return {key_of(ledger.schema, row, rubric): fields_of(ledger.schema, row) for row in rows}


def key_of(schema: Schema, row: Mapping[Any, Any], rubric: Rubric) -> Key:
    """What a row is about; a judged row without a rule belongs to the one rule that it can be for."""
    item = str(row["item"])
    rule = "" if schema.id == ADJUSTMENTS else _rule(row, rubric.item(item))
    number = row[NUMBERS[schema.id]]
    return Key(
        schema.id, str(row["department"]), item, rule, None if pd.isna(number) else int(number)
    )


def _rule(row: Mapping[Any, Any], item: Item | None) -> str:
    if not pd.isna(row["rule"]):
        return str(row["rule"])
    rules = item.rules if item else ()
    own = [one.id for one in rules if isinstance(one.measure.measure, JudgedMeasure)]
    return own[0] if len(own) == 1 else ""


def fields_of(schema: Schema, row: Mapping[Any, Any]) -> dict[str, Value]:
    """The filled-in cells of a row."""
    return {name: _value(schema, name, row.get(name)) for name in FIELDS[schema.id]}


def _value(schema: Schema, name: str, value: Any) -> Value:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if schema.columns[name].type == "number":
        return Decimal(f"{value:.{schema.columns[name].places}f}")
    return str(value)


def shown_record(fields: Fields) -> dict[str, Value]:
    """The fields as papers show them: names of persons by surname."""
    return {
        name: shown_name(value) if isinstance(value, str) and name in PERSONS else value
        for name, value in fields.items()
    }


def is_same(fields: Mapping[str, object], texts: Mapping[str, str]) -> bool:
    """Whether fields say what texts, as `plain` writes them, say."""
    return all(plain(fields.get(name)) == text for name, text in texts.items())


def plain(value: Any) -> str:
    """A cell's content as two workbooks compare it: numbers by value, days by date, text by its words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.10g}"
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())
