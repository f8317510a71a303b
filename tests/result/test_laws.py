"""Laws of every shape over whole ledgers: bounded, monotone, equal for equals, deaf to unrelated rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.result import Assessment
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.shapes import ShapeBox
from tests.support.small_rubric import events, item, rubric, rule, run, section

GROUPS = {"01": "x", "02": "x", "03": "x"}
COUNT: dict[str, Any] = {
    "count": {"ledger": "events", "unit": "件", "where": {"kind": {"is": "甲"}}}
}
BAD: dict[str, Any] = {
    "rate": {
        "ledger": "events",
        "unit": "件",
        "due": {"kind": {"in": ["甲", "乙"]}},
        "done": {"kind": {"is": "乙"}},
        "empty": "full",
    }
}
"""Each event of kind 甲 is one that was due and not done."""
TIERS = [{"at_least": "2", "points": "1"}, {"at_least": "4", "points": "3"}]
RULES: dict[str, dict[str, Any]] = {
    "each": rule(COUNT, {"each": {"points": "0.3"}}),
    "each beyond some": rule(COUNT, {"each": {"points": "0.5", "free": "2"}}),
    "each so many": rule(COUNT, {"each": {"points": "1", "per": "3", "steps": "down"}}),
    "each by column": rule(COUNT, {"each": {"by": {"column": "quantity", "tiers": TIERS}}}),
    "gate": rule(COUNT, {"gate": {"at_most": "2", "else": "4"}}),
    "steps": rule(COUNT, {"steps": {"tiers": TIERS}}),
    "linear": rule(BAD, {"linear": {"below": "95%", "step": "10%", "points": "0.7", "steps": "up"}}),
    "slopes": rule(
        BAD,
        {
            "slopes": {
                "slopes": [{"below": "95%", "points": "0.1"}, {"below": "85%", "points": "0.3"}],
                "step": "1%",
                "steps": "down",
                "counted": "within",
            }
        },
    ),
    "proportional": rule(BAD, {"proportional": {"points": "6", "of": "missing"}}),
    "shortfall": rule(
        {"count": {**COUNT["count"], "where": {"kind": {"is": "乙"}}}},
        {"shortfall": {"target": 4, "points": "0.4"}},
    ),
    "by_rank": rule(COUNT, {"by_rank": {"better": "lower", "ties": "competition", "each_place": "1.5"}}),
    "versus": rule(
        COUNT,
        {
            "versus": {
                "reference": "group_mean",
                "side": "above",
                "difference": "absolute",
                "step": "1",
                "points": "0.6",
                "steps": "fraction",
            }
        },
    ),
}  # fmt: skip
BY_HAND = {"states", "as_judged", "as_entered"}
"""Shapes over what a person gave; no rows of theirs are related or unrelated."""
CAP = Decimal(5)


def test_every_shape_is_here() -> None:
    assert {name.partition(" ")[0] for name in RULES} | BY_HAND == set(ShapeBox.model_fields)


def small(name: str) -> Rubric:
    capped = {**RULES[name], "effect": {"deduct": {"cap": str(CAP)}}}
    return rubric(section("1", item("1.1", "8", capped)))


def ledger(bad: Mapping[str, int], good: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    rows = [
        row
        for code in GROUPS
        for row in (
            *events("甲", bad.get(code, 0), code, quantity=2 + bad.get(code, 0) % 4),
            *events("乙", good.get(code, 0), code),
        )
    ]
    return {"events": rows}


def points(run_of: Assessment) -> dict[str, Decimal]:
    return dict(zip(run_of.scores["department"], run_of.scores["points"], strict=True))


COUNTS = st.fixed_dictionaries(dict.fromkeys(GROUPS, st.integers(0, 9)))
NAMES = pytest.mark.parametrize("name", RULES)
QUICK = settings(max_examples=6, deadline=None)


@NAMES
@QUICK
@given(bad=COUNTS, good=COUNTS)
def test_points_lie_between_the_cap_and_the_full_item_and_losses_add_up(
    name: str, bad: dict[str, int], good: dict[str, int]
) -> None:
    one = run(small(name), ledger(bad, good), GROUPS)
    lost = one.losses.groupby("department")["points"].sum()
    for code, own in points(one).items():
        assert 8 - CAP <= own <= 8
        assert own + Decimal(lost.get(code, 0)) == 8


@NAMES
@QUICK
@given(bad=COUNTS, good=COUNTS, more=st.integers(1, 4))
def test_one_more_bad_record_never_gives_its_department_more(
    name: str, bad: dict[str, int], good: dict[str, int], more: int
) -> None:
    before = points(run(small(name), ledger(bad, good), GROUPS))["01"]
    worse = bad | {"01": bad["01"] + 4 * more}
    less = good if name != "shortfall" else good | {"01": max(good["01"] - more, 0)}
    assert points(run(small(name), ledger(worse, less), GROUPS))["01"] <= before


@NAMES
@QUICK
@given(bad=st.integers(0, 9), good=st.integers(0, 9), other=st.integers(0, 9))
def test_equal_records_give_equal_points(name: str, bad: int, good: int, other: int) -> None:
    same = {"01": bad, "02": bad, "03": other}
    found = points(run(small(name), ledger(same, {"01": good, "02": good}), GROUPS))
    assert found["01"] == found["02"]


@NAMES
@QUICK
@given(bad=COUNTS, good=COUNTS, noise=st.integers(1, 5))
def test_unrelated_records_change_nothing(
    name: str, bad: dict[str, int], good: dict[str, int], noise: int
) -> None:
    rows = ledger(bad, good)
    plain = points(run(small(name), rows, GROUPS))
    beside = [
        *events("丙", noise, "01"),
        *(
            {**row, "occurred_on": "2023-12-31", "number": f"alt{row['number']}"}
            for row in rows["events"]
        ),
    ]
    assert points(run(small(name), {"events": [*rows["events"], *beside]}, GROUPS)) == plain
