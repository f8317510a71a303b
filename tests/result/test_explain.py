"""Why a department has its points: it ends at clause and record."""

from __future__ import annotations

import pytest

from lawkpi.errors import ResultError
from lawkpi.result import Assessment

from .given import losses


def test_every_explanation_quotes_the_clause_and_ends_at_its_basis(run: Assessment) -> None:
    wrong = []
    for department in run.departments:
        for _, item in run.rubric.lines:
            text = run.explain(department.code, item.id)
            lines = text.splitlines()
            if lines[0] != f"{department.name}　第{item.id}项 {item.title}":
                wrong.append((department.code, item.id, "title"))
            if lines[1] != f"评分标准：{item.clause}" or lines[-1] != f"依据：{item.basis_text}":
                wrong.append((department.code, item.id, "ends"))
    assert wrong == []


def test_every_loss_is_told_in_its_explanation_down_to_file_sheet_and_row(
    run: Assessment,
) -> None:
    wrong = []
    for code, item in sorted(set(zip(run.losses["department"], run.losses["item"], strict=True))):
        text = run.explain(code, item)
        for number, line in enumerate(losses(run, code, item), 1):
            if f"\n{number}. {line['sentence']}\n" not in text:
                wrong.append((code, item, number))
    assert wrong == []


def test_every_adjustment_is_told_in_its_explanation(example: Assessment) -> None:
    lines = example.adjustments
    assert not lines.empty
    for row in lines.itertuples():
        assert row.sentence in example.explain(row.department, row.item)


def test_an_item_without_bonus_says_so(tiny: Assessment) -> None:
    assert "加分：无相应记录。" in tiny.explain("01", "B.1")
    assert "一票否决：无相应记录。" in tiny.explain("01", "V.1")


def test_the_whole_names_the_stage_the_sums_and_every_base_item(run: Assessment) -> None:
    for department in run.departments:
        text = run.explain(department.code)
        assert f"（{run.settings.stage_title}）" in text
        items = [item.id for section in run.rubric.base_sections for item in section.items]
        assert [one for one in items if f"\n第{one}项：" not in text] == []


def test_counts_are_told_with_their_rate(tiny: Assessment) -> None:
    text = tiny.explain("02", "2.2")
    assert "应计3件、已计2件（2/3，66.67%）" in text
    assert "结果：已计分，分值6分，扣5.25分，得0.75分。" in text


def test_what_is_pending_and_what_does_not_apply_is_said(example: Assessment) -> None:
    assert "结果：待核，3分暂不计入总分。" in example.explain("305", "1.5")
    assert "结果：不适用" in example.explain("101", "1.2")
    assert "尚有1项3分待核，未计入得分。" in example.explain("305")


@pytest.mark.parametrize("asked", ["02", "甲区市监局", "市监局", " 市监局 "])
def test_a_department_may_be_asked_for_by_code_or_by_name(asked: str, tiny: Assessment) -> None:
    assert tiny.department(asked).code == "02"


@pytest.mark.parametrize("asked", ["2", "99", "", "市场局", "000", "甲区管委会"])
def test_a_department_that_is_not_assessed_is_refused_with_those_that_are(
    asked: str, tiny: Assessment
) -> None:
    with pytest.raises(ResultError) as caught:
        tiny.explain(asked)
    assert caught.value.code == "RESULT_DEPARTMENT_UNKNOWN"
    assert "02 市监局" in caught.value.expected


@pytest.mark.parametrize("asked", ["2.9", "2", "", "答辩举证"])
def test_an_item_that_is_not_there_is_refused_with_those_that_are(
    asked: str, tiny: Assessment
) -> None:
    with pytest.raises(ResultError) as caught:
        tiny.explain("01", asked)
    assert caught.value.code == "RESULT_ITEM_UNKNOWN"
    assert "2.1" in caught.value.expected
