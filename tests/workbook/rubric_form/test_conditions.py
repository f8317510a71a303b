"""Conditions as rows: what they say together, and what is broken about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from lawkpi.rubric.written import plain_rubric
from lawkpi.workbook.rubric_form.cell import Row
from lawkpi.workbook.rubric_form.conditions import Gathered, Spread
from lawkpi.workbook.rubric_form.draft import Log
from lawkpi.workbook.rubric_form.plan import CONDITIONS, letters_of
from tests.support.made_rubrics import conditions

from .given import AROUND, HEAD_ROW, PLAN, Change, at, changed, outcome, places, rubric_of, tables

RULE_B = ("sections", 1, "items", 0, "rules", 1)


def rows_of(condition: Any, ledger: str) -> list[Row]:
    letters = letters_of(PLAN.condition_columns)
    spread = Spread(AROUND).rows(condition, ledger)
    return [Row(CONDITIONS, number, cells, letters) for number, cells in enumerate(spread, 5)]


def plain(value: Any) -> Any:
    """A condition as its rows say it: `related` always names its column there."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


@settings(max_examples=100, deadline=None, derandomize=True)
@given(condition=conditions("litigation"))
def test_any_condition_is_the_same_when_its_rows_are_read(condition: Any) -> None:
    log = Log("x")
    found = Gathered(rows_of(condition, "litigation"), AROUND, log).condition("litigation")
    assert [one.message for one in log.findings] == []
    assert plain(found) == condition


def test_a_row_is_a_comparison_in_the_ledger_s_own_words() -> None:
    (row,) = rows_of({"outcome": {"is": "annulled"}}, "litigation")
    said = {heading: cell.value for heading, cell in row.cells.items() if not cell.is_blank}
    assert said == {"台账": "行政诉讼台账", "台账的列": "裁判结果", "比较": "为", "值": "撤销"}


def test_two_levels_are_groups_of_rows() -> None:
    inner = [{"outcome": {"is": "changed"}}, {"outcome": {"is": "annulled"}}]
    rows = rows_of({"all": [{"effective": {"is": "yes"}}, {"any": inner}]}, "litigation")
    said = [[row.cell(one).found for one in ("各行之间", "分组", "组内之间")] for row in rows]
    assert said == [["且", "", ""], ["且", "1", "或"], ["且", "1", "或"]]


def test_records_of_another_ledger_stand_below_their_own_number() -> None:
    where = {"all": [{"attendance": {"is": "present"}}, {"hours": {"above": "1"}}]}
    related = {"related": {"ledger": "training", "by": "person", "where": where}}
    rows = rows_of(related, "enforcers")
    said = [[row.cell(one).found for one in ("所属关联", "关联号", "台账")] for row in rows]
    assert said == [["", "1", "执法人员名册"], ["1", "", "执法培训记录"], ["1", "", "执法培训记录"]]


def test_a_side_without_rows_takes_every_record() -> None:
    found = {name: list(rows) for name, rows in tables().items()}
    found[CONDITIONS] = [row for row in found[CONDITIONS] if row.cell("用处").found != "应计条件"]
    rule = plain_rubric(rubric_of(found))["sections"][0]["items"][0]["rules"][0]
    assert "due" not in rule["measure"]["rate"]


def test_a_condition_over_all_records_can_be_said() -> None:
    found = changed(
        ("条件", "比较", 11, "全部记录"), ("条件", "台账的列", 11, None), ("条件", "值", 11, None)
    )
    rule = plain_rubric(rubric_of(found))["sections"][1]["items"][1]["rules"][0]
    assert "where" not in rule["measure"]["count"]


