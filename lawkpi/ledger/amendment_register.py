"""The register of amendments (台账更正登记表): one line for each amended cell, kept in Excel.

The lines of one number are one amendment. What is the same for all of them (reason, document, person, day)
may be written on one line only; what two lines say differently is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.amendments import Amendment, CellChange, Place
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger

AMENDMENTS = "amendments"
"""The id of the register; its lines are declarations and never scored."""
_COMMON = (
    "ledger", "record", "kind", "status", "at_file", "at_row",
    "reason", "document", "person", "approved_on",
)  # fmt: skip
_DECIDING = ("kind", "status")
Row = dict[str, Any]


def without_register(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """The declared ledgers whose rows are scored: all but the register of amendments."""
    return {name: schema for name, schema in schemas.items() if name != AMENDMENTS}


def registered(register: Ledger, findings: list[Finding]) -> tuple[Amendment, ...]:
    """The amendments of a register, in the order of their first lines.

    Lines without a number were found when the register was read. An amendment whose lines contradict each
    other, or have a cell that cannot be read, is a finding and left out: it stops the scoring.
    """
    lines: dict[str, list[Row]] = {}
    for place, row in enumerate(register.frame.to_dict("records")):
        row["unread"] = [
            name for name in register.schema.columns if register.unknown_in(name)[place]
        ]
        if not pd.isna(row["number"]):
            lines.setdefault(str(row["number"]), []).append({str(k): v for k, v in row.items()})
    found = []
    for number, own in lines.items():
        wrong = list(_faults(register.schema, number, own))
        findings.extend(wrong)
        if not wrong:
            found.append(_amendment(number, own))
    return tuple(found)


def _faults(schema: Schema, number: str, lines: list[Row]) -> Iterator[Finding]:
    for row in lines:
        unread = "、".join(schema.title_of(name) for name in row["unread"])
        if unread:
            yield _finding(
                "AMENDMENT_INCOMPLETE",
                row,
                f"第{number}号更正的{unread}没有填写，或无法识别",
                unread,
            )
    for name in _COMMON:
        if len(_said(lines, name)) > 1:
            title = schema.title_of(name)
            yield _finding(
                "AMENDMENT_LINES_DIFFER",
                lines[-1],
                f"同一编号（第{number}号）的各行，{title}不一致",
                f"同一编号的各行{title}相同，或只在一行填写",
                "、".join(str(one) for one in _said(lines, name)) if name != "person" else "",
            )


def _said(lines: list[Row], name: str) -> list[Any]:
    """What the lines say of one thing, blanks left out, each once."""
    return list(dict.fromkeys(row[name] for row in lines if not pd.isna(row[name])))


def _finding(code: str, row: Row, what: str, expected: str, found: str = "") -> Finding:
    place = _place(row)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        what=what,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        found=found,
        expected=expected,
        todo="更正台账更正登记表",
    )


def _place(row: Row) -> Place:
    return Place(str(row["file"]), str(row["sheet"]), int(row["row"]))


def _amendment(number: str, lines: list[Row]) -> Amendment:
    common: dict[str, Any] = {}
    for name in _COMMON:
        said = _said(lines, name)
        common[name] = said[0] if said else None
    day, at_row = common.pop("approved_on"), common.pop("at_row")
    texts = {name: str(value or "") for name, value in common.items() if name not in _DECIDING}
    return Amendment(
        number=number,
        kind=common["kind"],
        status=common["status"],
        cells=tuple(_cells(common["kind"], lines)),
        place=_place(lines[0]),
        at_row=None if at_row is None else int(at_row),
        approved_on=None if day is None else day.date(),
        **texts,
    )


def _cells(kind: str, lines: list[Row]) -> Iterator[CellChange]:
    """The cells that lines name; a removal has none, whatever its line repeats of the record."""
    for row in lines:
        if kind != "remove" and not pd.isna(row["column"]):
            texts = ["" if pd.isna(row[name]) else str(row[name]) for name in ("was", "becomes")]
            was = texts[0] if kind == "change" else ""
            yield CellChange(str(row["column"]), was, texts[1], _place(row))
