"""A rule's exact points: whom it is for, parts of the year put together, classes, caps in order."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lawkpi.measure import Measured
from lawkpi.rubric.rule import Periods, Rule
from lawkpi.scoring import RuleScores, Tally, rule_scores
from lawkpi.scoring.comparison import Compared
from lawkpi.scoring.rules import Treated, combined, common_scale
from lawkpi.scoring.worth import RecordWorth, Worth

from .given import rule, tallied

EACH = {"each": {"points": "1"}}
HALF_MISSING = {"proportional": {"points": "1", "of": "missing"}}


def of_parts(combine: str, *, measure: str = "count", cap: str | None = None, **more: Any) -> Rule:
    """A rule scored month by month; `part_cap` is the cap of each month."""
    periods = Periods.model_validate(
        {"each": "month", "combine": combine, "cap": more.pop("part_cap", None)}
    )
    shape = more.pop("shape", EACH)
    return rule(measure, shape, cap=cap, **more).model_copy(update={"periods": periods})


def together(made: Rule, *months: Measured, times: Sequence[int] | None = None) -> RuleScores:
    """The months of a rule as one figure."""
    size = len(months[0].done)
    treated = Treated(np.ones(size, dtype=bool), [Fraction(one) for one in times or [1] * size])
    parts = [rule_scores(made, Tally(month), treated) for month in months]
    return combined(rule_scores(made, Tally(months[0]), treated), parts)


def months(*done: int) -> list[Measured]:
    """One department's counts, month by month."""
    return [tallied([one]) for one in done]


@pytest.mark.parametrize(
    ("combine", "points"), [("mean", "4/3"), ("sum", "4"), ("worst", "3"), ("last", "0")]
)
def test_months_come_together_as_declared(combine: str, points: str) -> None:
    assert together(of_parts(combine), *months(1, 3, 0)).exact(0) == Fraction(points)


@pytest.mark.parametrize(
    ("effect", "points"), [("deduct", 3), ("malus", 3), ("award", 0), ("bonus", 0)]
)
def test_the_worst_month_takes_most_or_gives_least(effect: str, points: int) -> None:
    assert together(of_parts("worst", effect=effect), *months(1, 3, 0)).exact(0) == points


def test_each_month_has_its_own_cap_before_they_come_together() -> None:
    capped = of_parts("sum", part_cap="2")
    assert together(capped, *months(1, 2, 3)).exact(0) == 5


def test_the_rule_s_own_cap_comes_after_they_came_together() -> None:
    assert together(of_parts("sum", cap="4"), *months(1, 2, 3)).exact(0) == 4
    assert together(of_parts("sum", cap="4", part_cap="1"), *months(1, 2, 3)).exact(0) == 3
    assert together(of_parts("mean", cap="2"), *months(0, 6, 0)).exact(0) == 2


def test_months_in_which_nothing_applied_are_left_out() -> None:
    rates = of_parts("mean", measure="rate", shape=HALF_MISSING)
    found = together(rates, tallied([1], [2]), tallied([0], [0]), tallied([0], [1]))
    assert found.exact(0) == Fraction(3, 4)
    last = of_parts("last", measure="rate", shape=HALF_MISSING)
    assert together(last, tallied([1], [2]), tallied([0], [0])).exact(0) == Fraction(1, 2)


def test_a_month_without_a_base_that_means_full_points_is_a_month_without_loss() -> None:
    rates = of_parts("mean", measure="rate", shape=HALF_MISSING)
    found = together(rates, tallied([0], [1]), tallied([0], [0], empty_means="full"))
    assert found.exact(0) == Fraction(1, 2)


def test_where_no_month_applied_nothing_applies_and_nothing_is_lost() -> None:
    rates = of_parts("mean", measure="rate", shape=HALF_MISSING)
    found = together(rates, tallied([0], [0]), tallied([0], [0]))
    assert (found.exact(0), found.applies.tolist(), found.pending.tolist()) == (0, [False], [False])


@pytest.mark.parametrize("combine", ["mean", "sum", "worst", "last"])
def test_one_open_month_leaves_the_whole_open_and_takes_nothing(combine: str) -> None:
    open_month = tallied([1, 1], pending=[True, False])
    found = together(of_parts(combine), tallied([2, 2]), open_month, tallied([2, 2]))
    assert found.pending.tolist() == [True, False]
    assert found.exact(0) == 0
    assert found.exact(1) > 0


def test_the_months_can_be_looked_at_one_by_one() -> None:
    found = together(of_parts("sum", part_cap="2"), *months(1, 3))
    assert [part.exact(0) for part in found.parts] == [1, 3]


