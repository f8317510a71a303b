"""Amendments for tests: entries of amendments.yaml and lines of the register, completed and written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from lawkpi.ledger.amendments import FILE

DAY = dt.date(2022, 6, 1)
"""Before the day on which every small assessment's records were closed."""
Entry = dict[str, Any]


def entry(number: str = "1", ledger: str = "案件台账", **given: Any) -> Entry:
    """An entry of amendments.yaml: approved, with all that an approved one needs, unless said otherwise."""
    common = {
        "status": "approved",
        "reason": "核实有误",
        "document": "核查记录1号",
        "person": "王建国",
    }
    return {"number": number, "ledger": ledger, **common, "approved_on": DAY.isoformat(), **given}


def declare(folder: Path, *entries: Mapping[str, Any]) -> Path:
    """Write amendments.yaml; one key a line, so that lines can be counted."""
    path = folder / FILE
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 1000
    with path.open("w", encoding="utf-8") as file:
        yaml.dump({"amendments": [_plain(one) for one in entries]}, file)
    return path


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return str(value) if isinstance(value, str) else value


def register_lines(*entries: Mapping[str, Any]) -> list[Entry]:
    """The same entries as lines of the register: one for each cell."""
    return [line for one in entries for line in _lines(one)]


def _lines(one: Mapping[str, Any]) -> Sequence[Entry]:
    kind = next(name for name in ("change", "remove", "add") if name in one)
    common = {
        name: one.get(name)
        for name in ("number", "ledger", "record", "status", "reason", "document", "person")
    }
    common |= {"kind": kind, "at_file": one.get("file"), "at_row": one.get("row")}
    if one.get("approved_on"):
        common["approved_on"] = dt.date.fromisoformat(str(one["approved_on"]))
    if kind == "remove":
        return [common]
    cells = one[kind].items()
    if kind == "add":
        return [{**common, "column": name, "becomes": text} for name, text in cells]
    return [{**common, "column": name, "was": _text(cell["was"]), "becomes": _text(cell["becomes"])}
            for name, cell in cells]  # fmt: skip


def _text(value: Any) -> Any:
    return value or None
