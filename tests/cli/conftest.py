from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.given import Said, called

Call = Callable[..., Said]


@pytest.fixture
def lawkpi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return lambda *words: called(monkeypatch, capsys, *words)
