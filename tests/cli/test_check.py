from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from tests.cli.conftest import Call
from tests.cli.given import folder
from tests.support.amending import declare, entry
from tests.support.tiny import SETTINGS, case, default_rows


def test_a_folder_without_findings_ends_with_0_and_says_so(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("check", folder(tmp_path))
    assert said.code == 0
    assert "未发现问题" in said.out


def test_findings_that_forbid_scoring_end_with_1_and_show_code_place_and_content(
    lawkpi: Call, tmp_path: Path
) -> None:
    rows = [*default_rows()["litigation"], case(99, "某[b]某[/b]局")]
    said = lawkpi("check", folder(tmp_path, {"litigation": rows}))
    assert said.code == 1
    for text in ("须更正", "[LEDGER_DEPARTMENT_UNKNOWN]", "行政诉讼台账.xlsx", "某[b]某[/b]局"):
        assert text in said.out
    assert "须更正 1 条" in said.out
    assert said.err == ""


def test_findings_that_can_be_scored_end_with_0(lawkpi: Call, tmp_path: Path) -> None:
    rows = default_rows()["litigation"]
    wrong = {"litigation": [{**rows[0], "reply_on": "三月"}, *rows[1:]]}
    said = lawkpi("check", folder(tmp_path, wrong))
    assert said.code == 0
    assert "待核 1 条" in said.out


def test_a_fault_in_yaml_is_wrong_use_with_file_and_line(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("check", folder(tmp_path, settings=SETTINGS.replace("id: tiny", "idd: tiny")))
    assert said.code == 2
    assert "PARAMS_KEY_UNKNOWN" in said.err
    assert "assessment.yaml 第2行" in said.err


def test_more_findings_than_fit_are_counted_and_none_is_lost_in_the_workbook(
    lawkpi: Call, tmp_path: Path
) -> None:
    rows = [case(number, "某局") for number in range(1, 61)]
    target = tmp_path / "问题[1].xlsx"
    said = lawkpi("check", folder(tmp_path, {"litigation": rows}), "--output", target)
    assert said.code == 1
    assert said.out.count("[LEDGER_DEPARTMENT_UNKNOWN]") == 50
    assert "另有 10 条" in said.out
    assert "须更正 60 条" in said.out
    assert "问题[1].xlsx" in said.out
    cells = [
        str(cell.value) for row in openpyxl.load_workbook(target).worksheets[0] for cell in row
    ]
    assert sum("LEDGER_DEPARTMENT_UNKNOWN" in cell for cell in cells) == 60


def waiting(number: int, **more: Any) -> dict[str, Any]:
    """A case served on 11 March 2024 and not answered."""
    blank = dict.fromkeys(("reply_on", "evidence_on", "mandate_on"))
    return case(number, "甲区城管局", **{**blank, **more})


def test_a_day_lists_what_falls_due_and_what_is_late_per_department(
    lawkpi: Call, tmp_path: Path
) -> None:
    place = folder(tmp_path, {"litigation": [waiting(1)]})
    said = lawkpi("check", place, "--as-of", "2024-03-20", "--days", "10")
    assert said.code == 0
    assert "期限预警（截至2024年3月20日，10日内：逾期未办0项，将届满1项" in said.out
    assert "甲区城管局\n  将届满　提交答辩状、证据和依据" in said.out
    assert "届满日2024-03-26　还有6日" in said.out
    late = lawkpi("check", place, "--as-of", "2024-03-28", "--days", "10")
    assert "逾期未办1项" in late.out


def test_the_warnings_are_a_sheet_of_the_workbook_beside_the_findings(
    lawkpi: Call, tmp_path: Path
) -> None:
    target = tmp_path / "预警.xlsx"
    place = folder(tmp_path, {"litigation": [waiting(1)]})
    lawkpi("check", place, "--as-of", "2024-03-20", "--output", target)
    assert openpyxl.load_workbook(target).sheetnames == ["期限预警", "问题清单"]


def test_without_a_day_nothing_is_warned_of(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("check", folder(tmp_path, {"litigation": [waiting(1)]}))
    assert "期限预警" not in said.out


def test_a_day_that_is_none_is_wrong_use(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("check", folder(tmp_path), "--as-of", "今天")
    assert said.code == 2
    assert "[USAGE_DAY_UNREADABLE]" in said.err


def test_amendments_are_counted_in_one_line_and_not_mentioned_where_there_are_none(
    lawkpi: Call, tmp_path: Path
) -> None:
    made = folder(tmp_path)
    assert "更正" not in lawkpi("check", made).out
    record = "（2024）甲01行初31号|一审|市监局"
    declare(made, entry("1", "行政诉讼台账", record=record, remove=True))
    said = lawkpi("check", made)
    assert said.code == 0
    assert "台账更正：已批准 1 项（改动 1 处）。" in said.out


def test_a_stale_amendment_ends_with_1_and_its_line(lawkpi: Call, tmp_path: Path) -> None:
    made = folder(tmp_path)
    declare(made, entry("1", "行政诉讼台账", record="没有|一审|市监局", remove=True))
    said = lawkpi("check", made)
    assert said.code == 1
    assert "[AMENDMENT_RECORD_UNKNOWN]" in said.out
    assert "amendments.yaml 第2行" in said.out
