"""Yearly person rows: hours added up with their decimals, in the engine and in the workbook alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.run.check import checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored
from lawkpi.workbook import write_department
from tests.support.tiny import RUBRIC, default_rows, tiny_folder

from .reading import differences

YEARLY = RUBRIC.replace(
    """                    ledger: training
                    by: person
                    where: {attendance: {is: present}}
                    sum: hours
                    at_least: "60"
""",
    """                    ledger: training_years
                    by: person
                    sum: total_hours
                    at_least: "59.9"
""",
)
HOURS = {"P001": (40.0, 20.0), "P002": (39.9, 20.0), "P003": (39.9, 19.9)}


def year(person: str, online: float, offline: float) -> dict[str, Any]:
    return {
        "person": person,
        "department": "甲区城管局",
        "year": "2024",
        "online_hours": online,
        "offline_hours": offline,
    }


@pytest.fixture
def run(tmp_path: Path) -> Assessment:
    assert YEARLY != RUBRIC
    rows = {**default_rows(), "training_years": [year(one, *own) for one, own in HOURS.items()]}
    return scored(checked(open_folder(tiny_folder(tmp_path / "in", rows, rubric=YEARLY))))


def test_the_line_is_reached_to_the_tenth_of_an_hour(run: Assessment) -> None:
    losses = run.of("losses", "01")
    own = losses[losses["item"] == "1.2"]
    assert own["row_id"].tolist() == ["enforcers/P003|2020-01-01"]
    assert "59.8" in own["sentence"].iloc[0]


def test_the_workbook_adds_up_the_same_hours(run: Assessment, tmp_path: Path) -> None:
    path = write_department(run, "01", tmp_path / "01.xlsx")
    assert differences(path) == {}
