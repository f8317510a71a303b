"""Notebooks run in kernels of their own; what fails is shown, kept, and stops nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from lawkpi.errors import RunError
from lawkpi.run import RunOptions, RunOutcome, run_assessment
from lawkpi.run.notebooks import canonical, check_parameters, execute, templates_folder
from lawkpi.run.papers import Papers
from tests.run.given import content, folder, notebook

BAD = """
print("{department} begins in", run_folder)
if department == "02":
    import lawkpi
    lawkpi.load(run_folder + "/nowhere")
if department == "03":
    import os
    os._exit(1)
"""
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory: pytest.TempPathFactory) -> RunOutcome:
    """A run in which one notebook raises and one kills its kernel."""
    place = tmp_path_factory.mktemp("bad")
    notebook(place / "templates" / "20-department.ipynb", BAD, "print('end')")
    notebook(
        place / "templates" / "30-summary.ipynb", "print(run_folder)", parameters='run_folder = ""'
    )
    options = RunOptions(place / "out", templates=place / "templates", workers=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Papers, "figures", lambda *_: None)
        return run_assessment(folder(place), options)


def saved(outcome: RunOutcome, code: str) -> Path:
    [path] = (outcome.run_folder.path / "notebooks").glob(f"{code}*.ipynb")
    return path


def test_a_notebook_that_raises_or_dies_stops_only_its_own_department(bad_run: RunOutcome) -> None:
    assert sorted(bad_run.done) == ["01", "figures", "scoring", "summary"]
    assert sorted(bad_run.failed) == ["02", "03"]
    assert bad_run.failed["02"].startswith("[NOTEBOOK_FAILED]")
    assert "RESULT_FOLDER_INCOMPLETE" in bad_run.failed["02"]
    assert bad_run.failed["03"].startswith("[NOTEBOOK_DIED]")
    assert not bad_run.is_complete


def test_the_failing_notebook_is_kept_with_its_error(bad_run: RunOutcome) -> None:
    cells = content(saved(bad_run, "02"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    assert [one["ename"] for one in outputs if one["output_type"] == "error"] == ["ResultError"]


def test_a_saved_notebook_names_no_folder_of_the_machine_it_ran_on(bad_run: RunOutcome) -> None:
    """Nor does the traceback of a failed one."""
    place = bad_run.run_folder.path.parent
    for path in sorted((bad_run.run_folder.path / "notebooks").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        named = [str(one) for one in (place, REPOSITORY, Path(sys.prefix)) if str(one) in text]
        assert (path.name, named) == (path.name, [])


def test_parameters_are_written_into_the_saved_notebook(bad_run: RunOutcome) -> None:
    cells = content(saved(bad_run, "01"))["cells"]
    [injected] = [one for one in cells if "injected-parameters" in one["metadata"].get("tags", [])]
    source = "".join(injected["source"])
    assert 'department = "01"' in source
    assert 'run_folder = ".."' in source


def test_two_runs_of_one_notebook_are_equal_after_canonical(tmp_path: Path) -> None:
    template = notebook(tmp_path / "t.ipynb", "print(department)\n{'b': 1, 'a': 2}")
    made = []
    for name in ("a", "b"):
        target = tmp_path / name / "t.ipynb"
        execute(template, target, {"department": "007"}, base=tmp_path / name)
        made.append(content(target))
    assert made[0] != made[1]
    assert canonical(made[0]) == canonical(made[1])
    assert "007\n" in json.dumps(canonical(made[0]), ensure_ascii=False).replace("\\n", "\n")


def test_canonical_keeps_what_a_reader_sees() -> None:
    cell = {"cell_type": "code", "source": "1", "outputs": [{"text": "1"}], "id": "x",
            "metadata": {"tags": ["t"], "papermill": {"duration": 1}}}  # fmt: skip
    other = {**cell, "outputs": [{"text": "2"}]}
    later = {**cell, "id": "y", "metadata": {"tags": ["t"], "papermill": {"duration": 2}}}
    made = [canonical({"nbformat": 4, "cells": [one]}) for one in (cell, other, later)]
    assert made[0] == made[2]
    assert made[0] != made[1]


def test_an_unknown_parameter_is_refused_before_a_kernel_starts(tmp_path: Path) -> None:
    template = notebook(tmp_path / "t.ipynb")
    with pytest.raises(RunError) as caught:
        execute(template, tmp_path / "out.ipynb", {"departmant": "01"}, base=tmp_path)
    assert (caught.value.code, caught.value.where) == ("NOTEBOOK_PARAMETER_UNKNOWN", "t.ipynb")
    assert "department" in caught.value.expected
    assert not (tmp_path / "out.ipynb").exists()


def test_declared_parameters_are_accepted_whether_given_or_not(tmp_path: Path) -> None:
    template = notebook(tmp_path / "t.ipynb")
    check_parameters(template, {"department": "01"})
    check_parameters(template, {})


def test_a_missing_template_or_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        check_parameters(tmp_path / "no.ipynb", {})
    assert caught.value.code == "NOTEBOOK_MISSING"
    with pytest.raises(RunError) as caught:
        templates_folder(tmp_path / "no")
    assert (caught.value.code, caught.value.where) == ("NOTEBOOK_FOLDER_MISSING", "no")
