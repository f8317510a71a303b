"""A wrong cell is a finding with its address; all of them at once, and nothing else beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from .given import Change, Share, at, changed, edited, found_in, outcome, places

Expected = tuple[str, str, str, int]
"""Code, sheet, heading, row among the records."""
WRONG: list[tuple[str, list[Change], list[Expected]]] = [
    (
        "a way that there is not",
        [("计分规则", "计分方式", 5, "按天计分")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "计分规则", "计分方式", 5)],
    ),
    (
        "a choice that there is not",
        [("计分规则", "不足一步", 5, "看情况")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "计分规则", "不足一步", 5)],
    ),
    (
        "a ledger that there is not",
        [("计分规则", "台账", 6, "行政诉讼台帐")],
        [("RUBRIC_FORM_LEDGER_UNKNOWN", "计分规则", "台账", 6)],
    ),
    (
        "a column that the ledger does not have",
        [("计分规则", "计入期间的日期", 6, "培训日期")],
        [("RUBRIC_FORM_COLUMN_UNKNOWN", "计分规则", "计入期间的日期", 6)],
    ),
    (
        "a column of a template",
        [("计分规则", "事实表述", 6, "{案号码}生效")],
        [("RUBRIC_FORM_COLUMN_UNKNOWN", "计分规则", "事实表述", 6)],
    ),
    (
        "a rate that there is not",
        [("计分规则", "比率", 2, "参训比率")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "计分规则", "比率", 2)],
    ),
    (
        "a group that the register does not have",
        [("考核细则", "适用对象·组别", 1, "执法单位")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "考核细则", "适用对象·组别", 1)],
    ),
    (
        "a number that has no end",
        [("计分规则", "每步分值", 5, 1 / 3)],
        [("RUBRIC_FORM_NUMBER_INEXACT", "计分规则", "每步分值", 5)],
    ),
    (
        "the sum of a tenth and two tenths, as a spreadsheet keeps it",
        [("计分规则", "每步分值", 5, 0.1 + 0.2)],
        [("RUBRIC_FORM_NUMBER_INEXACT", "计分规则", "每步分值", 5)],
    ),
    (
        "a number with its unit",
        [("计分规则", "每步分值", 5, "0.2分")],
        [("RUBRIC_FORM_NUMBER_UNREADABLE", "计分规则", "每步分值", 5)],
    ),
    (
        "a number below zero",
        [("考核细则", "分值", 1, -5)],
        [("RUBRIC_FORM_NUMBER_UNREADABLE", "考核细则", "分值", 1)],
    ),
    (
        "per cent where points belong",
        [("考核细则", "分值", 1, Share(0.05))],
        [("RUBRIC_FORM_NUMBER_UNREADABLE", "考核细则", "分值", 1)],
    ),
    (
        "a plain number where per cent belongs",
        [("计分规则", "低于", 5, 95)],
        [("RUBRIC_FORM_NUMBER_UNREADABLE", "计分规则", "低于", 5)],
    ),
    (
        "a half where whole numbers belong",
        [("基本设置", "内容", 10, 2.5)],
        [("RUBRIC_FORM_NUMBER_UNREADABLE", "基本设置", "内容", 10)],
    ),
    (
        "a whole number too large",
        [("基本设置", "内容", 10, 9)],
        [("RUBRIC_FORM_INVALID", "基本设置", "内容", 10)],
    ),
    (
        "a day that is none",
        [("基本设置", "内容", 4, "去年12月")],
        [("RUBRIC_FORM_DAY_UNREADABLE", "基本设置", "内容", 4)],
    ),
    (
        "a number that Excel made a date",
        [("考核细则", "二级指标", 1, dt.datetime(2024, 1, 1))],
        [("RUBRIC_FORM_TEXT_IS_DATE", "考核细则", "二级指标", 1)],
    ),
    (
        "an error value",
        [("考核细则", "二级指标", 1, "#N/A")],
        [("RUBRIC_FORM_CELL_ERROR", "考核细则", "二级指标", 1)],
    ),
    (
        "a title that is missing",
        [("考核细则", "二级指标", 1, None)],
        [("RUBRIC_FORM_CELL_MISSING", "考核细则", "二级指标", 1)],
    ),
    (
        "a parameter that the way needs",
        [("计分规则", "步长", 5, None)],
        [("RUBRIC_FORM_CELL_MISSING", "计分规则", "步长", 5)],
    ),
    (
        "a setting that is missing",
        [("基本设置", "内容", 8, None)],
        [("RUBRIC_FORM_CELL_MISSING", "基本设置", "内容", 8)],
    ),
    (
        "a way that is missing",
        [("计分规则", "计数方式", 6, None)],
        [("RUBRIC_FORM_CELL_MISSING", "计分规则", "计数方式", 6)],
    ),
    (
        "a way that may be missing, with its parameters there",
        [("计分规则", "计分方式", 6, None)],
        [("RUBRIC_FORM_CELL_MISSING", "计分规则", "计分方式", 6)],
    ),
    (
        "a rule without a way to score that is no veto",
        [("计分规则", "计分方式", 4, None)],
        [("RUBRIC_FORM_INVALID", "计分规则", "规则编号", 4)],
    ),
    (
        "a parameter of another way",
        [("计分规则", "每次分值", 5, 1)],
        [("RUBRIC_FORM_PARAMETER_BEYOND", "计分规则", "每次分值", 5)],
    ),
    (
        "a parameter of another measure",
        [("计分规则", "合计的列", 6, "案号")],
        [("RUBRIC_FORM_PARAMETER_BEYOND", "计分规则", "合计的列", 6)],
    ),
    (
        "two parameters of which only one may stand, said in the form's own words",
        [("计分规则", "高于", 5, Share(0.5))],
        [("RUBRIC_FORM_INVALID", "计分规则", "计分方式", 5)],
    ),
    (
        "a rule of an item that there is not",
        [("计分规则", "指标编号", 5, "9.9")],
        [("RUBRIC_FORM_OWNER_UNKNOWN", "计分规则", "指标编号", 5)],
    ),
    (
        "an item of a section that there is not",
        [("考核细则", "一级指标", 1, "9 附则")],
        [("RUBRIC_FORM_OWNER_UNKNOWN", "考核细则", "一级指标", 1)],
    ),
    (
        "an item of no section",
        [("考核细则", "一级指标", 5, None)],
        [("RUBRIC_FORM_CELL_MISSING", "考核细则", "一级指标", 5)],
    ),
    (
        "a number of an item that stands twice",
        [("考核细则", "编号", 6, "1.1"), ("考核细则", "一级指标", 6, "1")],
        [("RUBRIC_FORM_REPEATED", "考核细则", "编号", 6)],
    ),
    (
        "a group that stands twice",
        [("分组特别规定", "组别", 2, "执法部门"), ("分组特别规定", "扣分倍数", 2, 2)],
        [("RUBRIC_FORM_REPEATED", "分组特别规定", "组别", 2)],
    ),
    (
        "terms of no group",
        [("分组特别规定", "扣分倍数", 2, 2)],
        [("RUBRIC_FORM_CELL_MISSING", "分组特别规定", "组别", 2)],
    ),
    (
        "a counting rule without a name",
        [("考核细则", "口径", 1, "人次")],
        [("RUBRIC_FORM_LINE_UNREADABLE", "考核细则", "口径", 1)],
    ),
    (
        "two articles in one reference",
        [("考核细则", "依据", 1, "《行政复议法》第48条、第88条")],
        [("RUBRIC_FORM_LINE_UNREADABLE", "考核细则", "依据", 1)],
    ),
    (
        "a group's points written twice",
        [("考核细则", "分组分值", 1, "内设机构：1\ninternal：2")],
        [("RUBRIC_FORM_REPEATED", "考核细则", "分组分值", 1)],
    ),
    (
        "grades without a line",
        [("等次", "不低于", 3, None)],
        [("RUBRIC_FORM_INVALID", "等次", "等次", 3)],
    ),
    (
        "a base item without points, found at its section",
        [("考核细则", "分值", 1, None)],
        [("RUBRIC_FORM_INVALID", "一级指标", "编号", 1)],
    ),
    (
        "a switch that the rate does not have",
        [("分档与情形", "名称或情形", 2, "请假制度")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "分档与情形", "名称或情形", 2)],
    ),
    (
        "an option that the switch does not have",
        [("分档与情形", "内容", 2, "随便")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "分档与情形", "内容", 2)],
    ),
    (
        "a switch without an option",
        [("分档与情形", "内容", 2, None)],
        [("RUBRIC_FORM_CELL_MISSING", "分档与情形", "内容", 2)],
    ),
    (
        "a state priced twice",
        [("分档与情形", "名称或情形", 9, "有计划并落实")],
        [("RUBRIC_FORM_REPEATED", "分档与情形", "名称或情形", 9)],
    ),
    (
        "a state without a name",
        [("分档与情形", "名称或情形", 9, None)],
        [("RUBRIC_FORM_CELL_MISSING", "分档与情形", "名称或情形", 9)],
    ),
    (
        "a name where entries have none",
        [("分档与情形", "名称或情形", 5, "一档")],
        [("RUBRIC_FORM_PARAMETER_BEYOND", "分档与情形", "名称或情形", 5)],
    ),
    (
        "a cell that this kind of list does not have",
        [("分档与情形", "倍数", 5, 2)],
        [("RUBRIC_FORM_PARAMETER_BEYOND", "分档与情形", "倍数", 5)],
    ),
    (
        "a list that the rule's way does not have",
        [
            ("分档与情形", "指标编号", 17, "1.1"),
            ("分档与情形", "规则编号", 17, "b"),
            ("分档与情形", "类别", 17, "各情形分值"),
            ("分档与情形", "分值", 17, 1),
        ],
        [("RUBRIC_FORM_PARAMETER_BEYOND", "分档与情形", "类别", 17)],
    ),
    (
        "a list that there is not",
        [("分档与情形", "指标编号", 17, "1.1"), ("分档与情形", "类别", 17, "各项")],
        [("RUBRIC_FORM_WORD_UNKNOWN", "分档与情形", "类别", 17)],
    ),
    (
        "an entry of no list",
        [("分档与情形", "指标编号", 17, "1.1"), ("分档与情形", "分值", 17, 1)],
        [("RUBRIC_FORM_CELL_MISSING", "分档与情形", "类别", 17)],
    ),
    (
        "an entry of a rule that there is not",
        [
            ("分档与情形", "指标编号", 17, "1.1"),
            ("分档与情形", "规则编号", 17, "z"),
            ("分档与情形", "类别", 17, "各档"),
        ],
        [("RUBRIC_FORM_OWNER_UNKNOWN", "分档与情形", "规则编号", 17)],
    ),
    (
        "tiers out of order, found at the way",
        [("分档与情形", "低于", 5, Share(0.85))],
        [("RUBRIC_FORM_INVALID", "计分规则", "计分方式", 2)],
    ),
    (
        "tiers that are missing, found at the way that needs them",
        [("分档与情形", "规则编号", 5, "a"), ("分档与情形", "规则编号", 6, "a")],
        [
            ("RUBRIC_FORM_PARAMETER_BEYOND", "分档与情形", "类别", 5),
            ("RUBRIC_FORM_PARAMETER_BEYOND", "分档与情形", "类别", 6),
            ("RUBRIC_FORM_CELL_MISSING", "计分规则", "计分方式", 2),
        ],
    ),
    (
        "a shared cap of a rule that there is not, found at its item",
        [("分档与情形", "规则", 1, "a、z")],
        [("RUBRIC_FORM_INVALID", "考核细则", "编号", 1)],
    ),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_a_wrong_cell_is_found_at_its_address(
    changes: list[Change], expected: list[Expected]
) -> None:
    rubric, findings = outcome(changed(*changes))
    assert rubric is None
    assert places(findings) == [(code, *at(*place)) for code, *place in expected]  # type: ignore[arg-type]


def test_an_address_is_that_of_the_written_workbook() -> None:
    assert at("考核细则", "二级指标", 1) == ("考核细则", "C5")


def test_all_wrong_cells_are_found_at_once_in_a_workbook(form: Path, tmp_path: Path) -> None:
    changes: list[Change] = [
        ("考核细则", "二级指标", 1, None),
        ("考核细则", "分值", 3, "八分"),
        ("计分规则", "台账", 6, "行政诉讼台帐"),
        ("计分规则", "每步分值", 5, 1 / 3),
        ("计分规则", "每次分值", 5, 1),
        ("条件", "值", 1, "持证"),
        ("条件", "各行之间", 8, "或"),
        ("分档与情形", "内容", 2, "随便"),
        ("基本设置", "内容", 11, "进一法"),
    ]
    findings = found_in(edited(form, tmp_path, *changes))
    assert sorted((one.sheet, one.cell) for one in findings) == sorted(
        at(sheet, heading, row) for sheet, heading, row, _ in changes
    )
    assert {one.file for one in findings} == {"改.xlsx"}


def test_a_finding_says_what_was_found_what_is_expected_and_what_to_do() -> None:
    _, (finding,) = outcome(changed(("计分规则", "不足一步", 5, "看情况")))
    assert finding.found == "不足一步：看情况"
    assert finding.expected == "不足一步按一步计、不足一步不计、不足一步按比例计"
    assert finding.todo
    assert "看情况" in finding.what


def test_what_the_models_refuse_is_said_in_the_form_s_own_words() -> None:
    _, (finding,) = outcome(changed(("计分规则", "高于", 5, Share(0.5))))
    assert finding.what == "“低于”与“高于”应当且只能写一个"


def test_a_choice_that_cannot_be_read_does_not_accuse_its_parameters() -> None:
    _, findings = outcome(changed(("计分规则", "计数方式", 6, "数数")))
    assert [one.cell for one in findings] == [at("计分规则", "计数方式", 6)[1]]


def test_a_rule_that_belongs_to_nothing_does_not_accuse_its_conditions_and_lists() -> None:
    _, findings = outcome(changed(("计分规则", "指标编号", 6, "9.9")))
    assert [one.cell for one in findings] == [at("计分规则", "指标编号", 6)[1]]


@pytest.mark.parametrize("value", [True, "是", "yes"])
def test_excel_s_own_true_is_a_yes(value: Any) -> None:
    rubric, _ = outcome(changed(("计分规则", "总分计0分", 9, value)))
    assert rubric is not None
    item = rubric.item("V.1")
    assert item is not None
    veto = item.rules[0].effect.veto
    assert veto is not None
    assert veto.total_zero
