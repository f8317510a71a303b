"""Words and codes: both ways, whatever the labels are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.workbook.rubric_form.vocabulary import Vocabulary

LABELS = st.dictionaries(
    st.text(alphabet="abc", min_size=1, max_size=3),
    st.text(alphabet="甲乙a", min_size=1, max_size=2),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(LABELS)
def test_every_code_has_a_word_of_its_own_that_leads_back_to_it(labels: dict[str, str]) -> None:
    words = Vocabulary(labels)
    assert [words.code(words.word(code)) for code in labels] == list(labels)


def test_equal_labels_are_told_apart_by_their_codes() -> None:
    assert Vocabulary({"a": "意见", "b": "意见"}).words == ["意见（a）", "意见（b）"]


def test_a_label_that_reads_like_another_code_is_told_apart() -> None:
    words = Vocabulary({"yes": "no", "no": "否"})
    assert words.words == ["no（yes）", "否"]
    assert words.code("no") == "no"


def test_a_word_is_read_whatever_its_width_and_spaces() -> None:
    assert Vocabulary({"a": "不低于（95%）"}).code(" 不低于 (９５％) ") == "a"


def test_a_word_that_is_not_known_leads_nowhere() -> None:
    assert Vocabulary({"a": "甲"}).code("乙") is None


def test_a_code_that_is_not_known_stands_for_itself() -> None:
    assert Vocabulary({"a": "甲"}).word("z") == "z"
