"""自评与考评差异表: what differs, on the declared full points, with sums per department."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import lawkpi.result.frames as frames
from lawkpi.result import Assessment
from lawkpi.workbook import write_summary
from tests.workbook.reading import differences, edited, formulas, stored
from tests.workbook.summary.given import assessed, lines, place

SHEET = "自评与考评差异表"


def with_own(name: str, own: dict[tuple[str, str], str]) -> Assessment:
    """An assessment whose departments gave themselves points."""
    assessment = assessed(name)
    rows = assessment.scores.to_dict("records")
    for row in rows:
        given = own.get((row["department"], row["item"]))
        row["self_points"] = None if given is None else Decimal(given)
        row["points"] = None if pd.isna(row["points"]) else row["points"]
    return replace(assessment, scores=frames.table(rows, frames.SCORES))


PLAIN = {("01", "1.1"): "30", ("01", "1.2"): "30", ("01", "2.1"): "39.5", ("03", "1.1"): "23"}


def test_only_what_differs_is_listed_with_its_difference(tmp_path: Path) -> None:
    path = write_summary(with_own("plain", PLAIN), tmp_path / "s.xlsx")
    assert differences(path) == {}
    found = [(row["单位"], row["二级指标"], row["差异"]) for row in lines(path, SHEET, "二级指标")]
    assert found == [("甲市第01局", "1.1 指标1.1", 3), ("甲市第01局", "2.1 指标2.1", -0.5)]


def test_sums_hold_all_compared_items_also_those_that_agree(tmp_path: Path) -> None:
    path = write_summary(with_own("plain", PLAIN), tmp_path / "s.xlsx")
    rows = lines(path, SHEET, "已报自评项数")
    heads = ("单位", "已报自评项数", "差异项数", "自评合计", "考评合计", "差异")
    assert [tuple(row[head] for head in heads) for row in rows] == [
        ("甲市第01局", 3, 2, 99.5, 97, 2.5),
        ("甲市第03局", 1, 0, 23, 23, 0),
        (None, 4, 2, 122.5, 120, 2.5),
    ]


def test_a_change_of_one_s_own_points_reaches_the_sums(tmp_path: Path) -> None:
    path = write_summary(with_own("plain", PLAIN), tmp_path / "s.xlsx")
    again = edited(path, SHEET, place(path, SHEET, "1.1 指标1.1", "自评分"), 29.35)
    sums = lines(again, SHEET, "已报自评项数")
    assert [(row["自评合计"], row["差异"]) for row in sums] == [
        (98.85, 1.85),
        (23, 0),
        (121.85, 1.85),
    ]


def test_redistributed_points_are_compared_on_the_full_points_of_the_rubric(
    tmp_path: Path,
) -> None:
    """The last department has 42.86 for an item of 30 points: 40.75 of 42.86 are 28.52 of 30."""
    assessment = with_own("redistributed", {("04", "1.2"): "30", ("04", "1.1"): "30"})
    path = write_summary(assessment, tmp_path / "s.xlsx")
    assert differences(path) == {}
    [row] = lines(path, SHEET, "二级指标")
    assert (row["原分值"], row["有效分值"], row["考评得分"]) == (30, 42.86, 40.75)
    assert (row["考评得分（折合原分值）"], row["差异"]) == (28.52, 1.48)


def test_nothing_to_compare_is_said(tmp_path: Path) -> None:
    path = write_summary(with_own("plain", {}), tmp_path / "s.xlsx")
    texts = [text for (sheet, _), text in stored(path).items() if sheet == SHEET]
    assert "自评分与考评得分一致，或者未报自评" in texts


@pytest.mark.parametrize("name", ["no_floors", "at_total"])
def test_points_below_zero_and_six_decimals_recalculate(tmp_path: Path, name: str) -> None:
    own: dict[tuple[str, str], str] = {(code, "1.1"): "29.99" for code in ("01", "02", "03", "04")}
    path = write_summary(with_own(name, own), tmp_path / "s.xlsx")
    assert differences(path) == {}
    assert len(lines(path, SHEET, "二级指标")) == 4


def test_more_differences_than_a_sheet_takes_are_values_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lawkpi.workbook.summary.self_assessed.MOST_LIVE", 3)
    path = write_summary(with_own("plain", PLAIN), tmp_path / "s.xlsx")
    assert differences(path) == {}
    cell = place(path, SHEET, "2.1 指标2.1", "差异")
    assert stored(path)[SHEET, cell] == -0.5
    assert (SHEET, cell) not in formulas(path)
    assert str(stored(path)[SHEET, "A2"]).endswith("各项的折合得分和差异为数值（值）。")
