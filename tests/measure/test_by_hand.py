"""Panels, ranges, signatures, proofs, contradictions, and figures to compare with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lawkpi.measure import Facts, Measured, RuleInput, measured
from lawkpi.measure.by_hand import Baseline, baseline

from .given import MATTERS, by_hand, counted, facts, ledger, rule

JUDGED: dict[str, Any] = {"as_judged": {}}
ENTERED: dict[str, Any] = {"as_entered": {}}
TWO = ["01", "02"]


def panel(
    *points: Any, persons: int = 1, second: list[Any] | None = None, **terms: Any
) -> Measured:
    """Judgments of department 01, each from a seat of its own."""
    rows = [
        {"department": "01", "seat": seat, "points": one, "second_person": signed}
        for seat, (one, signed) in enumerate(
            zip(points, second or [None] * len(points), strict=True), start=1
        )
    ]
    measure = {"judged": {"at_most": "1", "persons": persons, **terms}}
    return counted(measure, facts(by_hand("judged", rows)), ["01"], JUDGED)


def said(found: Measured) -> tuple[int, int, bool]:
    """Hundredths, how many judgments they are divided by, and whether it is open."""
    return int(found.done[0]), int(found.due[0]), bool(found.pending[0])


def test_a_single_judgment_is_divided_by_nobody_else() -> None:
    found = panel(0.29)
    assert said(found) == (29, 1, False)
    assert found.scale == 100


def test_two_judgments_where_one_person_judges_contradict_each_other() -> None:
    assert panel(0.5, 0.5).pending.tolist() == [True]


def test_the_mean_of_a_panel_is_its_sum_over_its_members() -> None:
    assert said(panel(0.5, 1.0, 0.75, persons=3, combine="mean")) == (225, 3, False)


def test_more_members_than_asked_for_all_count() -> None:
    assert said(panel(0.1, 0.2, 0.3, persons=2, combine="mean")) == (60, 3, False)


def test_a_panel_that_is_not_complete_is_pending() -> None:
    assert panel(0.5, 1.0, persons=3, combine="mean").pending.tolist() == [True]
    assert panel(0.1, 0.2, persons=3, combine="trimmed_mean").pending.tolist() == [True]


def test_judgments_may_be_added_up() -> None:
    assert said(panel(0.5, 0.75, combine="sum")) == (125, 1, False)


def test_the_highest_and_the_lowest_judgment_are_left_out() -> None:
    found = panel(0.0, 0.2, 0.3, 0.4, 1.0, persons=5, combine="trimmed_mean")
    assert said(found) == (90, 3, False)
    assert found.causing[0].tolist() == [1, 2, 3]


def test_of_equal_judgments_only_one_is_left_out_at_each_end() -> None:
    assert said(panel(1.0, 1.0, 0.0, 0.0, persons=3, combine="trimmed_mean")) == (100, 2, False)
    assert said(panel(0.4, 0.4, 0.4, persons=3, combine="trimmed_mean")) == (40, 1, False)


@pytest.mark.parametrize(
    ("points", "open_one"), [(0.49, True), (0.5, False), (1.0, False), (1.01, True)]
)
def test_judged_points_lie_within_their_range_or_are_pending(points: float, open_one: bool) -> None:
    assert panel(points, at_least="0.5").pending.tolist() == [open_one]


def test_one_judgment_out_of_range_leaves_the_whole_panel_pending() -> None:
    assert panel(0.5, 1.5, 0.5, persons=3, combine="mean").pending.tolist() == [True]
    assert panel(0.5, 1.5, 0.5, persons=3, combine="trimmed_mean").pending.tolist() == [True]


def test_a_second_person_signs_where_the_rubric_asks_for_it() -> None:
    assert panel(0.5, second=["李四"], second_person=True).pending.tolist() == [False]
    assert panel(0.5, second_person=True).pending.tolist() == [True]
    assert panel(0.5).pending.tolist() == [False]


def asked(kinds: list[Any], points: list[Any], **line: int) -> Measured:
    """A judgment that records of 01 of kind a ask for, as many as the line says."""
    rows = {
        "held_on": ["2024-05-01"] * len(kinds),
        "department": ["01"] * len(kinds),
        "kind": kinds,
    }
    trigger = {"ledger": "matters", "where": {"kind": {"is": "a"}}, **line}
    marks = [{"department": "01", "points": one} for one in points]
    known = facts(by_hand("judged", marks), ledger(MATTERS, rows))
    return counted({"judged": {"at_most": "1", "only_when": trigger}}, known, ["01"], JUDGED)


def test_a_judgment_waits_only_where_a_record_asks_for_it() -> None:
    assert said(asked(["a"], [], at_least=1))[2]
    assert said(asked(["b"], [], at_least=1)) == (0, 0, False)
    assert said(asked(["a"], [0.5], at_least=1)) == (50, 1, False)


def test_a_judgment_that_no_record_asks_for_takes_nothing() -> None:
    found = asked(["b"], [0.5], at_least=1)
    assert said(found) == (0, 0, False)
    assert found.causing == {}


def test_so_many_records_ask_and_one_fewer_does_not() -> None:
    assert said(asked(["a", "a"], [], at_least=2))[2]
    assert not said(asked(["a", "b"], [], at_least=2))[2]


def test_the_absence_of_records_may_ask_too() -> None:
    assert said(asked(["b"], [], at_most=0))[2]
    assert said(asked(["a"], [0.5], at_most=0)) == (0, 0, False)


@pytest.mark.parametrize("line", [{"at_least": 1}, {"at_most": 0}])
def test_a_record_that_may_ask_leaves_it_open_even_where_it_was_judged(
    line: dict[str, int],
) -> None:
    assert said(asked(["?"], [0.5], **line))[2]


def test_a_record_that_cannot_change_whether_it_is_asked_leaves_nothing_open() -> None:
    assert said(asked(["a", "?"], [0.5], at_least=1)) == (50, 1, False)


def given(gives: str, *rows: dict[str, Any], shape: Any = ENTERED, **terms: Any) -> Measured:
    measure = {"entered": {"gives": gives, **terms}}
    lines = [{"department": "01", **row} for row in rows]
    return counted(measure, facts(by_hand("entered", lines)), ["01"], shape)


GATE = {"gate": {"at_least": "90%", "else": "1"}}


def test_a_per_cent_figure_is_a_share_of_a_hundred_without_counts() -> None:
    found = given("percent", {"value": 85.5}, shape=GATE)
    assert Fraction(int(found.done[0]), int(found.due[0])) == Fraction("0.855")
    assert (found.is_share, found.scale) == (True, 1)


@pytest.mark.parametrize(
    ("value", "open_one"), [(100.0, False), (100.0001, True), (0.0, False), (-0.0001, True)]
)
def test_a_per_cent_figure_lies_between_nothing_and_a_hundred(value: float, open_one: bool) -> None:
    assert given("percent", {"value": value}, shape=GATE).pending.tolist() == [open_one]


@pytest.mark.parametrize("gives", ["amount", "points"])
def test_numbers_are_kept_to_the_last_decimal_of_their_column(gives: str) -> None:
    shape = {"each": {"points": "1"}} if gives == "amount" else ENTERED
    found = given(gives, {"value": 0.0001}, shape=shape)
    assert (found.done.tolist(), found.scale) == ([1], 10_000)


@pytest.mark.parametrize("value", [None, "?", -0.5])
def test_a_number_that_is_blank_unreadable_or_below_nothing_is_pending(value: Any) -> None:
    assert given("points", {"value": value}).pending.tolist() == [True]


def test_more_than_was_due_is_a_ratio_and_no_rate() -> None:
    more = {"done": 5, "due": 4}
    assert given("ratio", more, shape=GATE).pending.tolist() == [False]
    assert given("rate", more, shape=GATE).pending.tolist() == [True]


def test_an_entry_counts_with_its_proof_where_the_rubric_asks_for_one() -> None:
    assert given("points", {"value": 1.0, "proof": "证1"}, proof=True).pending.tolist() == [False]
    assert given("points", {"value": 1.0}, proof=True).pending.tolist() == [True]
    assert given("points", {"value": 1.0}).pending.tolist() == [False]


@pytest.mark.parametrize(
    ("gives", "row", "shape"),
    [
        ("points", {"value": 1.0}, ENTERED),
        ("count", {"done": 1}, {"each": {"points": "1"}}),
        ("rate", {"done": 1, "due": 2}, GATE),
        ("state", {"state": "有"}, {"states": {"amounts": {"有": "0", "无": "1"}}}),
    ],
)
def test_two_entries_for_one_rule_contradict_each_other(gives: str, row: Any, shape: Any) -> None:
    assert given(gives, row, shape=shape).pending.tolist() == [False]
    assert given(gives, row, row, shape=shape).pending.tolist() == [True]


def test_a_line_that_names_a_rule_is_that_rule_s_alone() -> None:
    assert given("points", {"value": 1.0, "rule": "a"}).pending.tolist() == [False]
    assert given("points", {"value": 1.0, "rule": "b"}).pending.tolist() == [True]


@pytest.mark.parametrize(("named", "open_one"), [(None, True), ("a", False), ("b", True)])
def test_where_several_rules_read_entries_a_line_has_to_name_its_own(
    named: str | None, open_one: bool
) -> None:
    known = facts(by_hand("entered", [{"department": "01", "value": 1.0, "rule": named}]))
    one = rule({"entered": {"gives": "points"}}, ENTERED)
    found = measured(RuleInput("1.1", one, ["01"], alone=False), known)
    assert found.pending.tolist() == [open_one]


def test_a_word_that_has_no_price_is_pending() -> None:
    priced = {"states": {"amounts": {"有": "0", "无": "1"}}}
    assert given("state", {"state": "有一点"}, shape=priced).pending.tolist() == [True]


VERSUS = {
    "reference": "last_year", "side": "below", "difference": "absolute",
    "points": "1", "steps": "up",
}  # fmt: skip
RATE = {"rate": {"ledger": "matters", "done": {"flag": {"is": "yes"}}, "empty": "full"}}
COUNT = {"count": {"ledger": "matters"}}


def compared(*rows: dict[str, Any], measure: Any = COUNT, reference: str = "last_year") -> Baseline:
    """What 01 and 02 are compared with, over entered lines."""
    step = "1%" if measure is RATE else "1"
    lines = [{"reference": "last_year", **row} for row in rows]
    one = rule(measure, {"versus": {**VERSUS, "step": step}})
    known: Facts = facts(*([by_hand("baselines", lines)] if lines else []))
    return baseline(RuleInput("1.1", one, TWO), reference, known)


def test_a_department_is_compared_with_its_own_line() -> None:
    found = compared({"department": "02", "value": 12.5})
    assert found.known.tolist() == [False, True]
    assert found.value[1] == Fraction("12.5")


def test_a_line_without_a_department_is_for_everyone_who_has_none_of_their_own() -> None:
    found = compared({"value": 3.0}, {"department": "02", "value": 4.0})
    assert (found.value, found.known.tolist()) == ([3, 4], [True, True])


def test_a_reference_for_a_rate_is_written_in_per_cent() -> None:
    assert compared({"value": 87.5}, measure=RATE).value == [Fraction(7, 8)] * 2


def test_a_quota_is_a_number_even_for_a_rate() -> None:
    found = compared({"value": 4.0, "reference": "quota"}, measure=RATE, reference="quota")
    assert found.value == [4, 4]


def test_two_lines_for_one_department_contradict_each_other() -> None:
    found = compared({"department": "01", "value": 3.0}, {"department": "01", "value": 4.0})
    assert found.known.tolist() == [False, False]


@pytest.mark.parametrize(
    "more",
    [
        {"reference": "outside_mean"},
        {"item": "1.2"},
        {"rule": "b"},
        {"value": None},
        {"value": "?"},
    ],
)
def test_a_line_about_something_else_or_without_a_number_is_not_known(more: Any) -> None:
    assert compared({"value": 3.0, **more}).known.tolist() == [False, False]


def test_without_the_ledger_of_references_nothing_is_known() -> None:
    assert compared().known.tolist() == [False, False]
