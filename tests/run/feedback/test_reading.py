"""Answers come back as they were typed; what is unclear or incomplete is said with its cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lawkpi.run.layout import RunFolder
from lawkpi.workbook.appeals import Remark
from tests.run.feedback.given import (
    agreed,
    answer,
    codes,
    disputed,
    made_run,
    of_code,
    read,
    returned,
    sent,
)
from tests.support.tiny import lesson

ALL = range(5, 12)


def test_what_was_answered_is_what_is_read(run: RunFolder, tmp_path: Path) -> None:
    cells = agreed(5, 6, 8, 9, 10, 11) | disputed(7)
    people = {
        "C21": "张三",
        "F21": "李四",
        "J21": "王五",
        "C22": "0000",
        "F22": dt.date(2025, 2, 9),
    }
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", cells | people))
    assert found.findings == []
    own = answer(found)
    assert (own.counts, own.disputed_points, own.file) == ((7, 6, 1, 0), Decimal(2), "a.xlsx")
    assert dict(own.people) == {
        "填报人": "张三", "审核人": "李四", "单位负责人": "王五", "联系电话": "0000",
        "填报日期": "2025-02-09",
    }  # fmt: skip
    (appeal,) = own.appeals
    assert (appeal.item, appeal.points, appeal.request) == ("2.1 答辩举证", Decimal(2), "撤销扣分")
    assert (appeal.requested, appeal.reason, appeal.evidence) == (
        Decimal(0),
        "已按期提交",
        "证1第2页",
    )
    assert appeal.fact.startswith("（2024）甲01行初31号（一审）：2024年3月11日收到起诉状副本")


@pytest.mark.parametrize("seed", range(4))
def test_any_answers_to_any_lines_come_back_as_they_were_given(
    run: RunFolder, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - only tests
    said = {row: random.choice(["认可", "申诉", None]) for row in ALL}
    given = {row: f"{random.choice('=+-@h')}{random.random()}" for row in ALL}
    cells = {f"F{row}": word for row, word in said.items()}
    for row in (row for row in ALL if said[row] == "申诉"):
        cells |= disputed(row, I=given[row], J=given[row])
    found = answer(read(run, returned(sent(run), tmp_path / "a.xlsx", cells)))
    words = list(said.values())
    assert found.counts == (7, words.count("认可"), words.count("申诉"), words.count(None))
    texts = [given[row] for row in ALL if said[row] == "申诉"]
    assert [(one.reason, one.evidence) for one in found.appeals] == [(one, one) for one in texts]


@pytest.mark.usefixtures("no_figures")
def test_a_department_that_lost_nothing_may_still_say_something(tmp_path: Path) -> None:
    lessons = [lesson(number, number, "甲区城管局", 60.0) for number in (1, 2, 3)]
    whole = made_run(tmp_path, {"training": lessons})
    cells = {"C10": "没有异议", "C15": "张三"}
    found = read(whole, returned(sent(whole, "01"), tmp_path / "a.xlsx", cells))
    own = answer(found, "甲区城管局")
    assert found.findings == []
    assert (own.counts, own.people["填报人"]) == ((0, 0, 0, 0), "张三")
    assert own.remarks == [Remark("甲区城管局", "", "没有异议", "")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "http://a.b/c", "{=1}", "'甲"])
def test_text_stays_text_whatever_it_begins_with(run: RunFolder, tmp_path: Path, text: str) -> None:
    cells = agreed(*ALL) | disputed(7, I=text, J=text)
    (appeal,) = answer(read(run, returned(sent(run), tmp_path / "a.xlsx", cells))).appeals
    assert (appeal.reason, appeal.evidence) == (text, text)


def test_a_formula_is_kept_as_text_and_is_a_finding(run: RunFolder, tmp_path: Path) -> None:
    cells = agreed(*ALL) | disputed(7, I=("=1+1",), H=("=2-2",))
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", cells))
    (appeal,) = answer(found).appeals
    assert (appeal.reason, appeal.requested) == ("=1+1", "=2-2")
    assert [one.cell for one in of_code(found, "RUN_FEEDBACK_FORMULA")] == ["H7", "I7"]


def test_an_unfilled_workbook_is_said_and_counted(run: RunFolder, tmp_path: Path) -> None:
    found = read(run, returned(sent(run), tmp_path / "a.xlsx"))
    assert codes(found) == {"RUN_FEEDBACK_EMPTY"}
    assert answer(found).counts == (7, 0, 0, 7)


def test_a_single_line_without_an_opinion_is_only_counted(run: RunFolder, tmp_path: Path) -> None:
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", agreed(*list(ALL)[1:])))
    assert found.findings == []
    assert answer(found).counts == (7, 6, 0, 1)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_appeal_without_a_reason_is_registered_and_said(
    run: RunFolder, tmp_path: Path, reason: Any
) -> None:
    cells = agreed(*ALL) | disputed(7, I=reason)
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", cells))
    (one,) = of_code(found, "RUN_FEEDBACK_REASON_MISSING")
    assert (one.cell, one.department, one.file) == ("I7", "02", "a.xlsx")
    assert len(answer(found).appeals) == 1


@pytest.mark.parametrize(
    ("request_", "points", "kept"),
    [
        ("核减扣分", 2.01, "2.01"),
        ("核减扣分", -0.5, "-0.5"),
        ("核减扣分", "一分", "一分"),
        ("核减扣分", "1e999999", "1e999999"),
        ("核减扣分", None, ""),
        ("撤销扣分", 1, Decimal(1)),
    ],
)
def test_points_that_cannot_be_meant_are_said(
    run: RunFolder, tmp_path: Path, request_: str, points: Any, kept: Any
) -> None:
    cells = agreed(*ALL) | disputed(7, G=request_, H=points)
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", cells))
    assert [one.cell for one in of_code(found, "RUN_FEEDBACK_POINTS_WRONG")] == ["H7"]
    assert answer(found).appeals[0].requested == kept


@pytest.mark.parametrize(
    ("request_", "points", "read_as"),
    [
        ("核减扣分", 2, Decimal(2)),
        ("核减扣分", "０．５分", Decimal("0.5")),
        ("撤销扣分", None, ""),
        (None, 0.25, Decimal("0.25")),
    ],
)
def test_points_within_the_loss_are_taken(
    run: RunFolder, tmp_path: Path, request_: Any, points: Any, read_as: Any
) -> None:
    cells = agreed(*ALL) | disputed(7, G=request_, H=points)
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", cells))
    assert found.findings == []
    assert answer(found).appeals[0].requested == read_as


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        ({"F7": "不服"}, (7, 6, 0, 1)),
        ({"F7": None, "I7": "有出入"}, (7, 6, 0, 1)),
        ({"F7": "认可", "G7": "撤销扣分"}, (7, 7, 0, 0)),
    ],
)
def test_an_opinion_that_is_unclear_is_said(
    run: RunFolder, tmp_path: Path, cells: dict[str, Any], counts: tuple[int, ...]
) -> None:
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", agreed(*ALL) | cells))
    assert [one.cell for one in of_code(found, "RUN_FEEDBACK_OPINION_UNCLEAR")] == ["F7"]
    assert answer(found).counts == counts


def test_general_opinions_are_kept_word_for_word(run: RunFolder, tmp_path: Path) -> None:
    cells = {"B16": "1.2", "C16": "=建议", "I16": "证2", "C18": "总体意见"}
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", agreed(*ALL) | cells))
    assert found.findings == []
    assert answer(found).remarks == [
        Remark("甲区市监局", "1.2", "=建议", "证2"),
        Remark("甲区市监局", "", "总体意见", ""),
    ]


def test_an_item_that_the_rubric_does_not_have_is_said(run: RunFolder, tmp_path: Path) -> None:
    cells = {"B16": "9.9", "C16": "意见"}
    found = read(run, returned(sent(run), tmp_path / "a.xlsx", agreed(*ALL) | cells))
    assert [(one.cell, one.found) for one in of_code(found, "RUN_FEEDBACK_ITEM_UNKNOWN")] == [
        ("B16", "9.9")
    ]
    assert len(answer(found).remarks) == 1
