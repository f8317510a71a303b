"""Several things in one cell: as officials write them, and the same when they are read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.workbook.rubric_form import lines
from lawkpi.workbook.rubric_form.cell import Wrong

TEXT = (
    st.text(alphabet="甲乙a、，；：:|\\（）《》〔〕第条\n ", min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
)
REFERENCE = st.fixed_dictionaries(
    {"document": TEXT}, optional={"article": TEXT, "note": TEXT, "body": TEXT}
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_list_is_the_same_when_it_is_read(texts: list[str]) -> None:
    assert lines.read_list(lines.list_text(texts)) == texts


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(TEXT, TEXT, min_size=1, max_size=3))
def test_any_pairs_are_the_same_when_they_are_read(pairs: dict[str, str]) -> None:
    assert lines.read_pairs(lines.pairs_text(pairs)) == pairs


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(REFERENCE, min_size=1, max_size=3))
def test_any_references_are_the_same_when_they_are_read(references: list[dict[str, str]]) -> None:
    assert lines.read_references(lines.references_text(references)) == references


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("《行政诉讼法》第67条", {"document": "行政诉讼法", "article": "67"}),
        ("行政诉讼法第67条", {"document": "行政诉讼法", "article": "67"}),
        ("甲法〔2024〕1号第3条", {"document": "甲法〔2024〕1号", "article": "3"}),
        ("甲法〔2024〕1号", {"document": "甲法〔2024〕1号"}),
        (
            "《行政复议法》第23条（2017年修正）",
            {"document": "行政复议法", "article": "23", "note": "2017年修正"},
        ),
        (
            "《纲要（2021—2025年）》（60学时）",
            {"document": "纲要（2021—2025年）", "note": "60学时"},
        ),
    ],
)
def test_a_reference_is_read_as_officials_cite_it(line: str, reference: dict[str, str]) -> None:
    assert lines.read_references(line) == [reference]


def test_a_reference_is_written_as_officials_cite_it() -> None:
    said = lines.references_text(
        [{"document": "行政诉讼法", "article": "67", "note": "2017年修正"}]
    )
    assert said == "《行政诉讼法》第67条（2017年修正）"


def test_lists_are_separated_by_any_usual_mark() -> None:
    assert lines.read_list("甲、乙，丙; 丁\n戊、") == ["甲", "乙", "丙", "丁", "戊"]


@pytest.mark.parametrize("text", ["人次", "：人次", "计数单位：", "甲：1\n甲：2"])
def test_a_line_that_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(Wrong) as caught:
        lines.read_pairs(text)
    assert caught.value.code == "RUBRIC_FORM_LINE_UNREADABLE"


@pytest.mark.parametrize("text", ["《甲》第1条、第2条", "《甲》《乙", "a|b", "|1||"])
def test_a_line_that_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(Wrong) as caught:
        lines.read_references(text)
    assert caught.value.code == "RUBRIC_FORM_LINE_UNREADABLE"
