"""Counts to points: every shape, on both sides of every edge, exactly."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.shapes import ShapeBox, States

from .drawn import EVERY, Drawn
from .drawn import SHAPES as DRAWN
from .given import amounts, cases, rule

PAIRS = [(done, due) for due in range(1, 76) for done in range(due + 1)]
DONE, DUE = zip(*PAIRS, strict=True)
COUNTS = ("rank", "last", "reference", "worth")
ROUNDINGS: dict[str, Callable[[Fraction], Fraction | int]] = {
    "up": math.ceil,
    "down": math.floor,
    "fraction": lambda value: value,
}


@pytest.mark.parametrize("case", cases("shapes"))
def test_points(case: dict[str, Any]) -> None:
    given = dict(case["given"])
    made = rule(given["measure"], given["shape"], cap=given.get("cap"))
    more = {name: [given[name]] for name in COUNTS if name in given}
    if "state" in given:
        assert made.shape is not None
        assert isinstance(made.shape.shape, States)
        more["state"] = [made.shape.shape.order.index(given["state"])]
    (points,) = amounts(made, [given.get("done", 1)], [given.get("due", 1)], **more)
    assert points == Fraction(case["expect"]["points"])


def test_every_shape_has_a_case() -> None:
    named = {name for case in cases("shapes") for name in case.values[0]["given"]["shape"]}
    assert named == set(ShapeBox.model_fields)


def test_there_are_two_thousand_nine_hundred_and_twenty_five_pairs() -> None:
    assert len(PAIRS) == 2925


@pytest.mark.parametrize("cap", [None, "0.7"])
@pytest.mark.parametrize("step", ["1%", "0.7%"])
@pytest.mark.parametrize("line", ["95%", "100%", "28.5%"])
@pytest.mark.parametrize("side", ["below", "above"])
@pytest.mark.parametrize("steps", ["up", "down", "fraction"])
def test_linear_equals_plain_fractions_on_all_pairs(
    steps: str, side: str, line: str, step: str, cap: str | None
) -> None:
    shape = {"linear": {side: line, "step": step, "points": "0.3", "steps": steps}}
    edge, stride = Fraction(line[:-1]) / 100, Fraction(step[:-1]) / 100

    def expected(done: int, due: int) -> Fraction:
        rate = Fraction(done, due)
        gap = edge - rate if side == "below" else rate - edge
        lost = ROUNDINGS[steps](max(gap, Fraction(0)) / stride) * Fraction("0.3")
        return min(lost, Fraction(cap)) if cap else lost

    assert amounts(rule("rate", shape, cap=cap), DONE, DUE) == [expected(*pair) for pair in PAIRS]


@pytest.mark.parametrize("first", ["95%", "66.6%", "50%"])
def test_steps_equal_plain_fractions_on_all_pairs(first: str) -> None:
    tiers = {first: "0.25", "33.3%": "1.5", "10%": "2"}
    shape = {"steps": {"tiers": [{"below": line, "points": lost} for line, lost in tiers.items()]}}

    def expected(done: int, due: int) -> Fraction:
        hit = [
            Fraction(lost)
            for line, lost in tiers.items()
            if Fraction(done, due) < Fraction(line[:-1]) / 100
        ]
        return max(hit, default=Fraction(0))

    assert amounts(rule("rate", shape), DONE, DUE) == [expected(*pair) for pair in PAIRS]


@pytest.mark.parametrize("line", ["100%", "95%", "33.3%", "66.67%", "0%"])
def test_a_gate_equals_plain_fractions_on_all_pairs(line: str) -> None:
    edge = Fraction(line[:-1]) / 100
    found = amounts(rule("rate", {"gate": {"at_least": line, "else": "0.5"}}), DONE, DUE)
    assert found == [Fraction(0 if Fraction(*pair) >= edge else "0.5") for pair in PAIRS]


def test_each_and_shortfall_equal_plain_counting() -> None:
    each = amounts(rule("rate", {"each": {"points": "0.3"}}), DONE, DUE)
    assert each == [(due - done) * Fraction("0.3") for done, due in PAIRS]
    short = amounts(
        rule("count", {"shortfall": {"target": 60, "points": "0.3"}}), range(76), range(76)
    )
    assert short == [max(60 - done, 0) * Fraction("0.3") for done in range(76)]


BIG = 2**53


@pytest.mark.parametrize(
    ("shape", "done", "due", "points"),
    [
        ({"gate": {"at_least": "100%", "else": "5"}}, BIG, BIG + 1, "5"),
        ({"gate": {"at_least": "100%", "else": "5"}}, BIG + 1, BIG + 1, "0"),
        ({"each": {"points": "0.1"}}, BIG, BIG + 1, "0.1"),
        ({"steps": {"tiers": [{"below": "50%", "points": "1"}]}}, BIG, 2 * BIG + 1, "1"),
        ({"steps": {"tiers": [{"below": "50%", "points": "1"}]}}, BIG, 2 * BIG, "0"),
        (
            {"linear": {"below": "50%", "step": "1%", "points": "0.2", "steps": "up"}},
            BIG,
            2 * BIG + 1,
            "0.2",
        ),
        (
            {"linear": {"below": "50%", "step": "1%", "points": "0.2", "steps": "down"}},
            BIG,
            2 * BIG + 1,
            "0",
        ),
    ],
)
def test_one_among_more_than_a_float_can_count_still_decides(
    shape: dict[str, Any], done: int, due: int, points: str
) -> None:
    assert amounts(rule("rate", shape), [done], [due]) == [Fraction(points)]


def test_a_cap_is_exact_where_its_decimals_differ_from_the_points() -> None:
    capped = rule("count", {"each": {"points": "0.125"}}, cap="0.3")
    assert amounts(capped, [2, 3, 10**30], [1, 1, 1]) == [
        Fraction("0.25"),
        Fraction("0.3"),
        Fraction("0.3"),
    ]


SHAPES = [
    ("rate", {"each": {"points": "0.5"}}),
    ("rate", {"gate": {"at_least": "80%", "else": "2"}}),
    ("rate", {"steps": {"tiers": [{"below": "90%", "points": "1"}, {"below": "60%", "points": "3"}]}}),
    ("rate", {"linear": {"below": "90%", "step": "3%", "points": "0.1", "steps": "fraction"}}),
    ("count", {"shortfall": {"target": 7, "points": "0.5"}}),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "shape"), SHAPES)
def test_more_done_never_costs_more_where_higher_is_better(
    measure: str, shape: dict[str, Any]
) -> None:
    for due in range(1, 40):
        lost = amounts(rule(measure, shape), range(due + 1), [due] * (due + 1))
        assert all(after <= before for before, after in itertools.pairwise(lost))


def test_a_shape_that_knows_its_worst_never_goes_beyond_it() -> None:
    bounded = [*SHAPES[1:3], SHAPES[4]]
    for measure, shape in bounded:
        made = rule(measure, shape)
        assert made.shape is not None
        most = made.shape.shape.most()
        assert most is not None
        assert max(amounts(made, DONE, DUE)) == most


QUIET = settings(max_examples=150, deadline=None, derandomize=True)
SIZES = st.integers(1, 60)
REFERENCES = st.fractions(min_value=Fraction(1, 50), max_value=1, max_denominator=50)
CAPS = st.sampled_from(["0", "0.7", "3", "12.25"])


def axis_of(drawn: Drawn, due: int) -> list[int]:
    """What a shape's points run along, from little to much; more than is due among it."""
    if drawn.measure == "state":
        return list(range(len(drawn.shape["states"]["amounts"])))
    first = 1 if drawn.axis in ("rank", "last") else 0
    return list(range(first, due + 5))


