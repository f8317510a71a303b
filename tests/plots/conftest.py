from __future__ import annotations

import pytest

from lawkpi.plots import Plots
from lawkpi.result import Assessment

from . import tiny


@pytest.fixture(scope="session")
def assessment() -> Assessment:
    return tiny.assessment()


@pytest.fixture(scope="session")
def plots(assessment: Assessment) -> Plots:
    return Plots(assessment)
