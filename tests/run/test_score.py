from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from lawkpi.errors import RunError
from lawkpi.result import Assessment
from lawkpi.run import checked, open_folder
from lawkpi.run.score import scored
from tests.run.given import Rows, folder
from tests.support.tiny import default_rows

FIRST = "甲区城管局"


def assessed(path: Path, rows: Rows | None = None, *, stage: str = "initial") -> Assessment:
    return scored(checked(open_folder(folder(path, rows).path, stage=stage)))


def points(assessment: Assessment) -> dict[tuple[str, str], object]:
    return {
        (row.department, row.item): None if pd.isna(row.points) else Fraction(row.points)
        for row in assessment.scores.itertuples()
    }


def unreadable_reply() -> Rows:
    """One of nineteen good cases with a date nobody can read."""
    rows = default_rows()["litigation"]
    return {"litigation": [{**rows[0], "reply_on": "2024年3月"}, *rows[1:]]}


def without_state() -> Rows:
    return {"entered": default_rows()["entered"][:2]}


def test_an_unreadable_date_makes_its_own_item_pending_and_nothing_else(tmp_path: Path) -> None:
    good, wrong = assessed(tmp_path / "good"), assessed(tmp_path / "wrong", unreadable_reply())
    differing = {key for key, value in points(good).items() if points(wrong)[key] != value}
    assert differing == {("01", "2.1")}
    [state] = wrong.of("scores", "01").query("item == '2.1'")["state"]
    assert state == "pending"
    assert wrong.total("01")["pending_count"] == 1
    assert wrong.total("01")["pending_points"] == 4
    assert wrong.total("01")["total"] == good.total("01")["total"] - 4


def test_nothing_is_scored_while_an_error_stands_and_every_error_is_said(tmp_path: Path) -> None:
    rows = default_rows()["litigation"]
    with pytest.raises(RunError) as caught:
        assessed(tmp_path, {"litigation": [*rows, rows[0], rows[1]]})
    assert caught.value.code == "RUN_LEDGERS_FAULTY"
    assert [one.code for one in caught.value.findings] == ["LEDGER_ROW_REPEATED"] * 2


def test_the_first_stage_scores_with_items_pending(tmp_path: Path) -> None:
    assert assessed(tmp_path, without_state()).total("03")["pending_count"] == 1


def test_the_final_stage_refuses_while_an_item_is_pending_and_names_it(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        assessed(tmp_path, without_state(), stage="final")
    assert (caught.value.code, caught.value.where) == ("RUN_FINAL_PENDING", "03 第1.3项")


def test_the_final_stage_scores_when_nothing_is_pending(tmp_path: Path) -> None:
    final = assessed(tmp_path, stage="final")
    assert points(final) == points(assessed(tmp_path, stage="initial"))
    assert final.shows_rank


def test_a_department_not_reporting_after_a_reminder_loses_what_the_item_says(
    tmp_path: Path,
) -> None:
    sessions = [one for one in default_rows()["study_sessions"] if one["organiser"] != FIRST]
    submissions = default_rows()["submissions"][1:]
    silent = {"department": FIRST, "ledger": "学法台账", "form": "none"}
    reminded = {**silent, "reminded_on": "2025-01-10", "reminder": "催〔2025〕1号"}
    states = {}
    for name, line in {"silent": silent, "reminded": reminded}.items():
        one = assessed(
            tmp_path / name, {"study_sessions": sessions, "submissions": [line, *submissions]}
        )
        row = one.of("scores", "01").query("item == '1.1'").iloc[0]
        states[name] = (row["state"], None if pd.isna(row["points"]) else Fraction(row["points"]))
    assert states == {"silent": ("pending", None), "reminded": ("not_reported", Fraction(0))}


def test_a_nil_report_is_a_report(tmp_path: Path) -> None:
    """Nothing held is scored as nothing held, not as nothing reported."""
    sessions = [one for one in default_rows()["study_sessions"] if one["organiser"] != FIRST]
    nil = {"department": FIRST, "ledger": "学法台账", "form": "nil"}
    one = assessed(
        tmp_path,
        {"study_sessions": sessions, "submissions": [nil, *default_rows()["submissions"][1:]]},
    )
    row = one.of("scores", "01").query("item == '1.1'").iloc[0]
    assert (row["state"], Fraction(row["points"])) == ("scored", Fraction(1))
