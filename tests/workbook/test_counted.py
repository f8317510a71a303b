"""The figures of the scorecard in words: what stands there is what the formula gives once recalculated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawkpi.workbook import write_department
from lawkpi.workbook.counted import Said, counted
from tests.support.small_rubric import events, item, rubric, rule, run, section
from tests.workbook.planned import Planned, planned
from tests.workbook.reading import cell_of, edited, recalculated

SIGNED = {"department": "01", "source": "档案", "person": "张三", "entered_on": "2025-01-01"}
GATE = {"gate": {"at_least": "90%", "else": "2"}}
RATE = {"ledger": "events", "unit": "件", "done": {"mended": {"is": "yes"}}, "empty": "full"}
FIGURES = {"ledger": "monthly_figures", "column": "value", "unit": "万元"}
MEAN = {**FIGURES, "out_of": "100", "empty": "full"}
STATES = {"states": {"amounts": {"甲": "1", "乙": "3"}}}
NOT_MENDED = {"kind": {"is": "丙"}}
BY_POINTS = {"each": {"by": {"column": "points", "factor": "1"}}}
JUDGED = {"judged": {"at_most": "5"}}

CASES: dict[str, tuple[dict[str, Any], str]] = {
    "1.1": (rule(), "3件"),
    "1.2": (rule({"rate": RATE}, GATE), "应计5件，已计3件"),
    "1.3": (rule({"sum": FIGURES}, {"each": {"points": "0.1"}}), "1.755万元"),
    "1.4": (rule({"mean": MEAN}, GATE), "0.88%"),
    "1.5": (
        rule({"mean": {**MEAN, "where": {"kind": {"is": "无"}}}}, GATE),
        "无基数",
    ),
    "1.6": (rule({"state": {"ledger": "events", "column": "kind"}}, STATES), "乙"),
    "1.7": (rule({"entered": {"gives": "percent"}}, GATE), "85.55%"),
    "1.8": (rule(shape=BY_POINTS), "待核"),
    "1.9": (rule(JUDGED, {"as_judged": {}}), "评分单位核定扣1.25分"),
    "1.10": (rule(applies_to={"departments": ["02"]}), "不适用于本单位"),
    "1.11": (rule(), "a 3件\nb 应计5件，已计3件"),
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "events": [*events("甲", 3, mended="yes"), *events("乙", 2, mended="no")],
    "monthly_figures": [
        {"kind": "甲", "month_on": "2024-01-01", "value": 1.25},
        {"kind": "甲", "month_on": "2024-02-01", "value": 0.505},
    ],
    "entered": [{**SIGNED, "item": "1.7", "value": 85.55}],
    "judged": [
        {"department": "01", "item": "1.9", "seat": 1, "reason": "核定", "person": "张三", "points": 1.25,
         "judged_on": "2025-01-01"}
    ],
}  # fmt: skip


def items() -> list[dict[str, Any]]:
    two = {"1.11": [rule(), rule({"rate": RATE}, GATE)]}
    return [item(name, "10", *two.get(name, [one])) for name, (one, _) in CASES.items()]


@pytest.fixture(scope="module")
def made() -> Planned:
    departments = {"01": "all", "02": "all"}
    return planned(run(rubric(section("1", *items())), ROWS, departments))


@pytest.fixture(scope="module")
def path(made: Planned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counted")
    return write_department(made.desk.assessment, "01", folder / "w.xlsx")


def said(made: Planned, name: str) -> Said:
    return counted(made.item(name), made.calculated.lines[name])


@pytest.mark.parametrize("name", list(CASES))
def test_a_figure_in_words(name: str, made: Planned) -> None:
    assert said(made, name).text == CASES[name][1]


@pytest.fixture(scope="module")
def shown(path: Path) -> list[tuple[Any, ...]]:
    return rows(recalculated(path))


def rows(path: Path) -> list[tuple[Any, ...]]:
    page = openpyxl.load_workbook(path, data_only=True)["考核评分表"]
    return list(page.iter_rows(min_row=5, values_only=True))


def texts(found: list[tuple[Any, ...]], name: str) -> list[str]:
    """The texts of an item's line on the scorecard."""
    (row,) = [row for row in found if str(row[2]).split(" ")[0] == name]
    return [str(cell) for cell in row]


@pytest.mark.parametrize("name", list(CASES))
def test_another_program_puts_the_same_words_together(
    name: str, shown: list[tuple[Any, ...]]
) -> None:
    assert CASES[name][1] in texts(shown, name)


def test_the_words_follow_the_records(path: Path) -> None:
    after = rows(
        edited(path, "事项登记簿", cell_of(path, "事项登记簿", "是否整改到位", "01甲0"), "否")
    )
    assert "应计5件，已计2件" in texts(after, "1.2")


def test_a_state_follows_the_records(made: Planned) -> None:
    formula = said(made, "1.6").formula
    assert formula.endswith('=0,"甲","乙"))')


def test_a_rule_that_is_not_for_the_department_hangs_on_no_cell(made: Planned) -> None:
    assert said(made, "1.10").formula == '"不适用于本单位"'


@pytest.mark.parametrize("name", [name for name in CASES if name != "1.10"])
def test_every_other_figure_says_when_it_is_open(name: str, made: Planned) -> None:
    assert '=2,"待核",' in said(made, name).formula


def test_a_share_without_a_base_says_so() -> None:
    entered = {"entered": {"gives": "percent"}}
    made = planned(run(rubric(section("1", item("1.1", "10", rule(entered, GATE))))))
    assert "无基数" in said(made, "1.1").formula
    assert said(made, "1.1").text == "待核"


@pytest.mark.parametrize(
    ("value", "words"), [(85.555, "85.56%"), (100.0, "100%"), (0.0, "0%"), (66.6, "66.6%")]
)
def test_a_share_is_said_to_two_places_half_up(value: float, words: str) -> None:
    entered = {"entered": [{**SIGNED, "item": "1.1", "value": value}]}
    one = rule({"entered": {"gives": "percent"}}, GATE)
    made = planned(run(rubric(section("1", item("1.1", "10", one))), entered))
    assert said(made, "1.1").text == words


def test_a_text_without_cells_is_quoted() -> None:
    assert Said.fixed('律师"甲"') == Said('律师"甲"', '"律师""甲"""')
