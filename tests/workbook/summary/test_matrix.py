"""指标矩阵: three blocks under one head, states as text, shares cut off."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.workbook.reading import edited, stored
from tests.workbook.summary.given import summary_of


def cells(path: Path, column: str) -> list[object]:
    """The three blocks of one column, each with its four departments."""
    page = openpyxl.load_workbook(path, data_only=True)["指标矩阵"]
    return [
        [page[f"{column}{row}"].value for row in range(first, first + 4)] for first in (6, 11, 16)
    ]


def test_points_full_points_and_shares_stand_below_one_another(tmp_path: Path) -> None:
    assert cells(summary_of("plain", tmp_path), "D") == [
        [27, 30, 23, 30],
        [30, 30, 30, 30],
        [0.9, 1, 0.766, 1],
    ]


def test_only_who_lost_nothing_has_a_hundred_per_cent(tmp_path: Path) -> None:
    """29.99 of 30 are 99.96 per cent: printed as 99.9."""
    again = edited(summary_of("plain", tmp_path), "指标矩阵", "D6", 29.99)
    assert stored(again)["指标矩阵", "D16"] == 0.999


def test_a_state_is_text_in_every_block(tmp_path: Path) -> None:
    blocks = cells(summary_of("redistributed", tmp_path), "D")
    assert [block[3] for block in blocks] == ["不适用"] * 3
    waiting = cells(summary_of("all_pending", tmp_path), "D")
    assert waiting == [["待核"] * 4] * 3


def test_bonus_and_malus_stand_at_the_right_of_the_points_only(tmp_path: Path) -> None:
    assert cells(summary_of("plain", tmp_path), "G") == [[1, 0, 0, 0.8], [None] * 4, [None] * 4]
    assert cells(summary_of("plain", tmp_path), "H")[0] == [0, 3.5, 0.7, 0]


def test_the_shares_have_one_colour_scale_and_the_head_stays(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(summary_of("plain", tmp_path))["指标矩阵"]
    [[ranges, rules]] = [[one.sqref, one.rules] for one in page.conditional_formatting]
    assert str(ranges) == "D16:F19"
    assert [rule.type for rule in rules] == ["colorScale"]
    assert (page.freeze_panes, page.print_title_rows) == ("D5", "$3:$4")


def test_a_rubric_without_base_items_has_no_shares(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(summary_of("counting_down", tmp_path))["指标矩阵"]
    assert list(page.conditional_formatting) == []
