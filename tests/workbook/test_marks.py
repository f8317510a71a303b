"""Marks in three values: counted, not counted, 待核; live where a formula over the file says the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from lawkpi.rubric.predicate import parse_predicate
from lawkpi.workbook import write_department
from lawkpi.workbook.marks import OPEN, SURE, UNREAD, UNSURE, Condition, Marker, marked
from tests.support.small_rubric import item, rubric, rule, section
from tests.workbook.given import World
from tests.workbook.planned import Planned, planned, small, stored
from tests.workbook.reading import cell_of, edited

DAY = dt.date(2022, 5, 5)
OWN, OTHER = "ZX777", "ZX888"
TRAINED = {
    "related": {
        "ledger": "hours",
        "by": "person",
        "where": {"present": {"is": "yes"}},
        "sum": "hours",
        "at_least": "12.5",
    }
}


def person(number: str, code: str = OWN) -> dict[str, Any]:
    return {"person": number, "department": code}


def hours(entry: str, hours: float | None, code: str = OWN, **more: Any) -> dict[str, Any]:
    row = {"entry": entry, "person": "P1", "department": code, "held_on": DAY, "present": "yes"}
    return {**row, "hours": hours, **more}


def case(number: str, code: str = OWN, **more: Any) -> dict[str, Any]:
    return {"number": number, "department": code, "served_on": DAY, **more}


def rate(**measure: Any) -> Any:
    measure = {"ledger": "people", "empty": "full", **measure}
    return rubric(section("1", item("1.1", "10", rule({"rate": measure}))))


def count(**measure: Any) -> Any:
    measure = {"ledger": "cases", **measure}
    return rubric(section("1", item("1.1", "10", rule({"count": measure}))))


def trained(*records: dict[str, Any]) -> World:
    return small(rate(done=TRAINED), {"people": [person("P1")], "hours": list(records)})


def plan(given: World) -> Planned:
    return planned(given.assessment(), OWN)


ENOUGH = {
    "all figures there": ([12.5], 1),
    "too little": ([12.4], 0),
    "a figure is missing": ([10.0, None], OPEN),
    "enough without it": ([12.5, None], 1),
    "only a missing one": ([None], OPEN),
    "none at all": ([], 0),
}


@pytest.mark.parametrize("name", list(ENOUGH))
def test_a_blank_figure_leaves_the_person_open_unless_the_others_are_enough(name: str) -> None:
    figures, mark = ENOUGH[name]
    given = trained(*(hours(f"训{place}", one) for place, one in enumerate(figures)))
    assert stored(plan(given).column("people", "1.1a 已计")) == [mark]


def test_a_blank_figure_of_a_record_that_does_not_count_leaves_nothing_open() -> None:
    given = trained(hours("训1", 3.0), hours("训2", None, present="no"))
    assert stored(plan(given).column("people", "1.1a 已计")) == [0]


@pytest.mark.parametrize(("typed", "mark"), [(2.5, 1), (2.4, 0)])
def test_a_person_is_decided_once_the_open_figure_is_filled_in(
    typed: float, mark: int, tmp_path: Path
) -> None:
    path = write_department(
        trained(hours("训1", 10.0), hours("训2", None)).assessment(), OWN, tmp_path / "w.xlsx"
    )
    assert shown(path, "人员名册", "1.1a 已计") == [OPEN]
    after = edited(path, "培训记录", cell_of(path, "培训记录", "学时", "训2"), typed)
    assert shown(after, "人员名册", "1.1a 已计") == [mark]


def test_a_person_becomes_open_once_a_needed_figure_is_taken_out(tmp_path: Path) -> None:
    path = write_department(trained(hours("训1", 12.5)).assessment(), OWN, tmp_path / "w.xlsx")
    after = edited(path, "培训记录", cell_of(path, "培训记录", "学时", "训1"), None)
    assert shown(after, "人员名册", "1.1a 已计") == [OPEN]


def shown(path: Path, sheet: str, heading: str) -> list[Any]:
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    rows = list(page.iter_rows(min_row=4, values_only=True))
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def test_what_lies_in_other_files_stands_as_a_number_of_its_own() -> None:
    made = plan(trained(hours("训1", 9.0), hours("外训", 3.5, OTHER)))
    elsewhere = made.column("people", "本簿以外《培训记录》记录")
    assert (stored(elsewhere), elsewhere.formula) == ([35], None)
    assert stored(made.column("people", "1.1a 已计")) == [1]


def test_a_figure_that_is_missing_in_another_file_leaves_the_person_open_here() -> None:
    made = plan(trained(hours("训1", 9.0), hours("外训", None, OTHER)))
    assert stored(made.column("people", "本簿以外《培训记录》记录（缺数）")) == [1]
    assert stored(made.column("people", "1.1a 已计")) == [OPEN]


def test_nothing_elsewhere_needs_no_column() -> None:
    headings = [
        one.heading for one in plan(trained(hours("训1", 9.0))).desk.sheets["people"].extras
    ]
    assert not any(one.startswith("本簿以外") for one in headings)


def test_related_records_say_whether_they_count_and_whether_they_have_a_figure() -> None:
    made = plan(trained(hours("训1", 9.0), hours("训2", None), hours("训3", 1.0, present="no")))
    assert stored(made.column("hours", "关联计入1")) == [SURE, UNREAD, 0]


def test_a_related_record_that_is_not_known_leaves_a_person_open() -> None:
    done = {"related": {"ledger": "hours", "by": "person", "where": {"present": {"is": "yes"}}}}
    rows = {"people": [person("P1")], "hours": [hours("训1", 1.0)]}
    made = plan(small(rate(done=done), rows, {"hours": {"present": [0]}}))
    assert stored(made.column("hours", "关联计入1")) == [UNSURE]
    assert stored(made.column("people", "1.1a 已计")) == [OPEN]


# Keys.


def test_a_key_is_short_and_the_same_on_every_sheet() -> None:
    rows = {"people": [person("P2"), person("P1")], "hours": [hours("训1", 1.0)]}
    made = plan(small(rate(done=TRAINED), rows))
    people, theirs = (
        stored(made.column(name, "关联键（人员编号）")) for name in ("people", "hours")
    )
    assert people[1] == theirs[0]
    assert len(set(people)) == 2
    assert all(len(key) <= 3 for key in people)


def test_a_blank_has_no_key_that_joins_anything() -> None:
    rows = {"people": [person("P1")], "hours": [hours("训1", 20.0, person=None)]}
    made = plan(small(rate(done=TRAINED), rows))
    assert stored(made.column("hours", "关联键（人员编号）")) == ["-"]
    assert stored(made.column("people", "1.1a 已计")) == [0]


# What a record leaves open.

BACKWARDS = {"replied_on": DAY - dt.timedelta(days=3)}
"""A reply before the papers came: its state is 待定."""


@pytest.mark.parametrize(
    "where",
    [
        {"state": {"is": "in_time"}},
        {"state": {"not": "in_time"}},
        {"state": {"not_in": ["late", "overdue"]}},
        {"any": [{"state": {"is": "late"}}, {"held": {"is": "yes"}}]},
    ],
    ids=["is", "not", "not in", "any"],
)
def test_a_record_that_may_or_may_not_count_is_open(where: Any) -> None:
    """待定 is not another word than 按期: it is no answer yet."""
    made = plan(small(count(where=where), {"cases": [case("一", **BACKWARDS)]}))
    assert stored(made.column("cases", "1.1a 计入")) == [OPEN]


def test_a_question_that_does_not_matter_leaves_nothing_open() -> None:
    where = {"any": [{"state": {"not": "in_time"}}, {"held": {"is": "yes"}}]}
    made = plan(small(count(where=where), {"cases": [case("一", held="yes", **BACKWARDS)]}))
    assert stored(made.column("cases", "1.1a 计入")) == [1]


def test_a_date_typed_before_the_start_leaves_who_hangs_on_the_record_open(tmp_path: Path) -> None:
    related = {"ledger": "cases", "by": "department", "where": {"state": {"is": "in_time"}}}
    rows = {"people": [person("P1")], "cases": [case("一", replied_on=DAY)]}
    given = small(rate(done={"related": related}), rows)
    path = write_department(given.assessment(), OWN, tmp_path / "w.xlsx")
    assert shown(path, "人员名册", "1.1a 已计") == [1]
    cell = cell_of(path, "案件台账", "答辩日期", "一")
    wrong = edited(path, "案件台账", cell, BACKWARDS["replied_on"])
    assert shown(wrong, "人员名册", "1.1a 已计") == [OPEN]


@pytest.mark.parametrize("word", ["is", "not"])
def test_a_date_typed_before_the_start_makes_the_mark_open(word: str, tmp_path: Path) -> None:
    given = small(
        count(where={"state": {word: "in_time"}}),
        {"cases": [case("一", replied_on=DAY + dt.timedelta(days=3))]},
    )
    path = write_department(given.assessment(), OWN, tmp_path / "w.xlsx")
    assert shown(path, "案件台账", "1.1a 计入") == [int(word == "is")]
    cell = cell_of(path, "案件台账", "答辩日期", "一")
    wrong = edited(path, "案件台账", cell, DAY - dt.timedelta(days=3))
    assert shown(wrong, "案件台账", "1.1a 计入") == [OPEN]
    mended = edited(wrong, "案件台账", cell, DAY + dt.timedelta(days=90))
    assert shown(mended, "案件台账", "1.1a 计入") == [int(word == "not")]


def test_a_cell_that_cannot_be_relied_on_keeps_its_mark_whatever_the_others_say() -> None:
    given = small(
        count(where={"held": {"is": "yes"}}),
        {"cases": [case("一", held="yes"), case("二", held="yes")]},
        {"cases": {"held": [1]}},
    )
    marks = plan(given).column("cases", "1.1a 计入")
    assert stored(marks) == [1, OPEN]
    assert marks.fixed is not None
    assert marks.fixed.tolist() == [False, True]


# What has no honest formula.


def test_a_condition_that_no_formula_can_say_is_a_column_of_values() -> None:
    given = small(
        count(where={"remark": {"is": "UNIQUE(A1)"}}),
        {"cases": [case("一", remark="UNIQUE(A1)"), case("二", remark="无")]},
    )
    marks = plan(given).column("cases", "1.1a 计入")
    assert (stored(marks), marks.formula) == ([1, 0], None)


def test_a_related_condition_without_a_formula_stands_still_with_all_it_looks_at() -> None:
    done = {"related": {"ledger": "hours", "by": "person", "where": {"entry": {"is": "长" * 256}}}}
    rows = {"people": [person("P1")], "hours": [hours("训1", 1.0), hours("长" * 256, 1.0)]}
    made = plan(small(rate(done=done), rows))
    chosen = made.column("hours", "关联计入1")
    assert (stored(chosen), chosen.formula) == ([0, 1], None)
    assert "entry" in made.desk.still["hours"]


def test_rows_of_others_on_the_sheet_are_not_counted() -> None:
    """A case handled elsewhere stands here because another rule charges its handler."""
    handled = {"count": {"ledger": "cases", "charged_by": "handler"}}
    given = rubric(
        section("1", item("1.1", "10", rule({"count": {"ledger": "cases"}}), rule(handled)))
    )
    rows = {"cases": [case("一"), case("二", OTHER, handler=OWN)]}
    made = plan(small(given, rows))
    assert stored(made.column("cases", "1.1a 计入")) == [1, 0]
    assert stored(made.column("cases", "1.1b 计入")) == [0, 1]


def test_a_sheet_of_own_rows_only_need_not_ask_who_is_charged() -> None:
    marks = plan(small(count(where={"held": {"is": "yes"}}), {"cases": [case("一")]})).column(
        "cases", "1.1a 计入"
    )
    assert "甲字局" not in str(marks.formula)


def test_a_figure_that_cannot_be_read_is_open_where_the_rest_holds() -> None:
    desk = plan(small(count(), {"cases": [case("一")]})).desk
    sheet = desk.sheets["cases"]
    condition = Condition(parse_predicate({"held": {"is": "yes"}}), ("A=1",), "B>0")
    formula = Marker(desk).mark(sheet, "列", condition, [0]).formula
    held = sheet.cell("held")
    assert formula == f'IF(AND(A=1,EXACT({held},"是")),IF(B>0,1,"{OPEN}"),0)'


def test_a_condition_that_always_holds_asks_nothing() -> None:
    desk = plan(small(count(), {"cases": [case("一")]})).desk
    nothing = Condition(parse_predicate({"all": []}))
    assert Marker(desk).mark(desk.sheets["cases"], "列", nothing, [1]).formula == "1"


def test_an_open_record_is_neither_counted_nor_left_out() -> None:
    yes, unknown = np.array([True, False, False]), np.array([False, False, True])
    assert marked(yes, unknown) == [1, 0, OPEN]
