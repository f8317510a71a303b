"""What is written as a workbook reads back as the same rubric, cell by cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from lawkpi.errors import WorkbookError
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.written import plain_rubric, rubric_yaml
from lawkpi.run.rubric import open_rubric
from lawkpi.workbook.rubric_form import Around, Form, write_rubric_form
from lawkpi.workbook.rubric_form.draft import Log
from lawkpi.workbook.rubric_form.fold import Folded
from lawkpi.workbook.rubric_form.unfold import Unfolded
from lawkpi.workbook.rubric_form.validated import Validation
from tests.rubric.test_written import FOLDERS, shipped
from tests.support.made_rubrics import made_rubrics

from .given import (
    AROUND,
    NAMED,
    PLAN,
    TERMS,
    Change,
    Share,
    changed,
    edited,
    read,
    rubric_of,
    sample,
    written,
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rubric_that_ships_comes_back_from_its_workbook(folder: Path, tmp_path: Path) -> None:
    rubric = shipped(folder)
    again = read(written(tmp_path, rubric, AROUND))
    assert again == rubric
    assert rubric_yaml(again) == rubric_yaml(rubric)


def test_an_assessment_s_rubric_comes_back_with_its_groups_and_departments_by_name(
    tmp_path: Path,
) -> None:
    found = open_rubric(FOLDERS[0])
    register = found.register
    assert register is not None
    names = {one.code: one.name for one in register.departments}
    named = Around(TERMS, found.schemas, found.rates).called(register.groups, names)
    assert read(written(tmp_path, found.rubric, named)) == found.rubric


def test_the_sample_comes_back_from_its_workbook(form: Path) -> None:
    assert read(form) == sample()


@settings(max_examples=15, deadline=None, derandomize=True)
@given(rubric=made_rubrics())
def test_the_rows_of_any_rubric_say_the_same_rubric(rubric: Rubric) -> None:
    tables = Unfolded(PLAN, AROUND).rubric(plain_rubric(rubric))
    log = Log("x")
    draft = Folded(PLAN, AROUND, log).rubric(tables)
    again = Validation(PLAN, AROUND, log, draft).rubric()
    assert [one.message for one in log.findings] == []
    assert again == rubric
    assert rubric_yaml(rubric) == rubric_yaml(again)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(rubric=made_rubrics())
def test_any_rubric_comes_back_from_its_workbook(
    rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = read(written(tmp_path_factory.mktemp("made"), rubric, AROUND))
    assert again == rubric
    assert rubric_yaml(again) == rubric_yaml(rubric)


def within(plain: Any, *keys: str | int) -> Any:
    for key in keys:
        plain = plain[key]
    return plain


RULE_A = ("sections", 1, "items", 0, "rules", 0)
RULE_B = ("sections", 1, "items", 0, "rules", 1)
ARRIVES: list[tuple[str, Change, tuple[str | int, ...], Any]] = [
    ("a setting", ("基本设置", "内容", 10, "2"), ("rounding", "places"), 2),
    ("a title", ("一级指标", "一级指标", 1, "学法"), ("sections", 0, "title"), "学法"),
    (
        "a share typed as per cent",
        ("计分规则", "低于", 5, Share(0.9)),
        (*RULE_A, "shape", "linear", "below"),
        "90%",
    ),
    (
        "a share typed as a text",
        ("计分规则", "低于", 5, "90.5%"),
        (*RULE_A, "shape", "linear", "below"),
        "90.5%",
    ),
    (
        "a share in full width",
        ("计分规则", "低于", 5, "９０％"),
        (*RULE_A, "shape", "linear", "below"),
        "90%",
    ),
    (
        "a number typed as one",
        ("计分规则", "每步分值", 5, 0.3),
        (*RULE_A, "shape", "linear", "points"),
        "0.3",
    ),
    (
        "a number typed as a text",
        ("计分规则", "每步分值", 5, "0.30"),
        (*RULE_A, "shape", "linear", "points"),
        "0.3",
    ),
    (
        "a day typed as a date",
        ("基本设置", "内容", 4, dt.datetime(2023, 12, 31)),
        ("issued_on",),
        "2023-12-31",
    ),
    ("a day typed as a text", ("基本设置", "内容", 4, "2023-12-31"), ("issued_on",), "2023-12-31"),
    (
        "a choice by its word",
        ("计分规则", "不足一步", 5, "不足一步不计"),
        (*RULE_A, "shape", "linear", "steps"),
        "down",
    ),
    (
        "a choice by its code",
        ("计分规则", "不足一步", 5, "down"),
        (*RULE_A, "shape", "linear", "steps"),
        "down",
    ),
    (
        "a ledger's column by its title",
        ("计分规则", "计入期间的日期", 6, "裁判日期"),
        (*RULE_B, "measure", "count", "period_by"),
        "decided_on",
    ),
    (
        "several columns",
        ("计分规则", "计入单位的列", 6, "承办单位，被告"),
        (*RULE_B, "measure", "count", "charged_by"),
        ["responsible_department", "defendant"],
    ),
    (
        "a line that no bound holds",
        ("考核细则", "单项最低", 1, "不设下限"),
        ("sections", 0, "items", 0, "floor"),
        "none",
    ),
    (
        "a bound that is a number",
        ("考核细则", "单项最低", 1, 1),
        ("sections", 0, "items", 0, "floor"),
        "1",
    ),
    (
        "a group by its name",
        ("考核细则", "适用对象·组别", 2, "内设机构"),
        ("sections", 0, "items", 1, "applies_to", "groups"),
        ["internal"],
    ),
    (
        "a state of a condition",
        ("条件", "值", 8, "撤诉、驳回上诉、维持原判"),
        (*RULE_B, "measure", "count", "where", "all", 1, "any", 0, "outcome", "in"),
        ["withdrawn", "upheld"],
    ),
    (
        "a named day of a condition",
        ("条件", "值", 2, "数据截止日"),
        (
            "sections",
            0,
            "items",
            0,
            "rules",
            0,
            "measure",
            "rate",
            "due",
            "all",
            1,
            "to",
            "on_or_after",
        ),
        "as_of",
    ),
    (
        "a real date in a condition",
        ("条件", "值", 2, dt.datetime(2024, 6, 30)),
        (
            "sections",
            0,
            "items",
            0,
            "rules",
            0,
            "measure",
            "rate",
            "due",
            "all",
            1,
            "to",
            "on_or_after",
        ),
        "2024-06-30",
    ),
    (
        "how a group is joined",
        ("条件", "各行之间", 1, "且"),
        ("sections", 0, "items", 0, "rules", 0, "measure", "rate", "due", "all", 0, "status", "is"),
        "certified",
    ),
    (
        "an option of a counting rule",
        ("分档与情形", "内容", 2, "计入应参训，按未参训计"),
        (
            "sections",
            0,
            "items",
            0,
            "rules",
            1,
            "measure",
            "named_rate",
            "counting_rule",
            "excused",
        ),
        "keep",
    ),
    (
        "a tier",
        ("分档与情形", "低于", 6, Share(0.85)),
        ("sections", 0, "items", 0, "rules", 1, "shape", "steps", "tiers", 1, "below"),
        "85%",
    ),
    (
        "a price by name",
        ("分档与情形", "分值", 9, 2.5),
        ("sections", 0, "items", 1, "rules", 0, "shape", "states", "amounts", "无计划"),
        "2.5",
    ),
    (
        "a multiplier",
        ("分档与情形", "倍数", 14, 3),
        (*RULE_B, "effect", "deduct", "multipliers", 0, "times"),
        "3",
    ),
    (
        "a template's column by its title",
        ("计分规则", "事实表述", 6, "{案由（被诉行为）}"),
        (*RULE_B, "fact"),
        "{cause}",
    ),
    (
        "a counting rule's line",
        ("考核细则", "口径", 2, "计数单位：项\n说明: 甲：乙"),
        ("sections", 0, "items", 1, "counting_rule"),
        {"计数单位": "项", "说明": "甲：乙"},
    ),
    (
        "references as officials cite them",
        ("考核细则", "依据", 2, "行政处罚法第42条\n甲法〔2024〕3号（试行）"),
        ("sections", 0, "items", 1, "basis"),
        [
            {"document": "行政处罚法", "article": "42"},
            {"document": "甲法〔2024〕3号", "note": "试行"},
        ],
    ),
]


@pytest.mark.parametrize(
    ("change", "path", "value"), [one[1:] for one in ARRIVES], ids=[one[0] for one in ARRIVES]
)
def test_what_is_put_in_a_cell_arrives_in_the_rubric(
    change: Change, path: tuple[str | int, ...], value: Any
) -> None:
    assert within(plain_rubric(rubric_of(changed(change))), *path) == value


def test_what_is_put_in_a_workbook_s_cells_arrives_in_the_rubric(
    form: Path, tmp_path: Path
) -> None:
    last: dict[tuple[str, str, int], tuple[Change, tuple[str | int, ...], Any]] = {
        one[1][:3]: one[1:] for one in ARRIVES
    }
    plain = plain_rubric(read(edited(form, tmp_path, *(one[0] for one in last.values()))))
    assert [within(plain, *path) for _, path, _ in last.values()] == [
        value for _, _, value in last.values()
    ]


def test_an_item_belongs_to_the_section_whose_number_it_names_whatever_the_title() -> None:
    changes: list[Change] = [
        ("考核细则", "一级指标", 1, "1"),
        ("考核细则", "一级指标", 2, "学法培训"),
        ("考核细则", "一级指标", 3, "2 旧的名称"),
    ]
    assert rubric_of(changed(*changes)) == sample()


def test_rows_may_be_moved_and_columns_too(form: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(form)
    book["条件"].insert_rows(1, 2)
    book["一级指标"].insert_cols(1)
    path = tmp_path / "移.xlsx"
    book.save(path)
    assert read(path) == sample()


def test_a_text_with_blanks_at_its_end_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    rubric = sample().model_copy(update={"document_number": "甲法〔2024〕1号 "})
    path = tmp_path / "细则.xlsx"
    with pytest.raises(WorkbookError) as caught:
        write_rubric_form(Form(rubric, NAMED), path)
    assert caught.value.code == "WORKBOOK_RUBRIC_LOSS"
    assert not path.exists()


def test_a_character_that_excel_cannot_hold_is_refused(tmp_path: Path) -> None:
    rubric = sample().model_copy(update={"document_number": "甲\x0b法"})
    with pytest.raises(WorkbookError) as caught:
        write_rubric_form(Form(rubric, NAMED), tmp_path / "细则.xlsx")
    assert caught.value.code == "WORKBOOK_RUBRIC_LOSS"


def test_a_name_that_is_not_declared_is_written_and_found_at_its_cell(tmp_path: Path) -> None:
    schemas = {name: one for name, one in AROUND.schemas.items() if name != "sent_documents"}
    around = Around(TERMS, schemas, AROUND.rates)
    found = write_rubric_form(Form(sample(), around), tmp_path / "细则.xlsx")
    assert {(one.code, one.sheet) for one in found} >= {("RUBRIC_FORM_LEDGER_UNKNOWN", "计分规则")}
    assert {one.file for one in found} == {"细则.xlsx"}
