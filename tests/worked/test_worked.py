"""Two departments worked out by hand, clause by clause, equal the engine exactly."""

from __future__ import annotations

import datetime as dt
import unicodedata
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

import lawkpi
from tests.worked.sheets import (
    CODES,
    EXAMPLE,
    KINDS,
    STATES,
    amount,
    cells,
    items,
    named,
    quoted,
    sheet,
)

ITEMS = [(code, item["项"]) for code in CODES for item in items(code)]


@pytest.fixture(scope="module")
def run() -> lawkpi.OpenedRun:
    return lawkpi.open(EXAMPLE).score()


def worked(code: str, item_id: str) -> dict[str, Any]:
    return next(item for item in items(code) if item["项"] == item_id)


def of_item(frame: pd.DataFrame, item_id: str) -> pd.DataFrame:
    return frame[frame["item"] == item_id]


def lost(line: dict[str, Any]) -> tuple[str, str, int | None, Fraction]:
    return line["规则"], line["台账"], line.get("行"), amount(line["扣"])


def title_of(run: lawkpi.OpenedRun, ledger: str) -> str:
    return run.schemas[ledger].title


def origin_row(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def test_at_least_two_departments_are_worked_out() -> None:
    assert {"204", "302"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_item_of_the_rubric_is_worked_out_in_its_own_words(
    run: lawkpi.OpenedRun, code: str
) -> None:
    clauses = {
        item.id: item.clause for section in run.rubric.base_sections for item in section.items
    }
    assert {item["项"]: item["条文"] for item in items(code)} == clauses


@pytest.mark.parametrize(("code", "item_id"), ITEMS)
def test_points_and_state_of_an_item_equal_the_hand_worked_ones(
    run: lawkpi.OpenedRun, code: str, item_id: str
) -> None:
    by_hand = worked(code, item_id)
    [row] = of_item(run.of("scores", code), item_id).to_dict("records")
    assert row["state"] == STATES[by_hand.get("状态", "已计分")]
    assert Fraction(row["full_points"]) == amount(by_hand["分值"])
    points = None if pd.isna(row["points"]) else Fraction(row["points"])
    assert points == (amount(by_hand["得分"]) if "得分" in by_hand else None)


@pytest.mark.parametrize(("code", "item_id"), ITEMS)
def test_counts_of_every_rule_equal_the_hand_counted_ones(
    run: lawkpi.OpenedRun, code: str, item_id: str
) -> None:
    by_hand = worked(code, item_id).get("计数", {})
    rules = of_item(run.of("rules", code), item_id).set_index("rule")
    kinds = {rule.id: rule.measure.kind for rule in run.line(item_id)[1].rules}
    counted = {
        rule: {"应计": int(rules.loc[rule, "due"]), "已计": int(rules.loc[rule, "done"])}
        if kind == "rate"
        else {"计": int(rules.loc[rule, "done"])}
        for rule, kind in kinds.items()
        if kind in ("rate", "count") and rules.loc[rule, "state"] != "not_reported"
    }
    assert counted == by_hand


@pytest.mark.parametrize(("code", "item_id"), ITEMS)
def test_every_lost_point_falls_on_the_record_found_by_hand(
    run: lawkpi.OpenedRun, code: str, item_id: str
) -> None:
    losses = of_item(run.of("losses", code), item_id)
    engine = [
        (one.rule, title_of(run, one.ledger), origin_row(one.row), Fraction(one.points))
        for one in losses.itertuples()
    ]
    assert engine == [lost(line) for line in worked(code, item_id).get("扣分", ())]


@pytest.mark.parametrize("code", CODES)
def test_bonus_malus_and_veto_records_equal_those_found_by_hand(
    run: lawkpi.OpenedRun, code: str
) -> None:
    by_hand = {
        (KINDS[line["类别"]], line["项"], one["台账"], one["行"], amount(one["分"]))
        for line in sheet(code)["加减分和一票否决"]
        for one in line["记录"]
    }
    engine = {
        (one.kind, one.item, title_of(run, one.ledger), one.row, Fraction(one.points))
        for one in run.of("adjustments", code).itertuples()
    }
    assert engine == by_hand


@pytest.mark.parametrize("code", CODES)
def test_total_grade_and_converted_figure_equal_the_hand_worked_ones(
    run: lawkpi.OpenedRun, code: str
) -> None:
    by_hand, total = sheet(code)["合计"], run.total(code)
    names = {
        "基础分": "base",
        "加分": "bonus",
        "减分": "malus",
        "得分": "total",
        "折算": "converted",
    }
    assert {name: Fraction(total[column]) for name, column in names.items()} == {
        name: amount(by_hand[name]) for name in names
    }
    assert total["grade"] == by_hand["建议等次"]
    assert total["veto"] == by_hand.get("一票否决")
    assert total["pending_count"] == 0


@pytest.mark.parametrize("code", CODES)
def test_each_section_of_the_engine_equals_the_hand_added_one(
    run: lawkpi.OpenedRun, code: str
) -> None:
    scores = run.of("scores", code).dropna(subset="points")
    engine = {
        section: sum((Fraction(points) for points in part["points"]), Fraction(0))
        for section, part in scores.groupby("section")
    }
    assert engine == {name: amount(text) for name, text in sheet(code)["各部分得分"].items()}


@pytest.mark.parametrize("code", CODES)
def test_the_hand_worked_sheet_adds_up_by_itself(code: str) -> None:
    for item in items(code):
        taken = sum((amount(line["扣"]) for line in item.get("扣分", ())), Fraction(0))
        if "得分" in item:
            assert amount(item["分值"]) - taken == amount(item["得分"]), item["项"]
    assert sum((amount(item["分值"]) for item in items(code)), Fraction(0)) == 100
    by_hand = sheet(code)["合计"]
    sections = sheet(code)["各部分得分"]
    for name, text in sections.items():
        own = (item for item in items(code) if item["项"].startswith(f"{name}."))
        assert sum((amount(item.get("得分", 0)) for item in own), Fraction(0)) == amount(text)
    base = sum((amount(text) for text in sections.values()), Fraction(0))
    assert base == amount(by_hand["基础分"])
    total = base + amount(by_hand["加分"]) - amount(by_hand["减分"])
    assert total == amount(by_hand["得分"])


@pytest.mark.parametrize("code", CODES)
def test_the_quoted_cells_stand_in_the_workbooks(code: str) -> None:
    wrong = []
    for place in quoted(code):
        row = cells(place["台账"], place["行"])
        for heading, text in place["载明"].items():
            wanted = text.isoformat() if isinstance(text, dt.date) else str(text)
            wanted = unicodedata.normalize("NFKC", wanted)
            if row[heading] != wanted:
                wrong.append((place["台账"], place["行"], heading, row[heading], wanted))
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_the_named_records_stand_in_the_rows_said(code: str) -> None:
    wrong = [
        (place["台账"], place["行"], place["记录"])
        for place in named(code)
        if unicodedata.normalize("NFKC", place["记录"])
        not in cells(place["台账"], place["行"]).values()
    ]
    assert wrong == []
