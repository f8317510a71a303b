"""The notebooks as they are kept: valid, clean, thin, without a path of any machine."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PARAMETERS = {
    "10-check-ledgers": {"folder", "as_of", "days"},
    "20-department": {"run_folder", "department"},
    "30-summary": {"run_folder"},
    "40-explore": {"run_folder", "folder"},
}
MOST_LINES = 9

every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def content(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in content(path)["cells"] if cell["cell_type"] == "code"]


def test_these_tests_see_every_notebook() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(PARAMETERS)


@every
def test_the_format_is_valid(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4), relax_add_props=False)


@every
def test_no_output_and_no_count_is_stored(path: Path) -> None:
    assert [cell["id"] for cell in code_cells(path)
            if cell["outputs"] or cell["execution_count"]] == []


@every
def test_cell_ids_are_stable(path: Path) -> None:
    ids = [cell["id"] for cell in content(path)["cells"]]
    number = path.stem[:2]
    assert ids == [f"{number}-{place:02}" for place in range(1, len(ids) + 1)]


@every
def test_metadata_is_the_kernel_tags_and_folding_only(path: Path) -> None:
    whole = content(path)
    assert set(whole["metadata"]) == {"kernelspec", "language_info"}
    assert whole["metadata"]["kernelspec"]["name"] == "python3"
    assert {key for cell in whole["cells"] for key in cell["metadata"]} <= {"tags", "jupyter"}


@every
def test_one_tagged_cell_declares_all_parameters_with_a_remark(path: Path) -> None:
    tagged = [cell for cell in code_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    declared = papermill.inspect_notebook(str(path))
    assert set(declared) == PARAMETERS[path.stem]
    assert all(one["default"] and one["help"] for one in declared.values())


@every
def test_no_absolute_path_stands_anywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'["\'(](/[a-z]|[A-Za-z]:\\)', text)


@every
def test_cells_are_thin_and_parse(path: Path) -> None:
    for cell in code_cells(path):
        source = "".join(cell["source"])
        ast.parse(source)
        assert source.count("\n") < MOST_LINES, cell["id"]


@every
def test_prose_is_chinese(path: Path) -> None:
    prose = "".join("".join(cell["source"]) for cell in content(path)["cells"]
                    if cell["cell_type"] == "markdown")
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 100
