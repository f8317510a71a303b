"""Different contents, exact sums, means and quotas, per department and per part of the year."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lawkpi.errors import RubricError
from lawkpi.measure import Facts, Measured, RuleInput, measured
from lawkpi.params import Period

from .given import MATTERS, by_hand, counted, facts, ledger, rule

DAY = "2024-05-01"
GATE = {"gate": {"at_least": "80%", "else": "1"}}
TWO = ["01", "02"]


def known(departments: list[Any], *quotas: dict[str, Any], **cells: list[Any]) -> Facts:
    rows = {"held_on": [DAY] * len(departments), "department": departments, **cells}
    lines = [{"reference": "quota", **one} for one in quotas]
    return facts(ledger(MATTERS, rows), *([by_hand("baselines", lines)] if lines else []))


def causing(tally: Measured) -> dict[int, list[int]]:
    return {place: rows.tolist() for place, rows in tally.causing.items()}


def distinct(given: Facts, **terms: Any) -> Measured:
    return counted({"distinct": {"ledger": "matters", "column": "person", **terms}}, given)


def test_equal_contents_count_once_per_department() -> None:
    tally = distinct(known(["01", "01", "01", "02"], person=["P1", "P2", "P1", "P1"]))
    assert tally.done.tolist() == [2, 1]


def test_the_first_row_of_each_content_in_row_id_order_stands_for_it() -> None:
    rows = known(["01"] * 3, person=["P1", "P2", "P1"], number=["N9", "N5", "N1"])
    assert causing(distinct(rows)) == {0: [2, 1]}


def test_only_rows_that_satisfy_the_condition_have_contents() -> None:
    rows = known(["01", "01"], person=["P1", "P2"], kind=["a", "b"])
    assert distinct(rows, where={"kind": {"is": "a"}}).done.tolist() == [1, 0]


@pytest.mark.parametrize("cell", [None, "?"])
def test_a_content_that_is_blank_or_unreadable_is_not_counted_as_one(cell: Any) -> None:
    tally = distinct(known(["01", "02"], person=[cell, "P1"]))
    assert tally.pending.tolist() == [True, False]


def total(given: Facts, **terms: Any) -> Measured:
    return counted({"sum": {"ledger": "matters", "column": "hours", **terms}}, given)


def test_a_sum_is_exact_in_the_column_s_smallest_unit() -> None:
    tally = total(known(["01"] * 3 + ["02"], hours=[0.1, 0.2, 0.4, 12.5]))
    assert (tally.done.tolist(), tally.scale) == ([7, 125], 10)
    assert causing(tally) == {0: [0, 1, 2], 1: [3]}


def test_no_row_at_all_is_a_sum_of_nothing_unless_the_rubric_says_otherwise() -> None:
    rows = known(["02"], hours=[1.0])
    plain = total(rows)
    assert (plain.done.tolist(), plain.empty.tolist()) == ([0, 10], [False, False])
    wanted = total(rows, empty="pending")
    assert wanted.empty.tolist() == [True, False]
    assert set(np.atleast_1d(wanted.empty_means)) == {"pending"}


@pytest.mark.parametrize("cell", [None, "?", -0.5])
def test_a_number_that_is_blank_unreadable_or_below_nothing_leaves_the_sum_open(cell: Any) -> None:
    tally = total(known(["01", "01", "02"], hours=[3.0, cell, 1.0]))
    assert tally.pending.tolist() == [True, False]


def test_a_sum_over_words_is_refused() -> None:
    with pytest.raises(RubricError) as caught:
        total(known(["01"], kind=["a"]), column="kind")
    assert caught.value.code == "RUBRIC_OPERAND_WRONG"


def test_a_sum_over_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(RubricError) as caught:
        total(known(["01"]), column="length")
    assert caught.value.code == "RUBRIC_COLUMN_UNKNOWN"


def mean(hours: list[Any], **terms: Any) -> Measured:
    """The mean of some figures of 01 out of a hundred."""
    measure = {"ledger": "matters", "column": "hours", "out_of": "100", "empty": "not_applicable"}
    return counted(
        {"mean": {**measure, **terms}}, known(["01"] * len(hours), hours=hours), ["01"], GATE
    )


def share(tally: Measured) -> Fraction:
    return Fraction(int(tally.done[0]), int(tally.due[0]))


def test_a_mean_is_a_share_of_what_could_be_reached() -> None:
    tally = mean([80.0, 90.5])
    assert share(tally) == Fraction("0.8525")
    assert tally.is_share


def test_a_mean_without_end_stays_exact() -> None:
    assert share(mean([0.1, 0.2, 0.4])) == Fraction(7, 3000)


def test_so_many_of_the_highest_and_of_the_lowest_are_left_out() -> None:
    tally = mean([0.0, 60.0, 70.0, 80.0, 100.0], trim=1, min_base=3, below_base="pending")
    assert share(tally) == Fraction("0.7")
    assert causing(tally) == {0: [1, 2, 3]}
    two = mean([0.0, 10.0, 50.0, 90.0, 100.0], trim=2, min_base=5, below_base="pending")
    assert share(two) == Fraction("0.5")


def test_of_equal_figures_only_as_many_as_declared_are_left_out() -> None:
    tally = mean([90.0, 90.0, 90.0, 30.0], trim=1, min_base=3, below_base="pending")
    assert share(tally) == Fraction("0.9")


def test_too_few_figures_mean_what_the_rubric_says() -> None:
    few = mean([0.0, 60.0], trim=1, min_base=3, below_base="full")
    assert few.empty.tolist() == [True]
    assert np.atleast_1d(few.empty_means).tolist() == ["full"]
    none = mean([], trim=1, min_base=3, below_base="full")
    assert np.atleast_1d(none.empty_means).tolist() == ["not_applicable"]


@pytest.mark.parametrize("cell", [None, "?", -0.1, 100.1])
def test_a_figure_out_of_range_or_missing_leaves_the_mean_open(cell: Any) -> None:
    assert mean([50.0, cell]).pending.tolist() == [True]


def test_a_figure_that_would_be_left_out_still_has_to_be_readable() -> None:
    wrong = mean([50.0, 60.0, 70.0, 100.1], trim=1, min_base=3, below_base="pending")
    assert wrong.pending.tolist() == [True]


def done(given: Facts, **terms: Any) -> Measured:
    return counted(
        {"completion": {"ledger": "matters", "empty": "full", **terms}}, given, shape=GATE
    )


def test_what_was_reached_is_set_against_the_quota_and_may_pass_it() -> None:
    quotas = {"department": "01", "value": 2.0}, {"department": "02", "value": 4.0}
    tally = done(known(["01"] * 3 + ["02"] * 3, *quotas))
    rates = [Fraction(int(a), int(b)) for a, b in zip(tally.done, tally.due, strict=True)]
    assert rates == [Fraction(3, 2), Fraction(3, 4)]


def test_a_quota_of_a_sum_is_exact_although_its_decimals_are_others() -> None:
    tally = done(known(["01"], {"value": 12.55}, hours=[12.5]), column="hours")
    assert share(tally) == Fraction("12.5") / Fraction("12.55")


def test_a_quota_of_nothing_means_what_the_rubric_says() -> None:
    tally = done(known(["01"], {"value": 0.0}))
    assert (tally.empty.tolist(), tally.pending.tolist()) == ([True, True], [False, False])


def test_without_a_quota_nothing_is_reached_and_nothing_missed() -> None:
    tally = done(known(["01"], {"department": "01", "value": 3.0}))
    assert (tally.pending.tolist(), tally.empty.tolist()) == ([False, True], [False, False])


@pytest.mark.parametrize("cell", [None, "?", -1.0])
def test_a_sum_against_a_quota_is_open_where_a_number_is(cell: Any) -> None:
    tally = done(known(["01", "02"], {"value": 3.0}, hours=[cell, 3.0]), column="hours")
    assert tally.pending.tolist() == [True, False]


def test_a_part_of_the_year_has_its_own_rows_both_ends_inside() -> None:
    held = ["2024-03-31", "2024-04-01", "2024-06-30", "2024-07-01"]
    rows = facts(ledger(MATTERS, {"held_on": held, "department": ["01"] * 4}))
    quarter = Period(start=dt.date(2024, 4, 1), end=dt.date(2024, 6, 30))
    tally = measured(RuleInput("1.1", rule({"count": {"ledger": "matters"}}), TWO, quarter), rows)
    assert causing(tally) == {0: [1, 2]}


def test_rows_that_leave_a_count_open_can_be_named_in_row_id_order() -> None:
    rows = known(["01", "01", "02"], kind=["?", "?", "a"], number=["N9", "N1", "N5"])
    tally = counted({"count": {"ledger": "matters", "where": {"kind": {"is": "a"}}}}, rows)
    assert tally.undecided_rows(0, TWO) == [1, 0]
    assert tally.undecided_rows(1, TWO) == []
