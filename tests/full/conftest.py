"""A whole run of the example, made once for the tests that need real papers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lawkpi.run import RunOptions, open_folder, run_assessment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's run folder, workbooks only."""
    folder = tmp_path_factory.mktemp("run") / "gaoxin-2022"
    outcome = run_assessment(
        open_folder(ROOT / "params" / "gaoxin-2022"), RunOptions(folder, engine="plain")
    )
    assert outcome.is_complete, outcome.failed
    return folder


def program(name: str) -> str:
    """The path of a program that `make full` needs."""
    found = shutil.which(name)
    assert found, f"{name} is not installed; make full needs it (see .ci/run)"
    return found
