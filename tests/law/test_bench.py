from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
import pytest

from lawkpi.law import Calendar, Limits, mixed_last_days

MIXED = ("LIT-REPLY", "RECO-REPLY", "FOI-REPLY", "DUTY-2M", "PETITION-60")


def seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


@pytest.mark.bench
def test_a_million_rows_of_mixed_limits_against_numpy(limits: Limits, calendar: Calendar) -> None:
    """Row by row another limit; numpy counts the same rows' working days under one."""
    random = np.random.default_rng(20260731)
    starts = np.datetime64("2018-01-01") + random.integers(0, 3000, 1_000_000)
    keys = np.array(MIXED, dtype=object)[random.integers(0, len(MIXED), 1_000_000)]
    days = np.arange(calendar.known_from, calendar.known_to, dtype="datetime64[D]")
    plain = np.busdaycalendar(holidays=days[~calendar.is_working(days)])
    numpy = min(
        seconds(lambda: np.busday_offset(starts, 20, roll="backward", busdaycal=plain))
        for _ in range(3)
    )
    ours = min(seconds(lambda: mixed_last_days(limits, keys, starts, calendar)) for _ in range(3))
    print(f"\n1,000,000 last days: {ours:.3f} s, {ours / numpy:.2f} x busday_offset")  # noqa: T201
