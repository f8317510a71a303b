"""Scored, not applicable, not reported, pending: four states, never mixed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import RunError
from lawkpi.result import Assessment
from lawkpi.run.check import checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored
from tests.support.tiny import default_rows, tiny_folder

from .given import losses, rubric, score, summed, tiny_scored, without

OFFICE = "甲区综合办"


def silent(form: str, **more: Any) -> dict[str, list[Any]]:
    """综合办 sends no session and its line in the register of submissions says `form`."""
    kept = [row for row in default_rows()["submissions"] if row["department"] != OFFICE]
    line = {"department": OFFICE, "ledger": "学法台账", "form": form, **more}
    return {**without("study_sessions", organiser=OFFICE), "submissions": [*kept, line]}


def test_states_are_the_four_and_points_stand_only_where_something_is_counted(
    run: Assessment,
) -> None:
    states = set(run.scores["state"])
    assert states <= {"scored", "not_applicable", "not_reported", "pending"}
    counted = run.scores["state"].isin(["scored", "not_reported"])
    assert (run.scores["points"].notna() == counted).all()


def test_effective_full_points_of_a_section_add_up_to_its_own(tiny: Assessment) -> None:
    full = tiny.scores.groupby(["department", "section"])["full_points"].agg(summed)
    declared = {section.id: section.full_points for section in tiny.rubric.base_sections}
    assert [(key, value) for key, value in full.items() if value != declared[key[1]]] == []


def test_effective_full_points_add_up_to_a_hundred_for_everybody(example: Assessment) -> None:
    full = example.scores.groupby("department")["full_points"].agg(summed)
    assert set(full) == {Decimal(100)}
    touched = example.scores.groupby(["department", "section"])
    declared = {section.id: section.full_points for section in example.rubric.base_sections}
    for code in full.index:
        own = {
            section: summed(group["full_points"])
            for (department, section), group in touched
            if department == code
        }
        if all(own.values()):
            assert own == declared


def test_what_does_not_apply_has_no_points_and_no_losses(run: Assessment) -> None:
    off = run.scores[run.scores["state"] == "not_applicable"]
    assert not off.empty
    assert set(off["full_points"]) == {Decimal(0)}
    lost = set(zip(run.losses["department"], run.losses["item"], strict=True))
    assert not lost & set(zip(off["department"], off["item"], strict=True))


def test_a_missing_judgement_is_pending_outside_the_total_and_counted(folder: Path) -> None:
    whole = tiny_scored(folder.parent / "whole")
    run = tiny_scored(folder, without("judged", department="甲区市监局"))
    before, after = score(whole, "02", "2.2"), score(run, "02", "2.2")
    assert (after["state"], after["points"], after["full_points"]) == ("pending", None, 6)
    assert losses(run, "02", "2.2") == []
    assert run.total("02")["pending_count"] == 1
    assert run.total("02")["pending_points"] == 6
    assert run.total("02")["total"] == whole.total("02")["total"] - before["points"]
    assert run.total("01") == whole.total("01")


def test_the_final_stage_is_refused_while_anything_is_pending(folder: Path) -> None:
    rows = without("judged", department="甲区市监局")
    with pytest.raises(RunError) as caught:
        scored(checked(open_folder(tiny_folder(folder, rows), stage="final")))
    assert caught.value.code == "RUN_FINAL_PENDING"
    assert "02 第2.2项" in caught.value.where


def test_the_final_stage_runs_when_nothing_is_pending(folder: Path) -> None:
    run = scored(checked(open_folder(tiny_folder(folder), stage="final")))
    assert run.shows_rank
    assert set(run.totals["pending_count"]) == {0}


@pytest.mark.parametrize("form", ["none", "rows"])
def test_nothing_handed_in_and_nobody_reminded_is_pending_or_plainly_nothing(
    form: str, folder: Path
) -> None:
    found = score(tiny_scored(folder, silent(form)), "03", "1.1")
    assert found["state"] == {"none": "pending", "rows": "scored"}[form]


def test_nobody_entered_in_the_register_of_submissions_is_pending(folder: Path) -> None:
    rows = silent("none")
    rows["submissions"] = rows["submissions"][:-1]
    assert score(tiny_scored(folder, rows), "03", "1.1")["state"] == "pending"


def test_not_reporting_costs_its_price_only_after_a_reminder(folder: Path) -> None:
    run = tiny_scored(folder, silent("none", reminded_on=dt.date(2025, 1, 5)))
    found = score(run, "03", "1.1")
    assert (found["state"], found["points"]) == ("not_reported", 0)
    (line,) = losses(run, "03", "1.1")
    assert line["points"] == found["full_points"]
    assert "未收到《学法台账》，也未收到零报告，已于2025年1月5日催报" in line["sentence"]
    assert run.total("03")["pending_count"] == 0


def test_not_reporting_may_cost_a_part_only(folder: Path) -> None:
    text = rubric('not_reported: {deduct: "3"}', 'not_reported: {deduct: "1"}')
    run = tiny_scored(folder, silent("none", reminded_on=dt.date(2025, 1, 5)), rubric=text)
    found = score(run, "03", "1.1")
    assert (str(found["full_points"]), str(found["points"])) == ("4.800000", "3.200000")


def test_a_nil_report_is_a_report(folder: Path) -> None:
    run = tiny_scored(folder, silent("nil", reminded_on=dt.date(2025, 1, 5)))
    found = score(run, "03", "1.1")
    assert (found["state"], found["done"]) == ("scored", 0)
    (line,) = losses(run, "03", "1.1")
    assert "应达4次，少4次" in line["sentence"]


def test_rows_that_are_there_are_a_report_whatever_the_register_says(folder: Path) -> None:
    rows = silent("none", reminded_on=dt.date(2025, 1, 5))
    del rows["study_sessions"]
    assert score(tiny_scored(folder, rows), "03", "1.1")["state"] == "scored"


def test_a_hearing_that_cannot_be_read_makes_the_item_pending(folder: Path) -> None:
    rows = default_rows()["litigation"]
    rows[-1] = {**rows[-1], "appeared_as": "某副局长"}
    run = tiny_scored(folder, {"litigation": rows})
    assert score(run, "02", "2.2")["state"] == "pending"
    assert score(run, "01", "2.2")["state"] == "scored"


def test_the_only_case_with_an_unreadable_cell_is_pending_and_not_out_of_the_base(
    folder: Path,
) -> None:
    rows = default_rows()["litigation"]
    only = {
        **rows[0],
        "responsible_department": OFFICE,
        "served_on": "某日",
        "case_number": "甲9号",
    }
    run = tiny_scored(folder, {"litigation": [*rows, only]})
    assert score(run, "03", "2.1")["state"] == "pending"


def test_hours_that_cannot_be_read_are_not_taken_for_none(folder: Path) -> None:
    rows = default_rows()["training"]
    rows[0] = {**rows[0], "hours": "六十"}
    assert score(tiny_scored(folder, {"training": rows}), "01", "1.2")["state"] == "pending"


def test_points_that_stay_count_as_earned(folder: Path) -> None:
    policy = "{default: redistribute_section, empty_section: redistribute_rubric}"
    run = tiny_scored(folder, rubric=rubric(policy, "{default: full}"))
    found = score(run, "03", "1.2")
    assert (found["state"], found["full_points"], found["points"]) == ("not_applicable", 3, 3)


def test_points_that_leave_the_base_leave_the_others_alone(folder: Path) -> None:
    policy = "{default: redistribute_section, empty_section: redistribute_rubric}"
    run = tiny_scored(folder, rubric=rubric(policy, "{default: leave_base}"))
    own = run.of("scores", "03")
    assert summed(own["full_points"]) == 20 - 3 - 4
    assert score(run, "03", "1.3")["full_points"] == 2


SMALL = rubric(
    "done: {papers_state: {is: in_time}}, empty: not_applicable",
    "done: {papers_state: {is: in_time}}, empty: not_applicable, min_base: 4, below_base: full",
)


def test_a_base_that_is_too_small_has_its_own_meaning(folder: Path) -> None:
    found = score(tiny_scored(folder, rubric=SMALL), "02", "2.1")
    assert (found["due"], found["state"], found["points"]) == (3, "scored", 4)


def test_no_case_at_all_is_not_applicable_even_where_few_cases_mean_full_points(
    folder: Path,
) -> None:
    assert score(tiny_scored(folder, rubric=SMALL), "03", "2.1")["state"] == "not_applicable"
