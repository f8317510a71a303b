"""amendments.yaml: used as written, or refused with file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import ParamsError
from lawkpi.ledger.amendments import FILE, KINDS, STATUSES, Place, load_amendments
from lawkpi.ledger.schema import Schema
from tests.support.amending import declare, entry
from tests.support.tiny import SCHEMAS

CHANGE: dict[str, Any] = {
    "record": "1号",
    "change": {"答辩日": {"was": "", "becomes": "2022-03-09"}},
}
TEXT = """\
amendments:
  - number: "1"
    ledger: 案件台账
    record: 1号
    change:
      答辩日: {was: 2022-03-07, becomes: 2022年3月9日}
      学时: {was: , becomes: "1.5"}
    status: approved
    reason: " 核实 "
    approved_on: "2022-06-01"
  - number: "2"
    ledger: 案件台账
    record: 2号
    add:
      答辩日: "2022-03-09"
    row: 7
    file: 案件.xlsx
    status: proposed
"""


def refused(folder: Path, text: str) -> list[tuple[str, str, str]]:
    (folder / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_amendments(folder)
    assert caught.value.where == FILE
    return [(one.code, one.cell, one.what) for one in caught.value.findings]


def test_a_folder_without_the_file_has_no_amendments(tmp_path: Path) -> None:
    assert load_amendments(tmp_path) == ()


def test_entries_are_read_with_the_line_of_each_cell(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TEXT, encoding="utf-8")
    first, second = load_amendments(tmp_path)
    assert [(one.column, one.was, one.becomes, one.place.row) for one in first.cells] == [
        ("答辩日", "2022-03-07", "2022年3月9日", 6),
        ("学时", "", "1.5", 7),
    ]
    assert (first.kind, first.is_approved, first.reason) == ("change", True, "核实")
    assert (first.place, first.place.cell) == (Place(FILE, "", 2), "第2行")
    assert first.approved_on == dt.date(2022, 6, 1)
    assert (second.kind, second.is_approved, second.at_row, second.at_file) == (
        "add", False, 7, "案件.xlsx",
    )  # fmt: skip
    assert second.cells[0].place.row == 15


def test_a_removal_has_no_cells(tmp_path: Path) -> None:
    declare(tmp_path, entry(record="1号", remove=True))
    (one,) = load_amendments(tmp_path)
    assert (one.kind, one.cells) == ("remove", ())


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("    status: approved", "    statuss: approved", ("PARAMS_KEY_UNKNOWN", "第8行")),
        ("    status: approved", "    status: 已批准", ("PARAMS_VALUE_INVALID", "第8行")),
        ('"1.5"', "1.5", ("PARAMS_VALUE_INVALID", "第7行")),
        ('"1.5"', "true", ("PARAMS_VALUE_INVALID", "第7行")),
        ("{was: 2022-03-07, ", "{", ("PARAMS_VALUE_INVALID", "第6行")),
        ("{was: 2022-03-07, ", "{is: 2022-03-07, ", ("PARAMS_KEY_UNKNOWN", "第6行")),
        ('"2022-06-01"', "六月一日", ("PARAMS_VALUE_INVALID", "第10行")),
        ("    row: 7", "    row: 0", ("PARAMS_VALUE_INVALID", "第16行")),
        ("    record: 2号", "    record: ' '", ("PARAMS_VALUE_INVALID", "第13行")),
        ("    row: 7", "    remove: true", ("PARAMS_VALUE_INVALID", "第11行")),
        ('    add:\n      答辩日: "2022-03-09"\n', "", ("PARAMS_VALUE_INVALID", "第11行")),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(
    old: str, new: str, wanted: tuple[str, str], tmp_path: Path
) -> None:
    assert TEXT.count(old) == 1
    found = refused(tmp_path, TEXT.replace(old, new))
    assert wanted in [(code, cell) for code, cell, _ in found]


def test_doing_two_things_at_once_is_refused_in_words(tmp_path: Path) -> None:
    declare(tmp_path, entry(**CHANGE, remove=True))
    with pytest.raises(ParamsError) as caught:
        load_amendments(tmp_path)
    assert "只写一种" in caught.value.findings[0].what


def test_a_repeated_cell_is_refused_like_any_repeated_key(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TEXT.replace("学时:", "答辩日:"), encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_amendments(tmp_path)
    assert caught.value.code == "PARAMS_KEY_REPEATED"
    assert "第7行" in caught.value.where


def test_the_register_uses_the_same_words() -> None:
    columns = SCHEMAS["amendments"].columns
    assert columns["kind"].choices == KINDS
    assert columns["status"].choices == STATUSES


def test_the_register_is_a_ledger_like_any_other() -> None:
    schema: Schema = SCHEMAS["amendments"]
    titles = [column.title for column in schema.columns.values()]
    assert titles == [
        "更正编号", "台账名称", "记录编号", "单位", "更正方式", "栏目", "原值", "更正为", "原表文件",
        "原表行号", "理由", "依据文书", "批准人", "批准日期", "状态",
    ]  # fmt: skip
