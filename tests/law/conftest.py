from __future__ import annotations

import pytest

from lawkpi.law import Calendar, Limits, load_limits

from .given import ROOT


@pytest.fixture(scope="session")
def limits() -> Limits:
    return load_limits(ROOT / "params" / "law")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.national()
