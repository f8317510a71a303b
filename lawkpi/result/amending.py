"""Amendments as results show them: a row for each changed cell and each department that it concerns.

A department sees what was changed of its own records, and that a record came to it or left it. Persons and
the contents of personal columns are masked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from lawkpi.ledger.amended import Applied, amended_cells
from lawkpi.ledger.amendments import Amendment, CellChange
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.submitted import column_named
from lawkpi.measure.charges import charging
from lawkpi.result.inputs import Inputs
from lawkpi.result.mask import HIDDEN, masked_text, shown_name

Row = dict[str, Any]


def amendment_rows(inputs: Inputs) -> Iterator[Row]:
    """Rows of `amendments`, in the order of declaration; those not carried out have no department."""
    done: dict[int, list[Applied]] = {}
    for one in inputs.amendments.applied:
        done.setdefault(id(one.amendment), []).append(one)
    for amendment in inputs.amendments.declared:
        ledger = inputs.ledgers.get(amendment.ledger)
        schema = ledger.schema if ledger else None
        for applied in done.get(id(amendment), ()):
            if schema is not None:
                yield from _applied(applied, schema, charging(inputs.rubric, schema))
        if id(amendment) not in done:
            yield from _declared(amendment, schema)


def _applied(one: Applied, schema: Schema, columns: set[str]) -> Iterator[Row]:
    row = _common(one.amendment) | {
        "record": one.record,
        "row_id": one.row_id or None,
        "former_id": one.former_id or None,
        "column": one.column or None,
        "was": _shown(schema, one.column, one.was),
        "becomes": _shown(schema, one.column, one.becomes),
    }
    codes: list[str | None] = [*sorted(concerned(one, columns))]
    for code in codes or [None]:
        yield row | {"department": code}


def concerned(one: Applied, columns: set[str]) -> set[str]:
    """The departments whose record was changed; the former one only where that is what was changed."""
    former = {code for name, code in one.before.items() if name in columns}
    now = {code for name, code in one.after.items() if name in columns}
    if one.column and one.column not in columns:
        return now
    return former | now


def _declared(one: Amendment, schema: Schema | None) -> Iterator[Row]:
    """Rows of an amendment that was not carried out, as it is written."""
    cells = one.cells if one.kind == "change" else ()
    for cell in cells or [CellChange("", "", "", one.place)]:
        column = column_named(schema, cell.column) if schema and cell.column else None
        shows = schema if column else None
        yield _common(one) | {
            "record": one.record,
            "column": column or cell.column or None,
            "was": _shown(shows, column or "", cell.was),
            "becomes": _shown(shows, column or "", cell.becomes),
        }


def _common(one: Amendment) -> Row:
    return {
        "number": one.number,
        "ledger": one.ledger,
        "kind": one.kind,
        "reason": one.reason,
        "document": one.document,
        "person": shown_name(one.person) if one.person else None,
        "approved_on": one.approved_on,
        "status": one.status,
        "file": one.place.file,
        "sheet": one.place.sheet,
        "row": one.place.row,
    }


def _shown(schema: Schema | None, column: str, text: str) -> str | None:
    """A cell's text; hidden where the column is personal, or is not known to be none."""
    if not text:
        return None
    if schema is None:
        return HIDDEN
    return masked_text(text, schema.columns[column].personal)


def amended_in(frame: pd.DataFrame, schema: Schema) -> Mapping[str, Mapping[str, str]]:
    """What a ledger remembers of its amendments, out of the stored table."""
    own = frame[(frame["ledger"] == schema.id) & frame["row_id"].notna()]
    changes = [
        (row["row_id"], "" if pd.isna(row["column"]) else row["column"], row["number"])
        for row in own.to_dict("records")
    ]
    return amended_cells(schema, changes)
