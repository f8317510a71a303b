"""建议等次: quotas in words and seats, live counts, and room for what people approve."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lawkpi.rubric.conventions import Quota
from lawkpi.workbook.summary.grades import quota_text
from tests.workbook.reading import edited, formulas, stored
from tests.workbook.summary.given import lines, place, summary_of


def test_seats_and_counts_of_each_group(tmp_path: Path) -> None:
    """40 per cent of three departments are 1.2, of one 0.4."""
    found = [
        (row["组别"], row["等次"], row["单位数"], row["名额"], row["建议数"])
        for row in lines(summary_of("quotas", tmp_path), "建议等次", "名额规定")
    ]
    assert found == [
        ("甲组", "优秀", 3, 1, 1),
        ("甲组", "良好", 3, 1, 1),
        ("甲组", "合格", 3, "不限", 1),
        ("乙组", "优秀", 1, 0, 0),
        ("乙组", "良好", 1, 1, 1),
        ("乙组", "合格", 1, "不限", 0),
    ]


def test_a_line_says_whether_it_is_included(tmp_path: Path) -> None:
    rows = lines(summary_of("quotas", tmp_path), "建议等次", "名额规定")
    assert [row["分数线"] for row in rows[:2]] == ["90分以上（含）", "80分以上（不含）"]
    assert (rows[0]["建议单位（值）"], rows[3]["建议单位（值）"]) == ("01局", "—")


@pytest.mark.parametrize(
    ("quota", "text"),
    [
        (None, "不限"),
        ({"count": 2, "ties": "out"}, "每组不超过2个；末位同分的全部落入下一等次"),
        (
            {"share": "12.5%", "rounding": "up", "ties": "in"},
            "不超过本组单位数的12.5%，向上取整；末位同分的全部列入",
        ),
    ],
)
def test_a_quota_is_said_with_its_rounding_and_ties(
    quota: dict[str, object] | None, text: str
) -> None:
    assert quota_text(Quota.model_validate(quota) if quota else None) == text


def test_a_grade_entered_in_the_totals_changes_the_count(tmp_path: Path) -> None:
    path = summary_of("quotas", tmp_path)
    again = edited(path, "汇总表", place(path, "汇总表", "甲市第02局", "建议等次"), "优秀")
    rows = lines(again, "建议等次", "名额规定")
    assert [row["建议数"] for row in rows[:2]] == [2, 0]


def test_the_approved_grade_is_blank_and_open_and_signed_for(tmp_path: Path) -> None:
    path = summary_of("quotas", tmp_path)
    rows = lines(path, "建议等次", "审定等次")
    assert [(row["建议等次"], row["审定等次"]) for row in rows] == [
        ("优秀", None),
        ("良好", None),
        ("合格", None),
        ("良好", None),
    ]
    cell = openpyxl.load_workbook(path)["建议等次"][
        place(path, "建议等次", "甲市第01局", "审定等次")
    ]
    assert cell.protection.locked is False
    texts = [str(text) for (sheet, _), text in stored(path).items() if sheet == "建议等次"]
    assert {"审定人：", "会议纪要文号："} <= set(texts)


def test_points_and_ranks_of_the_approval_come_from_the_totals(tmp_path: Path) -> None:
    path = summary_of("quotas", tmp_path)
    for head, column in (("总分", "F"), ("排名", "G"), ("建议等次", "H")):
        cell = place(path, "建议等次", "甲市第01局", head)
        assert formulas(path)["建议等次", cell] == f"='汇总表'!${'HIJ'['FGH'.index(column)]}$6"
