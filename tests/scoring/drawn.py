"""Shapes drawn at random, every kind of them, each with the direction that it promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

from hypothesis import strategies as st

from lawkpi.params import points_text

Direction = Literal["more", "less", "any"]
"""What one more on the axis may do to the points: only raise them, only lower them, or either."""
Draw = Callable[..., Any]


@dataclass(frozen=True)
class Drawn:
    """A shape as written, what it follows, and along which count its points run which way."""

    measure: str
    shape: dict[str, Any]
    direction: Direction
    axis: str = "done"


def decimals(most: int, *, least: int = 0) -> st.SearchStrategy[str]:
    """Numbers with two decimals, as a rubric writes them."""
    return st.integers(least * 100, most * 100).map(lambda one: points_text(Fraction(one, 100)))


POINTS = decimals(9)
STEPS = st.sampled_from(["up", "down", "fraction"])
PLAIN = st.sampled_from(["count", "amount", "rate"])


def line(draw: Draw, measure: str) -> str:
    """A line as the measure needs it: per cent for rates, a number for others."""
    return f"{draw(decimals(99))}%" if measure == "rate" else str(draw(decimals(30)))


def rising(draw: Draw, size: int) -> list[str]:
    """Different points, from small to large."""
    drawn = draw(st.lists(st.integers(0, 900), min_size=size, max_size=size, unique=True))
    return [points_text(Fraction(one, 100)) for one in sorted(drawn)]


@st.composite
def each(draw: Draw) -> Drawn:
    measure = draw(PLAIN)
    shape = {"points": draw(POINTS), "free": draw(decimals(4))}
    if draw(st.booleans()):
        shape |= {"per": draw(decimals(5, least=1)), "steps": draw(STEPS)}
    return Drawn(measure, {"each": shape}, "less" if measure == "rate" else "more")


@st.composite
def each_by(draw: Draw) -> Drawn:
    by = {"column": "level", "points": {"a": draw(POINTS)}}
    return Drawn("count", {"each": {"by": by}}, "more", "worth")


@st.composite
def gate(draw: Draw) -> Drawn:
    measure = draw(PLAIN)
    side, word = (
        draw(st.sampled_from(["at_least", "at_most"])),
        draw(st.sampled_from(["then", "else"])),
    )
    shape = {side: line(draw, measure), word: draw(POINTS)}
    return Drawn(measure, {"gate": shape}, "more" if (side, word) in MORE_GATES else "less")


MORE_GATES = {("at_least", "then"), ("at_most", "else")}


@st.composite
def nested_steps(draw: Draw) -> Drawn:
    measure = draw(PLAIN)
    lines = sorted(draw(st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True)))
    word = draw(st.sampled_from(["below", "at_most", "above", "at_least"]))
    falls = word in ("below", "at_most")
    sign = "%" if measure == "rate" else ""
    points = rising(draw, len(lines))
    ordered = reversed(lines) if falls else lines
    tiers = [
        {word: f"{one}{sign}", "points": own} for one, own in zip(ordered, points, strict=True)
    ]
    return Drawn(measure, {"steps": {"tiers": tiers}}, "less" if falls else "more")


@st.composite
def ranged_steps(draw: Draw) -> Drawn:
    measure = draw(PLAIN)
    sign = "%" if measure == "rate" else ""
    lines = sorted(draw(st.lists(st.integers(0, 99), min_size=2, max_size=5, unique=True)))
    tiers = [
        {"at_least": f"{low}{sign}", "below": f"{high}{sign}", "points": draw(POINTS)}
        for low, high in pairwise(lines)
    ]
    return Drawn(measure, {"steps": {"tiers": tiers}}, "any")


@st.composite
def linear(draw: Draw) -> Drawn:
    side = draw(st.sampled_from(["below", "above"]))
    shape = {side: line(draw, "rate"), "step": f"{draw(decimals(9, least=1))}%"}
    shape |= {"points": draw(POINTS), "steps": draw(STEPS)}
    return Drawn("rate", {"linear": shape}, "less" if side == "below" else "more")


@st.composite
def slopes(draw: Draw) -> Drawn:
    step = draw(st.sampled_from(["0.5", "1", "2.5"]))
    numbers = draw(st.lists(st.integers(1, 38), min_size=2, max_size=4, unique=True))
    lines = [points_text(Fraction(step) * one) for one in sorted(numbers, reverse=True)]
    points = rising(draw, len(lines))
    own = [{"below": f"{one}%", "points": price} for one, price in zip(lines, points, strict=True)]
    counted = draw(st.sampled_from(["within", "whole"]))
    shape = {"slopes": own, "step": f"{step}%", "steps": draw(STEPS), "counted": counted}
    return Drawn("rate", {"slopes": shape}, "less")


@st.composite
def proportional(draw: Draw) -> Drawn:
    measure, of = draw(PLAIN), draw(st.sampled_from(["done", "missing"]))
    target = {} if measure == "rate" else {"target": draw(decimals(40, least=1))}
    shape = {"points": draw(POINTS), "of": of, **target}
    return Drawn(measure, {"proportional": shape}, "more" if of == "done" else "less")


@st.composite
def shortfall(draw: Draw) -> Drawn:
    shape = {"target": draw(st.integers(1, 40)), "points": draw(POINTS)}
    return Drawn(draw(st.sampled_from(["count", "amount"])), {"shortfall": shape}, "less")


@st.composite
def states(draw: Draw) -> Drawn:
    words = [f"情形{place}" for place in range(draw(st.integers(1, 6)))]
    return Drawn(
        "state", {"states": {"amounts": {one: draw(POINTS) for one in words}}}, "any", "state"
    )


@st.composite
def by_rank(draw: Draw) -> Drawn:
    shape = {"better": draw(st.sampled_from(["higher", "lower"])), "ties": "competition"}
    way = draw(st.sampled_from(["each_place", "last", "places"]))
    if way == "each_place":
        return Drawn("count", {"by_rank": {**shape, way: draw(POINTS)}}, "more", "rank")
    if way == "last":
        own = {"last": draw(st.integers(1, 9)), "points": draw(POINTS)}
        return Drawn("rate", {"by_rank": {**shape, **own}}, "less", "last")
    places = draw(st.lists(POINTS, min_size=1, max_size=5))
    return Drawn(
        "amount", {"by_rank": {**shape, "places": places, "else": draw(POINTS)}}, "any", "rank"
    )


@st.composite
def versus(draw: Draw) -> Drawn:
    measure, side = draw(PLAIN), draw(st.sampled_from(["below", "above"]))
    difference = draw(st.sampled_from(["absolute", "relative"]))
    shape = {"reference": "last_year", "side": side, "difference": difference}
    sign = "%" if measure == "rate" or difference == "relative" else ""
    if draw(st.booleans()):
        step = f"{draw(decimals(9, least=1))}{sign}"
        shape |= {"step": step, "points": draw(POINTS), "steps": draw(STEPS)}
    else:
        lines = sorted(draw(st.lists(st.integers(0, 60), min_size=1, max_size=3, unique=True)))
        points = rising(draw, len(lines))
        word = draw(st.sampled_from(["at_least", "above"]))
        own = zip(lines, points, strict=True)
        shape |= {"tiers": [{word: f"{one}{sign}", "points": price} for one, price in own]}
        if draw(st.booleans()):
            unit = "%" if measure == "rate" else ""
            shape |= {"step": f"{draw(decimals(9, least=1))}{unit}", "steps": draw(STEPS)}
    return Drawn(measure, {"versus": shape}, "less" if side == "below" else "more")


@st.composite
def by_hand(draw: Draw) -> Drawn:
    if draw(st.booleans()):
        return Drawn("judged", {"as_judged": {}}, "more")
    return Drawn("entered", {"as_entered": {"factor": draw(decimals(2))}}, "more")


EVERY = (
    each, each_by, gate, nested_steps, ranged_steps, linear, slopes, proportional, shortfall,
    states, by_rank, versus, by_hand,
)  # fmt: skip
SHAPES: st.SearchStrategy[Drawn] = st.one_of(*(one() for one in EVERY))
