from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import WorkbookError
from lawkpi.run import papers
from lawkpi.run.papers import Papers
from tests.cli.conftest import Call
from tests.cli.given import folder
from tests.support.tiny import default_rows


@pytest.fixture(autouse=True)
def _no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Papers, "figures", lambda *_: None)


def test_a_whole_run_ends_with_0_and_says_where_everything_is(lawkpi: Call, tmp_path: Path) -> None:
    output = tmp_path / "结果[1]"
    said = lawkpi("run", folder(tmp_path), "--engine", "plain", "--output", output)
    assert said.code == 0
    assert "失败 0 件" in said.out
    for part in ("departments/", "summary.xlsx", "findings.xlsx", "data/"):
        assert f"结果[1]/{part}" in said.out.replace("\\", "/")
    assert (output / "manifest.json").is_file()


def test_without_output_the_results_stand_in_outputs_under_the_assessment_s_id(
    lawkpi: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = lawkpi("run", path, "--engine", "plain")
    assert said.code == 0
    assert "outputs/tiny/summary.xlsx" in said.out
    assert (tmp_path / "outputs" / "tiny" / "summary.xlsx").is_file()


def test_a_failed_paper_ends_with_1_and_is_named_with_its_reason(
    lawkpi: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = papers.write_department

    def failing(assessment: Any, code: str, target: Path) -> Path:
        if code == "02":
            raise WorkbookError("WORKBOOK_X", "坏[i]了")
        return real(assessment, code, target)

    monkeypatch.setattr(papers, "write_department", failing)
    said = lawkpi("run", folder(tmp_path), "--engine", "plain", "--output", tmp_path / "out")
    assert said.code == 1
    assert "失败 1 件" in said.out
    assert "失败：甲区市监局　[WORKBOOK_X] 坏[i]了" in said.out


def test_faulty_ledgers_end_with_1_and_every_fault(lawkpi: Call, tmp_path: Path) -> None:
    rows = default_rows()["litigation"]
    path = folder(tmp_path, {"litigation": [*rows, rows[0]]})
    said = lawkpi("run", path, "--engine", "plain", "--output", tmp_path / "out")
    assert said.code == 1
    assert "[RUN_LEDGERS_FAULTY]" in said.err
    assert "[LEDGER_ROW_REPEATED]" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--stage", "first"), ("--engine", "fast"), ("--notebooks", "some")],
)
def test_an_unknown_word_for_an_option_is_wrong_use_and_the_known_ones_are_named(
    lawkpi: Call, tmp_path: Path, option: str, value: str
) -> None:
    said = lawkpi("run", folder(tmp_path), option, value, "--output", tmp_path / "out")
    assert said.code == 2
    assert f"[USAGE_OPTION_VALUE] {option} 不能是 {value}" in said.err
    assert "应为：" in said.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_department_is_said_with_the_known_ones(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("run", folder(tmp_path), "--only", "1", "--output", tmp_path / "out")
    assert said.code != 0
    assert "[RUN_DEPARTMENT_UNKNOWN]" in said.err
    assert "01 城管局" in said.err


def test_the_final_stage_is_refused_while_something_is_pending(
    lawkpi: Call, tmp_path: Path
) -> None:
    path = folder(tmp_path, {"entered": default_rows()["entered"][1:]})
    said = lawkpi("run", path, "--engine", "plain", "--stage", "final", "--output", tmp_path / "o")
    assert said.code == 1
    assert "[RUN_FINAL_PENDING]" in said.err
    assert "01 第1.3项" in said.err
