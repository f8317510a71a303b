"""The example's ledgers: totals equal the published report, bytes repeat, nobody real is in them."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from ruamel.yaml import YAML

from tests.example.books import (
    EXAMPLE,
    LEDGERS,
    Row,
    cells,
    full_names,
    in_days,
    paths,
    rows,
    working_days,
)

FIGURES = YAML(typ="safe").load((Path(__file__).parent / "figures.yaml").read_text("utf-8"))
YEAR_END = dt.date(2022, 12, 31)
LEVELS = ("管委会", "办事处")
DEPARTMENT_HEADINGS = (
    "单位", "组织单位", "主办单位", "承办单位", "审核单位", "起草单位", "起草（送审）单位", "整改单位",
    "备案单位", "被告", "被申请人或承办单位", "复议机构",
)  # fmt: skip


def of_two_levels(row: Row) -> bool:
    return row["层级"] in LEVELS


def own_training(row: Row) -> bool:
    return full_names()[row["主办单位"]] != "示例法制办公室"


def served_in_2022(row: Row) -> bool:
    return row["应诉通知书收到日"].year == 2022


def answered_within_15_days(row: Row) -> bool:
    papers = ("答辩状提交日", "证据依据提交日", "委托手续提交日")
    return all(in_days(row["应诉通知书收到日"], row[paper], 15) for paper in papers)


def not_attended_in_time(row: Row) -> bool:
    return row["是否按时到庭"] != "是"


def filed_within_15_days(row: Row) -> bool:
    return in_days(row["季度末日"], row["备案日期"], 15)


def replied_within_10_days(row: Row) -> bool:
    papers = ("答复书提交日", "证据依据提交日", "委托手续提交日")
    return all(in_days(row["申请书副本收到日"], row[paper], 10) for paper in papers)


def noticed_within_7_working_days(row: Row) -> bool:
    return 0 <= working_days(row["受理日期"], row["答复通知书发送日"]) <= 7


def answered_in_writing(row: Row) -> bool:
    return row["收到日期"] <= row["书面答复日期"]


def reviewed_in_5_to_15_working_days(row: Row) -> bool:
    return 5 <= working_days(row["材料齐备日期"], row["意见出具日期"]) <= 15


def document_filed_within_15_days(row: Row) -> bool:
    return in_days(row["印发日期"], row["备案日期"], 15)


def contract_filed_within_30_days(row: Row) -> bool:
    return in_days(row["签订日期"], row["备案日期"], 30)


def certified_in_2022(row: Row) -> bool:
    return row["执法证号"].startswith("示执2022-") and row["在岗起"].year == 2022


@pytest.mark.parametrize("line", FIGURES, ids=lambda line: f"{line['seed']}-{line['name']}")
def test_a_total_equals_the_published_figure(line):
    chosen = [row for row in rows(line["ledger"]) if _fits(row, line)]
    counted = {row[line["distinct"]] for row in chosen} if "distinct" in line else chosen
    assert len(counted) == line["figure"]


def _fits(row, line):
    names = full_names()
    same = all(
        names.get(row[column], row[column]) == names.get(wanted, wanted)
        for column, wanted in line.get("where", {}).items()
    )
    return same and (line.get("holds") is None or globals()[line["holds"]](row))


def test_every_principal_of_the_two_levels_reported():
    due = {
        row["人员编号"]
        for row in rows("主要负责人名册")
        if row["层级"] in LEVELS
        and row["任职起"] <= YEAR_END
        and (row["任职止"] or YEAR_END) >= YEAR_END
    }
    reported = {
        row["人员编号"]
        for row in rows("述法台账")
        if row["述法年度"] == "2022" and row["书面报告提交日"]
    }
    assert len(due) == 11
    assert due <= reported


def test_a_joint_case_has_one_number_and_two_departments():
    cases = rows("行政诉讼台账")
    assert len(cases) == 56
    assert len({(row["案号"], row["审级"], row["承办单位"]) for row in cases}) == 56


def test_own_training_is_that_of_the_three_named_departments():
    own = {full_names()[row["主办单位"]] for row in rows("执法培训记录") if own_training(row)}
    assert own == {"示例城市管理局", "示例生态环境和应急管理局", "示例市场监督管理局"}


def test_four_documents_were_issued_without_review():
    reviewed = {row["文件编号"] for row in rows("文件合法性审核台账")}
    assert len({row["文件编号"] for row in rows("发文登记簿")} - reviewed) == 4


def test_some_certified_officers_stand_exactly_at_60_hours_and_some_just_below():
    hours: dict[str, float] = {}
    for row in rows("执法培训记录"):
        earned = row["计入学时"] if row["参训情况"] == "实到" else 0
        hours[row["人员编号"]] = hours.get(row["人员编号"], 0) + float(earned)
    assert {60.0, 59.5} <= set(hours.values())


def test_one_department_attends_at_exactly_90_per_cent():
    counts: dict[str, list[bool]] = {}
    for row in rows("领导干部学法签到表"):
        if row["到会情况"] != "请假":
            name = full_names()[row["单位"]]
            counts.setdefault(name, []).append(row["到会情况"] != "缺席")
    assert any(10 * sum(came) == 9 * len(came) for came in counts.values())


def test_the_maker_repeats_the_committed_bytes(tmp_path):
    written = [_made(tmp_path / name) for name in ("once", "again")]
    committed = {path.name: path.read_bytes() for path in paths()}
    assert len(committed) == 21
    assert written[0] == written[1] == committed


def _made(folder):
    build = EXAMPLE / "maker" / "build.py"
    subprocess.run(  # noqa: S603 - our own script
        [sys.executable, build, "--output", folder], check=True, capture_output=True
    )
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.xlsx"))}


def _texts(path):
    return [str(cell) for line in cells(path) for cell in line if isinstance(cell, str)]


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_no_real_personal_data_occurs(path):
    text = "\n".join(_texts(path))
    assert not re.search(r"\d{17}[\dXx]", text)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert not re.search(r"\d{3,4}-\d{7,8}", text)
    assert "郑州" not in text


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_departments_are_registered_and_persons_are_surrogates(path):
    for row in rows(path.stem):
        for heading in DEPARTMENT_HEADINGS:
            assert row.get(heading, "") == "" or row[heading] in full_names()
        assert re.fullmatch(r"P\d{4}", row.get("人员编号", "P0000"))
        for heading in ("姓名", "核定人", "评分人"):
            assert re.fullmatch(r".某某", row.get(heading, "某某某"))


def test_workbooks_keep_some_of_the_dirt_that_officials_write():
    shown = {text for path in paths() for text in _texts(path)}
    assert any(re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", text) for text in shown)
    assert any(re.fullmatch(r"\d{4}\.\d{1,2}\.\d{1,2}", text) for text in shown)
    assert any(re.fullmatch(r"[０-９．]+", text) for text in shown)
    assert {"城管局", "合计", "示例高新区2022年度行政诉讼台账"} <= shown
    assert any(text.endswith(" ") for text in shown)


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_headings_are_the_titles_of_the_schema_and_stay_in_view(path):
    schemas = [
        YAML(typ="safe").load(one.read_text("utf-8"))
        for one in sorted((EXAMPLE.parent / "ledgers").glob("*.yaml"))
    ]
    columns = next(one["columns"] for one in schemas if one["title"] == path.stem)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    top = 2 if sheet.merged_cells.ranges else 1
    assert sheet.title == path.stem
    assert [cell.value for cell in sheet[top]] == [one["title"] for one in columns.values()]
    assert sheet.freeze_panes == f"A{top + 1}"


def test_every_ledger_of_the_assessment_has_its_workbook():
    settings = YAML(typ="safe").load((EXAMPLE / "assessment.yaml").read_text("utf-8"))
    declared = {Path(one["files"][0]).name for one in settings["ledgers"].values()}
    assert declared == {path.name for path in LEDGERS.glob("*.xlsx")}
