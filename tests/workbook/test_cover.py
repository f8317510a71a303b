"""封面: stage, points, pending, fingerprint, chart."""

from pathlib import Path

import openpyxl

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.fingerprint import fingerprint
from tests.workbook.given import world
from tests.workbook.reading import formulas, parts, stored


def test_the_points_are_those_of_the_scorecard(workbook: Path, assessment: Assessment) -> None:
    assert formulas(workbook)["封面", "B9"].startswith("='考核评分表'!$K$")
    assert stored(workbook)["封面", "B9"] == float(assessment.total("ZX777")["total"])


def test_there_is_a_native_chart_on_the_cover_only(workbook: Path) -> None:
    charts = [name for name in parts(workbook) if name.startswith("xl/charts/chart")]
    assert len(charts) == 1
    assert len(openpyxl.load_workbook(workbook)["封面"]._charts) == 1


def test_a_review_says_so_on_the_cover(tmp_path: Path) -> None:
    path = write_department(world(3, stage="review").assessment(), "ZX777", tmp_path / "w.xlsx")
    assert "单位考核结果（复核）" in stored(path).values()


def test_what_is_pending_is_said_with_what_the_shares_below_rest_on(
    workbook: Path, tmp_path: Path
) -> None:
    assert stored(workbook)["封面", "B10"] == "无待核指标"
    given = world(3, unknown={"cases": {"held": [0, 1, 2, 3]}})
    open_one = write_department(given.assessment(), "ZX777", tmp_path / "w.xlsx")
    text = str(stored(open_one)["封面", "B10"])
    assert text.startswith("尚有")
    assert text.endswith("（下表得分率按全部分值计算）")


def test_the_fingerprint_changes_with_any_input_and_not_with_their_order() -> None:
    one = {"a": "1", "b": "2"}
    assert fingerprint(one) == fingerprint(dict(reversed(one.items())))
    assert fingerprint(one) != fingerprint({**one, "b": "3"})
    assert len(fingerprint({})) == 16


def test_rank_and_grade_do_not_slip_out_before_the_final_stage(workbook: Path) -> None:
    text = "\n".join(parts(workbook).values())
    assert "本组第" not in text
    assert "建议等次：" not in text
