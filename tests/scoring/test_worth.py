"""What each record is worth: its price, its multipliers, its part, its matter."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from lawkpi.errors import RubricError
from lawkpi.measure import RuleInput, measured
from lawkpi.scoring.worth import Worth, without_doubles, worth
from tests.measure.given import MATTERS, facts, ledger
from tests.measure.given import rule as rule_of

TWO = ["01", "02"]
COUNT: dict[str, Any] = {"ledger": "matters"}
ONE = {"each": {"points": "1"}}
HALF = Fraction(1, 2)


def worths(
    cells: Mapping[str, list[Any]],
    shape: Mapping[str, Any] = ONE,
    terms: Mapping[str, Any] | None = None,
    **measure: Any,
) -> Worth:
    """The rows of 01, or of whom `cells` names, priced one by one; `terms` are the effect's."""
    size = len(next(iter(cells.values())))
    rows = {"held_on": ["2024-05-01"] * size, "department": ["01"] * size, **cells}
    known = facts(ledger(MATTERS, rows))
    one = rule_of({"count": {**COUNT, **measure}}, shape, effect={"deduct": {**(terms or {})}})
    return worth(one, measured(RuleInput("1.1", one, TWO), known), known, TWO)


def points(found: Worth, place: int = 0) -> list[Fraction]:
    """What enters the sum, record by record."""
    return [one.counted for one in found.records.get(place, ())]


def by(**terms: Any) -> dict[str, Any]:
    return {"each": {"by": terms}}


LEVELS = by(column="kind", points={"a": "1", "b": "2.5"})
SIZES = by(
    column="copies",
    tiers=[
        {"at_least": "3", "below": "6", "points": "5"},
        {"at_least": "6", "at_most": "9", "points": "10"},
    ],
)


def test_a_word_has_its_price() -> None:
    found = worths({"kind": ["a", "b", "a"]}, LEVELS)
    assert points(found) == [1, Fraction("2.5"), 1]
    assert not found.pending.any()


@pytest.mark.parametrize("cell", ["c", None, "?"])
def test_a_word_without_a_price_leaves_its_department_open(cell: Any) -> None:
    found = worths({"kind": ["a", cell, "a"], "department": ["01", "01", "02"]}, LEVELS)
    assert found.open_rows == {0: (1,)}
    assert found.pending.tolist() == [True, False]


@pytest.mark.parametrize(("size", "price"), [(3, 5), (5, 5), (6, 10), (9, 10)])
def test_a_size_has_the_price_of_its_range(size: int, price: int) -> None:
    assert points(worths({"copies": [size]}, SIZES)) == [price]


@pytest.mark.parametrize("size", [2, 10, None, "?"])
def test_a_size_that_no_range_holds_leaves_its_department_open(size: Any) -> None:
    assert worths({"copies": [size]}, SIZES).pending.tolist() == [True, False]


def test_of_ranges_open_above_the_farthest_one_reached_prices_the_record() -> None:
    tiers = [{"at_least": "1", "points": "1"}, {"above": "2.5", "points": "3"}]
    found = worths({"hours": [1.0, 2.5, 2.6]}, by(column="hours", tiers=tiers))
    assert points(found) == [1, 1, 3]


def test_a_number_is_its_own_price_times_the_factor_to_the_last_decimal() -> None:
    found = worths({"hours": [0.1, 12.5]}, by(column="hours", factor="0.25"))
    assert points(found) == [Fraction("0.025"), Fraction("3.125")]


@pytest.mark.parametrize(
    ("number", "is_open"), [(1.9, True), (2.0, False), (5.0, False), (5.1, True)]
)
def test_a_number_lies_within_its_range_or_leaves_it_open(number: float, is_open: bool) -> None:
    shape = by(column="hours", factor="1", at_least="2", at_most="5")
    assert worths({"hours": [number]}, shape).pending.tolist() == [is_open, False]


@pytest.mark.parametrize("number", [-0.1, None, "?"])
def test_a_number_below_nothing_or_missing_leaves_it_open(number: Any) -> None:
    assert worths({"hours": [number]}, by(column="hours", factor="1")).pending[0]


def test_a_price_by_words_as_numbers_is_refused() -> None:
    with pytest.raises(RubricError) as caught:
        worths({"kind": ["a"]}, by(column="kind", factor="1"))
    assert caught.value.code == "RUBRIC_OPERAND_WRONG"


def times(*pairs: tuple[str, str], combine: str | None = None) -> dict[str, Any]:
    """Records of each kind count so many times; done ones count half as much."""
    when = [{"when": {"kind": {"is": kind}}, "times": number} for kind, number in pairs]
    when.append({"when": {"flag": {"is": "yes"}}, "times": "0.5"})
    return {"multipliers": when} | ({"combine": combine} if combine else {})


DOUBLE = {"kind": ["a", "a", "b", "b"], "flag": ["no", "yes", "no", "yes"]}


def test_multipliers_that_hold_together_are_multiplied_where_so_declared() -> None:
    found = worths(DOUBLE, terms=times(("a", "3"), combine="product"))
    assert points(found) == [3, Fraction("1.5"), 1, HALF]
    assert [one.times for one in found.records[0]] == [3, Fraction("1.5"), 1, HALF]


def test_of_multipliers_that_hold_together_the_largest_counts_where_so_declared() -> None:
    found = worths(DOUBLE, terms=times(("a", "3"), combine="largest"))
    assert points(found) == [3, 3, 1, HALF]


