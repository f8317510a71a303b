"""How a rule's points fall on its records."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.scoring import Behind, RecordShare, half_up, record_shares

from .given import rule

HALF = {"each": {"points": "0.5"}}
LINEAR = {"linear": {"below": "95%", "step": "1%", "points": "0.2", "steps": "up"}}


def shared(
    measure: str, shape: dict[str, Any], rows: list[int], units: int, exact: str
) -> list[RecordShare]:
    made = rule(measure, shape).shape
    assert made is not None
    return record_shares(made.shape, Behind(rows), units, Fraction(exact))


def test_each_record_carries_its_own_points() -> None:
    assert shared("count", HALF, [7, 3], 100, "1") == [RecordShare(7, 50), RecordShare(3, 50)]


def test_records_beyond_a_cap_stay_listed_with_nothing() -> None:
    lines = shared("count", HALF, [1, 2, 3, 4], 100, "1")
    assert [line.units for line in lines] == [50, 50, 0, 0]
    assert [line.is_beyond for line in lines] == [False, False, True, True]


def test_the_record_that_meets_a_cap_carries_what_was_left() -> None:
    lines = shared("count", HALF, [1, 2, 3], 70, "0.7")
    assert [(line.units, line.is_beyond) for line in lines] == [(50, False), (20, False), (0, True)]


def test_records_share_a_rate_s_loss_alike_and_no_unit_is_left_over() -> None:
    lines = shared("rate", LINEAR, [4, 5, 6], 100, "1")
    assert [line.units for line in lines] == [34, 33, 33]
    assert not any(line.is_beyond for line in lines)


def test_a_gate_is_one_line_whatever_the_records() -> None:
    gate = {"gate": {"at_least": "100%", "else": "5"}}
    assert shared("rate", gate, [1, 2], 500, "5") == [RecordShare(None, 500)]


def test_what_is_missing_altogether_is_one_line_without_a_record() -> None:
    short = {"shortfall": {"target": 4, "points": "0.5"}}
    assert shared("count", short, [9], 150, "1.5") == [RecordShare(None, 150)]
    assert shared("count", HALF, [], 50, "0.5") == [RecordShare(None, 50)]


def test_nothing_lost_and_no_record_is_no_line() -> None:
    assert shared("count", HALF, [], 0, "0") == []
    assert shared("count", {"shortfall": {"target": 4, "points": "0.5"}}, [1], 0, "0") == []


def test_a_rule_that_comes_too_late_lists_its_records_with_nothing() -> None:
    lines = shared("count", HALF, [1, 2], 0, "0")
    assert [(line.units, line.is_beyond) for line in lines] == [(0, True), (0, True)]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.integers(1, 30),
    st.integers(1, 300),
    st.integers(0, 3000),
    st.fractions(min_value=0, max_value=3, max_denominator=12),
)
def test_shares_add_up_whatever_the_cap_and_the_redistribution(
    count: int, points: int, cap: int, factor: Fraction
) -> None:
    exact = min(Fraction(count * points, 100), Fraction(cap, 100))
    units = half_up(exact * 100 * factor)
    shape = {"each": {"points": f"{points // 100}.{points % 100:02}"}}
    lines = shared("count", shape, list(range(count)), units, str(exact))
    assert sum(line.units for line in lines) == (units if exact else 0)
    assert [line.row for line in lines] == list(range(count))
    assert all(line.units == 0 for line in lines if line.is_beyond)
    assert [line.is_beyond for line in lines] == sorted(line.is_beyond for line in lines)
