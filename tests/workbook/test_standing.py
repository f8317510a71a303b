"""Dated roles and postmarks stay live: a department can check them in its own spreadsheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import lawkpi
from tests.support.tiny import RUBRIC, case, default_rows, tiny_folder
from tests.workbook.reading import cell_of, differences, edited, stored

NAMED = RUBRIC.replace(
    """              rate:
                ledger: litigation
                unit: 件
                period_by: hearing_on
                due: {all: [{hearing_held: {is: "yes"}}, {excused: {not: "yes"}}]}
                done: {appeared_as: {in: [head, deputy, in_charge]}}
                empty: not_applicable
""",
    """              named_rate:
                rate: court_appearance_rate
                counting_rule: {base: open_hearings, excused: leave_out, officials: dated, carried_in: include}
                empty: not_applicable
""",
)
SHEET = "行政诉讼台账"
AGAIN = {"called_again": "yes", "appeared_again_on": dt.date(2024, 6, 6)}
LATE = dict.fromkeys(("reply_on", "evidence_on", "mandate_on"), dt.date(2024, 3, 29))
ROWS = [
    case(41, "甲区城管局", appeared_as="deputy_level"),
    case(42, "甲区城管局", **AGAIN, appeared_again_as="staff"),
    case(43, "甲区城管局", **AGAIN, appeared_again_as="head"),
    case(44, "甲区城管局", appeared_as="nobody"),
    case(45, "甲区城管局", **LATE, posted_on=dt.date(2024, 3, 26)),
    case(46, "甲区城管局", **LATE, posted_on=dt.date(2024, 3, 27)),
    case(47, "甲区城管局", **LATE),
    case(48, "甲区城管局", hearing_held="no", hearing_on=None, appeared_as=None),
]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standing")
    rows = {"litigation": [*default_rows()["litigation"], *ROWS]}
    run = lawkpi.open(tiny_folder(folder / "in", rows, rubric=NAMED)).score()
    return run.write_workbook("01", folder)


def points(path: Path, item: str) -> object:
    """The points of an item on the scorecard."""
    return stored(path)[("考核评分表", cell_of(path, "考核评分表", "考评得分", item))]


def engine(folder: Path, changed: dict[str, object], number: int) -> float:
    """The engine's points of item 2.2 for the ledger with one record mended."""
    name = f"（2024）甲01行初{number}号"
    given = [*default_rows()["litigation"], *ROWS]
    rows = [{**row, **changed} if row["case_number"] == name else row for row in given]
    run = lawkpi.open(tiny_folder(folder, {"litigation": rows}, rubric=NAMED)).score()
    scores = run.of("scores", "01")
    return float(scores[scores["item"] == "2.2"]["points"].iloc[0])


def test_another_program_recomputes_every_stored_value(workbook: Path) -> None:
    assert differences(workbook) == {}


@pytest.mark.parametrize(
    ("number", "title", "shown", "changed"),
    [
        (44, "出庭人员类别", "参与分管的副职级别的负责人", {"appeared_as": "deputy_level"}),
        (42, "再次通知后出庭人员类别", "副职", {"appeared_again_as": "deputy"}),
        (42, "法院是否再次通知负责人出庭", "否", {"called_again": "no"}),
        (41, "出庭人员类别", "工作人员", {"appeared_as": "staff"}),
        (41, "出庭人员类别", "被委托组织或下级机关负责人", {"appeared_as": "entrusted"}),
    ],
)
def test_who_came_can_be_changed_in_the_sheet_and_the_points_follow_the_engine(
    workbook: Path,
    tmp_path: Path,
    number: int,
    title: str,
    shown: str,
    changed: dict[str, object],
) -> None:
    cell = cell_of(workbook, SHEET, title, f"（2024）甲01行初{number}号")
    again = edited(workbook, SHEET, cell, shown)
    assert points(again, "2.2 负责人出庭") == engine(tmp_path / "in", changed, number)
    assert points(again, "2.2 负责人出庭") != points(workbook, "2.2 负责人出庭")


def test_a_case_without_a_hearing_has_no_standing_and_is_nothing_to_wait_for(
    workbook: Path,
) -> None:
    title = "出庭人员是否属于行政机关负责人"
    cell = cell_of(workbook, SHEET, title, "（2024）甲01行初48号")
    assert not stored(workbook).get((SHEET, cell))


def test_a_postmark_can_be_changed_in_the_sheet(workbook: Path) -> None:
    before = points(workbook, "2.1 答辩举证")
    cell = cell_of(workbook, SHEET, "答辩材料交邮日", "（2024）甲01行初46号")
    again = edited(workbook, SHEET, cell, dt.datetime(2024, 3, 26))
    assert (before, points(again, "2.1 答辩举证")) == (0, 2)


def test_the_counting_rule_and_who_counts_are_printed_in_the_workbook(workbook: Path) -> None:
    told = "".join(str(text) for (sheet, _), text in stored(workbook).items() if "口径" in sheet)
    assert "经法院准许不出庭：不计入应计" in told
    assert "行政机关负责人：正职负责人、副职负责人、其他参与分管的负责人" in told
    assert "法释〔2020〕3号第2条" in told