def along(
    drawn: Drawn, axis: list[int], due: int, reference: Fraction, cap: str | None = None
) -> list[Fraction]:
    """A shape's points for every value on its axis, everything else equal."""
    more: dict[str, Any] = {"reference": [reference] * len(axis)}
    if drawn.axis != "done":
        more[drawn.axis] = axis
    made = rule(drawn.measure, drawn.shape, cap=cap)
    return amounts(made, axis, [due] * len(axis), **more)


def test_every_shape_is_drawn() -> None:
    found: set[str] = set()

    @settings(max_examples=20 * len(EVERY), derandomize=True, database=None)
    @given(DRAWN)
    def look(drawn: Drawn) -> None:
        found.update(drawn.shape)

    look()
    assert found == set(ShapeBox.model_fields)


@QUIET
@given(DRAWN, SIZES, REFERENCES, CAPS)
def test_points_are_never_below_nothing_nor_beyond_the_cap(
    drawn: Drawn, due: int, reference: Fraction, cap: str
) -> None:
    axis = axis_of(drawn, due)
    free = along(drawn, axis, due, reference)
    assert min(free) >= 0
    assert along(drawn, axis, due, reference, cap) == [min(one, Fraction(cap)) for one in free]


@QUIET
@given(DRAWN, SIZES, REFERENCES)
def test_points_never_go_beyond_what_the_shape_says_is_its_most(
    drawn: Drawn, due: int, reference: Fraction
) -> None:
    box = rule(drawn.measure, drawn.shape).shape
    assert box is not None
    most = box.shape.most()
    assert most is None or max(along(drawn, axis_of(drawn, due), due, reference)) <= most


@QUIET
@given(DRAWN, SIZES, REFERENCES)
def test_points_run_the_way_that_the_shape_promises(
    drawn: Drawn, due: int, reference: Fraction
) -> None:
    found = along(drawn, axis_of(drawn, due), due, reference)
    if drawn.direction != "any":
        assert found == sorted(found, reverse=drawn.direction == "less")


@QUIET
@given(DRAWN, SIZES, REFERENCES)
def test_equal_counts_have_equal_points_whoever_else_is_scored(
    drawn: Drawn, due: int, reference: Fraction
) -> None:
    axis = axis_of(drawn, due)
    together = along(drawn, [*axis, *reversed(axis)], due, reference)
    assert together == together[::-1]
    assert [along(drawn, [one], due, reference)[0] for one in axis] == together[: len(axis)]
