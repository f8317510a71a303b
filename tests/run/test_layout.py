from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.errors import RunError
from lawkpi.run.layout import RunFolder
from tests.run.given import folder


def test_an_empty_or_new_folder_becomes_a_run_folder(tmp_path: Path) -> None:
    RunFolder(tmp_path / "new" / "deep").claim()
    assert (tmp_path / "new" / "deep").is_dir()
    RunFolder(tmp_path / "new" / "deep").claim()


def test_a_folder_with_somebody_else_s_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "departments").mkdir()
    (tmp_path / "我的文件.docx").write_text("x")
    with pytest.raises(RunError) as caught:
        RunFolder(tmp_path).claim()
    assert (caught.value.code, caught.value.where) == ("RUN_FOLDER_FOREIGN", tmp_path.name)
    assert "我的文件.docx" in caught.value.todo
    assert sorted(one.name for one in tmp_path.iterdir()) == ["departments", "我的文件.docx"]


def test_a_register_of_appeals_is_known_and_never_removed(tmp_path: Path) -> None:
    run_folder = RunFolder(tmp_path)
    run_folder.appeals.write_text("x")
    run_folder.claim()
    run_folder.clear()
    assert [one.name for one in tmp_path.iterdir()] == ["appeals.xlsx"]


def test_papers_are_named_by_code_and_name(tmp_path: Path) -> None:
    run_folder = RunFolder(tmp_path / "run")
    department = folder(tmp_path).register.by_code["01"]
    assert run_folder.workbook(department).name == "01-甲区城管局.xlsx"
    assert run_folder.notebook(department).name == "01-甲区城管局.ipynb"
    assert run_folder.scoring_sheet("甲/乙办").name == "甲_乙办.xlsx"


def test_clearing_removes_products_and_nothing_else(tmp_path: Path) -> None:
    for name in ("departments", "notebooks", "data", "figures", "letters"):
        (tmp_path / name).mkdir()
    for name in ("summary.xlsx", "manifest.json", "findings.xlsx", "run.log.jsonl"):
        (tmp_path / name).write_text("x")
    RunFolder(tmp_path).clear()
    left = sorted(one.name for one in tmp_path.iterdir())
    assert left == ["findings.xlsx", "letters", "run.log.jsonl"]


@pytest.mark.parametrize("text", [None, "", "{", "\0"])
def test_without_a_readable_manifest_there_is_no_former_run(
    tmp_path: Path, text: str | None
) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    assert RunFolder(tmp_path).former_manifest() == {}
