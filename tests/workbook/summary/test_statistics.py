"""统计: per item live figures, and the names of who is lowest and who lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.reading import differences, edited, formulas, stored
from tests.workbook.summary.given import lines, place, summary_of
from tests.workbook.summary.test_totals import matrix_cell


def row(path: Path, item: str) -> dict[str, object]:
    return next(one for one in lines(path, "统计", "二级指标") if one["二级指标"] == item)


def test_an_item_s_figures(tmp_path: Path) -> None:
    """Of 30 points three departments have 27, 23 and two 30."""
    found = row(summary_of("plain", tmp_path), "1.1 指标1.1")
    assert (found["计分单位数"], found["平均分"], found["最低分"]) == (4, 27.5, 23)
    assert (found["扣分单位数"], found["扣分合计"], found["得分率"]) == (2, 10, 0.917)
    assert (found["得分率最低单位（值）"], found["扣分单位（值）"]) == ("03局", "03局、01局")


def test_figures_follow_a_change_in_the_matrix(tmp_path: Path) -> None:
    path = summary_of("plain", tmp_path)
    again = row(edited(path, "指标矩阵", matrix_cell(path, "1.1"), 29.99), "1.1 指标1.1")
    assert (again["平均分"], again["最低分"]) == (28.25, 23)
    assert (again["扣分单位数"], again["扣分合计"]) == (2, 7.01)
    healed = row(edited(path, "指标矩阵", matrix_cell(path, "1.1"), 30), "1.1 指标1.1")
    assert (healed["扣分单位数"], healed["扣分合计"]) == (1, 7)


def test_a_cell_made_not_applicable_leaves_the_figures(tmp_path: Path) -> None:
    path = summary_of("plain", tmp_path)
    again = row(edited(path, "指标矩阵", matrix_cell(path, "1.1"), "不适用"), "1.1 指标1.1")
    assert (again["计分单位数"], again["不适用"]) == (3, 1)


def test_nobody_is_lowest_where_nobody_lost(tmp_path: Path) -> None:
    """Full points differ after redistribution: who lost decides, not who has the fewest points."""
    found = row(summary_of("redistributed", tmp_path), "1.3 指标1.3")
    assert (found["最低分"], found["得分率最低单位（值）"]) == (37.5, "03局")
    spotless = row(summary_of("no_bonus", tmp_path), "1.2 指标1.2")
    assert spotless["得分率最低单位（值）"] == "02局"
    none_lost = row(summary_of("pending", tmp_path), "1.1 指标1.1")
    assert none_lost["得分率最低单位（值）"] == "—"


def test_what_does_not_apply_or_is_pending_is_counted_apart(tmp_path: Path) -> None:
    away = row(summary_of("redistributed", tmp_path), "1.1 指标1.1")
    assert (away["计分单位数"], away["不适用"], away["待核"]) == (3, 1, 0)
    waiting = row(summary_of("all_pending", tmp_path), "1.1 指标1.1")
    assert (waiting["计分单位数"], waiting["平均分"], waiting["最低分"]) == (0, "—", "—")
    assert (waiting["待核"], waiting["扣分单位（值）"]) == (4, "—")


def test_losses_add_up_below(tmp_path: Path) -> None:
    path = summary_of("plain", tmp_path)
    sums = next(one for one in lines(path, "统计", "二级指标") if one["一级指标"] == "合计")
    items = [one["扣分合计"] for one in lines(path, "统计", "二级指标") if one["二级指标"]]
    assert sums["扣分合计"] == round(sum(items), 2) == 18.05


def test_more_shares_than_a_sheet_takes_are_values_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lawkpi.workbook.summary.matrix.MOST_LIVE", 3 * 4 - 1)
    path = summary_of("plain", tmp_path)
    assert differences(path) == {}
    found = formulas(path)
    assert [cell for sheet, cell in found if sheet == "指标矩阵"] == []
    assert str(stored(path)["指标矩阵", "A2"]).endswith("得分率为数值（值）。")
    losers = place(path, "统计", "1.1 指标1.1", "扣分单位数")
    assert ("统计", losers) not in found
    assert stored(path)["统计", losers] == 2
