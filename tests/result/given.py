"""Assessments for the tests of this room, and the same assessments a little different."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from lawkpi.ledger.table import Ledger
from lawkpi.result import Assessment
from lawkpi.run.check import Checked, checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored
from tests.support.tiny import RUBRIC, default_rows, tiny_folder

EXAMPLE = Path(__file__).parents[2] / "params" / "gaoxin-2022"
TABLES = ("scores", "rules", "losses", "adjustments", "totals")
NAMED_POINTS = ("department", "base", "bonus", "malus", "total", "rank", "grade")
ROW = re.compile(r"第\d+行")


def tiny_scored(
    folder: Path, rows: Mapping[str, Sequence[Any]] | None = None, **more: str
) -> Assessment:
    """The tiny assessment, with other rows, rubric or departments, scored."""
    return scored(checked(open_folder(tiny_folder(folder, rows, **more))))


def without(ledger: str, **cells: Any) -> dict[str, list[Any]]:
    """The default rows of a ledger, less those that carry all the given cells."""
    return {
        ledger: [
            row
            for row in default_rows()[ledger]
            if any(row.get(name) != value for name, value in cells.items())
        ]
    }


def rescored(given: Checked, ledgers: Mapping[str, Ledger]) -> Assessment:
    """The same assessment over other ledgers."""
    return scored(replace(given, ledgers={**given.ledgers, **ledgers}))


def rubric(old: str, new: str) -> str:
    """The tiny rubric with one passage replaced."""
    if old not in RUBRIC:
        raise LookupError(old)
    return RUBRIC.replace(old, new, 1)


def score(run: Assessment, code: str, item: str) -> dict[str, Any]:
    """One department's row of `scores` for an item."""
    frame = run.scores
    (row,) = frame[(frame["department"] == code) & (frame["item"] == item)].to_dict("records")
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def losses(run: Assessment, code: str, item: str) -> list[dict[str, Any]]:
    """One department's losses for an item."""
    frame = run.losses
    return list(frame[(frame["department"] == code) & (frame["item"] == item)].to_dict("records"))


def points(frame: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Some columns as plain rows, nothing for null."""
    plain = frame[list(names)].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).to_numpy().tolist()]


def plain(run: Assessment, table: str) -> pd.DataFrame:
    """A table without row numbers, which say where a record stands and not what it is."""
    frame: pd.DataFrame = getattr(run, table)
    kept = frame.drop(columns=[name for name in ("row",) if name in frame])
    if "sentence" in kept:
        kept = kept.assign(
            sentence=kept["sentence"].astype(object).str.replace(ROW, "", regex=True)
        )
    return kept


def summed(values: Any) -> Decimal:
    """An exact sum, nothing for null."""
    return sum((value for value in values if not pd.isna(value)), Decimal(0))
