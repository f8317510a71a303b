"""What the ledgers are made from: the plan, the departments, the schemas and the rubric."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Cell = str | int | float | date | None
Row = dict[str, Cell]
Rows = list[Row]
Ledgers = dict[str, Rows]

SEED = 2022
BODY = "000"
LAW_OFFICE = "107"
GENERAL_OFFICE = "101"
YEAR_END = date(2022, 12, 31)
AS_OF = date(2023, 1, 31)


def dice() -> random.Random:
    """Fresh dice; every ledger starts from the same seed, so none depends on another."""
    return random.Random(SEED)  # noqa: S311 - invented records, no secret


def load(path: Path) -> Any:
    """A YAML file as plain values."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Given:
    """Everything declared in files. `folder` is the assessment's folder."""

    folder: Path
    plan: dict[str, Any]
    settings: dict[str, Any]
    departments: dict[str, dict[str, Any]]
    schemas: dict[str, dict[str, Any]]
    items: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Given:
        """All declarations of an assessment folder."""
        settings = load(folder / "assessment.yaml")
        listed = load(folder / settings["departments"])["departments"]
        schemas = folder / settings["shared"] / "ledgers"
        return cls(
            folder=folder,
            plan=load(Path(__file__).parent.parent / "plan.yaml"),
            settings=settings,
            departments={one["code"]: one for one in listed},
            schemas={name: load(schemas / f"{name}.yaml") for name in settings["ledgers"]},
            items=dict(_base_items(load(folder / settings["rubric"]))),
        )

    @property
    def assessed(self) -> list[str]:
        """Codes of the assessed departments."""
        return [code for code, one in self.departments.items() if one.get("assessed", True)]

    def group(self, code: str) -> str:
        """A department's group."""
        return str(self.departments[code]["group"])

    def words(self, kind: str) -> Any:
        """A list of invented words."""
        return self.plan["words"][kind]


def _base_items(rubric: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Item and full points of the sections that make up the base."""
    for section in rubric["sections"]:
        if "full_points" in section:
            yield from ((item["id"], item["full_points"]) for item in section["items"])


def nth(values: Any, place: int) -> Any:
    """A value of a list, beginning again at its end."""
    return values[place % len(values)]


def numbered(rows: Rows, column: str, pattern: str) -> Rows:
    """The rows with a running number in a first column."""
    return [{column: pattern.format(place), **row} for place, row in enumerate(rows, start=1)]
