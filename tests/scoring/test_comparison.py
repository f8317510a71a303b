"""Places within the group and what a figure is set against; who is open leaves others open."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.measure import Facts, Measured, RuleInput
from lawkpi.scoring.comparison import Compared, compared
from tests.measure.given import by_hand, facts

from .given import rule, tallied

RANK = {"better": "higher", "ties": "competition", "each_place": "0.5"}
MEAN = {
    "reference": "group_mean", "side": "below", "difference": "absolute",
    "step": "1%", "points": "1", "steps": "up",
}  # fmt: skip


def beside(
    tally: Measured,
    shape: dict[str, Any],
    *,
    groups: str | None = None,
    among: Sequence[bool] | None = None,
    known: Facts | None = None,
    measure: str = "rate",
) -> Compared | None:
    """A rule's comparison of departments 00, 01, ...; `groups` has a letter for each."""
    size = len(tally.done)
    codes = [f"{place:02}" for place in range(size)]
    return compared(
        RuleInput("1.1", rule(measure, shape), codes),
        tally,
        known or facts(),
        groups=groups or "x" * size,
        included=np.array(among if among is not None else [True] * size, dtype=bool),
    )


def ranked(tally: Measured, **more: Any) -> Compared:
    terms = {name: more.pop(name) for name in ("better", "ties") if name in more}
    found = beside(tally, {"by_rank": {**RANK, **terms}}, **more)
    assert found is not None
    return found


def against(tally: Measured, known: Facts | None = None, **terms: Any) -> Compared:
    more = {name: terms.pop(name) for name in ("groups", "among", "measure") if name in terms}
    found = beside(tally, {"versus": {**MEAN, **terms}}, known=known, **more)
    assert found is not None
    return found


def test_the_highest_figure_is_first_where_higher_is_better() -> None:
    found = ranked(tallied([1, 3, 2], [4, 4, 4]))
    assert (found.rank, found.last) == ([3, 1, 2], [1, 3, 2])
    assert found.ranked == [3, 3, 3]


def test_the_lowest_figure_is_first_where_lower_is_better() -> None:
    found = ranked(tallied([1, 3, 2], [4, 4, 4]), better="lower")
    assert (found.rank, found.last) == ([1, 3, 2], [3, 1, 2])


@pytest.mark.parametrize(
    ("ties", "rank", "last"),
    [("competition", [1, 2, 2, 4], [4, 2, 2, 1]), ("dense", [1, 2, 2, 3], [3, 2, 2, 1])],
)
def test_equal_figures_have_equal_places_from_either_end(
    ties: str, rank: list[int], last: list[int]
) -> None:
    found = ranked(tallied([4, 3, 3, 1], [4] * 4), ties=ties)
    assert (found.rank, found.last) == (rank, last)


def test_equal_rates_of_different_bases_are_equal() -> None:
    assert ranked(tallied([1, 19, 18], [2, 38, 37])).rank == [1, 1, 3]


def test_figures_are_compared_exactly_where_they_print_alike() -> None:
    assert ranked(tallied([949_999, 949_998], [1_000_000] * 2)).rank == [1, 2]


def test_counts_are_ranked_as_numbers() -> None:
    assert ranked(tallied([0, 7, 7]), measure="count").rank == [3, 1, 1]


def test_places_are_those_within_the_group() -> None:
    found = ranked(tallied([1, 2, 3, 4], [4] * 4), groups="xyxy")
    assert found.rank == [2, 2, 1, 1]
    assert found.ranked == [2, 2, 2, 2]


def test_a_department_alone_in_its_group_is_first_and_last() -> None:
    found = ranked(tallied([0, 4], [4, 4]), groups="xy")
    assert (found.rank, found.last, found.ranked) == ([1, 1], [1, 1], [1, 1])


def test_whom_the_rule_is_not_for_has_no_place_and_takes_none() -> None:
    found = ranked(tallied([4, 3, 2], [4] * 3), among=[False, True, True])
    assert (found.rank, found.ranked) == ([0, 1, 2], [0, 2, 2])


@pytest.mark.parametrize("means", ["not_applicable", "full"])
def test_a_department_without_a_base_has_no_place_and_takes_none(means: str) -> None:
    found = ranked(tallied([0, 3, 2], [0, 4, 4], empty_means=means))
    assert (found.rank, found.pending.tolist()) == ([0, 1, 2], [False] * 3)


