"""Small assessments, each with something that a summary has to get right, and reading their summaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from lawkpi.result import Assessment
from lawkpi.rubric.model import Rubric
from lawkpi.workbook import write_summary
from tests.support.small_rubric import events, item, rubric, rule, run, section

FOUR = {"01": "甲组", "02": "甲组", "03": "甲组", "04": "乙组"}
"""Four departments; the last one is alone in its group."""


def count(kind: str) -> dict[str, Any]:
    return {"count": {"ledger": "events", "unit": "件", "where": {"kind": {"is": kind}}}}


def deduct(kind: str = "甲", points: str = "1") -> dict[str, Any]:
    return rule(count(kind), {"each": {"points": points}})


def bonus(points: str = "0.4", **more: Any) -> dict[str, Any]:
    given = rule(count("优"), {"each": {"points": points}}, {"bonus": {}})
    return section("B", item("B.1", None, given), kind="bonus", **more)


def malus(points: str = "0.7", **more: Any) -> dict[str, Any]:
    given = rule(count("劣"), {"each": {"points": points}}, {"malus": {}})
    return section("M", item("M.1", None, given), kind="malus", **more)


def veto(**effect: Any) -> dict[str, Any]:
    given = rule(count("重"), effect={"veto": effect})
    return section("V", item("V.1", None, given), kind="veto")


BASE = (
    section("1", item("1.1", "30", deduct()), item("1.2", "30", deduct("乙", "0.37"))),
    section("2", item("2.1", "40", deduct("丙", "0.5"))),
)
AT_TOTAL = {"at": "total", "places": 1, "mode": "half_up"}
TRUNCATED = {"at": "item", "places": 2, "mode": "truncate"}
FREE = {"item": "none", "total": "none"}
GROUPS_ONLY = {"groups": ["甲组"]}


def folded(points: str = "0.37", **more: Any) -> Rubric:
    """Two sections of a hundred points each, folded by weights that leave thirds of hundredths."""
    return rubric(
        section("1", item("1.1", "100", deduct("甲", points)), weight="33.3%"),
        section("2", item("2.1", "100", deduct("乙", "1.11")), weight="66.7%"),
        bonus(),
        **{"full_points": "100", **more},
    )


def judged() -> dict[str, Any]:
    return item("1.1", "30", rule({"judged": {"at_most": "5"}}, {"as_judged": {}}))


def divided(number: str, full: str, kind: str, points: str) -> dict[str, Any]:
    """An item that only the first group has."""
    return item(number, full, deduct(kind, points), applies_to=GROUPS_ONLY)


QUOTAS = [
    {
        "grade": "优秀",
        "at_least": "90",
        "quota": {"share": "40%", "rounding": "half_up", "ties": "in"},
    },
    {"grade": "良好", "above": "80", "quota": {"count": 1, "ties": "out"}},
    {"grade": "合格", "at_least": "0"},
]

RUBRICS: Mapping[str, Callable[[], Rubric]] = {
    "plain": lambda: rubric(*BASE, bonus(cap="1"), malus()),
    "no_bonus": lambda: rubric(*BASE),
    "weighted": folded,
    "weighted_truncated": lambda: folded(rounding=TRUNCATED),
    "weighted_below_zero": lambda: folded("50.37", floors=FREE),
    "weighted_at_total": lambda: folded(rounding=AT_TOTAL),
    "at_total": lambda: rubric(*BASE, bonus("0.123"), malus("0.051"), rounding=AT_TOTAL),
    "truncated": lambda: rubric(*BASE, malus(), rounding=TRUNCATED),
    "zeroing_veto": lambda: rubric(*BASE, bonus(), veto(total_zero=True)),
    "zeroing_veto_below_zero": lambda: rubric(
        *BASE, malus("30"), veto(total_zero=True), floors=FREE
    ),
    "limiting_veto": lambda: rubric(*BASE, veto(grade_at_most="不合格")),
    "no_floors": lambda: rubric(*BASE, malus("30"), floors=FREE),
    "pending": lambda: rubric(section("1", judged(), item("1.2", "70", deduct())), bonus()),
    "all_pending": lambda: rubric(section("1", judged())),
    "redistributed": lambda: rubric(
        section(
            "1",
            divided("1.1", "30", "甲", "1.3"),
            item("1.2", "30", deduct("乙", "0.37")),
            item("1.3", "40", deduct("丙", "0.5")),
        ),
        malus(),
    ),
    "quotas": lambda: rubric(*BASE, grades=QUOTAS),
    "counting_down": lambda: rubric(malus(), full_points="100"),
    "of_a_thousand": lambda: rubric(
        section("1", item("1.1", "1000", deduct("甲", "37.5"))), grades=QUOTAS
    ),
    "exact_rank": lambda: rubric(
        *BASE, rounding=AT_TOTAL, rank={"on": "exact", "ties": "dense", "tie_breakers": ["1"]}
    ),
}


def assessed(name: str) -> Assessment:
    """One of the rubrics, scored: four departments that lost differently; the second one has a veto."""
    rows = [
        *events("甲", 3, "01"),
        *events("甲", 7, "03"),
        *events("乙", 11, "02"),
        *events("乙", 4, "04"),
        *events("丙", 5, "03"),
        *events("优", 4, "01"),
        *events("优", 2, "04"),
        *events("劣", 5, "02"),
        *events("劣", 1, "03"),
        *events("重", 1, "02"),
    ]
    return run(RUBRICS[name](), {"events": rows}, FOUR)


def summary_of(name: str, folder: Path) -> Path:
    return write_summary(assessed(name), folder / f"{name}.xlsx")


def lines(path: Path, sheet: str, head: str) -> list[dict[str, Any]]:
    """The rows below the row that holds a heading, by heading, until an empty row."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    rows = list(page.iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if head in row)
    names: list[str] = []
    for number, text in enumerate(rows[first]):
        short = str(text or number).split("\n")[0]
        names.append(short if short not in names else str(text).replace("\n", ""))
    found = []
    for row in rows[first + 1 :]:
        if all(cell is None for cell in row):
            break
        found.append(dict(zip(names, row, strict=True)))
    return found


def place(path: Path, sheet: str, row_holds: str, head: str) -> str:
    """The cell of a heading in the first row below it that holds a text."""
    page = openpyxl.load_workbook(path)[sheet]
    column = None
    for row in page.iter_rows():
        texts = [str(cell.value or "").split("\n")[0] for cell in row]
        if column is None and head in texts:
            column = texts.index(head)
        elif column is not None and row_holds in texts:
            return str(row[column].coordinate)
    raise LookupError(head)
