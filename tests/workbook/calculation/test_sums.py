"""Totals that are no plain addition: weighted sections, one rounding at the end, a veto that takes all."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.calculation.sums import needs_lines, zeroing_rules
from tests.support.small_rubric import COUNT, events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned
from tests.workbook.reading import cell_of, differences, edited, stored

TWO = {"01": "all", "02": "all"}
ROWS = {"events": [*events("甲", 3, mended="yes"), *events("乙", 2, mended="no")]}
THIRDS = {"linear": {"below": "100%", "step": "3%", "points": "0.1", "steps": "fraction"}}
MENDED = {"rate": {"ledger": "events", "done": {"mended": {"is": "yes"}}, "empty": "full"}}
ZERO = {"veto": {"total_zero": True}}
FREE = {"item": "none", "total": "none"}


def at_total(places: int = 2, mode: str = "half_up") -> dict[str, Any]:
    return {"rounding": {"at": "total", "places": places, "mode": mode}}


def each(points: str, effect: Any = None) -> dict[str, Any]:
    return rule(shape={"each": {"points": points}}, effect=effect)


def base(*own: dict[str, Any], full: str = "100") -> dict[str, Any]:
    return section("1", item("1.1", full, *own))


def beside(kind: str, points: str) -> dict[str, Any]:
    return section("M", item("M.1", None, each(points, {kind: {}})), kind=kind)


def vetoed(least: str) -> dict[str, Any]:
    """A veto on so many events of kind 乙 that were mended; none is."""
    where = {"all": [{"kind": {"is": "乙"}}, {"mended": {"is": least}}]}
    measure = {"count": {**COUNT["count"], "where": where}}
    return section("V", item("V.1", None, rule(measure, effect=ZERO)), kind="veto")


def made(*sections: dict[str, Any], **more: Any) -> tuple[Assessment, Planned]:
    assessment = run(rubric(*sections, **more), ROWS, TWO)
    return assessment, planned(assessment)


WEIGHTED = (
    section("1", item("1.1", "100", each("1.5")), weight="33.3%"),
    section("2", item("2.1", "100", rule(MENDED, THIRDS)), weight="66.7%"),
)
FOLDED = {"full_points": "100"}
CASES: dict[str, tuple[tuple[dict[str, Any], ...], dict[str, Any]]] = {
    "weighted sections": (WEIGHTED, FOLDED),
    "weighted and cut off": (
        WEIGHTED,
        {**FOLDED, "rounding": {"at": "item", "places": 2, "mode": "truncate"}},
    ),
    "weighted and rounded at the end": (WEIGHTED, {**FOLDED, **at_total()}),
    "rounded at the end": ((base(rule(MENDED, THIRDS), each("0.125")),), at_total()),
    "cut off at the end": ((base(rule(MENDED, THIRDS)),), at_total(mode="truncate")),
    "whole points at the end": ((base(each("0.5")), beside("malus", "0.5")), at_total(0)),
    "bonus at the end": ((base(each("1.125")), beside("bonus", "0.005")), at_total()),
    "nothing left": ((base(each("1"), full="10"), beside("malus", "20")), at_total()),
    "below nothing": (
        (base(each("1"), full="10"), beside("malus", "20.125")),
        {**at_total(), "floors": FREE},
    ),
    "a total above its floor": (
        (base(each("1"), full="10"), beside("malus", "20")),
        {**at_total(), "floors": {"item": "0", "total": "2.5"}},
    ),
    "a veto that holds": ((base(each("1")), vetoed("no")), {}),
    "a veto that does not hold": ((base(each("1")), vetoed("yes")), {}),
    "a veto without a floor": (
        (base(each("1"), full="10"), beside("malus", "20"), vetoed("no")),
        {"floors": FREE},
    ),
    "two sections of thirds": (
        (
            section("1", item("1.1", "10", rule(MENDED, THIRDS)), item("1.2", "10", each("0.7"))),
            section("2", item("2.1", "10", rule(MENDED, THIRDS), each("0.3"))),
        ),
        at_total(),
    ),
    "an item that does not apply": (
        (
            section(
                "1",
                item("1.1", "10", rule(MENDED, THIRDS)),
                item("1.2", "7", rule(applies_to={"departments": ["02"]})),
                item("1.3", "3", each("0.7")),
            ),
        ),
        at_total(),
    ),
    "an item that keeps what it has": (
        (
            section(
                "1",
                item("1.1", "10", rule(MENDED, THIRDS)),
                item("1.2", "7", rule(applies_to={"departments": ["02"]})),
            ),
        ),
        {**at_total(), "not_applicable": {"default": "full"}},
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_base_and_total_are_the_engine_s_and_live(name: str) -> None:
    sections, more = CASES[name]
    assessment, plan = made(*sections, **more)
    total, sums = assessment.total("01"), plan.calculated.sums
    power = 10**assessment.rubric.rounding.item_places
    assert {key: Fraction(cell.value, power) for key, cell in sums.items()} == {
        key: Fraction(total[key]) for key in ("base", "total")
    }
    assert all(plan.entry(cell.row, "points_units").formula for cell in sums.values())
    assert not plan.desk.is_frozen


@pytest.mark.parametrize("name", ["weighted and rounded at the end", "below nothing", "a veto that holds"])  # fmt: skip
def test_another_program_comes_to_the_same(name: str, tmp_path: Path) -> None:
    sections, more = CASES[name]
    assessment = run(rubric(*sections, **more), ROWS, TWO)
    assert differences(write_department(assessment, "01", tmp_path / "w.xlsx")) == {}


def test_points_of_a_total_are_kept_exact_until_the_end() -> None:
    """40 per cent short is 1 1/3: two such items are 2.67 short of 20, not twice 1.33."""
    sections = [section(name, item(f"{name}.1", "10", rule(MENDED, THIRDS))) for name in ("1", "2")]
    plan = made(*sections, **at_total())[1]
    assert plan.calculated.sums["total"].value == 17_330_000


def test_a_veto_takes_the_total_and_gives_it_back(tmp_path: Path) -> None:
    sections, more = CASES["a veto that holds"]
    assessment = run(rubric(*sections, **more), ROWS, TWO)
    assert assessment.total("01")["total"] == 0
    path = write_department(assessment, "01", tmp_path / "w.xlsx")
    for number in range(2):
        cell = cell_of(path, "事项登记簿", "是否整改到位", f"01乙{number}")
        path = edited(path, "事项登记簿", cell, "是")
    values = [value for (sheet, _), value in stored(path).items() if sheet == "考核评分表"]
    assert 97 in values


# Which rubrics need these lines.

NEEDS: dict[str, tuple[tuple[dict[str, Any], ...], dict[str, Any], bool]] = {
    "a plain sum": ((base(each("1")), beside("malus", "1")), {}, False),
    "rounded at the end": ((base(each("1")),), at_total(), True),
    "weighted": (WEIGHTED, FOLDED, True),
    "a veto on the total": ((base(each("1")), vetoed("no")), {}, True),
}


@pytest.mark.parametrize("name", list(NEEDS))
def test_lines_are_there_where_the_scorecard_cannot_add(name: str) -> None:
    sections, more, needed = NEEDS[name]
    assert needs_lines(rubric(*sections, **more)) is needed
    assert bool(made(*sections, **more)[1].calculated.sums) is needed


def test_a_veto_on_the_grade_alone_takes_nothing_from_the_total() -> None:
    graded = rule(effect={"veto": {"grade_at_most": "不合格"}})
    given = rubric(base(each("1")), section("V", item("V.1", None, graded), kind="veto"))
    assert zeroing_rules(given) == []
    assert zeroing_rules(rubric(base(each("1")), vetoed("no"))) == [("V.1", "a")]


# What stays a value.


def test_a_veto_over_points_makes_the_total_a_value() -> None:
    measure = {"item_points": {"item": "1.1", "at_most": "50"}}
    veto = item("V.1", None, rule(measure, effect=ZERO))
    assessment, plan = made(base(each("1")), section("V", veto, kind="veto"))
    assert Fraction(assessment.total("01")["total"]) == 97
    assert "考评总分" in plan.calculated.whys
    assert plan.desk.is_frozen


def fine() -> tuple[Assessment, Planned]:
    """Shares over bases that have nothing in common: their common denominator has too many digits."""
    sizes = (7, 11, 13, 17, 19, 23, 29, 31)
    items = []
    rows: list[dict[str, Any]] = []
    for place, size in enumerate(sizes, start=1):
        kind = f"类{place}"
        measure = {"rate": {**MENDED["rate"], "due": {"kind": {"is": kind}}}}
        items.append(item(f"1.{place}", "10", rule(measure, THIRDS)))
        rows += events(kind, size - 1, mended="yes")
        rows += [{**events(kind, 1)[0], "number": f"{kind}未", "mended": "no"}]
    assessment = run(rubric(section("1", *items), **at_total()), {"events": rows})
    return assessment, planned(assessment)


def test_items_stay_formulas_though_their_total_is_too_fine_for_one() -> None:
    assessment, plan = fine()
    cell = plan.calculated.sums["total"]
    assert plan.entry(cell.row, "points").formula is None
    assert Fraction(cell.value, 10**6) == Fraction(assessment.total("01")["total"])
    assert all(plan.is_live(f"1.{number}", "points") for number in range(1, 9))
