"""Answers as an official reads them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lawkpi.law import Law, Limit, due_date, due_lines, load_law, requirement_lines

from .given import ROOT

LAW: Law = load_law(ROOT / "params" / "law")


def told(key: str, start: str, *, done: str | None = None, **granted: Any) -> list[str]:
    limit = LAW.asked(key)
    assert isinstance(limit, Limit)
    due = due_date(limit, dt.date.fromisoformat(start), LAW.calendar, **granted)
    day = dt.date.fromisoformat(done) if done else None
    return list(due_lines(due, due.judged(day, done_on=day) if day else None))


def said(lines: list[str], label: str) -> str:
    """What stands behind a label."""
    [found] = [line.partition("：")[2] for line in lines if line.startswith(f"{label}：")]
    return found


def test_the_last_day_comes_first_with_its_weekday_and_the_day_before_it_rolled() -> None:
    lines = told("LIT-REPLY", "2024-09-18")
    assert lines[0] == "提交答辩状、证据和依据（LIT-REPLY）"
    assert said(lines, "届满日") == "2024年10月8日（星期二）"
    assert said(lines, "顺延前") == "2024年10月3日（星期四）"


def test_the_ground_names_each_document_once_with_its_version() -> None:
    ground = said(told("RECO-REPLY", "2024-09-25"), "依据")
    assert ground == (
        "《中华人民共和国行政复议法》第48条（2023年修订）、第88条（2023年修订，工作日的规定）"
        "；2024-01-01起；有原文可查"
    )


def test_a_national_limit_asked_by_the_text_of_another_day_is_not_called_a_local_one() -> None:
    limit = LAW.limits["RECO-REPLY"].governed_by(dt.date(2024, 1, 1))
    due = due_date(limit, dt.date(2023, 12, 29), LAW.calendar)
    ground = said(list(due_lines(due)), "依据")
    assert "本考核声明" not in ground
    assert ground.endswith("按指定日期有效的规定；有原文可查")


def test_an_unverified_number_is_told_as_such() -> None:
    assert "期限数字尚待核对原文" in said(told("NORM-REVIEW", "2025-01-22"), "依据")


def test_a_window_tells_what_comes_too_early() -> None:
    lines = told("NORM-REVIEW", "2025-01-22", done="2025-02-04")
    assert said(lines, "最早日").startswith("2025年2月5日（星期三）")
    assert said(lines, "状态") == "时间不足"


def test_a_late_act_tells_by_how_much() -> None:
    assert said(told("LIT-REPLY", "2024-03-11", done="2024-03-28"), "状态") == (
        "逾期（超出规定期限2日（自然日））"
    )


def test_an_extension_tells_who_approves_and_by_when() -> None:
    lines = told("FOI-REPLY", "2024-09-10", extended=True)
    assert (
        said(lines, "延长")
        == "最长20个工作日，由政府信息公开工作机构负责人批准，在原期限内告知申请人"
    )
    assert said(lines, "原期限届满日").startswith("2024年10月14日")


@pytest.mark.parametrize(
    ("key", "start", "granted", "reason", "todo"),
    [
        ("RECO-REPLY", "2026-12-25", {}, "待定（日历未载2027年）", "补充放假安排文件"),
        ("NORM-FILE", "2024-03-11", {}, "待定（本地期限未声明）", "assessment.yaml"),
        ("RECO-DECIDE-S", "2024-03-11", {"extended": True}, "待定（该期限无延长规定）", "不按延长"),
        ("COMP-2M", "2010-11-30", {}, "待定（更早的规定未载）", "当时有效的法律"),
        ("RECO-REPLY（旧）", "2024-01-01", {}, "待定（起算日已适用新的规定）", "去掉编号后的"),
        (
            "FOI-REPLY", "2024-09-10", {"extended": True, "notified_on": dt.date(2024, 9, 9)},
            "待定（延长告知日早于起算日）", "延长告知日",
        ),
        (
            "RECO-DECIDE", "2024-03-11", {"pauses": [("2024-03-14", None)]},
            "待定（扣除期间尚未结束）", "写明止日",
        ),
    ],
)  # fmt: skip
def test_what_is_undetermined_tells_why_and_what_helps(
    key: str, start: str, granted: dict[str, Any], reason: str, todo: str
) -> None:
    lines = told(key, start, **granted)
    assert said(lines, "届满日") == reason
    assert todo in said(lines, "处理")


def test_no_limit_is_told_as_none_not_as_in_time() -> None:
    assert said(told("PEN-DECIDE", "2021-07-14"), "届满日") == "无（无期限规定）"


def test_a_limit_without_upper_bound_is_told_as_such() -> None:
    assert said(told("DEC-REVIEW", "2024-09-25"), "届满日") == "不设最长期限"


@pytest.mark.parametrize(
    ("key", "day", "text"),
    [
        ("TRAIN-60", "2022-05-01", "每名在岗持证行政执法人员，每年，不少于60学时"),
        ("TRAIN-60", "2026-05-01", "该日没有有效的规定"),
        ("TRAIN-ALL", "2024-05-01", "本单位全部行政执法人员，一次，有或者无，2024年12月31日前完成"),
        ("LEARN-MEET", "2024-05-01", "本地期限，由考核方案声明"),
    ],
)
def test_a_requirement_tells_what_held_on_the_day(key: str, day: str, text: str) -> None:
    lines = list(requirement_lines(LAW.requirements[key], dt.date.fromisoformat(day)))
    assert said(lines, "要求") == text
    assert said(lines, "届满日") == "该项没有起算事件，不推算届满日"


def test_a_day_to_notify_by_is_named_only_where_there_is_an_extension() -> None:
    assert "延长应不晚于" in said(told("FOI-REPLY", "2024-09-10", extended=True), "原期限届满日")
    assert said(told("LIT-REPLY", "2024-03-11", extended=True), "原期限届满日") == (
        "2024年3月26日（星期二）"
    )