def test_a_rule_without_parts_of_the_year_has_none_to_put_together() -> None:
    whole_year = rule_scores(rule("count", EACH), Tally(tallied([1])))
    with pytest.raises(TypeError, match="parts"):
        combined(whole_year, [whole_year])


def classes(made: Rule, times: Sequence[str], done: int = 3) -> list[Fraction]:
    """The points of departments that differ in how many times deductions count."""
    size = len(times)
    treated = Treated(np.ones(size, dtype=bool), [Fraction(one) for one in times])
    found = rule_scores(made, Tally(tallied([done] * size)), treated)
    return [found.exact(place) for place in range(size)]


def test_a_class_s_deductions_count_so_many_times() -> None:
    assert classes(rule("count", EACH), ["1", "2", "0.5"]) == [3, 6, Fraction("1.5")]


def test_the_class_comes_before_the_cap() -> None:
    assert classes(rule("count", EACH, cap="5"), ["1", "2", "0.5"]) == [3, 5, Fraction("1.5")]


def test_the_class_comes_before_the_cap_of_each_month() -> None:
    found = together(of_parts("sum", part_cap="3"), tallied([1, 1]), tallied([2, 2]), times=[1, 2])
    assert [found.exact(place) for place in (0, 1)] == [3, 5]


@pytest.mark.parametrize("effect", ["award", "bonus", "malus"])
def test_only_deductions_of_items_count_by_class(effect: str) -> None:
    assert classes(rule("count", EACH, effect=effect), ["1", "2"]) == [3, 3]


def test_whom_a_rule_is_not_for_loses_nothing_and_leaves_nothing_open() -> None:
    treated = Treated(np.array([False, True]), [Fraction(1)] * 2)
    tally = Tally(tallied([3, 3], pending=[True, False]))
    found = rule_scores(rule("count", EACH), tally, treated)
    assert [found.exact(place) for place in (0, 1)] == [0, 3]
    assert (found.applies.tolist(), found.pending.tolist()) == ([False, True], [False, False])


def test_a_record_without_a_price_or_a_place_that_is_not_known_leaves_the_rule_open() -> None:
    none = Worth({}, {0: (4,)}, 1)
    unplaced = Compared([0], [0], [0], [None], np.array([True]))
    for tally in (Tally(tallied([1]), worth=none), Tally(tallied([1]), compared=unplaced)):
        assert tally.pending.tolist() == [True]
    assert Tally(tallied([1])).pending.tolist() == [False]


def test_looking_for_what_is_open_changes_no_counts() -> None:
    counted = tallied([1])
    assert Tally(counted, worth=Worth({}, {0: (4,)}, 1)).pending.tolist() == [True]
    assert counted.pending.tolist() == [False]


def test_a_place_is_known_only_where_departments_were_ranked() -> None:
    ranked = Tally(
        tallied([1, 1]), compared=Compared([2, 0], [1, 0], [2, 0], [None] * 2, np.zeros(2, bool))
    )
    assert [ranked.rank(place) for place in (0, 1)] == [2, None]
    assert Tally(tallied([1])).rank(0) is None


def test_records_are_told_one_by_one_only_where_each_has_its_own_worth() -> None:
    own = (RecordWorth(0, Fraction(2)),)
    priced = rule("count", {"each": {"by": {"column": "level", "points": {"a": "2"}}}})
    found = rule_scores(priced, Tally(tallied([1, 0]), worth=Worth({0: own}, {}, 2)))
    assert (found.worths(0), found.worths(1)) == (own, ())
    assert [found.exact(place) for place in (0, 1)] == [2, 0]
    assert rule_scores(rule("count", EACH), Tally(tallied([1]))).worths(0) is None


def test_a_cap_that_others_share_binds_single_departments() -> None:
    found = rule_scores(rule("count", EACH), Tally(tallied([3, 3, 1])))
    bound = found.capped({0: Fraction("0.5"), 2: Fraction(2)})
    assert [bound.exact(place) for place in range(3)] == [Fraction("0.5"), 3, 1]
    assert [found.exact(place) for place in range(3)] == [3, 3, 1]


def test_rules_share_one_denominator_for_each_department() -> None:
    thirds = rule_scores(rule("rate", HALF_MISSING), Tally(tallied([1, 1], [3, 2])))
    tenths = rule_scores(rule("count", {"each": {"points": "0.1"}}), Tally(tallied([1, 1])))
    assert common_scale([thirds, tenths], 4).tolist() == [60, 20]
