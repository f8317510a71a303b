from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from lawkpi.run import open_folder
from lawkpi.run.layout import RunFolder
from lawkpi.run.manifest import PACKAGES, is_reusable
from tests.run.given import content, folder, plain, stable_bytes


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two runs on equal input in two places."""
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    plain(folder(first), first / "out")
    shutil.copytree(first / "甲区2024", second / "甲区2024")
    plain(open_folder(second / "甲区2024"), second / "out")
    return first / "out", second / "out"


def test_two_runs_on_equal_input_give_equal_bytes(runs: tuple[Path, Path]) -> None:
    first, second = map(stable_bytes, runs)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    kinds = {Path(name).suffix for name in first}
    assert kinds == {".xlsx", ".parquet", ".json", ".png"}


def test_the_manifest_names_every_paper_with_its_hash(runs: tuple[Path, Path]) -> None:
    papers = stable_bytes(runs[0])
    papers.pop("manifest.json")
    hashes = {name: hashlib.sha256(paper).hexdigest() for name, paper in papers.items()}
    assert content(runs[0] / "manifest.json")["files"] == hashes


def test_the_manifest_names_inputs_versions_and_no_place_or_time(runs: tuple[Path, Path]) -> None:
    manifest = content(runs[0] / "manifest.json")
    assert set(manifest["packages"]) == set(PACKAGES)
    assert "rubric.yaml" in manifest["inputs"]
    assert manifest["as_of"] == "2025-01-31"
    text = json.dumps(manifest)
    assert str(runs[0].parent) not in text
    assert "seconds" not in text


def test_a_paper_is_reusable_while_it_is_as_the_manifest_says(tmp_path: Path) -> None:
    run_folder = RunFolder(tmp_path)
    paper = tmp_path / "summary.xlsx"
    paper.write_bytes(b"x")
    former = {"files": {"summary.xlsx": hashlib.sha256(b"x").hexdigest()}}
    assert is_reusable(run_folder, former, paper)
    assert not is_reusable(run_folder, {}, paper)
    paper.write_bytes(b"y")
    assert not is_reusable(run_folder, former, paper)
    paper.unlink()
    assert not is_reusable(run_folder, former, paper)


def test_results_do_not_depend_on_the_order_of_files_on_disk(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    """The same files, created in another order."""
    source, target = runs[0].parent / "甲区2024", tmp_path / "甲区2024"
    for path in sorted(source.rglob("*"), reverse=True):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            copy.write_bytes(path.read_bytes())
    plain(open_folder(target), tmp_path / "out")
    assert stable_bytes(tmp_path / "out") == stable_bytes(runs[0])
