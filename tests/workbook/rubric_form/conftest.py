from __future__ import annotations

from pathlib import Path

import pytest

from .given import written


@pytest.fixture(scope="session")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample rubric as a workbook; not to be changed in place."""
    return written(tmp_path_factory.mktemp("form"))
