"""Edits that a reader may make: one live cell of a ledger sheet changed, and the same record amended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import formualizer
import openpyxl

from tests.workbook.given import NAMES, World, schemas

FIRST_ROW = 5
HEAD_ROW = 4


@dataclass(frozen=True)
class Edit:
    """One cell of a sheet, what is typed into it, and the record and content that it stands for."""

    sheet: str
    cell: str
    typed: Any
    ledger: str
    key: str
    column: str
    value: Any


def live_edits(
    path: Path, random: Random, most: int, *, among: Container[str] | None = None
) -> Iterator[Edit]:
    """Random edits of cells that the workbook leaves open; `among` names the columns to choose from."""
    book = openpyxl.load_workbook(path)
    titles = {schema.title: schema for schema in schemas().values()}
    cells = []
    for sheet in book:
        schema = titles.get(sheet.title)
        if schema is None:
            continue
        heads = {cell.value: cell.column for cell in sheet[HEAD_ROW]}
        key = heads[schema.columns[schema.key[0]].title]
        for name, column in schema.columns.items():
            for row in range(FIRST_ROW, sheet.max_row + 1):
                cell = sheet.cell(row, heads[column.title])
                if not cell.protection.locked and (among is None or name in among):
                    cells.append((schema, name, cell, str(sheet.cell(row, key).value)))
    random.shuffle(cells)
    for schema, name, cell, key in cells[:most]:
        typed, value = content(random, schema.columns[name])
        yield Edit(cell.parent.title, cell.coordinate, typed, schema.id, key, name, value)


def content(random: Random, column: Any) -> tuple[Any, Any]:
    """Something that may stand in a column: as it is typed, and as the ledger holds it."""
    if random.random() < 0.15 and not column.required:
        return None, None
    made = _made(random, column)
    if column.type == "department":
        return NAMES[made], made
    return column.labels.get(made, made), made


def _made(random: Random, column: Any) -> Any:
    if column.labels:
        return random.choice(sorted(column.labels))
    makers: dict[str, Any] = {
        "date": lambda: dt.date(2021, 12, 1) + dt.timedelta(days=random.randint(0, 420)),
        "integer": lambda: random.randint(0, 30),
        "number": lambda: random.randint(0, 250) / 10**column.places,
        "department": lambda: random.choice(sorted(NAMES)),
    }
    return makers.get(column.type, lambda: "改动")()


def typed_in(path: Path, edit: Edit) -> Path:
    """A copy of a workbook with the edit typed in, recalculated."""
    copy = path.with_name(f"edited-{path.name}")
    book = openpyxl.load_workbook(path)
    cell = book[edit.sheet][edit.cell]
    cell.value = edit.typed
    if isinstance(edit.typed, str):
        cell.data_type = "s"
    book.save(copy)
    formualizer.recalculate_xlsx_file(str(copy))
    return copy


def amended(world: World, edit: Edit) -> World:
    """The world with the same record amended."""
    first = next(iter(schemas()[edit.ledger].columns))
    rows = [
        {**row, edit.column: edit.value} if str(row[first]) == edit.key else row
        for row in world.rows[edit.ledger]
    ]
    return replace(world, rows={**world.rows, edit.ledger: rows})
