"""Early warning: what was late, due soon or unknown, as known on the day of asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from lawkpi.result.deadlines import EVERYONE, Deadline, Warned
from lawkpi.run import Checked, checked, open_folder
from tests.support.tiny import SETTINGS, case, tiny_folder

FIRST = "甲区城管局"


def found(
    folder: Path, as_of: str, *rows: dict[str, Any], days: int = 10, **ledgers: Sequence[Any]
) -> list[Deadline]:
    day = dt.date.fromisoformat(as_of)
    own: Checked = checked(
        open_folder(tiny_folder(folder, {"litigation": list(rows), **ledgers}), as_of=day)
    )
    return [one for one in own.deadlines(day, days) if one.department != EVERYONE]


def waiting(number: int, **more: Any) -> dict[str, Any]:
    """A case served on 11 March 2024, due on 26 March, nothing filed yet."""
    blank = dict.fromkeys(("reply_on", "evidence_on", "mandate_on", "hearing_on", "decided_on"))
    return case(number, FIRST, **{**blank, "hearing_held": "no", "effective": "no", **more})


@pytest.mark.parametrize(
    ("as_of", "warned", "margin"),
    [
        ("2024-03-15", None, ""),
        ("2024-03-16", Warned.DUE_SOON, "还有10日"),
        ("2024-03-26", Warned.DUE_SOON, "当日届满"),
        ("2024-03-27", Warned.OVERDUE, "超出规定期限1日（自然日）"),
        ("2024-03-10", None, ""),
    ],
)
def test_a_duty_is_warned_of_from_some_days_before_its_last_day(
    tmp_path: Path, as_of: str, warned: Warned | None, margin: str
) -> None:
    lines = found(tmp_path, as_of, waiting(1))
    assert [(one.warned, one.margin) for one in lines] == ([(warned, margin)] if warned else [])


def test_a_line_names_department_record_last_day_and_how_it_was_counted(tmp_path: Path) -> None:
    [one] = found(tmp_path, "2024-03-20", waiting(1))
    assert one.department == "01"
    assert one.matter == "提交答辩状、证据和依据"
    assert one.record == "（2024）甲01行初1号（一审）"
    assert one.last == dt.date(2024, 3, 26)
    assert one.reckoning == "2024年3月11日收到起诉状副本，次日起算15日，届满日2024年3月26日"
    assert one.place.endswith("第2行")


def test_what_was_done_by_the_day_is_no_warning_and_what_was_done_later_is_not_done_yet(
    tmp_path: Path,
) -> None:
    papers = dict.fromkeys(("reply_on", "evidence_on", "mandate_on"), dt.date(2024, 3, 22))
    row = waiting(1, **papers)
    assert found(tmp_path / "a", "2024-03-22", row) == []
    assert [one.warned for one in found(tmp_path / "b", "2024-03-21", row)] == [Warned.DUE_SOON]


def test_what_was_done_after_its_last_day_stays_on_the_list_as_late(tmp_path: Path) -> None:
    papers = dict.fromkeys(("reply_on", "evidence_on", "mandate_on"), dt.date(2024, 3, 28))
    lines = found(tmp_path, "2024-12-31", waiting(1, **papers))
    assert [(one.warned, one.margin) for one in lines] == [
        (Warned.LATE, "超出规定期限2日（自然日）")
    ]


def test_a_paper_posted_by_the_last_day_is_not_late(tmp_path: Path) -> None:
    papers = dict.fromkeys(("reply_on", "evidence_on", "mandate_on"), dt.date(2024, 3, 28))
    row = waiting(1, **papers, posted_on=dt.date(2024, 3, 26))
    assert found(tmp_path, "2024-12-31", row) == []


def test_a_start_that_cannot_be_read_is_unknown_not_silent(tmp_path: Path) -> None:
    lines = found(tmp_path, "2024-12-31", waiting(1, served_on="三月"))
    assert [(one.warned, one.last, one.margin) for one in lines] == [
        (Warned.UNDETERMINED, None, "起算日不明")
    ]


def test_what_has_not_begun_is_not_on_the_list(tmp_path: Path) -> None:
    contract = {
        "contract": "合1", "title": "合同", "department": FIRST, "reviewer": "甲区综合办",
        "sent_on": dt.date(2024, 3, 1), "complete_on": dt.date(2024, 3, 1), "signed": "no",
        "opinion_on": dt.date(2024, 3, 4),
    }  # fmt: skip
    rule = "count: 15, unit: natural_days, roll: none, basis: [{{document: 甲法〔2024〕3号}}]"
    text = SETTINGS.replace(
        "limits: {{}}", f"limits: {{{{CONTRACT: {{{{{rule}}}}}, CONTRACT-FILE: {{{{{rule}}}}}}}}}"
    )
    day = dt.date(2024, 12, 31)
    own = checked(
        open_folder(tiny_folder(tmp_path, {"contracts": [contract]}, settings=text), as_of=day)
    )
    assert [one.matter for one in own.deadlines(day, 30) if "合同" in one.matter] == []


def test_a_reviewer_s_own_days_are_the_reviewer_s_duty(tmp_path: Path) -> None:
    review = {
        "document": "文1", "title": "办法", "kind": "normative", "department": FIRST,
        "reviewer": "甲区综合办", "sent_on": dt.date(2024, 3, 1),
        "complete_on": dt.date(2024, 3, 1),
    }  # fmt: skip
    lines = found(tmp_path, "2024-03-20", case(1, FIRST), legality_reviews=[review])
    assert [(one.department, one.last) for one in lines] == [("03", dt.date(2024, 3, 22))]


def test_lines_stand_by_department_the_most_urgent_first(tmp_path: Path) -> None:
    lines = found(
        tmp_path,
        "2024-04-08",
        waiting(1, served_on=dt.date(2024, 3, 28)),
        waiting(2),
        waiting(3, served_on="三月"),
        {**waiting(4), "responsible_department": "甲区市监局"},
    )
    assert [(one.department, one.warned) for one in lines] == [
        ("01", Warned.OVERDUE),
        ("01", Warned.DUE_SOON),
        ("01", Warned.UNDETERMINED),
        ("02", Warned.OVERDUE),
    ]


def test_yearly_duties_with_a_fixed_date_are_told_to_everyone(tmp_path: Path) -> None:
    day = dt.date(2025, 1, 20)
    own = checked(open_folder(tiny_folder(tmp_path), as_of=day))
    yearly = [one for one in own.deadlines(day, 30) if one.department == EVERYONE]
    assert {one.matter for one in yearly} == {
        "部门政府信息公开工作年度报告", "公开上年度行政执法总体情况数据", "报送上一年度规章目录",
    }  # fmt: skip
    assert {one.last for one in yearly} == {dt.date(2025, 1, 31)}
    assert {one.margin for one in yearly} == {"还有11日"}
    later = dt.date(2025, 2, 1)
    told = [one.matter for one in own.deadlines(later, 27) if one.department == EVERYONE]
    assert told == ["部门法治政府建设年度报告报送"]
    assert [one for one in own.deadlines(later, 26) if one.department == EVERYONE] == []


def test_a_yearly_duty_is_warned_of_across_the_turn_of_the_year(tmp_path: Path) -> None:
    day = dt.date(2024, 12, 20)
    own = checked(open_folder(tiny_folder(tmp_path), as_of=day))
    yearly = [one for one in own.deadlines(day, 42) if one.department == EVERYONE]
    assert {(one.last, one.record) for one in yearly} == {(dt.date(2025, 1, 31), "2024年度")}
    assert len(yearly) == 3
    assert [one for one in own.deadlines(day, 41) if one.department == EVERYONE] == []


def test_every_kind_of_warning_has_its_word() -> None:
    assert [one.label for one in Warned] == ["逾期未办", "将届满", "届满日待定", "已办结但逾期"]
