"""Conditions: every word of the closed list, in Chinese and as a formula over one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from docs.rubric_language.book import Condition
from docs.rubric_language.text import flow, table
from lawkpi.ledger.schema import Schema
from lawkpi.measure.words import predicate_text
from lawkpi.rubric.predicate import Related, parse_predicate
from lawkpi.workbook.formula import NotLive, RowCells, row_condition

DAYS = {
    "period_start": dt.date(2024, 1, 1),
    "period_end": dt.date(2024, 12, 31),
    "as_of": dt.date(2025, 1, 31),
}


def conditions_table(conditions: Iterable[Condition], schemas: Mapping[str, Schema]) -> str:
    """Each condition as it is written, in words, and as a formula."""
    rows = [_row(one, schemas) for one in conditions]
    return table(("written", "in words", "Excel, over the cells of one row"), rows)


def _row(condition: Condition, schemas: Mapping[str, Schema]) -> tuple[str, str, str]:
    schema = schemas[condition.ledger]
    predicate = parse_predicate(condition.write)
    formula = f"`{_formula(predicate, schema)}`"
    return f"`{flow(condition.write)}`", predicate_text(predicate, schema, schemas), formula


def _formula(predicate: Any, schema: Schema) -> str:
    row = RowCells(schema, schema.title_of, {"01": "甲市第01局"}, DAYS, _related)
    try:
        return row_condition(predicate, row)
    except NotLive:
        return "value (值)"


def _related(related: Related, _: bool) -> str:
    """The workbook sums the other sheet's column by key; here that sum has a name."""
    return f"{'合计' if related.sum else '条数'}>={int(related.at_least)}"