BROKEN: list[tuple[str, list[Change], list[tuple[str, str, int]]]] = [
    (
        "two rows that do not say how they are joined",
        [("条件", "各行之间", 1, None), ("条件", "各行之间", 2, None)],
        [("GROUPS_BROKEN", "各行之间", 1), ("GROUPS_BROKEN", "各行之间", 2)],
    ),
    (
        "rows that are joined in two ways",
        [("条件", "各行之间", 8, "或")],
        [("GROUPS_BROKEN", "各行之间", 8)],
    ),
    (
        "a join that there is not",
        [("条件", "各行之间", 2, "并且")],
        [("GROUPS_BROKEN", "各行之间", 2)],
    ),
    (
        "a group that does not say how it is joined",
        [("条件", "组内之间", 9, None)],
        [("GROUPS_BROKEN", "组内之间", 9)],
    ),
    (
        "a group joined in two ways",
        [("条件", "组内之间", 9, "且")],
        [("GROUPS_BROKEN", "组内之间", 9)],
    ),
    (
        "a join within no group",
        [("条件", "组内之间", 7, "或")],
        [("GROUPS_BROKEN", "组内之间", 7)],
    ),
    (
        "groups among the records of another ledger",
        [("条件", "分组", 4, 1), ("条件", "组内之间", 4, "或")],
        [("GROUPS_BROKEN", "分组", 4)],
    ),
    (
        "rows below a number that there is not",
        [("条件", "关联号", 3, 7)],
        [("GROUPS_BROKEN", "所属关联", 4), ("GROUPS_BROKEN", "所属关联", 5)],
    ),
    (
        "a row that stands below itself",
        [("条件", "所属关联", 3, 1)],
        [("GROUPS_BROKEN", "所属关联", row) for row in (3, 4, 5)],
    ),
    (
        "no way to compare",
        [("条件", "比较", 1, None)],
        [("CELL_MISSING", "比较", 1)],
    ),
    (
        "a way to compare that there is not",
        [("条件", "比较", 1, "像")],
        [("WORD_UNKNOWN", "比较", 1)],
    ),
    (
        "a column that the ledger does not have",
        [("条件", "台账的列", 1, "人员种类")],
        [("COLUMN_UNKNOWN", "台账的列", 1)],
    ),
    (
        "no column",
        [("条件", "台账的列", 1, None)],
        [("CELL_MISSING", "台账的列", 1)],
    ),
    (
        "a value that the column cannot hold",
        [("条件", "值", 1, "持证")],
        [("WORD_UNKNOWN", "值", 1)],
    ),
    (
        "one of several values that the column cannot hold",
        [("条件", "值", 8, "撤销、撤消")],
        [("WORD_UNKNOWN", "值", 8)],
    ),
    (
        "no value",
        [("条件", "值", 1, None)],
        [("CELL_MISSING", "值", 1)],
    ),
    (
        "a value behind 已填",
        [("条件", "值", 11, "越级")],
        [("PARAMETER_BEYOND", "值", 11)],
    ),
    (
        "another ledger where nothing is related",
        [("条件", "关联台账", 1, "执法培训记录")],
        [("PARAMETER_BEYOND", "关联台账", 1)],
    ),
    (
        "no other ledger where something is related",
        [("条件", "关联台账", 3, None)],
        [("CELL_MISSING", "关联台账", 3)],
    ),
    (
        "a sum that reaches nothing",
        [("条件", "不少于", 3, None)],
        [("CELL_MISSING", "不少于", 3)],
    ),
    (
        "a column that the other ledger does not have",
        [("条件", "合计的列", 3, "学时")],
        [("COLUMN_UNKNOWN", "合计的列", 3)],
    ),
    (
        "a column beside which there is not",
        [("条件", "值", 9, "宣判日期")],
        [("COLUMN_UNKNOWN", "值", 9)],
    ),
    (
        "a day that is none",
        [("条件", "值", 2, "年末")],
        [("DAY_UNREADABLE", "值", 2)],
    ),
    (
        "a text where the column holds numbers",
        [
            ("条件", "台账的列", 11, "报送用时（工作日）"),
            ("条件", "比较", 11, "大于"),
            ("条件", "值", 11, "五"),
        ],
        [("NUMBER_UNREADABLE", "值", 11)],
    ),
    (
        "a date where the column holds words",
        [("条件", "值", 1, dt.datetime(2024, 1, 1))],
        [("TEXT_IS_DATE", "值", 1)],
    ),
    (
        "a place in the rule that the measure does not have",
        [("条件", "用处", 11, "应计条件")],
        [("PARAMETER_BEYOND", "用处", 11)],
    ),
    (
        "a place in the rule that there is not",
        [("条件", "用处", 11, "条件")],
        [("WORD_UNKNOWN", "用处", 11)],
    ),
    (
        "no place in the rule",
        [("条件", "用处", 11, None)],
        [("CELL_MISSING", "用处", 11)],
    ),
    (
        "a multiplier that there is not, which leaves its own without a condition",
        [("条件", "序号", 10, 2)],
        [("OWNER_UNKNOWN", "序号", 10), ("CELL_MISSING", "", 0)],
    ),
    (
        "no rule",
        [("条件", "规则编号", 11, None)],
        [("CELL_MISSING", "规则编号", 11)],
    ),
    (
        "a rule that there is not",
        [("条件", "规则编号", 11, "z")],
        [("OWNER_UNKNOWN", "规则编号", 11)],
    ),
    (
        "an item that there is not",
        [("条件", "指标编号", 11, "9.9")],
        [("OWNER_UNKNOWN", "指标编号", 11)],
    ),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN]
)
def test_what_is_broken_is_found_at_its_cell(
    changes: list[Change], expected: list[tuple[str, str, int]]
) -> None:
    _, findings = outcome(changed(*changes))
    assert sorted(places(findings)) == sorted(
        (
            f"RUBRIC_FORM_{code}",
            *(at("条件", heading, row) if heading else at("分档与情形", "类别", 14)),
        )
        for code, heading, row in expected
    )


def test_a_broken_group_is_said_in_words() -> None:
    _, (finding,) = outcome(changed(("条件", "各行之间", 8, "或")))
    assert finding.code == "RUBRIC_FORM_GROUPS_BROKEN"
    assert finding.what == "“各行之间”前后不一致"
    assert finding.expected == f"与第{HEAD_ROW + 7}行相同"


def test_a_condition_that_a_measure_needs_is_missed_at_the_measure() -> None:
    found = {name: list(rows) for name, rows in tables().items()}
    found[CONDITIONS] = found[CONDITIONS][:2] + found[CONDITIONS][5:]
    _, findings = outcome(found)
    assert places(findings) == [("RUBRIC_FORM_CELL_MISSING", *at("计分规则", "计数方式", 1))]
    assert findings[0].what == "“已计条件”没有填写"
    assert findings[0].expected == "在《条件》中逐行填写"
