"""Amending: declared amendments are carried out while a ledger is read, never in its files.

The raw cell is replaced before it is read, so that whatever looks at the record afterwards (typed columns,
keys, duplicates, derived columns) sees it as amended. Every amendment is held against what was submitted and
never against another amendment, so that their order does not matter. One that no longer fits is stale: an
error with the place of the amendment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lawkpi.ledger.amend_faults import Faults
from lawkpi.ledger.amended import Applied
from lawkpi.ledger.amendments import Amendment, CellChange, Place
from lawkpi.ledger.cells import Cell
from lawkpi.ledger.read import RawTable
from lawkpi.ledger.submitted import Submitted, column_named, is_same, key_parts, record_id

ADDED_SHEET = "更正"
"""The sheet of records that amendments.yaml adds: a YAML file has none."""
Cells = dict[str, Any]


@dataclass
class Amending:
    """The approved amendments of one ledger; once it is read, `applied` says what they did."""

    amendments: Sequence[Amendment] = ()
    applied: list[Applied] = field(default_factory=list)

    def amended(self, submitted: Submitted, faults: Faults) -> list[RawTable]:
        """The tables as amended: new ones where anything changed. What does not fit is a finding."""
        desk = _Desk(submitted, faults)
        edits = desk.edits(self.amendments)
        tables = desk.changed_tables()
        added = [desk.added(one) for one in self.amendments if one.kind == "add"]
        done = [desk.applied(one) for one in edits] + [one[1] for one in added if one]
        order = {id(one): place for place, one in enumerate(self.amendments)}
        self.applied.extend(sorted(done, key=lambda one: order[id(one.amendment)]))
        return [*tables, *(one[0] for one in added if one)]


@dataclass(frozen=True)
class _Edit:
    """One change that was found good: of a cell, or of a whole record (no column)."""

    amendment: Amendment
    place: Place
    record: int
    column: str = ""
    value: Any = None
    was: str = ""
    becomes: str = ""


class _Desk:
    """The submitted records of one ledger, and the amendments that are held against them."""

    def __init__(self, submitted: Submitted, faults: Faults) -> None:
        self.submitted, self.faults = submitted, faults
        self.schema, self.readers = submitted.schema, submitted.readers
        self.changed: dict[int, Cells] = {}
        self.removed: set[int] = set()
        self.taken: set[str] = set()

    def edits(self, amendments: Sequence[Amendment]) -> list[_Edit]:
        """The changes of submitted records that fit, noted on the desk."""
        edits = self._undisputed(
            [
                edit
                for one in amendments
                if one.kind != "add" and (record := self._found(one)) is not None
                for edit in self._edits(one, record)
            ]
        )
        self.removed = {one.record for one in edits if not one.column}
        for edit in edits:
            if edit.column:
                self.changed.setdefault(edit.record, {})[edit.column] = edit.value
        left = set(range(len(self.submitted.records))) - self.removed
        self.taken = {record_id(self.schema, self.submitted.values(self._now(one))) for one in left}
        return edits

    def _now(self, record: int) -> Cells:
        """A record's cells as amended."""
        return {**self.submitted.records[record].raw, **self.changed.get(record, {})}

    def _found(self, one: Amendment) -> int | None:
        """The submitted record that an amendment names."""
        places = self.submitted.found(one.record, one.at_file, one.at_row)
        if not places:
            self.faults.record_unknown(one)
        elif len(places) > 1:
            records = [self.submitted.records[place] for place in places]
            self.faults.record_ambiguous(one, [f"{at.file}第{at.row}行" for at in records])
        return places[0] if len(places) == 1 else None

    def _edits(self, one: Amendment, record: int) -> Iterator[_Edit]:
        if one.kind == "remove":
            yield _Edit(one, one.place, record)
            return
        if not one.cells:
            self.faults.nothing(one, one.place)
        for cell in one.cells:
            edit = self._edit(one, cell, record)
            if edit is not None:
                yield edit

    def _edit(self, one: Amendment, cell: CellChange, record: int) -> _Edit | None:
        """A change of a cell, if it is as declared and can be read."""
        name = column_named(self.schema, cell.column)
        if name is None:
            self.faults.column_unknown(one, cell)
            return None
        raw, reader, shown = (
            self.submitted.records[record].raw[name],
            self.readers[name],
            self.submitted.shown,
        )
        if not is_same(reader, raw, cell.was):
            now = (shown(name, raw), is_same(reader, raw, cell.becomes))
            self.faults.stale(one, cell, name, now)
            return None
        if is_same(reader, raw, cell.becomes):
            self.faults.nothing(one, cell.place)
            return None
        becomes = reader(cell.becomes)
        if not self._is_good(one, cell, name, becomes):
            return None
        texts = (shown(name, raw), shown(name, cell.becomes))
        return _Edit(one, cell.place, record, name, becomes.value, *texts)

    def _is_good(self, one: Amendment, cell: CellChange, name: str, becomes: Cell) -> bool:
        """Whether a new content can be read, and is there where one is required."""
        if becomes.code:
            self.faults.unreadable(one, cell, name, becomes)
        elif becomes.value is None and self.schema.columns[name].required:
            self.faults.required(one, cell.place, [name])
            return False
        return not becomes.is_unreadable

    def _undisputed(self, edits: list[_Edit]) -> list[_Edit]:
        """The edits without those of a cell or record that two of them claim; those are findings."""
        cells = Counter((one.record, one.column) for one in edits)
        removed = {one.record for one in edits if not one.column}
        both = removed & {one.record for one in edits if one.column}
        kept = []
        for edit in edits:
            if cells[edit.record, edit.column] > 1 or edit.record in both:
                numbers = [one.amendment.number for one in edits if one.record == edit.record]
                self.faults.conflict(edit.amendment, edit.place, numbers)
            else:
                kept.append(edit)
        return kept

    def applied(self, edit: _Edit) -> Applied:
        """What a change did to its record, other changes of the same record included."""
        raw = self.submitted.records[edit.record].raw
        before = self.submitted.values(raw)
        after = self.submitted.values(self._now(edit.record)) if edit.column else {}
        return Applied(
            edit.amendment,
            self.submitted.text(raw),
            edit.column,
            edit.was,
            edit.becomes,
            former_id=record_id(self.schema, before),
            row_id=record_id(self.schema, after) if after else "",
            before=self.submitted.departments(before),
            after=self.submitted.departments(after),
        )

    def changed_tables(self) -> list[RawTable]:
        """The tables with their changed cells, without their removed rows."""
        return [self._table(number, one) for number, one in enumerate(self.submitted.tables)]

    def _table(self, number: int, table: RawTable) -> RawTable:
        columns, rows = dict(table.columns), dict(enumerate(table.rows))
        width = max(
            [0, *(len(cells) for _, cells in table.rows), *(at + 1 for at in columns.values())]
        )
        for place, record in enumerate(self.submitted.records):
            if record.table != number:
                continue
            if place in self.removed:
                del rows[record.at]
            for name, value in self.changed.get(place, {}).items():
                # A column that the file does not have is written behind all that it has.
                columns.setdefault(name, width + len(columns))
                row, cells = rows[record.at]
                rows[record.at] = (row, _with_cell(cells, columns[name], value))
        return replace(table, columns=columns, rows=list(rows.values()))

    def added(self, one: Amendment) -> tuple[RawTable, Applied] | None:
        """An added record as a table of its own, standing where it is declared."""
        raw = self._new_cells(one)
        if raw is None:
            return None
        values = self.submitted.values(raw)
        row_id = record_id(self.schema, values)
        if row_id in self.taken:
            self.faults.record_exists(one)
            return None
        self.taken.add(row_id)
        place, columns = one.place, {name: at for at, name in enumerate(raw)}
        rows = [(place.row, list(raw.values()))]
        table = RawTable(place.file, place.sheet or ADDED_SHEET, columns, rows)
        departments = self.submitted.departments(values)
        return table, Applied(one, self.submitted.text(raw), row_id=row_id, after=departments)

    def _new_cells(self, one: Amendment) -> Cells | None:
        """The cells of an added record, its key filled in; None where something is wrong with them."""
        parts = key_parts(self.schema, one.record)
        if parts is None:
            self.faults.record_unknown(one)
            return None
        key = zip(self.schema.key, parts, strict=True)
        cells = [*(CellChange(name, "", part, one.place) for name, part in key), *one.cells]
        raw: Cells = dict.fromkeys(self.schema.columns)
        is_good = all([self._is_filled(one, cell, raw) for cell in cells])  # noqa: C419 - every fault is said
        columns = self.schema.columns.items()
        lacking = [name for name, column in columns if column.required and raw[name] is None]
        if is_good and lacking:
            self.faults.required(one, one.place, lacking)
        return raw if is_good and not lacking else None

    def _is_filled(self, one: Amendment, cell: CellChange, raw: Cells) -> bool:
        """Put one cell of an added record in its place; False where it cannot be."""
        name = column_named(self.schema, cell.column)
        if name is None:
            self.faults.column_unknown(one, cell)
            return False
        read = self.readers[name](cell.becomes)
        if read.code:
            self.faults.unreadable(one, cell, name, read)
        if raw[name] is not None and raw[name] != read.value:
            self.faults.conflict(one, cell.place, [one.number])
            return False
        raw[name] = read.value
        return not read.is_unreadable


def _with_cell(cells: Sequence[Any], place: int, value: Any) -> list[Any]:
    made = [*cells, *[None] * (place + 1 - len(cells))]
    made[place] = value
    return made
