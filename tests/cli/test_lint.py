"""`lawkpi lint`: every contradiction of a rubric with file and line, and an honest exit code."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call
from tests.support.tiny import PARAMS, RUBRIC, tiny_folder


def test_a_sound_rubric_exits_with_nothing_to_mend(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("lint", str(tiny_folder(tmp_path)))
    assert said.code == 0
    assert "未发现问题" in said.out


def test_a_fault_is_said_with_its_line_and_exits_with_one(lawkpi: Call, tmp_path: Path) -> None:
    text = RUBRIC.replace('full_points: "20"', 'full_points: "21"')
    said = lawkpi("lint", str(tiny_folder(tmp_path, rubric=text)))
    assert said.code == 1
    assert "[RUBRIC_POINTS_NOT_ADDING_UP]" in said.out
    assert "rubric.yaml 第6行" in said.out


def test_a_published_rubric_is_linted_by_itself(lawkpi: Call) -> None:
    folder, params = PARAMS / "rubrics" / "kaijiang-2017", str(PARAMS)
    said = lawkpi("lint", str(folder), "--params", params)
    assert said.code == 0
    assert "[RUBRIC_POINTS_UNLOSABLE]" in said.out


def test_no_ledger_is_read(lawkpi: Call, tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    for path in (folder / "ledgers").iterdir():
        path.unlink()
    assert lawkpi("lint", str(folder)).code == 0


def test_a_folder_without_a_rubric_is_wrong_use(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("lint", str(tmp_path))
    assert said.code == 2
    assert "RUBRIC_FOLDER_MISSING" in said.err
