"""Amendments in a department's workbook: those of its own records, and marks on what is not as submitted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from lawkpi.ledger.amendments import KINDS
from lawkpi.ledger.schema import Schema
from lawkpi.result.held import HeldRows
from lawkpi.workbook.desk import Desk

HEADS = ("更正编号", "台账和记录", "栏目", "原值", "更正为", "理由", "依据文书和批准日期")
HEAD = "更正"
"""The heading of the column on a ledger sheet that says which cells of a record were amended."""
HOW_TO_READ = "深灰底的单元格为更正后的内容，见末列“更正”。"
OTHERS = "其他单位"
WHOLE = "（整条记录）"
ADDED = KINDS["add"]
EMPTY = "（空）"


def own_amendments(desk: Desk) -> Iterator[tuple[str, ...]]:
    """The approved amendments that touched this department's records; others are not named in them."""
    hidden = without_others(desk)
    for row in desk.assessment.lines("amendments", desk.department.code):
        schema = desk.assessment.schemas[row["ledger"]]
        column, was, becomes = change_texts(schema, row)
        decided = f"{row['document']}（{row['approved_on']:%Y-%m-%d}批准）"
        texts = (f"《{schema.title}》{row['record']}", column, was, becomes, row["reason"], decided)
        yield (str(row["number"]), *(hidden(str(text)) for text in texts))


def change_texts(schema: Schema | None, row: Mapping[Any, Any]) -> tuple[str, str, str]:
    """Column, former and new content of a row of `amendments`; what was done where it is a whole record."""
    if pd.isna(row["column"]):
        return WHOLE, "", KINDS[row["kind"]]
    was, becomes = (EMPTY if pd.isna(row[name]) else row[name] for name in ("was", "becomes"))
    return schema.title_of(row["column"]) if schema else row["column"], was, becomes


def without_others(desk: Desk) -> Callable[[str], str]:
    """What takes the names of all other assessed departments out of a text.

    A code of digits only is left: it stands in document numbers too, and names nobody to a reader.
    """
    own = {desk.department.name, desk.department.short, *desk.department.aliases}
    others = {
        word
        for one in desk.assessment.departments
        if one != desk.department
        for word in (one.name, one.short, *one.aliases, *([] if one.code.isdigit() else [one.code]))
    } - own
    words = sorted(own | others, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in words))
    return lambda text: pattern.sub(
        lambda match: OTHERS if match.group() in others else match.group(), text
    )


def amended_rows(ledger: HeldRows) -> list[Mapping[str, str]]:
    """For each row of a ledger the columns that are not as submitted, with the number of the amendment."""
    amended = ledger.whole.ledger.amended
    if not amended:
        return [{}] * len(ledger)
    return [amended.get(str(row_id), {}) for row_id in ledger.cells("row_id")]


def amended_text(schema: Schema, columns: Mapping[str, str]) -> str:
    """Which cells of a record were amended by what; empty for a record as submitted."""
    found: dict[str, list[str]] = {}
    for name, number in columns.items():
        found.setdefault(number, []).append(name)
    return "；".join(
        f"第{number}号：{_cells(schema, found[number])}"
        for number in sorted(found, key=lambda one: (len(one), one))
    )


def _cells(schema: Schema, names: list[str]) -> str:
    if set(names) == set(schema.columns):
        return ADDED
    return "、".join(schema.title_of(name) for name in schema.columns if name in names)
