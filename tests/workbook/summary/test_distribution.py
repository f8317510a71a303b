"""得分分布: live counts by band, exact mean and median."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from lawkpi.workbook.summary.distribution import band_lines, band_title, median_units
from tests.workbook.reading import edited, stored
from tests.workbook.summary.given import lines, summary_of
from tests.workbook.summary.test_totals import matrix_cell


def counts(path: Path, column: str = "合计") -> dict[str, object]:
    return {row["分数段"]: row[column] for row in lines(path, "得分分布", "分数段")}


def figures(path: Path, column: str) -> list[object]:
    """Count, mean, highest, lowest and median of a column."""
    cells = stored(path)
    first = next(
        int(cell[1:])
        for (sheet, cell), text in cells.items()
        if sheet == "得分分布" and text == "单位数"
    )
    return [cells["得分分布", f"{column}{row}"] for row in range(first, first + 5)]


def test_every_department_stands_in_one_band_of_five_points(tmp_path: Path) -> None:
    found = counts(summary_of("plain", tmp_path))
    assert {band: count for band, count in found.items() if count} == {
        "95（含）～100分": 2,
        "90（含）～95分": 1,
        "85（含）～90分": 1,
        "合计": 4,
    }


def test_a_group_has_its_own_column(tmp_path: Path) -> None:
    path = summary_of("plain", tmp_path)
    assert (counts(path, "甲组")["合计"], counts(path, "乙组")["合计"]) == (3, 1)


def test_the_line_belongs_to_the_upper_band() -> None:
    """Exactly 95 is in the band from 95, exactly 60 not below 60."""
    bands = band_lines(Fraction(100))
    assert [band_title(bands, place) for place in (0, 1, 8, 9)] == [
        "100分及以上",
        "95（含）～100分",
        "60（含）～65分",
        "60分以下",
    ]


def test_bands_follow_the_full_points() -> None:
    assert band_lines(Fraction(1000))[:2] == [1000, 950]
    assert band_title(band_lines(Fraction(7)), 1) == "6.65（含）～7分"


def test_a_change_in_the_matrix_moves_a_department_to_another_band(tmp_path: Path) -> None:
    """98 less 27 points of item 1.1 are 71; the exact line 75 counts upwards."""
    path = summary_of("plain", tmp_path)
    cell = matrix_cell(path, "1.1")
    assert counts(edited(path, "指标矩阵", cell, 0))["70（含）～75分"] == 1
    assert counts(edited(path, "指标矩阵", cell, 4))["75（含）～80分"] == 1
    assert counts(edited(path, "指标矩阵", cell, 3.99))["70（含）～75分"] == 1


def test_mean_and_median_are_exact_and_follow(tmp_path: Path) -> None:
    """Totals of the first group: 98, 92.43, 89.8; of everybody also 99.32."""
    path = summary_of("plain", tmp_path)
    totals = sorted(row["总分"] for row in lines(path, "汇总表", "单位") if row["总分"] is not None)
    assert totals == [89.8, 92.43, 98.0, 99.32]
    assert figures(path, "B") == [3, 93.41, 98.0, 89.8, 92.43]
    assert figures(path, "D") == [4, 94.89, 99.32, 89.8, 95.22]
    again = edited(path, "指标矩阵", matrix_cell(path, "1.1"), 20)
    assert figures(again, "B") == [3, 91.08, 92.43, 89.8, 91.0]
    assert figures(again, "D") == [4, 93.14, 99.32, 89.8, 91.72]


@pytest.mark.parametrize(
    ("units", "middle"), [([5], 5), ([1, 2], 2), ([3, 1, 2], 2), ([-1, -2], -2), ([4, 1, 2, 9], 3)]
)
def test_the_median_of_two_is_their_mean_halves_up_by_size(units: list[int], middle: int) -> None:
    assert median_units(units) == middle
