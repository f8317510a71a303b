from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.ledger import Ledger
from lawkpi.ledger.agree import disagreements
from tests.ledger.given import derived, read
from tests.support.tiny import SCHEMAS, lesson, write_ledger


def ledger(folder: Path, name: str, *rows: dict[str, Any]) -> Ledger:
    path = folder / f"{name}.xlsx"
    write_ledger(path, SCHEMAS[name], rows)
    return derived(read(path, schema=SCHEMAS[name])[0])


def year(person: int, offline: float | None, online: float | None = None) -> dict[str, Any]:
    return {
        "person": f"P{person:03}", "department": "甲区城管局", "year": "2024",
        "online_hours": online, "offline_hours": offline,
    }  # fmt: skip


def attended(number: int, hours: float, **more: Any) -> dict[str, Any]:
    return lesson(
        number, 1, "甲区城管局", hours, organiser="甲区市监局", held_on=dt.date(2024, 4, 10), **more
    )


def compared(folder: Path, offline: float, *lessons: dict[str, Any]) -> list[tuple[str, ...]]:
    years = ledger(folder, "training_years", year(1, offline))
    found = disagreements(years, {"training": ledger(folder, "training", *lessons)})
    return [(one.code, one.severity.value, one.cell, one.found, one.expected) for one in found]


def test_two_accounts_that_agree_are_passed_over(tmp_path: Path) -> None:
    assert compared(tmp_path, 59.9, attended(1, 59.8), attended(2, 0.1)) == []


def test_a_tenth_of_an_hour_apart_is_a_finding_with_both_figures(tmp_path: Path) -> None:
    assert compared(tmp_path, 8.1, attended(1, 8.0)) == [
        ("LEDGER_ACCOUNTS_DIFFER", "warning", "第2行", "8.1", "8")
    ]


@pytest.mark.parametrize("more", [{"mode": "online"}, {"attendance": "absent"}])
def test_only_rows_of_the_named_kind_are_added_up(tmp_path: Path, more: dict[str, Any]) -> None:
    assert compared(tmp_path, 8.0, attended(1, 8.0), attended(2, 4.0, **more)) == []


def test_without_the_other_ledger_there_is_nothing_to_compare(tmp_path: Path) -> None:
    assert disagreements(ledger(tmp_path, "training_years", year(1, 8.0)), {}) == []


def test_a_sum_of_columns_is_exact_and_blanks_count_as_nothing(tmp_path: Path) -> None:
    years = ledger(
        tmp_path, "training_years", year(1, 0.1, 59.9), year(2, None, 3.5), year(3, None)
    )
    totals = years.frame["total_hours"]
    assert totals.to_list()[:2] == [60.0, 3.5]
    assert totals.isna().to_list() == [False, False, True]
