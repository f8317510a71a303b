from __future__ import annotations

import pytest

from lawkpi.run.layout import RunFolder
from lawkpi.run.papers import Papers
from tests.run.feedback.given import made_run


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """One run that all tests read and none changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Papers, "figures", lambda *_: None)
        return made_run(tmp_path_factory.mktemp("run"))
