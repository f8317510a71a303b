"""What is undecided says which record leaves it so, and is never counted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from lawkpi.result import Assessment
from tests.support.tiny import case, default_rows

from .given import rubric, tiny_scored
from .test_totals import UNDECIDED, entry

FIRST = "甲区城管局"


def rule_sentence(run: Assessment, code: str, item: str) -> str:
    rules = run.of("rules", code)
    return str(rules[rules["item"] == item]["sentence"].iloc[0])


def test_a_pending_rule_names_the_record_that_cannot_be_relied_on(folder: Path) -> None:
    rows = [*default_rows()["litigation"], case(50, FIRST, hearing_held="也许")]
    sentence = rule_sentence(tiny_scored(folder, {"litigation": rows}), "01", "2.2")
    assert "（2024）甲01行初50号" in sentence
    assert sentence.endswith("待核")


def test_a_missing_entry_says_that_nothing_was_entered_yet(folder: Path) -> None:
    entered = [row for row in default_rows()["entered"] if row["department"] != FIRST]
    sentence = rule_sentence(tiny_scored(folder, {"entered": entered}), "01", "1.3")
    assert "尚无核定数据" in sentence


def test_an_undecided_bonus_is_a_line_of_its_own_kind_without_points(folder: Path) -> None:
    log = {"daily_log": [entry(1, "honour_municipal", verified="待定")]}
    lines = tiny_scored(folder, log, rubric=UNDECIDED).of("adjustments", "01")
    assert lines["kind"].tolist() == ["pending"]
    assert lines["points"].tolist() == [Decimal(0)]
    assert "RC1" in lines["sentence"].iloc[0]


def test_an_undecided_veto_limits_no_grade_and_is_pending(folder: Path) -> None:
    undecided = rubric(
        "where: {category: {is: refusal}}",
        'where: {all: [{category: {is: refusal}}, {verified: {is: "yes"}}]}',
    )
    log = {"daily_log": [entry(1, "refusal", verified="待定")]}
    total = tiny_scored(folder, log, rubric=undecided).total("01")
    assert (total["veto"], total["pending_count"]) == (None, 1)


def test_two_undecided_records_of_one_item_are_one_pending_item(folder: Path) -> None:
    log = {
        "daily_log": [
            entry(1, "honour_municipal", verified="待定"),
            entry(2, "honour_municipal", verified="待定", happened_on=dt.date(2024, 8, 1)),
        ]
    }
    assert tiny_scored(folder, log, rubric=UNDECIDED).total("01")["pending_count"] == 1
