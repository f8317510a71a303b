from __future__ import annotations

import pytest

from lawkpi.errors import Finding, Severity

FULL = Finding(
    code="LEDGER_DATE_UNREADABLE",
    severity=Severity.PENDING,
    what="日期无法识别",
    file="案件.xlsx",
    sheet="一季度",
    cell="D12",
    found="2022年3月",
    expected="年、月、日齐全",
    todo="核对原始材料后更正",
    department="01",
)


def test_a_finding_says_code_what_where_found_expected_and_what_to_do_in_this_order() -> None:
    assert FULL.message == (
        "[LEDGER_DATE_UNREADABLE] 日期无法识别；位置：案件.xlsx“一季度” D12；填写内容：2022年3月；"
        "应为：年、月、日齐全；处理：核对原始材料后更正"
    )


def test_a_finding_says_nothing_about_what_it_does_not_know() -> None:
    bare = Finding(code="X", severity=Severity.NOTICE, what="提示一下")
    assert bare.message == "[X] 提示一下"


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"file": "a.yaml", "cell": "第3行"}, "a.yaml 第3行"),
        ({"file": "a.xlsx", "sheet": "甲"}, "a.xlsx“甲”"),
        ({"file": "a.xlsx"}, "a.xlsx"),
        ({}, ""),
    ],
)
def test_a_place_is_as_exact_as_it_is_known(parts: dict[str, str], place: str) -> None:
    assert Finding(code="X", severity=Severity.ERROR, what="错", **parts).place == place


def test_a_finding_is_a_row_of_texts() -> None:
    assert FULL.row() == {
        "code": "LEDGER_DATE_UNREADABLE", "severity": "pending", "what": "日期无法识别",
        "file": "案件.xlsx", "sheet": "一季度", "cell": "D12", "found": "2022年3月",
        "expected": "年、月、日齐全", "todo": "核对原始材料后更正", "department": "01",
    }  # fmt: skip


def test_each_severity_has_a_word_for_evaluators_and_the_gravest_comes_first() -> None:
    assert [one.label for one in Severity] == ["须更正", "待核", "请核对", "提示"]
