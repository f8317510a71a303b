from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from lawkpi.plots import rates
from lawkpi.result import Assessment


def test_a_section_rate_counts_what_was_scored_and_what_was_not_reported(
    assessment: Assessment,
) -> None:
    assert rates.section_rates(assessment).loc["1", "201"] == 38.5 / 60


def test_a_section_rate_leaves_out_what_does_not_apply(assessment: Assessment) -> None:
    assert rates.section_rates(assessment).loc["1", "101"] == 1


@pytest.mark.parametrize(("item", "code"), [("1.2", "101"), ("2.1", "201")])
def test_not_applicable_and_pending_have_no_rate_rather_than_zero(
    assessment: Assessment, item: str, code: str
) -> None:
    assert pd.isna(rates.item_rates(assessment).loc[item, code])


def test_not_reported_has_the_rate_that_its_points_give(assessment: Assessment) -> None:
    assert rates.item_rates(assessment).loc["1.2", "201"] == 0


def test_a_mean_of_fewer_than_three_departments_is_not_told(assessment: Assessment) -> None:
    assert rates.group_means(assessment, "internal").isna().all()
    means = rates.group_means(assessment, "field")
    assert pd.notna(means["1"])
    assert pd.isna(means["2"])  # one of the three is pending


def test_lost_points_are_exact_and_leave_out_items_without_loss(assessment: Assessment) -> None:
    assert rates.lost_points(assessment, "203") == {
        "1.1": Fraction(10),
        "1.2": Fraction("4.75"),
        "2.1": Fraction("6.7"),
    }
    assert rates.lost_points(assessment, "202") == {}


def test_base_points_leave_out_what_does_not_apply(assessment: Assessment) -> None:
    assert rates.base_points(assessment, "101") == 80
    assert rates.base_points(assessment, "201") == 100


@pytest.mark.parametrize(
    ("rate", "label"), [(0.9065, "90.7%"), (0.90649, "90.6%"), (1.0, "100.0%"), (0.0005, "0.1%")]
)
def test_a_rate_reads_as_the_workbook_prints_it(rate: float, label: str) -> None:
    assert rates.rate_label(rate) == label
