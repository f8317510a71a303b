"""Totals, grades, ranks and the converted figure."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.assessment import Conversion
from lawkpi.scoring import ItemState, converted, grade_of, ranks, totals
from lawkpi.scoring.exact import whole

from .given import EACH_HALF, cases, item, rubric, scored, tallied

ON, OFF = ItemState.SCORED, ItemState.NOT_APPLICABLE
SIX = rubric({"1": {"1.1": "4", "1.2": "2"}}, default="none")
HUNDRED = rubric({"1": {"1.1": "100"}}, default="none")


def summed(bonus: int = 0, malus: int = 0, states: tuple[ItemState, ...] = (ON, ON)) -> Any:
    """Two items of 4 and 2 points with losses of 1.5 and 0.5; what is off has left the base."""
    full = [0 if state is OFF else most for state, most in zip(states, (400, 200), strict=True)]
    items = [
        scored(
            item("4", EACH_HALF, number="1.1"), [tallied([3])], full=full[:1], states=states[:1]
        ),
        scored(
            item("2", EACH_HALF, number="1.2"), [tallied([1])], full=full[1:], states=states[1:]
        ),
    ]
    return totals(SIX, items, whole([bonus]), whole([malus]))


def test_a_total_is_the_exact_sum_of_items_bonus_and_malus() -> None:
    sums = summed(bonus=60, malus=25)
    assert (sums.base[0], sums.bonus[0], sums.malus[0]) == (400, 60, 25)
    assert sums.total[0] == 435


def test_a_total_is_never_below_nothing() -> None:
    assert summed(malus=400).total[0] == 0
    assert summed(malus=401).total[0] == 0
    assert summed(malus=399).total[0] == 1


def test_pending_items_stay_outside_the_total_and_are_counted_apart() -> None:
    sums = summed(states=(ItemState.PENDING, ON))
    assert (sums.base[0], sums.pending_count, sums.pending[0]) == (150, [1], 400)


def test_an_item_that_does_not_apply_is_neither_counted_nor_pending() -> None:
    sums = summed(states=(OFF, ON))
    assert (sums.base[0], sums.pending_count, sums.pending[0]) == (150, [0], 0)


def test_an_unreported_item_is_counted_with_what_is_left_of_it() -> None:
    silent = item("4", EACH_HALF, not_reported={"deduct": "3"})
    one = scored(silent, [tallied([0])], states=[ItemState.NOT_REPORTED])
    assert totals(SIX, [one], whole([0]), whole([0])).base.tolist() == [100]


@pytest.mark.parametrize("case", cases("totals", "grades"))
def test_grades(case: dict[str, Any]) -> None:
    total = Fraction(case["given"]["total"])
    limit = case["given"].get("at_most")
    assert grade_of(total, HUNDRED.grades, at_most=limit) == case["expect"]["grade"]


def test_a_veto_on_a_grade_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        grade_of(Fraction(90), HUNDRED.grades, at_most="特优")


@pytest.mark.parametrize("case", cases("totals", "ranks"))
def test_ranks(case: dict[str, Any]) -> None:
    values = {code: [Fraction(one)] for code, one in case["given"]["values"].items()}
    found = ranks(values, dict.fromkeys(values, "one"), case["given"]["ties"])
    assert found == dict(case["expect"])


def test_ranks_stay_within_groups() -> None:
    values = {"A": [Fraction(90)], "B": [Fraction(95)], "C": [Fraction(80)], "D": [Fraction(80)]}
    groups = {"A": "x", "B": "y", "C": "x", "D": "y"}
    assert ranks(values, groups, "competition") == {"A": 1, "B": 1, "C": 2, "D": 2}


def test_a_department_without_a_group_is_refused() -> None:
    with pytest.raises(KeyError):
        ranks({"A": [Fraction(1)], "B": [Fraction(2)]}, {"A": "x"}, "dense")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=10), st.sampled_from(["competition", "dense"])
)
def test_a_rank_counts_who_is_ahead(points: list[int], ties: Any) -> None:
    values = {str(place): [Fraction(one)] for place, one in enumerate(points)}
    found = ranks(values, dict.fromkeys(values, "g"), ties)
    for name, value in values.items():
        ahead = [one for one in points if one > value[0]]
        assert found[name] == 1 + len(ahead if ties == "competition" else set(ahead))


def conversion(method: str, **more: Any) -> Conversion:
    amounts = {"优秀": "5", "良好": "4", "合格": "3", "不合格": "0"}
    return Conversion.model_validate(
        {"method": method, "full_points": "5", "basis": {"document": "甲法〔2024〕2号"}}
        | ({"amounts": amounts} if method == "by_grade" else {})
        | more
    )


@pytest.mark.parametrize("case", cases("totals", "conversions"))
def test_conversions(case: dict[str, Any]) -> None:
    total = Fraction(case["given"]["total"])
    found = converted(
        total, grade_of(total, HUNDRED.grades), HUNDRED, conversion(case["given"]["method"])
    )
    assert found == Fraction(case["expect"]["figure"])


def test_the_places_of_a_conversion_are_declared() -> None:
    exact = Fraction("87.66")
    assert converted(exact, "良好", HUNDRED, conversion("proportional", places=1)) == Fraction(
        "4.4"
    )
    assert converted(exact, "良好", HUNDRED, conversion("proportional", places=3)) == Fraction(
        "4.383"
    )
