"""Adjustments of the offices: what they do to points, totals, ranks and grades, how they are said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import ResultError
from lawkpi.result import Assessment, load_assessment, store_assessment
from lawkpi.result.adjusting import signed_points
from tests.result.given import losses, points, score, summed, tiny_scored
from tests.support.small_rubric import events, item, run, section
from tests.support.small_rubric import rubric as small

FIRST, SECOND = "甲区城管局", "甲区市监局"


def entry(**more: Any) -> dict[str, Any]:
    row = {
        "item": "2.3",
        "department": SECOND,
        "number": 1,
        "points": 0.5,
        "reason": "判决后主动纠正",
    }
    return {**row, "person": "王五", "adjusted_on": dt.date(2025, 1, 20), **more}


def adjusted(folder: Path, *rows: dict[str, Any], **more: str) -> Assessment:
    return tiny_scored(folder, {"adjustments": list(rows)}, **more)


def small_run(*rows: dict[str, Any], **more: Any) -> Assessment:
    """One item of ten points of which department 01 lost three; 02 has no such item."""
    own = item("1.1", "10", applies_to={"departments": ["01"]})
    given = small(
        section("1", own, item("1.2", "10")), section("B", _bonus(), kind="bonus"), **more
    )
    ledgers = {"events": events("甲", 3), "adjustments": [{**_plain(), **one} for one in rows]}
    return run(given, ledgers, {"01": "all", "02": "all"})


def _bonus() -> dict[str, Any]:
    one = item("B.1", None)
    one["rules"][0]["effect"] = {"bonus": {}}
    return one


def _plain() -> dict[str, Any]:
    return {
        "item": "1.1",
        "number": 1,
        "reason": "甲",
        "person": "乙某",
        "adjusted_on": "2025-01-20",
    }


def refused(*rows: dict[str, Any], **more: Any) -> list[str]:
    with pytest.raises(ResultError) as caught:
        small_run(*rows, **more)
    assert caught.value.code == "RESULT_ADJUSTMENT_REFUSED"
    return [one.code for one in caught.value.findings]


def test_a_positive_adjustment_adds_and_a_negative_one_takes(
    tiny: Assessment, folder: Path
) -> None:
    before = score(tiny, "02", "2.1")["points"]
    for number, amount in enumerate(("0.50", "-0.25")):
        after = adjusted(folder / str(number), entry(item="2.1", points=float(amount)))
        assert score(after, "02", "2.1")["points"] == before + Decimal(amount)
        assert score(after, "02", "2.1")["adjusted"] == Decimal(amount)
        assert after.total("02")["total"] == tiny.total("02")["total"] + Decimal(amount)


def test_nobody_else_and_no_other_item_is_touched(tiny: Assessment, folder: Path) -> None:
    after = adjusted(folder, entry())
    names = ("department", "item", "points")
    changed = set(points(after.scores, *names)) ^ set(points(tiny.scores, *names))
    assert {(code, number) for code, number, _ in changed} == {("02", "2.3")}
    assert summed(after.scores["adjusted"]) == Decimal("0.5")


def test_several_adjustments_of_an_item_add_up(tiny: Assessment, folder: Path) -> None:
    after = adjusted(folder, entry(), entry(number=2, points=-0.2))
    assert score(after, "02", "2.3")["adjusted"] == Decimal("0.3")
    assert [one["points"] for one in losses(after, "02", "2.3")][-2:] == [
        Decimal("-0.5"), Decimal("0.2"),
    ]  # fmt: skip


def test_losses_still_add_up_to_full_points_less_points(folder: Path) -> None:
    after = adjusted(folder, entry(), entry(item="2.1", points=-0.3))
    for row in after.scores.to_dict("records"):
        if row["state"] == "scored":
            own = losses(after, row["department"], row["item"])
            assert summed(one["points"] for one in own) == row["full_points"] - row["points"]


def test_the_sentence_says_reason_person_by_surname_day_paper_place_clause_and_points(
    folder: Path,
) -> None:
    after = adjusted(folder, entry(decision="纪要〔2025〕1号"), entry(number=2, points=-0.1))
    added, taken = losses(after, "02", "2.3")[-2:]
    assert added["sentence"] == (
        "经核查，核分调整：判决后主动纠正，调整人王某某，2025年1月20日，依据纪要〔2025〕1号"
        "（《核分调整登记表》核分调整登记表.xlsx“核分调整登记表”第2行），对照《甲区2024年度考核细则》第2.3项"
        "“生效裁判败诉的，每件扣1.5分，扣完为止”，核增0.5分。"
    )
    assert taken["sentence"].endswith("核减0.1分。")
    assert "依据" not in taken["sentence"]
    assert (added["ledger"], added["row_id"]) == ("adjustments", "adjustments/2.3|02|1")
    assert not isinstance(added["rule"], str)


def test_the_explanation_quotes_the_adjustment(folder: Path) -> None:
    text = adjusted(folder, entry()).explain("02", "2.3")
    assert "（其中核分调整+0.5分）" in text
    assert "核增0.5分" in text
    assert "王五" not in text
    assert [signed_points(one) for one in (Fraction(-3, 2), Fraction(0))] == ["-1.5", "0"]


def test_ranks_and_grades_see_the_adjustment(tiny: Assessment, folder: Path) -> None:
    taken = [
        entry(department=FIRST, item=item, points=amount)
        for item, amount in (("2.1", -4.0), ("2.2", -6.0), ("2.3", -2.0))
    ]
    after = adjusted(folder, *taken)
    standing = [(one.total("01")["rank"], one.total("01")["grade"]) for one in (tiny, after)]
    assert standing == [(1, "优秀"), (2, "不合格")]


def test_a_veto_on_points_sees_the_adjustment() -> None:
    points_line = section("V", _points_veto(), kind="veto")
    given = small(section("1", item("1.1", "10")), points_line)
    rows = {"events": events("甲", 3), "adjustments": [{**_plain(), "points": -3.0}]}
    assert run(given, rows).total("01")["total"] == 0
    assert run(given, {"events": events("甲", 3)}).total("01")["total"] == 7


def _points_veto() -> dict[str, Any]:
    one = item("V.1", None)
    one["rules"] = [
        {
            "id": "a",
            "measure": {"item_points": {"item": "1.1", "at_most": "4"}},
            "effect": {"veto": {"total_zero": True}},
        }
    ]
    return one


def test_both_ends_are_taken_and_one_unit_more_is_refused() -> None:
    assert score(small_run({"points": 3.0}), "01", "1.1")["points"] == 10
    assert score(small_run({"points": -7.0}), "01", "1.1")["points"] == 0
    assert refused({"points": 3.01}) == ["RESULT_ADJUSTMENT_BEYOND"]
    assert refused({"points": -7.01}) == ["RESULT_ADJUSTMENT_BEYOND"]


def test_two_that_fit_alone_and_not_together_are_refused() -> None:
    assert refused({"points": 2.0}, {"points": 2.0, "number": 2}) == ["RESULT_ADJUSTMENT_BEYOND"]


def test_the_refusal_says_points_and_bounds() -> None:
    with pytest.raises(ResultError) as caught:
        small_run({"points": 4.0})
    (one,) = caught.value.findings
    assert "系统得分7分，调整后为11分" in one.what
    assert one.expected == "调整后不低于0分，不高于10分"
    assert (one.cell, one.found) == ("第2行", "4")


def test_an_item_that_does_not_apply_or_is_pending_has_nothing_to_adjust(folder: Path) -> None:
    assert refused({"points": 1.0, "department": "02"}) == ["RESULT_ADJUSTMENT_STATE"]
    with pytest.raises(ResultError) as caught:
        tiny_scored(folder, {"judged": [], "adjustments": [entry(item="2.2")]})
    assert [one.code for one in caught.value.findings] == ["RESULT_ADJUSTMENT_STATE"]


def test_what_is_no_base_item_no_department_or_no_figure_is_refused_all_at_once() -> None:
    rows = (
        {"item": "B.1", "points": 1.0},
        {"item": "7.7", "points": 1.0},
        {"department": "99", "points": 1.0},
        {"points": None},
    )
    assert refused(*rows) == [
        "RESULT_ADJUSTMENT_ITEM",
        "RESULT_ADJUSTMENT_ITEM",
        "RESULT_ADJUSTMENT_DEPARTMENT",
        "RESULT_ADJUSTMENT_UNREADABLE",
    ]


def test_more_decimals_than_points_have_are_refused() -> None:
    rounding = {"at": "item", "places": 1, "mode": "half_up"}
    assert refused({"points": 0.25}, rounding=rounding) == ["RESULT_ADJUSTMENT_DECIMALS"]
    assert score(small_run({"points": 0.5}, rounding=rounding), "01", "1.1")["points"] == Decimal(
        "7.5"
    )


def test_where_only_the_total_is_rounded_the_adjustment_is_added_exactly() -> None:
    rounding = {"at": "total", "places": 1, "mode": "half_up"}
    before, after = (small_run(*rows, rounding=rounding) for rows in ((), ({"points": 0.05},)))
    assert score(after, "01", "1.1")["points"] == Decimal("7.05")
    assert after.total("01")["total"] == before.total("01")["total"] + Decimal("0.1")


def test_what_was_not_reported_may_be_adjusted_and_its_loss_stays(folder: Path) -> None:
    submitted = {"department": FIRST, "ledger": "学法台账", "form": "none"}
    rows: dict[str, Any] = {
        "study_sessions": [],
        "submissions": [{**submitted, "reminded_on": dt.date(2025, 1, 5)}],
        "adjustments": [entry(item="1.1", department=FIRST, points=1.0)],
    }
    after = tiny_scored(folder, rows)
    assert score(after, "01", "1.1")["state"] == "not_reported"
    assert score(after, "01", "1.1")["points"] == 1
    assert [one["points"] for one in losses(after, "01", "1.1")] == [Decimal(3), Decimal(-1)]


def test_written_and_read_back_the_adjustments_stand_and_the_name_does_not(
    folder: Path, tmp_path: Path
) -> None:
    after = adjusted(folder, entry())
    store_assessment(after, tmp_path / "data")
    again = load_assessment(tmp_path / "data")
    assert points(again.scores, "adjusted") == points(after.scores, "adjusted")
    assert again.explain("02", "2.3") == after.explain("02", "2.3")
    assert again.ledgers["adjustments"].frame["person"].tolist() == ["王某某"]
