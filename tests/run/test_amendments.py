"""Amendments of an assessment, end to end: declared, carried out, scored, told; withdrawn, all is as before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.errors import RunError
from lawkpi.result import Assessment
from lawkpi.result.frames import ADJUSTMENTS, LOSSES
from lawkpi.run import AssessmentFolder, checked, open_folder
from lawkpi.run.check import Checked
from lawkpi.run.score import scored
from tests.run.given import Rows, folder, of_code
from tests.support.amending import declare, entry, register_lines
from tests.support.tiny import RUBRIC, SCHEMAS, case, default_rows, tiny_folder

COURT = "行政诉讼台账"
FIRST, SECOND = "甲区城管局", "甲区市监局"
PRESENT = {"出庭人员类别": {"was": "工作人员", "becomes": "正职"}}
KEY = "（2024）甲01行初{}号|一审|{}"
STAFF = KEY.format(20, FIRST)
TABLES = ("scores", "rules", "totals")


def court(number: str = "1", record: str = STAFF, **given: Any) -> dict[str, Any]:
    return entry(number, COURT, record=record, **given)


def opened(path: Path, *entries: Mapping[str, Any], rows: Rows | None = None) -> AssessmentFolder:
    made = tiny_folder(path / "甲区2024", rows)
    declare(made, *entries)
    return open_folder(made)


def by_register(path: Path, *entries: Mapping[str, Any]) -> AssessmentFolder:
    return folder(path, {"amendments": register_lines(*entries)})


def totals(assessment: Assessment) -> list[Any]:
    return assessment.totals["total"].tolist()


def codes(found: Checked) -> list[str]:
    return [one.code for one in found.findings]


def assert_same_but_origin(one: Assessment, other: Assessment) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    origin = {"file", "sheet", "row", "sentence"}
    for name, columns in (("losses", LOSSES), ("adjustments", ADJUSTMENTS)):
        kept = [column for column in columns if column not in origin]
        pd.testing.assert_frame_equal(getattr(one, name)[kept], getattr(other, name)[kept])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return scored(checked(folder(tmp_path_factory.mktemp("plain"))))


def test_an_approved_amendment_changes_the_score_and_the_files_stay(
    plain: Assessment, tmp_path: Path
) -> None:
    made = opened(tmp_path, court(change=PRESENT))
    ledgers = {path: path.read_bytes() for path in (made.path / "ledgers").iterdir()}
    run = scored(checked(made))
    score = {row["item"]: row for row in run.of("scores", "01").to_dict("records")}
    assert (score["2.2"]["done"], score["2.2"]["due"]) == (20, 20)
    before = {row["item"]: row for row in plain.of("scores", "01").to_dict("records")}
    assert (before["2.2"]["done"], before["2.2"]["due"]) == (19, 20)
    assert {path: path.read_bytes() for path in ledgers} == ledgers


@pytest.mark.parametrize("status", ["withdrawn", "proposed"])
def test_what_is_not_approved_gives_the_former_scorecard(
    status: str, plain: Assessment, tmp_path: Path
) -> None:
    run = scored(checked(opened(tmp_path, court(change=PRESENT, status=status))))
    for name in (*TABLES, "losses", "adjustments"):
        pd.testing.assert_frame_equal(getattr(run, name), getattr(plain, name))


def test_a_proposed_amendment_is_told_and_a_withdrawn_one_is_not(tmp_path: Path) -> None:
    found = checked(
        opened(
            tmp_path,
            court("1", change=PRESENT, status="proposed", reason="", person="", document=""),
            court("2", KEY.format(99, FIRST), remove=True, status="withdrawn"),
        )
    )
    (one,) = found.findings
    assert (one.code, one.severity.value, one.cell) == ("AMENDMENT_PROPOSED", "warning", "第2行")
    assert one.found == f"《{COURT}》{STAFF}"
    assert found.amendments.text == "台账更正：拟更正 1 项，未计入。"


def edits() -> list[tuple[dict[str, Any], Mapping[str, Any] | None]]:
    """Amendments of cases, each with what the edited row is: None where it is taken out."""
    second = KEY.format(31, SECOND)
    late = {"reply_on": dt.date(2024, 3, 20)}
    made = {"case_number": "（2024）甲01行初88号", "outcome": "annulled"}
    added = {"被告": "管委会", "应诉通知书收到日": "2024-03-11", "是否开庭": "否",
             "答辩状提交日": "2024-03-20", "证据依据提交日": "2024-03-20", "委托手续提交日": "2024-03-20"}  # fmt: skip
    row = {"hearing_on": None, "hearing_held": "no", "appeared_as": None, "attended_in_time": None,
           "outcome": None, "decided_on": None, "effective": None, "effective_on": None}  # fmt: skip
    return [
        (court("1", change=PRESENT), case(20, FIRST, appeared_as="head")),
        (court("2", second, change={"答辩状提交日": {"was": "2024-03-27", "becomes": "2024-03-20"}}),
         case(31, SECOND, **late)),
        (court("3", KEY.format(1, FIRST), remove=True), None),
        (court("4", KEY.format(32, SECOND),
               change={"承办单位": {"was": "市监局", "becomes": "城管局"}}),
         case(32, FIRST, appeared_as="lawyer", outcome="annulled")),
        (court("5", KEY.format(2, FIRST),
               change={"案号": {"was": "（2024）甲01行初2号", "becomes": made["case_number"]},
                       "裁判结果": {"was": "驳回诉讼请求", "becomes": "撤销"}}),
         case(2, FIRST, **made)),
        (court("6", KEY.format(77, SECOND), add=added), case(77, SECOND, **row)),
    ]  # fmt: skip


def by_hand(chosen: list[int]) -> Rows:
    """The cases with the chosen edits typed in."""
    former = {0: 20, 1: 31, 2: 1, 3: 32, 4: 2}
    rows = default_rows()["litigation"]
    numbers = [row["case_number"] for row in rows]
    for one in chosen:
        edited = edits()[one][1]
        if one in former:
            place = numbers.index(f"（2024）甲01行初{former[one]}号")
            rows[place] = dict(edited) if edited else {}
        else:
            rows.append(dict(edited or {}))
    return {"litigation": [row for row in rows if row]}


@settings(max_examples=5, deadline=None, derandomize=True)
@given(
    chosen=st.sets(st.sampled_from(range(6)), min_size=1), order=st.randoms(use_true_random=False)
)
def test_amended_is_scored_like_edited_by_hand_in_any_order_and_form(
    chosen: set[int], order: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("amended")
    entries = [edits()[one][0] for one in sorted(chosen)]
    order.shuffle(entries)
    hand = scored(checked(folder(path / "hand", by_hand(sorted(chosen)))))
    found = [
        checked(opened(path / "yaml", *entries)),
        checked(by_register(path / "excel", *entries)),
    ]
    for one in found:
        assert codes(one) == []
        assert_same_but_origin(scored(one), hand)
    withdrawn = [{**one, "status": "withdrawn"} for one in entries]
    former = scored(checked(opened(path / "withdrawn", *withdrawn)))
    assert totals(former) == totals(scored(checked(folder(path / "former"))))


def test_a_sentence_says_that_its_record_was_amended(tmp_path: Path) -> None:
    change = {"答辩状提交日": {"was": "2024-03-27", "becomes": "2024-03-28"}}
    run = scored(checked(opened(tmp_path, court("3", KEY.format(31, SECOND), change=change))))
    (sentence,) = [one for one in run.of("losses", "02")["sentence"] if "更正" in one]
    assert "行政诉讼台账.xlsx“行政诉讼台账”第22行，已按第3号更正），对照" in sentence


def test_both_forms_may_be_used_together_and_are_counted_together(tmp_path: Path) -> None:
    lines = register_lines(court("2", KEY.format(31, SECOND), remove=True))
    made = opened(tmp_path, court("1", change=PRESENT), rows={"amendments": lines})
    found = checked(made)
    assert codes(found) == []
    assert found.amendments.text == "台账更正：已批准 2 项（改动 2 处）。"
    assert [one.amendment.number for one in found.amendments.applied] == ["1", "2"]


def test_the_register_is_no_ledger_of_the_result(tmp_path: Path) -> None:
    made = by_register(tmp_path, court(change=PRESENT))
    assert "amendments" in made.settings.ledgers
    assert "amendments" not in made.schemas
    assert "amendments" not in scored(checked(made)).ledgers


def test_a_rule_cannot_count_amendments(tmp_path: Path) -> None:
    rubric = RUBRIC.replace("count: {ledger: daily_log, unit: 项, where: {category: {is: refusal}}}",
                            "count: {ledger: amendments, unit: 项}")  # fmt: skip
    lines = register_lines(court(change=PRESENT))
    found = checked(folder(tmp_path, {"amendments": lines}, rubric=rubric))
    assert "RUBRIC_LEDGER_UNKNOWN" in codes(found)


def test_both_forms_are_inputs_with_a_fingerprint(tmp_path: Path) -> None:
    lines = register_lines(court("2", KEY.format(31, SECOND), remove=True))
    files = set(opened(tmp_path, court(change=PRESENT), rows={"amendments": lines}).fingerprints())
    assert {"amendments.yaml", "ledgers/台账更正登记表.xlsx"} <= files


def test_a_folder_without_amendments_names_no_such_file(tmp_path: Path) -> None:
    assert "amendments.yaml" not in folder(tmp_path).fingerprints()


def test_a_stale_amendment_stops_the_scoring(tmp_path: Path) -> None:
    change = {"出庭人员类别": {"was": "仅委托律师", "becomes": "正职"}}
    found = checked(opened(tmp_path, court(change=change)))
    assert not found.is_scorable
    (one,) = found.findings
    assert (one.code, one.file, one.found, one.expected) == (
        "AMENDMENT_STALE", "amendments.yaml", "工作人员", "仅委托律师",
    )  # fmt: skip
    with pytest.raises(RunError) as caught:
        scored(found)
    assert caught.value.code == "RUN_LEDGERS_FAULTY"


def test_a_fault_of_the_register_has_the_row_of_its_line(tmp_path: Path) -> None:
    change = {
        "出庭人员类别": {"was": "工作人员", "becomes": "正职"},
        "开庭日期": {"was": "", "becomes": "五月"},
    }
    (one,) = checked(by_register(tmp_path, court(change=change))).findings
    assert (one.code, one.file, one.sheet, one.cell) == (
        "AMENDMENT_STALE", "台账更正登记表.xlsx", "台账更正登记表", "第3行",
    )  # fmt: skip


def test_contents_of_personal_columns_are_not_repeated_in_findings(tmp_path: Path) -> None:
    rows = default_rows()["training"]
    rows[0] = {**rows[0], "attendance": "absent", "reason": "手术住院"}
    change = {"缺席或请假事由": {"was": "产假三个月", "becomes": "病假"}}
    made = opened(
        tmp_path,
        entry(ledger="执法培训记录", record="T1|P001", change=change),
        rows={"training": rows},
    )
    (one,) = of_code(checked(made).findings, "AMENDMENT_STALE")
    assert (one.found, one.expected) == ("", "")
    assert "住院" not in one.message + one.todo


@pytest.mark.parametrize(
    ("given", "code", "severity", "found"),
    [
        ({"ledger": "没有的台账"}, "AMENDMENT_LEDGER_UNKNOWN", "error", "没有的台账"),
        ({"ledger": "评分底稿汇总表"}, "AMENDMENT_LEDGER_UNKNOWN", "error", "评分底稿汇总表"),
        ({"ledger": "台账更正登记表"}, "AMENDMENT_LEDGER_UNKNOWN", "error", "台账更正登记表"),
        ({"ledger": "没有的台账", "status": "proposed"}, "AMENDMENT_LEDGER_UNKNOWN", "error", "没有的台账"),
        ({"reason": ""}, "AMENDMENT_INCOMPLETE", "error", ""),
        ({"document": "", "person": " "}, "AMENDMENT_INCOMPLETE", "error", ""),
        ({"approved_on": None}, "AMENDMENT_INCOMPLETE", "error", ""),
        ({"approved_on": "2025-02-01"}, "AMENDMENT_APPROVED_LATER", "warning", "2025-02-01"),
    ],
)  # fmt: skip
def test_what_an_approved_amendment_must_say(
    given: dict[str, Any], code: str, severity: str, found: str, tmp_path: Path
) -> None:
    (one,) = of_code(checked(opened(tmp_path, court(change=PRESENT) | given)).findings, code)
    assert (one.severity.value, one.found, one.cell) == (severity, found, "第2行")


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    bare = {"reason": "", "document": "", "person": "", "approved_on": None}
    (one,) = checked(opened(tmp_path, court(change=PRESENT) | bare)).findings
    assert one.expected == "理由、依据文书、批准人、批准日期"


def test_one_number_in_both_forms_is_refused_at_both_places(tmp_path: Path) -> None:
    lines = register_lines(court("1", KEY.format(31, SECOND), remove=True))
    found = checked(opened(tmp_path, court("1", change=PRESENT), rows={"amendments": lines}))
    wrong = of_code(found.findings, "AMENDMENT_NUMBER_REPEATED")
    assert {one.file for one in wrong} == {"amendments.yaml", "台账更正登记表.xlsx"}
    assert not found.is_scorable


def test_a_column_typed_into_a_department_s_ledger_amends_nothing(
    plain: Assessment, tmp_path: Path
) -> None:
    """What a department writes is what it reports, never an amendment."""
    import openpyxl

    made = folder(tmp_path)
    path = made.path / "ledgers" / f"{SCHEMAS['litigation'].title}.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(1, sheet.max_column + 1, "更正为")
    sheet.cell(21, sheet.max_column, "正职")
    book.save(path)
    found = checked(open_folder(made.path))
    assert codes(found) == ["LEDGER_COLUMN_EXTRA"]
    assert totals(scored(found)) == totals(plain)
