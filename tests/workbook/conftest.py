from pathlib import Path

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department, write_summary
from tests.workbook.given import World, world


@pytest.fixture(scope="session")
def small() -> World:
    return world(3)


@pytest.fixture(scope="session")
def assessment(small: World) -> Assessment:
    return small.assessment()


@pytest.fixture(scope="session")
def workbook(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_department(assessment, "ZX777", tmp_path_factory.mktemp("w") / "甲.xlsx")


@pytest.fixture(scope="session")
def summary(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_summary(assessment, tmp_path_factory.mktemp("s") / "summary.xlsx")
