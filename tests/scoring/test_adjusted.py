"""Adjustments of a finished item: within its bounds, nothing clamped, losses by rule untouched."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lawkpi.rubric.conventions import Rounding
from lawkpi.rubric.model import Item
from lawkpi.scoring import (
    ItemScores,
    ItemState,
    ItemTerms,
    Tally,
    adjusted,
    bounds_at,
    fits,
    item_bounds,
    item_scores,
)
from lawkpi.scoring.exact import whole
from lawkpi.scoring.rules import rule_scores
from tests.scoring.given import HALF_UP, rule, tallied

AT_TOTAL = Rounding(at="total", places=2, mode="half_up")


def terms(full: int = 1000, rounding: Rounding = HALF_UP, floor: str | None = "0") -> ItemTerms:
    least = None if floor is None else Fraction(floor)
    ten = [Fraction(10)] * 2
    return ItemTerms(ten, ten, least, whole([full] * 2), rounding)


def scores(given: ItemTerms) -> ItemScores:
    """Two departments: one lost 4 of 10 points, one nothing."""
    own = rule("count", {"each": {"points": "1"}})
    item = Item.model_validate(
        {
            "id": "1",
            "title": "甲",
            "full_points": "10",
            "clause": "乙",
            "scored_by": "丙",
            "basis": [{"document": "丁〔2024〕1号"}],
            "rules": [own],
        }
    )
    one = rule_scores(own, Tally(tallied([4, 0])))
    return item_scores(item, (one,), [ItemState.SCORED] * 2, given)


def test_points_and_exact_points_move_by_the_same_units() -> None:
    after = adjusted(scores(terms()), {0: 50, 1: -30})
    assert list(after.points) == [650, 970]
    assert after.exact == (Fraction(650), Fraction(970))
    assert list(after.adjusted) == [50, -30]


def test_losses_by_rule_stay_and_add_up_with_the_adjustment() -> None:
    before = scores(terms())
    after = adjusted(before, {0: 50})
    assert after.rule_losses.tolist() == before.rule_losses.tolist()
    left = after.full - after.points + after.adjusted
    assert after.rule_losses.sum(axis=0).tolist() == left.tolist()


def test_without_an_amount_the_item_is_the_same() -> None:
    before = scores(terms())
    assert adjusted(before, {}) is before
    assert list(before.adjusted) == [0, 0]


@pytest.mark.parametrize(
    ("amount", "is_within"), [(400, True), (401, False), (-600, True), (-601, False)]
)
def test_an_item_keeps_between_its_floor_and_its_full_points(
    amount: int, *, is_within: bool
) -> None:
    assert fits(scores(terms()), terms(), 0, amount) is is_within


def test_without_a_floor_an_item_may_fall_as_far_as_it_is_taken() -> None:
    given = terms(floor=None)
    assert fits(scores(given), given, 0, -5000)
    assert bounds_at(given, 0).least is None


def test_after_redistribution_the_bounds_move_with_the_full_points() -> None:
    bounds = bounds_at(terms(full=1500, floor="2"), 0)
    assert (bounds.least, bounds.most) == (Fraction(300), Fraction(1500))


def test_where_only_the_total_is_rounded_the_exact_points_are_held_to_the_bounds() -> None:
    given = terms(full=10_000_001, rounding=AT_TOTAL)
    exact = scores(given).exact[0]
    assert exact.denominator > 1
    assert fits(scores(given), given, 0, int(Fraction(10_000_001) - exact))
    assert not fits(scores(given), given, 0, int(Fraction(10_000_001) - exact) + 1)


def test_a_floor_between_two_units_is_rounded_as_points_are() -> None:
    assert item_bounds(Fraction(1), Fraction(3), 1000, HALF_UP).least == 333
    assert item_bounds(Fraction(1), Fraction(3), 1000, AT_TOTAL).least == Fraction(1000, 3)
    assert item_bounds(Fraction(1), Fraction(0), 1000, HALF_UP).least == 0
