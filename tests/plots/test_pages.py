from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.errors import ResultError
from lawkpi.plots import Pages, link
from lawkpi.plots.pages import Text
from lawkpi.result import Assessment

from . import tiny


@pytest.fixture
def pages(assessment: Assessment) -> Pages:
    return Pages(assessment)


def test_the_heading_says_whose_which_stage_and_that_data_are_invented(pages: Pages) -> None:
    text = str(pages.heading("201"))
    for part in ("# 示例城市管理局", "初评", "**示例数据，非真实考核结果**"):
        assert part in text


def test_the_result_shows_what_is_pending_outside_the_total(pages: Pages) -> None:
    text = str(pages.result("201"))
    assert "得分：40分" in text
    assert "尚有1项40分待核" in text


def test_rank_and_grade_are_hidden_from_departments_before_final(pages: Pages) -> None:
    assert "名" not in str(pages.result("203"))
    assert "合格" not in str(pages.result("203"))


def test_rank_and_grade_are_shown_at_the_final_stage() -> None:
    text = str(Pages(tiny.assessment(stage="final")).result("203"))
    assert "建议等次：合格；组内第2名" in text


def test_items_tell_the_four_states_apart(pages: Pages) -> None:
    assert "不适用" in pages.items("101")._repr_html_()
    html = pages.items("201")._repr_html_()
    assert "未报送" in html
    assert "待核" in html


def test_losses_carry_their_sentences_and_no_other_departments(pages: Pages) -> None:
    html = str(pages.losses("201"))
    assert "扣1.5分" in html
    assert "4.75" not in html


def test_nothing_lost_is_said_in_words(pages: Pages) -> None:
    assert pages.losses("202") == Text("各项均未扣分。")
    assert pages.adjustments("202") == Text("没有加分、减分和一票否决。")
    assert pages.largest_losses("202") == []


def test_the_largest_losses_come_first(pages: Pages) -> None:
    assert pages.largest_losses("203", 2) == ["1.1", "2.1"]


def test_totals_are_written_with_the_rubrics_decimals(pages: Pages) -> None:
    assert "76.00" in pages.totals("internal")._repr_html_()


def test_item_statistics_leave_departments_without_a_rate_out_of_the_mean(pages: Pages) -> None:
    text = str(pages.item_statistics()).replace("\t", " ")
    assert "1.2 执法培训 3 58.8% 2 24.75 1 0" in text
    assert "2.1 出庭应诉 3 91.1% 2 10.7 0 1" in text


@pytest.mark.parametrize(
    "ask", ["heading", "result", "items", "losses", "adjustments", "largest_losses"]
)
def test_an_unknown_department_is_refused(pages: Pages, ask: str) -> None:
    with pytest.raises(ResultError) as caught:
        getattr(pages, ask)("999")
    assert caught.value.code == "RESULT_DEPARTMENT_UNKNOWN"


def test_a_link_starts_from_the_run_folder_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "departments" / "201-示例（一）.xlsx"
    text = str(link(path, tmp_path))
    assert text == f"已生成：[201-示例（一）.xlsx](<{tmp_path}/departments/201-示例（一）.xlsx>)"


def test_a_file_outside_the_run_folder_is_not_linked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not in the subpath"):
        link(tmp_path / "x.xlsx", tmp_path / "run")
