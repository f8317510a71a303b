"""The sheet 期限预警."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl

from lawkpi.result.deadlines import Deadline, Warned, Watch
from lawkpi.workbook import write_findings

DAY = dt.date(2024, 3, 20)
NAMES = {"01": "甲区城管局", "02": "甲区市监局"}


def duty(department: str, warned: Warned, **more: Any) -> Deadline:
    given: dict[str, Any] = {
        "matter": "提交答辩状", "record": "=（2024）1号", "place": "《行政诉讼台账》第2行",
        "last": dt.date(2024, 3, 26), "margin": "还有6日", "reckoning": "次日起算15日", **more,
    }  # fmt: skip
    return Deadline(department=department, warned=warned, **given)


def sheet(path: Path, *duties: Deadline) -> Any:
    watch = Watch(DAY, 10, duties, NAMES)
    write_findings((), path, title="考核", created=DAY, illustrative=True, watch=watch)
    return openpyxl.load_workbook(path)["期限预警"]


def lines(cells: Any) -> list[list[Any]]:
    rows = [[cell for cell in row if cell is not None] for row in cells.values]
    return [row for row in rows if row]


def test_the_counts_stand_above_the_duties_per_department(tmp_path: Path) -> None:
    found = lines(
        sheet(
            tmp_path / "f.xlsx",
            duty("02", Warned.OVERDUE, margin="超出规定期限1日（自然日）"),
            duty("01", Warned.DUE_SOON),
            duty("01", Warned.LATE),
        )
    )
    assert found[0] == ["考核期限预警"]
    assert found[1] == [
        "截至2024年3月20日，10日内：逾期未办1项，将届满1项，届满日待定0项，已办结但逾期1项"
    ]
    assert found[3:5] == [[1, "甲区城管局", 0, 1, 0, 1], [2, "甲区市监局", 1, 0, 0, 0]]


def test_each_duty_has_its_last_day_as_a_date_and_text_only_as_text(tmp_path: Path) -> None:
    found = lines(sheet(tmp_path / "f.xlsx", duty("01", Warned.DUE_SOON)))
    assert found[-1] == [
        1, "甲区城管局", "将届满", "提交答辩状", "=（2024）1号", dt.datetime(2024, 3, 26),
        "还有6日", "次日起算15日", "《行政诉讼台账》第2行",
    ]  # fmt: skip


def test_an_unknown_last_day_is_said_and_no_date(tmp_path: Path) -> None:
    open_one = duty("01", Warned.UNDETERMINED, last=None, margin="起算日不明")
    assert "待定" in lines(sheet(tmp_path / "f.xlsx", open_one))[-1]


def test_yearly_duties_of_everyone_come_last_under_their_own_name(tmp_path: Path) -> None:
    found = lines(
        sheet(tmp_path / "f.xlsx", duty("", Warned.DUE_SOON), duty("01", Warned.DUE_SOON))
    )
    assert [row[1] for row in found[-2:]] == ["甲区城管局", "各单位（年度固定日期）"]


def test_nothing_to_warn_of_is_said(tmp_path: Path) -> None:
    assert lines(sheet(tmp_path / "f.xlsx"))[-1] == ["没有需要预警的期限"]


def test_without_a_day_the_findings_workbook_has_no_such_sheet(tmp_path: Path) -> None:
    write_findings((), tmp_path / "f.xlsx", title="考核", created=DAY, illustrative=True)
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["问题清单"]
    assert book.worksheets[0]["A1"].value == "考核问题清单"


def test_equal_warnings_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        sheet(tmp_path / name, duty("01", Warned.DUE_SOON))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
