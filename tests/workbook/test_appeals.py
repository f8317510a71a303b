"""申诉登记表: what departments dispute as text, and the office's half open."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.errors import Finding, Severity
from lawkpi.workbook.appeals import (
    FIRST,
    NAME,
    OFFICE,
    SUMMARY,
    THEIRS,
    Answer,
    Appeal,
    Remark,
    write_appeals,
)
from tests.workbook.given import settings
from tests.workbook.reading import differences, stored

APPEAL = Appeal(
    department="甲字局",
    item="1.1 出庭",
    fact="案001号：没有出庭",
    points=Decimal("0.25"),
    request="撤销扣分",
    requested=Decimal(0),
    reason="=1+1",
    evidence="http://a.b/c",
    line="Rabc",
)
OTHER = dataclasses.replace(APPEAL, department="乙字局", requested="@一分", reason="+1")
ANSWERS = [
    Answer(
        "甲字局",
        "甲.xlsx",
        agreed=2,
        blank=1,
        people={"填报人": "张三", "填报日期": "2023-02-10"},
        appeals=[APPEAL],
        remarks=[Remark("甲字局", "1.2", "-建议", "{=1}")],
    ),
    Answer("乙字局", "乙.xlsx", appeals=[OTHER, OTHER]),
    Answer("丙字局"),
]
FINDING = Finding(code="RUN_FEEDBACK_EMPTY", severity=Severity.WARNING, what="=未填写意见")


def written(path: Path, answers: list[Answer], findings: tuple[Finding, ...] = ()) -> Path:
    return write_appeals(settings(), answers, findings, path, places=2)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("a") / "appeals.xlsx", ANSWERS, (FINDING,))


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def test_every_disputed_line_stands_with_the_office_s_half_empty(register: Path) -> None:
    found = rows(register, NAME)
    assert found[FIRST - 1] == (*THEIRS, *OFFICE)
    assert found[FIRST] == (
        1, "甲字局", "1.1 出庭", "案001号：没有出庭", 0.25, "撤销扣分", 0, "=1+1",
        "http://a.b/c", "Rabc", *[None] * len(OFFICE),
    )  # fmt: skip
    assert [row[:2] for row in found[FIRST + 1 : FIRST + 3]] == [(2, "乙字局"), (3, "乙字局")]


def test_text_of_departments_is_only_ever_text(register: Path) -> None:
    book = openpyxl.load_workbook(register)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    risky = [one for one in cells if str(one.value)[:1] in ("=", "+", "-", "@", "{", "h")]
    formulas = [one for one in risky if one.data_type == "f"]
    assert {one.parent.title for one in formulas} == {SUMMARY}
    assert {str(one.value)[:5] for one in formulas} == {"=SUM(", "=ROUN"}
    assert len(risky) - len(formulas) == 11
    assert not any(one.hyperlink for one in cells)


def test_only_the_office_s_half_is_open(register: Path) -> None:
    book = openpyxl.load_workbook(register)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    unlocked = [one for one in cells if not one.protection.locked]
    assert {(one.parent.title, one.column > len(THEIRS)) for one in unlocked} == {(NAME, True)}
    assert len(unlocked) == 3 * len(OFFICE)
    assert book[NAME].protection.sheet
    assert not book[NAME].protection.password


def test_results_are_chosen_and_changed_points_bounded(register: Path) -> None:
    rules = openpyxl.load_workbook(register)[NAME].data_validations.dataValidation
    lists = {one.formula1 for one in rules if one.type == "list"}
    assert lists == {'"维持,变更,部分变更"', '"是,否"'}
    (points,) = [one for one in rules if one.type == "decimal"]
    assert (points.formula1, points.formula2, str(points.sqref)) == ("0", "$E5", "O5:O7")
    assert sum(one.type == "date" for one in rules) == 2


def test_departments_are_counted_and_those_that_did_not_answer_named(register: Path) -> None:
    found = rows(register, SUMMARY)
    assert found[FIRST][:9] == (1, "甲字局", "甲.xlsx", 4, 2, 1, 1, 0.25, "张三")
    assert found[FIRST + 1][:8] == (2, "乙字局", "乙.xlsx", 2, 0, 2, 0, 0.5)
    assert found[FIRST + 2][:8] == (3, "丙字局", "未收到", *[None] * 5)
    assert found[FIRST + 3][:8] == ("合计", None, None, 6, 2, 3, 1, 0.75)
    assert "收到回件2个" in found[1][0]


def test_general_opinions_and_findings_stand_word_for_word(register: Path) -> None:
    values = stored(register).values()
    assert {"1.2", "-建议", "{=1}", "=未填写意见"} <= set(values)


def test_recalculating_the_register_changes_nothing(register: Path) -> None:
    assert differences(register) == {}


def test_two_writings_of_the_register_are_the_same_bytes(register: Path, tmp_path: Path) -> None:
    again = written(tmp_path / "again.xlsx", ANSWERS, (FINDING,))
    assert again.read_bytes() == register.read_bytes()


def test_sheets_print_on_a4_with_their_heads(register: Path) -> None:
    for sheet in openpyxl.load_workbook(register):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows
        assert sheet.print_area
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_without_appeals_the_register_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [Answer("甲字局", "甲.xlsx", agreed=1), Answer("乙字局")])
    assert rows(path, NAME)[FIRST][0] == "无申诉"
    assert "无" in stored(path).values()
    assert differences(path) == {}


def test_nobody_to_answer_is_no_fault(tmp_path: Path) -> None:
    assert rows(written(tmp_path / "a.xlsx", []), SUMMARY)[1][0] == "被考核单位0个，收到回件0个。"
