from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.conftest import Call
from tests.cli.given import folder
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
