from __future__ import annotations

import pytest

from lawkpi.run.papers import Papers


@pytest.fixture
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing is not what these tests are about."""
    monkeypatch.setattr(Papers, "figures", lambda *_: None)
