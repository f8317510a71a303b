"""The summary lists every declared amendment, and has no such sheet where there is none."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from lawkpi.run import checked, open_folder
from lawkpi.run.score import scored
from lawkpi.workbook import write_summary
from lawkpi.workbook.summary.amendments import HEADS, NAME
from tests.support.amending import declare, entry
from tests.support.tiny import tiny_folder

CASE = "（2024）甲01行初{}号|一审|市监局"
COURT = "行政诉讼台账"


def test_every_amendment_is_listed_with_its_status_approved_or_not(tmp_path: Path) -> None:
    made = tiny_folder(tmp_path / "甲区2024")
    move = {"承办单位": {"was": "市监局", "becomes": "城管局"}}
    declare(
        made,
        entry("1", COURT, record=CASE.format(31), change=move),
        entry("2", COURT, record=CASE.format(33), remove=True, status="proposed"),
        entry("3", "没有的台账", record="1", remove=True, status="withdrawn"),
    )
    path = write_summary(scored(checked(open_folder(made))), tmp_path / "summary.xlsx")
    page = openpyxl.load_workbook(path)[NAME]
    rows = [
        ["" if cell.value is None else cell.value for cell in row]
        for row in page.iter_rows(min_row=3)
    ]
    assert rows[0] == list(HEADS)
    head = ["已批准", "改值", COURT, CASE.format(31).replace("市监局", "甲区市监局")]
    change = ["承办单位", "甲区市监局", "甲区城管局"]
    tail = ["核实有误", "核查记录1号", "王某某", "2022-06-01"]
    assert rows[1:] == [
        ["1", *head, "城管局", *change, *tail],
        ["1", *head, "市监局", *change, *tail],
        ["2", "拟更正", "删除", COURT, CASE.format(33), "", "（整条记录）", "", "删除", *tail],
        ["3", "撤回", "删除", "没有的台账", "1", "", "（整条记录）", "", "删除", *tail],
    ]
    contents = openpyxl.load_workbook(path)["目录"]
    assert NAME in {cell.value for row in contents.iter_rows() for cell in row}


def test_without_amendments_there_is_no_such_sheet(summary: Path) -> None:
    assert NAME not in openpyxl.load_workbook(summary).sheetnames
