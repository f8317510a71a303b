"""Whose workbook it is and of which run stands in the sheet; what belongs elsewhere is not taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.run.feedback.identity import cover_department
from lawkpi.run.feedback.opened import Found
from lawkpi.run.layout import RunFolder
from lawkpi.workbook.feedback import NAME
from tests.run.feedback.given import (
    agreed,
    answer,
    codes,
    disputed,
    made_run,
    of_code,
    read,
    returned,
    sent,
)
from tests.support.tiny import DEPARTMENTS, SETTINGS

pytestmark = pytest.mark.usefixtures("no_figures")
ALL = range(5, 12)


def test_the_file_s_name_decides_nothing(run: RunFolder, tmp_path: Path) -> None:
    found = read(run, returned(sent(run), tmp_path / "01-甲区城管局.xlsx", agreed(*ALL)))
    assert answer(found).agreed == 7
    assert not answer(found, "甲区城管局").file


def test_a_department_of_another_assessment_is_refused(run: RunFolder, tmp_path: Path) -> None:
    renamed = "乙区市监局, aliases: [甲区市监局]"
    other = made_run(tmp_path, departments=DEPARTMENTS.replace("甲区市监局", renamed))
    path = next((other.path / "departments").glob("02-*.xlsx"))
    found = read(run, returned(path, tmp_path / "a.xlsx", agreed(*ALL)))
    (one,) = of_code(found, "RUN_FEEDBACK_DEPARTMENT_UNKNOWN")
    assert one.found == "乙区市监局（02）"
    assert not any(own.file for own in found.answers)


def test_another_assessment_of_the_same_department_is_refused(
    run: RunFolder, tmp_path: Path
) -> None:
    other = made_run(tmp_path, settings=SETTINGS.replace("id: tiny", "id: tiny-2023"))
    found = read(run, returned(sent(other), tmp_path / "a.xlsx", agreed(*ALL)))
    (one,) = of_code(found, "RUN_FEEDBACK_ASSESSMENT_OTHER")
    assert (one.found, one.expected, one.department) == ("tiny-2023", "tiny", "02")
    assert not answer(found).file


def test_another_run_of_this_assessment_is_said_and_matched_by_id(
    run: RunFolder, tmp_path: Path
) -> None:
    other = made_run(tmp_path, settings=SETTINGS.replace("telephone: ", "telephone: 1"))
    cells = agreed(*ALL) | disputed(7)
    found = read(run, returned(sent(other), tmp_path / "a.xlsx", cells))
    assert codes(found) == {"RUN_FEEDBACK_RUN_OTHER"}
    assert "数据指纹" in of_code(found, "RUN_FEEDBACK_RUN_OTHER")[0].what
    assert [one.item for one in answer(found).appeals] == ["2.1 答辩举证"]


def test_another_stage_is_another_run(run: RunFolder, tmp_path: Path) -> None:
    other = made_run(tmp_path, settings=SETTINGS.replace("stage: initial", "stage: review"))
    found = read(run, returned(sent(other), tmp_path / "a.xlsx", agreed(*ALL)))
    (one,) = of_code(found, "RUN_FEEDBACK_RUN_OTHER")
    assert one.what.startswith("不是本次运行发出的工作簿（阶段、数据指纹不同）")


def test_a_sheet_put_into_another_department_s_workbook_is_refused(
    run: RunFolder, tmp_path: Path
) -> None:
    cells = {"B4": "甲区城管局（01）"}
    file = returned(sent(run), tmp_path / "a.xlsx", agreed(*ALL), 封面=cells)
    found = read(run, file)
    (one,) = of_code(found, "RUN_FEEDBACK_DEPARTMENT_MIXED")
    assert (one.found, one.expected) == ("封面：甲区城管局（01）", "甲区市监局（02）")
    assert not any(own.file for own in found.answers)


def test_a_workbook_without_the_sheet_is_refused(run: RunFolder, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sent(run))
    del book[NAME]
    book.save(tmp_path / "a.xlsx")
    assert codes(read(run, tmp_path / "a.xlsx")) == {"RUN_FEEDBACK_SHEET_MISSING"}


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        ({}, ""),
        ({(3, 0): Found("被考核单位")}, ""),
        ({(5, 0): Found("被考核单位"), (5, 1): Found("甲（1）")}, "甲（1）"),
    ],
)
def test_a_cover_names_its_department_or_none(cover: Any, name: str) -> None:
    assert cover_department(cover) == name
