from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.result import Assessment
from lawkpi.run.check import Checked, checked
from lawkpi.run.folder import open_folder
from lawkpi.run.score import scored
from tests.support.tiny import tiny_folder

from .given import EXAMPLE


@pytest.fixture(scope="session")
def example_checked() -> Checked:
    return checked(open_folder(EXAMPLE))


@pytest.fixture(scope="session")
def example(example_checked: Checked) -> Assessment:
    return scored(example_checked)


@pytest.fixture(scope="session")
def tiny_checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return checked(open_folder(tiny_folder(tmp_path_factory.mktemp("tiny"))))


@pytest.fixture(scope="session")
def tiny(tiny_checked: Checked) -> Assessment:
    return scored(tiny_checked)


@pytest.fixture(params=["tiny", "example"])
def run(request: pytest.FixtureRequest) -> Assessment:
    """Both assessments, one after the other."""
    assessment: Assessment = request.getfixturevalue(request.param)
    return assessment


@pytest.fixture(params=["tiny", "example"])
def checked_run(request: pytest.FixtureRequest) -> Checked:
    """Both assessments before they are scored."""
    found: Checked = request.getfixturevalue(f"{request.param}_checked")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tiny"
