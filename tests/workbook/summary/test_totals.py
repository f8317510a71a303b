"""汇总表: live from the matrix, ranks and vetoes as values, groups one after another."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.workbook.reading import edited, formulas, stored
from tests.workbook.summary.given import assessed, lines, place, summary_of

FIRST, SECOND, THIRD, FOURTH = (f"甲市第0{number}局" for number in range(1, 5))


def total(path: Path, name: str) -> float:
    return float(stored(path)["汇总表", place(path, "汇总表", name, "总分")])


@pytest.mark.parametrize(
    ("item", "points", "expected"),
    [("1.1", 20, 91.0), ("2.1", 30.5, 88.5), ("B.1", 0.25, 97.25), ("M.1", 2.35, 95.65)],
)
def test_a_change_in_the_matrix_reaches_the_total_exactly(
    tmp_path: Path, item: str, points: float, expected: float
) -> None:
    """The first department has 97 of 100, and a bonus at its cap of 1."""
    path = summary_of("plain", tmp_path)
    assert total(path, FIRST) == 98.0
    assert total(edited(path, "指标矩阵", matrix_cell(path, item), points), FIRST) == expected


def matrix_cell(path: Path, item: str) -> str:
    """The points of the first department in an item's column."""
    page = openpyxl.load_workbook(path)["指标矩阵"]
    column = next(
        cell.column_letter
        for row in page.iter_rows(max_row=4)
        for cell in row
        if str(cell.value).startswith(f"{item}\n")
    )
    return f"{column}6"


def test_a_bonus_entered_beyond_its_cap_counts_up_to_the_cap(tmp_path: Path) -> None:
    path = summary_of("plain", tmp_path)
    again = edited(path, "指标矩阵", matrix_cell(path, "B.1"), 9)
    assert total(again, FIRST) == 98.0


@pytest.mark.parametrize("name", ["zeroing_veto", "zeroing_veto_below_zero"])
def test_a_total_that_a_veto_took_is_a_value_and_says_so(tmp_path: Path, name: str) -> None:
    path = summary_of(name, tmp_path)
    vetoed = place(path, "汇总表", SECOND, "总分")
    assert ("汇总表", vetoed) not in formulas(path)
    row = next(one for one in lines(path, "汇总表", "单位") if one["单位"] == SECOND)
    assert (row["总分"], row["否决"]) == (0, "指标V.1")
    assert row["备注"] == "一票否决，总分记0分（值）"
    assert ("汇总表", place(path, "汇总表", FIRST, "总分")) in formulas(path)


def test_a_total_below_zero_is_live_without_a_floor(tmp_path: Path) -> None:
    path = summary_of("no_floors", tmp_path)
    cell = place(path, "汇总表", SECOND, "总分")
    assert stored(path)["汇总表", cell] < 0
    assert "MAX" not in formulas(path)["汇总表", cell]


@pytest.mark.parametrize("name", ["at_total", "weighted_at_total", "exact_rank"])
def test_a_total_rounded_only_at_the_end_is_a_shaded_value(tmp_path: Path, name: str) -> None:
    path = summary_of(name, tmp_path)
    cell = place(path, "汇总表", FIRST, "总分")
    assert ("汇总表", cell) not in formulas(path)
    shade = openpyxl.load_workbook(path)["汇总表"][cell].fill.fgColor.rgb
    assert shade == "FFEDEDED"
    assert any("总分按未取舍的得分计算" in str(text) for text in stored(path).values())


def test_a_folded_section_follows_its_items_by_the_engine_s_rounding(tmp_path: Path) -> None:
    """90.55 x 33.3 per cent = 30.15315: half up 30.15; truncated likewise; 90.6 gives 30.1698."""
    for name, expected in (("weighted", 30.17), ("weighted_truncated", 30.16)):
        path = summary_of(name, tmp_path)
        again = edited(path, "指标矩阵", matrix_cell(path, "1.1"), 90.6)
        section = place(again, "汇总表", FIRST, "部分1（按33.3%折算）")
        assert stored(again)["汇总表", section] == expected


def test_a_folded_section_below_zero_is_rounded_by_its_size(tmp_path: Path) -> None:
    path = summary_of("weighted_below_zero", tmp_path)
    again = edited(path, "指标矩阵", matrix_cell(path, "1.1"), -90.6)
    section = place(again, "汇总表", FIRST, "部分1（按33.3%折算）")
    assert stored(again)["汇总表", section] == -30.17


def test_without_base_sections_the_total_counts_down_live(tmp_path: Path) -> None:
    path = summary_of("counting_down", tmp_path)
    cell = place(path, "汇总表", SECOND, "总分")
    assert stored(path)["汇总表", cell] == 96.5
    assert formulas(path)["汇总表", cell].startswith("=ROUND(MAX(100+")


def test_groups_stand_one_after_another_by_rank(tmp_path: Path) -> None:
    rows = [row["序号"] for row in lines(summary_of("plain", tmp_path), "汇总表", "单位")]
    assert rows == ["甲组（3个单位）", 1, 2, 3, "乙组（1个单位）", 1]


def test_what_is_pending_is_said_in_the_remark(tmp_path: Path) -> None:
    row = lines(summary_of("pending", tmp_path), "汇总表", "单位")[1]
    assert row["备注"] == "尚有1项30分待核，未计入得分"
    assert assessed("pending").total("01")["pending_count"] == 1


def test_the_head_is_repeated_on_every_page(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(summary_of("plain", tmp_path))["汇总表"]
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.oddHeader.left.text == "内部资料，注意保存"
