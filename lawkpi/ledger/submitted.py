"""Submitted records, before anything is amended: found by their key, said as officials read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lawkpi.ledger.cells import CellReader
from lawkpi.ledger.departments import Register, fold
from lawkpi.ledger.read import RawTable
from lawkpi.ledger.schema import Schema

Raw = Mapping[str, Any]
"""The declared cells of a row as they stand in the file."""


@dataclass(frozen=True)
class Record:
    """A submitted row: its table, its place in it, its cells."""

    table: int
    at: int
    file: str
    row: int
    raw: Raw


class Submitted:
    """The rows of a ledger's tables as they were handed in."""

    def __init__(
        self,
        tables: Sequence[RawTable],
        readers: Mapping[str, CellReader],
        schema: Schema,
        register: Register,
    ) -> None:
        self.tables, self.readers, self.schema, self.register = tables, readers, schema, register
        self.records = [one for number in range(len(tables)) for one in self._rows(number)]
        self._by_key: dict[tuple[str, ...], list[int]] = {}
        for place, record in enumerate(self.records):
            key = tuple(self._part(name, record.raw[name]) for name in schema.key)
            self._by_key.setdefault(key, []).append(place)

    def _rows(self, number: int) -> Iterator[Record]:
        table = self.tables[number]
        for at, (row, cells) in enumerate(table.rows):
            raw = {
                name: cells[place]
                if (place := table.columns.get(name)) is not None and place < len(cells)
                else None
                for name in self.schema.columns
            }
            yield Record(number, at, table.file, row, raw)

    def _part(self, name: str, raw: Any) -> str:
        """A part of a key: as it is read, or as it stands where it cannot be read."""
        value = self.readers[name](raw).value
        return fold(raw_text(raw) if value is None else str(value))

    def found(self, record: str, file: str, row: int | None) -> list[int]:
        """The records of a key, in any spelling that their own cells may have; in a file or row, if given."""
        parts = key_parts(self.schema, record) or []
        key = tuple(
            self._part(name, part) for name, part in zip(self.schema.key, parts, strict=False)
        )
        return [
            place
            for place in self._by_key.get(key, ())
            if file in ("", self.records[place].file) and row in (None, self.records[place].row)
        ]

    def values(self, raw: Raw) -> dict[str, Any]:
        """What is read of the columns that name a record and of those of departments."""
        columns = self.schema.columns
        departments = [name for name, one in columns.items() if one.type == "department"]
        return {
            name: self.readers[name](raw[name]).value for name in (*self.schema.key, *departments)
        }

    def departments(self, values: Mapping[str, Any]) -> dict[str, str]:
        """The codes of a record's departments by column."""
        columns = self.schema.columns
        return {
            name: str(value)
            for name, value in values.items()
            if value is not None and columns[name].type == "department"
        }

    def text(self, raw: Raw) -> str:
        """A record's key as officials read it."""
        return "|".join(self.shown(name, raw[name]) for name in self.schema.key)

    def shown(self, name: str, raw: Any) -> str:
        """A cell as officials read it; as it stands where it cannot be read."""
        value = self.readers[name](raw).value
        if value is None:
            return raw_text(raw)
        column = self.schema.columns[name]
        if column.type == "department":
            return self.register.by_code[value].name
        if isinstance(value, float):
            return f"{value:.{column.places}f}"
        return column.labels.get(str(value), str(value))


def key_parts(schema: Schema, record: str) -> list[str] | None:
    """The parts of a key as it is written; None where there are not as many as there should be."""
    parts = record.split("|") if len(schema.key) > 1 else [record]
    return parts if len(parts) == len(schema.key) else None


def record_id(schema: Schema, values: Mapping[str, Any]) -> str:
    """A record's id: the ledger and the natural key."""
    parts = ("" if values[name] is None else str(values[name]) for name in schema.key)
    return f"{schema.id}/{'|'.join(map(fold, parts))}"


def column_named(schema: Schema, text: str) -> str | None:
    """The declared column of an id, title or alias."""
    for name, column in schema.columns.items():
        if fold(text) in {fold(one) for one in (name, column.title, *column.aliases)}:
            return name
    return None


def raw_text(raw: Any) -> str:
    """A cell's content as text, whatever its column."""
    return "" if raw is None else str(raw).strip()


def is_same(reader: CellReader, raw: Any, text: str) -> bool:
    """Whether a cell holds what a text says, as the reader reads both; what it cannot read, as it stands."""
    now, said = reader(raw), reader(text)
    if now.value is None or said.value is None:
        return now.value is said.value and fold(raw_text(raw)) == fold(text)
    if isinstance(now.value, str):
        return fold(now.value) == fold(str(said.value))
    return bool(now.value == said.value)
