"""What amendments did: which cells and records are not as submitted, and by which amendment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawkpi.ledger.amendments import Amendment
from lawkpi.ledger.schema import Schema


@dataclass(frozen=True)
class Applied:
    """One cell, or one whole record (`column` empty), that an amendment changed.

    `was` and `becomes` are as officials read them. `former_id` is the record's id as submitted (empty where it
    was added), `row_id` the id as scored (empty where it was removed), `record` its key in words. `before` and
    `after` are its departments by column, as codes.
    """

    amendment: Amendment
    record: str
    column: str = ""
    was: str = ""
    becomes: str = ""
    former_id: str = ""
    row_id: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Amendments:
    """All declared amendments of an assessment, and what the approved ones changed."""

    declared: tuple[Amendment, ...] = ()
    applied: tuple[Applied, ...] = ()

    @property
    def text(self) -> str:
        """How many there are, in one line; empty where there are none that count."""
        approved = sum(one.is_approved for one in self.declared)
        proposed = sum(one.status == "proposed" for one in self.declared)
        parts = [f"已批准 {approved} 项（改动 {len(self.applied)} 处）"] if approved else []
        parts += [f"拟更正 {proposed} 项，未计入"] if proposed else []
        return f"台账更正：{'；'.join(parts)}。" if parts else ""


def amended_cells(
    schema: Schema, changes: Sequence[tuple[str, str, str]]
) -> dict[str, dict[str, str]]:
    """Row id to column to the number of the amendment; an added record is amended in every column.

    Parameters
    ----------
    changes : row id (empty for a removed record), column (empty for an added one), number of each change
    """
    found: dict[str, dict[str, str]] = {}
    for row_id, column, number in changes:
        if row_id:
            columns = [column] if column else list(schema.columns)
            found.setdefault(row_id, {}).update(dict.fromkeys(columns, number))
    return found
