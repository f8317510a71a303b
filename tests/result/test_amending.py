"""The table of amendments: whom each concerns, nobody's name in it, equal when read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from lawkpi.ledger.amended import Applied
from lawkpi.measure.charges import charging
from lawkpi.result import Assessment, load_assessment, store_assessment
from lawkpi.result.amending import concerned
from lawkpi.run import checked, open_folder
from lawkpi.run.score import scored
from tests.support.amending import declare, entry
from tests.support.tiny import SCHEMAS, default_rows, tiny_folder
from tests.workbook.given import rubric, schemas

COURT = "行政诉讼台账"
CASE = "（2024）甲01行初{}号|一审|{}"
SHORT = ["number", "department", "column", "was", "becomes", "status"]
MOVED = {
    "承办单位": {"was": "市监局", "becomes": "城管局"},
    "裁判结果": {"was": "撤销", "becomes": "驳回诉讼请求"},
}
FOUR = [
    entry("1", COURT, record=CASE.format(32, "市监局"), change=MOVED),
    entry("2", COURT, record=CASE.format(31, "市监局"), remove=True),
    entry("3", COURT, record=CASE.format(77, "城管局"),
          add={"被告": "管委会", "应诉通知书收到日": "2024-03-11", "是否开庭": "否"}),
    entry("4", COURT, record=CASE.format(1, "城管局"), status="withdrawn",
          change={"案由（被诉行为）": {"was": "", "becomes": "处罚"}}),
]  # fmt: skip


def run(path: Path, *entries: Mapping[str, Any], rows: Any = None) -> Assessment:
    made = tiny_folder(path / "甲区2024", rows)
    declare(made, *entries)
    return scored(checked(open_folder(made)))


def lines(assessment: Assessment) -> list[list[Any]]:
    frame = assessment.amendments[SHORT]
    return [[None if pd.isna(one) else one for one in row] for row in frame.itertuples(index=False)]


def test_a_moved_record_concerns_both_departments_and_its_contents_only_the_new_one(
    tmp_path: Path,
) -> None:
    assert lines(run(tmp_path, *FOUR)) == [
        ["1", "01", "responsible_department", "甲区市监局", "甲区城管局", "approved"],
        ["1", "02", "responsible_department", "甲区市监局", "甲区城管局", "approved"],
        ["1", "01", "outcome", "撤销", "驳回诉讼请求", "approved"],
        ["2", "02", None, None, None, "approved"],
        ["3", "01", None, None, None, "approved"],
        ["4", None, "cause", None, "处罚", "withdrawn"],
    ]


def test_former_and_present_ids_tell_what_happened_to_a_record(tmp_path: Path) -> None:
    frame = run(tmp_path, *FOUR).amendments.drop_duplicates("number").set_index("number")
    ids = [
        [None if pd.isna(one) else one for one in frame.loc[n, ["former_id", "row_id"]]]
        for n in "1234"
    ]
    moved = "litigation/(2024)甲01行初32号|first|{}"
    assert ids == [
        [moved.format("02"), moved.format("01")],
        ["litigation/(2024)甲01行初31号|first|02", None],
        [None, "litigation/(2024)甲01行初77号|first|01"],
        [None, None],
    ]


def test_persons_keep_a_surname_and_personal_contents_are_hidden(tmp_path: Path) -> None:
    rows = default_rows()["training"]
    rows[0] = {**rows[0], "attendance": "absent", "reason": "手术住院"}
    change = {"缺席或请假事由": {"was": "手术住院", "becomes": "公务出差"}}
    unknown = {"没有的栏": {"was": "李四", "becomes": "李建军"}}
    ledger = {"ledger": "执法培训记录", "record": "T1|P001"}
    entries = [
        entry("1", **ledger, change=change),
        entry("2", **ledger, change=unknown, status="withdrawn"),
    ]
    found = run(tmp_path, *entries, rows={"training": rows})
    frame = found.amendments
    assert frame["person"].tolist() == ["王某某", "王某某"]
    assert frame["was"].tolist() == frame["becomes"].tolist() == ["（已隐去）", "（已隐去）"]
    assert found.ledgers["training"].frame["reason"][0] == "（已隐去）"


def test_read_back_everything_is_equal_and_ledgers_remember_their_amendments(
    tmp_path: Path,
) -> None:
    one = run(tmp_path, *FOUR)
    store_assessment(one, tmp_path / "data")
    again = load_assessment(tmp_path / "data")
    pd.testing.assert_frame_equal(again.amendments, one.amendments)
    assert one.ledgers["litigation"].amended
    for name, ledger in one.ledgers.items():
        assert again.ledgers[name].amended == ledger.amended


def test_inputs_are_not_changed_by_scoring(tmp_path: Path) -> None:
    made = tiny_folder(tmp_path / "甲区2024")
    declare(made, *FOUR)
    found = checked(open_folder(made))
    before = {name: ledger.frame.copy() for name, ledger in found.ledgers.items()}
    amendments = found.amendments
    assert scored(found).totals.equals(scored(found).totals)
    assert found.amendments == amendments
    for name, frame in before.items():
        pd.testing.assert_frame_equal(found.ledgers[name].frame, frame)


def test_a_rule_s_own_charge_counts_too() -> None:
    assert charging(rubric(), schemas()["cases"]) == {"department", "handler"}
    assert charging(rubric(), SCHEMAS["litigation"]) == {"responsible_department"}


def test_a_record_of_no_charged_department_concerns_nobody() -> None:
    amendment: Any = None
    one = Applied(amendment, "1", "hours", before={"defendant": "01"}, after={"defendant": "01"})
    assert concerned(one, {"department"}) == set()