def test_an_open_figure_leaves_its_whole_group_open_and_no_other() -> None:
    tally = tallied([1, 2, 3, 4], [4] * 4, pending=[True, False, False, False])
    assert ranked(tally, groups="xyxy").pending.tolist() == [True, False, True, False]
    assert against(tally, groups="xyxy").pending.tolist() == [True, False, True, False]


def test_an_empty_base_that_a_person_has_to_decide_leaves_the_group_open() -> None:
    tally = tallied([0, 2], [0, 4], empty_means="pending")
    assert ranked(tally).pending.tolist() == [True, True]


def test_an_open_figure_of_one_whom_the_rule_is_not_for_leaves_nobody_open() -> None:
    tally = tallied([1, 2], [4] * 2, pending=[True, False])
    assert ranked(tally, among=[False, True]).pending.tolist() == [False, False]


def test_the_mean_of_a_group_is_the_mean_of_its_rates() -> None:
    found = against(tallied([1, 0], [1, 3]))
    assert found.reference == [Fraction(1, 2)] * 2


def test_the_pooled_figure_of_a_group_is_the_rate_of_the_group_as_one() -> None:
    found = against(tallied([1, 0], [1, 3]), reference="group_pooled")
    assert found.reference == [Fraction(1, 4)] * 2


def test_the_mean_of_counts_need_not_be_whole() -> None:
    found = against(tallied([1, 2]), measure="count", step="1")
    assert found.reference == [Fraction(3, 2)] * 2


def test_each_group_has_its_own_mean() -> None:
    found = against(tallied([1, 2, 3], [4] * 3), groups="xyx")
    assert found.reference == [Fraction(1, 2)] * 3
    apart = against(tallied([1, 3], [4] * 2), groups="xy")
    assert apart.reference == [Fraction(1, 4), Fraction(3, 4)]


def test_nobody_has_no_mean() -> None:
    found = against(tallied([1, 2], [4] * 2), among=[False, False])
    assert (found.reference, found.pending.tolist()) == ([None, None], [False, False])


def test_no_distance_is_relative_to_a_mean_of_nothing() -> None:
    none = tallied([0, 0], [4] * 2)
    assert against(none, difference="relative").pending.tolist() == [True, True]
    assert against(none).pending.tolist() == [False, False]


def entered(*rows: dict[str, Any]) -> Facts:
    return facts(by_hand("baselines", [{"reference": "last_year", **one} for one in rows]))


def test_a_reference_that_was_entered_is_taken_and_its_absence_leaves_one_department_open() -> None:
    known = entered({"department": "00", "value": 87.5})
    found = against(tallied([1, 2], [4] * 2), known, reference="last_year")
    assert found.reference[0] == Fraction(7, 8)
    assert found.pending.tolist() == [False, True]


def test_an_open_figure_leaves_nobody_else_open_where_the_past_is_compared_with() -> None:
    tally = tallied([1, 2], [4] * 2, pending=[True, False])
    found = against(tally, entered({"value": 50.0}), reference="last_year")
    assert found.pending.tolist() == [False, False]


def test_no_distance_is_relative_to_an_entered_figure_of_nothing() -> None:
    known = entered({"department": "00", "value": 0.0}, {"value": 50.0})
    tally = tallied([1, 2], [4] * 2)
    relative = against(tally, known, reference="last_year", difference="relative")
    assert relative.pending.tolist() == [True, False]
    assert against(tally, known, reference="last_year").pending.tolist() == [False, False]


def test_a_shape_that_looks_at_nobody_else_compares_nothing() -> None:
    assert beside(tallied([1], [4]), {"gate": {"at_least": "90%", "else": "1"}}) is None


def test_what_trees_ask_for_is_whole_numbers() -> None:
    counts = against(tallied([1, 2, 0], [3, 3, 0])).counts()
    assert counts["reference"].tolist() == [1, 1, 1]
    assert counts["reference_base"].tolist() == [2, 2, 1]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=9), st.sampled_from(["competition", "dense"])
)
def test_a_place_counts_who_is_ahead_and_from_the_last_who_is_behind(
    done: list[int], ties: str
) -> None:
    found = ranked(tallied(done, [5] * len(done)), ties=ties)
    for place, own in enumerate(done):
        ahead = [one for one in done if one > own]
        behind = [one for one in done if one < own]
        assert found.rank[place] == 1 + len(set(ahead) if ties == "dense" else ahead)
        assert found.last[place] == 1 + len(set(behind) if ties == "dense" else behind)
