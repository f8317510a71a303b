"""Every shape and every measure, in an item and outside it: recalculated to what was scored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.rubric.measures import MeasureBox
from lawkpi.rubric.shapes import ShapeBox
from lawkpi.workbook import write_department
from tests.support.rubric_cases import outcome
from tests.support.small_rubric import COUNT, events, item, rubric, rule, run, section
from tests.workbook.reading import differences

Rows = dict[str, list[dict[str, Any]]]
SIGNED = {
    "department": "01",
    "item": "1.1",
    "source": "档案",
    "person": "张三",
    "entered_on": "2025-01-01",
}
MENDED: Rows = {"events": [*events("甲", 3, mended="yes"), *events("乙", 2, mended="no")]}
QUOTA: Rows = {**MENDED, "baselines": [{**SIGNED, "reference": "quota", "value": 4.0}]}
RATE = {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}
SUM = {"ledger": "monthly_figures", "column": "value", "unit": "万元"}
MEAN = {**SUM, "unit": "项", "out_of": "100", "empty": "full"}
DONE = {"completion": {"ledger": "events", "empty": "full"}}
LINE = {"below": "95%", "step": "1%", "points": "0.1", "steps": "up"}
SLOPES = {
    "slopes": [{"below": "96%", "points": "0.1"}, {"below": "90%", "points": "0.2"}],
    "step": "1%",
}
RANGES = [{"at_least": "3", "below": "6", "points": "5"}, {"at_least": "6", "points": "9"}]
YEAR = {
    "reference": "last_year",
    "side": "above",
    "difference": "absolute",
    "step": "1",
    "steps": "up",
}
GATE = {"gate": {"at_least": "90%", "else": "2"}}
SHORT = {"shortfall": {"target": 4, "points": "0.5"}}


def figures(*values: float) -> Rows:
    months = [f"2024-{number:02}-01" for number in range(1, len(values) + 1)]
    rows = [
        {"kind": "甲", "month_on": one, "value": value}
        for one, value in zip(months, values, strict=True)
    ]
    return {"monthly_figures": rows}


def entered(**cells: Any) -> Rows:
    return {"entered": [{**SIGNED, **cells}]}


def judged(*points: float) -> Rows:
    line = {
        "department": "01",
        "item": "1.1",
        "reason": "核定",
        "person": "张三",
        "judged_on": "2025-01-01",
    }
    return {
        "judged": [
            {**line, "seat": seat, "points": one} for seat, one in enumerate(points, start=1)
        ]
    }


def each(**terms: Any) -> dict[str, Any]:
    return {"each": {"points": "1", **terms}}


CASES: dict[str, tuple[dict[str, Any], Rows, str]] = {
    "some are free": (rule(shape=each(free="2")), MENDED, "9"),
    "two to a step": (rule(shape=each(per="2", steps="up")), MENDED, "8"),
    "a part of a step": (rule(shape=each(per="7", steps="fraction")), MENDED, "9.57"),
    "a sum beyond a free part": (
        rule({"sum": SUM}, each(points="0.3", free="1.5")),
        figures(1.25, 0.5),
        "9.93",
    ),
    "a quota that was passed": (rule(DONE, each()), QUOTA, "10"),
    "no quota": (rule(DONE, GATE), MENDED, "pending"),
    "a gate that asks for few": (
        rule(shape={"gate": {"at_most": "3", "then": "1"}}, effect={"award": {}}),
        MENDED,
        "1",
    ),
    "ranges of a count": (rule(shape={"steps": {"tiers": RANGES}}), MENDED, "5"),
    "ranges of a sum": (
        rule(
            {"sum": SUM}, {"steps": {"tiers": [{"at_least": "1.5", "at_most": "3", "points": "1"}]}}
        ),
        figures(1.25, 0.5),
        "9",
    ),
    "slopes one by one": (
        rule({"rate": RATE}, {"slopes": {**SLOPES, "steps": "up", "counted": "within"}}),
        MENDED,
        "3.4",
    ),
    "slopes as a whole": (
        rule({"rate": RATE}, {"slopes": {**SLOPES, "steps": "fraction", "counted": "whole"}}),
        MENDED,
        "2.8",
    ),
    "what was done": (
        rule({"rate": RATE}, {"proportional": {"points": "10", "of": "done"}}, {"award": {}}),
        MENDED,
        "6",
    ),
    "what is missing of a target": (
        rule(shape={"proportional": {"points": "10", "of": "missing", "target": "7"}}),
        MENDED,
        "4.29",
    ),
    "a sum short of its target": (rule({"sum": SUM}, SHORT), figures(1.25, 0.5), "8.88"),
    "a sum without any row that is full": (
        rule({"sum": {**SUM, "empty": "full"}}, SHORT),
        {},
        "10",
    ),
    "a mean": (rule({"mean": MEAN}, {"linear": LINE}), figures(80.5, 70.0), "8"),
    "a mean of too few": (
        rule({"mean": {**MEAN, "min_base": 3, "below_base": "full"}}, {"linear": LINE}),
        figures(80.5, 70.0),
        "10",
    ),
    "a mean without the ends": (
        rule({"mean": {**MEAN, "trim": 1, "min_base": 3, "below_base": "full"}}, {"linear": LINE}),
        figures(80.5, 70.0, 60.0),
        "7.5",
    ),
    "a rate of too few": (
        rule({"rate": {**RATE, "min_base": 9, "below_base": "full"}}, {"linear": LINE}),
        MENDED,
        "10",
    ),
    "different contents": (
        rule({"distinct": {"ledger": "events", "column": "kind"}}, each()),
        MENDED,
        "8",
    ),
    "a state": (
        rule(
            {"state": {"ledger": "events", "column": "kind"}},
            {"states": {"amounts": {"甲": "1", "乙": "3"}}},
        ),
        MENDED,
        "7",
    ),
    "a per cent figure": (rule({"entered": {"gives": "percent"}}, GATE), entered(value=85.55), "8"),
    "an entered amount": (
        rule({"entered": {"gives": "amount"}}, each(points="0.5")),
        entered(value=2.5),
        "8.75",
    ),
    "a part of an entered score": (
        rule({"entered": {"gives": "points"}}, {"as_entered": {"factor": "0.25"}}),
        entered(value=2.5),
        "9.38",
    ),
    "an entered ratio beyond one": (
        rule({"entered": {"gives": "ratio"}}, each()),
        entered(done=5, due=4),
        "10",
    ),
    "the mean of a panel": (
        rule({"judged": {"at_most": "5", "persons": 3, "combine": "mean"}}, {"as_judged": {}}),
        judged(1.0, 2.0, 2.0),
        "8.33",
    ),
    "nothing to judge": (
        rule(
            {"judged": {"at_most": "5", "only_when": {"ledger": "events", "at_least": 1}}},
            {"as_judged": {}},
        ),
        {},
        "10",
    ),
    "a place in the group": (
        rule(shape={"by_rank": {"better": "lower", "ties": "dense", "each_place": "1"}}),
        MENDED,
        "9",
    ),
    "more than last year": (
        rule(shape={"versus": {**YEAR, "points": "1"}}),
        {**MENDED, "baselines": [{**SIGNED, "reference": "last_year", "value": 1.0}]},
        "8",
    ),
    "points of each record": (
        rule(shape={"each": {"by": {"column": "points", "factor": "1"}}}),
        {"events": events("甲", 2, points=0.25)},
        "9.5",
    ),
    "months": (rule(periods={"each": "month", "combine": "mean"}), MENDED, "9.75"),
    "a joint record": (
        rule(
            {"count": {**COUNT["count"], "charged_by": ["department", "other"], "share": "equal"}}
        ),
        {"events": events("甲", 3, other="02")},
        "8.5",
    ),
    "a doubled record": (
        rule(
            effect={"deduct": {"multipliers": [{"when": {"mended": {"is": "yes"}}, "times": "2"}]}}
        ),
        MENDED,
        "4",
    ),
}


def outside(one: dict[str, Any]) -> dict[str, Any]:
    """The same rule as a section of its own beside the base."""
    (kind,) = one["effect"]
    name = {"deduct": "malus", "award": "bonus"}[kind]
    return section(
        "M", item("M.1", None, {**one, "effect": {name: one["effect"][kind]}}), kind=name
    )


def assessment_of(name: str, rows: Rows | None = None) -> Assessment:
    """A case scored, by its own records or by others."""
    one, own, _ = CASES[name]
    made = rubric(section("1", item("1.1", "10", one)), outside(one))
    return run(made, own if rows is None else rows, {"01": "x", "02": "x"})


@pytest.mark.parametrize("name", list(CASES))
def test_a_workbook_recalculates_to_what_was_scored(name: str, tmp_path: Path) -> None:
    assessment = assessment_of(name)
    assert outcome(assessment, "1.1") == CASES[name][2]
    assert differences(write_department(assessment, "01", tmp_path / "01.xlsx")) == {}


def test_every_shape_and_every_measure_of_points_has_a_case() -> None:
    rules = [one for one, _, _ in CASES.values()]
    elsewhere = {"named_rate", "item_points"}
    assert {next(iter(one["measure"])) for one in rules} == set(MeasureBox.model_fields) - elsewhere
    assert {next(iter(one["shape"])) for one in rules} == set(ShapeBox.model_fields)