def test_the_largest_of_several_halvings_is_still_a_halving() -> None:
    terms = times(("a", "0.25"), combine="largest")
    assert points(worths(DOUBLE, terms=terms)) == [Fraction(1, 4), HALF, 1, HALF]


def test_a_single_multiplier_needs_no_word_on_how_they_join() -> None:
    assert points(worths({"flag": ["yes", "no"]}, terms=times())) == [HALF, 1]


def test_a_multiplier_changes_the_price_of_a_column_too() -> None:
    cells = {"kind": ["b", "b"], "flag": ["yes", "no"]}
    assert points(worths(cells, LEVELS, times())) == [Fraction("1.25"), Fraction("2.5")]


def test_a_multiplier_that_cannot_be_decided_leaves_its_department_open() -> None:
    cells = {"flag": ["?", "yes"], "department": ["01", "02"]}
    found = worths(cells, terms=times())
    assert found.open_rows == {0: (0,)}


def test_an_undecided_multiplier_of_a_record_that_is_not_counted_is_nobody_s_matter() -> None:
    cells = {"flag": ["?", "yes"], "kind": ["b", "a"]}
    found = worths(cells, terms=times(), where={"kind": {"is": "a"}})
    assert (found.open_rows, points(found)) == ({}, [HALF])


BOTH = {"charged_by": ("department", "joint")}


def test_equal_parts_of_a_joint_record_add_up_to_the_record() -> None:
    cells = {"department": ["01", "01"], "joint": ["02", None]}
    found = worths(cells, share="equal", **BOTH)
    assert (points(found), points(found, 1)) == ([HALF, 1], [HALF])


def test_in_full_each_department_bears_the_whole_record() -> None:
    found = worths({"department": ["01"], "joint": ["02"]}, share="each_full", **BOTH)
    assert (points(found), points(found, 1)) == ([1], [1])


def test_the_part_of_a_body_that_is_not_assessed_is_borne_by_nobody() -> None:
    found = worths({"department": ["99"], "joint": ["02"]}, share="equal", **BOTH)
    assert (points(found), points(found, 1)) == ([], [HALF])


SAME = {"same_matter": {"by": "note", "keep": "highest"}}


def settled(*pool: Worth) -> list[list[Fraction]]:
    return [points(one) for one in without_doubles(pool)]


def test_of_several_records_of_one_matter_only_the_dearest_counts() -> None:
    cells = {"kind": ["a", "b", "a"], "note": ["甲事", "甲事", "乙事"]}
    assert settled(worths(cells, LEVELS, SAME)) == [[0, Fraction("2.5"), 1]]


def test_of_equally_dear_records_of_one_matter_the_first_counts() -> None:
    found = without_doubles([worths({"note": ["甲事"] * 3}, terms=SAME)])[0]
    assert [one.is_covered for one in found.records[0]] == [False, True, True]
    assert found.counts()["worth"].tolist() == [1, 0]


def test_records_without_a_matter_stand_for_themselves() -> None:
    assert settled(worths({"note": [None, None, "甲事"]}, terms=SAME)) == [[1, 1, 1]]


def test_one_matter_counts_once_for_each_department() -> None:
    cells = {"note": ["甲事"] * 3, "department": ["01", "02", "02"]}
    (found,) = without_doubles([worths(cells, terms=SAME)])
    assert (points(found), points(found, 1)) == ([1], [1, 0])


def test_across_rules_the_dearest_record_of_a_matter_counts_once() -> None:
    low = worths({"kind": ["a", "a"], "note": ["甲事", "乙事"]}, LEVELS, SAME)
    high = worths({"kind": ["b"], "note": ["甲事"]}, LEVELS, SAME)
    assert settled(low, high) == [[0, 1], [Fraction("2.5")]]


def test_across_rules_of_equally_dear_records_the_earlier_rule_counts() -> None:
    one, other = worths({"note": ["甲事"]}, terms=SAME), worths({"note": ["甲事"]}, terms=SAME)
    assert settled(one, other) == [[1], [0]]


def test_a_multiplier_can_make_the_cheaper_record_the_dearer_one() -> None:
    cells = {"kind": ["a", "b"], "note": ["甲事"] * 2}
    terms = times(("a", "3"), combine="product")
    assert settled(worths(cells, LEVELS, SAME)) == [[0, Fraction("2.5")]]
    assert settled(worths(cells, LEVELS, {**terms, **SAME})) == [[3, 0]]


def test_without_a_word_on_matters_every_record_counts() -> None:
    assert settled(worths({"note": ["甲事", "甲事"]})) == [[1, 1]]


def test_sums_are_whole_numbers_over_one_base() -> None:
    found = worths({"hours": [0.1, 0.2], "department": TWO}, by(column="hours", factor="0.5"))
    counts = found.counts()
    assert counts["worth"].tolist() == [1, 2]
    assert counts["worth_base"].tolist() == [20, 20]


def test_nobody_s_records_are_worth_nothing() -> None:
    counts = worths({"department": ["99"]}).counts()
    assert (counts["worth"].tolist(), counts["worth_base"].tolist()) == ([0, 0], [1, 1])


def test_a_shape_that_does_not_count_record_by_record_is_refused() -> None:
    one = rule_of({"count": COUNT}, {"shortfall": {"target": 4, "points": "1"}})
    known = facts(ledger(MATTERS, {"held_on": ["2024-05-01"], "department": ["01"]}))
    with pytest.raises(RubricError, match="RUBRIC_SHARE_UNDECLARED"):
        worth(one, measured(RuleInput("1.1", one, TWO), known), known, TWO)
