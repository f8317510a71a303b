"""Derived columns are live only where a formula says the same."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
import xlsxwriter

from lawkpi.ledger import Schema
from lawkpi.ledger.derived_columns import DerivedColumn
from lawkpi.ledger.table import Ledger
from lawkpi.result.held import HeldRows
from lawkpi.workbook.derived import LawUsed, expected_texts, live_formula
from lawkpi.workbook.desk import ALWAYS_VALUES, Desk, LedgerSheet
from lawkpi.workbook.formula import ROW, functions_beyond
from tests.workbook.given import AS_OF, World, ledger, reckoner, schemas
from tests.workbook.reading import recalculated

SERVED = dt.date(2022, 3, 1)


def law() -> LawUsed:
    return LawUsed(dict(reckoner().limits), {}, AS_OF)


def a_case() -> Ledger:
    row = {
        "number": "一",
        "department": "ZX777",
        "served_on": SERVED,
        "replied_on": dt.date(2022, 3, 9),
    }
    return ledger("cases", [row])


def sheet(given: Ledger | None = None) -> LedgerSheet:
    return LedgerSheet(HeldRows.of_all(given or a_case()), "案件台账")


def test_a_state_over_plain_days_is_live() -> None:
    formula = live_formula(sheet(), "state", law())
    assert formula is not None
    assert '"逾期"' in formula
    assert "DATE(2023,1,31)" in formula


def test_a_computed_last_day_is_a_value() -> None:
    assert live_formula(sheet(), "due_on", law()) is None


@pytest.mark.parametrize("limit", ["NORM-REVIEW", "CONTRACT", "UNKNOWN"])
def test_a_state_over_a_window_or_an_undeclared_limit_is_a_value(limit: str) -> None:
    raw = a_case().schema.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    raw["derived"]["due_on"]["limit"] = limit
    changed = replace(a_case(), schema=Schema.model_validate(raw))
    formula = live_formula(sheet(changed), "state", law())
    assert formula is None


@pytest.mark.parametrize(
    ("other", "is_live"), [("RECO-REPLY-S", True), ("NORM-REVIEW", False), ("CONTRACT", False)]
)
def test_a_state_is_live_where_every_limit_that_a_row_may_have_is_plain(
    other: str, *, is_live: bool
) -> None:
    raw = a_case().schema.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    raw["derived"]["due_on"]["instead"] = {"column": "held", "code": "yes", "limit": other}
    changed = replace(a_case(), schema=Schema.model_validate(raw))
    assert (live_formula(sheet(changed), "state", law()) is not None) is is_live


CASES = [
    (dt.date(2022, 3, 16), "按期"),
    (dt.date(2022, 3, 17), "逾期"),
    (dt.date(2022, 2, 1), "待定"),
    (None, "逾期未办"),
]


@pytest.mark.parametrize(("replied", "state"), CASES)
def test_the_text_of_a_live_state(replied: dt.date | None, state: str) -> None:
    row = {"number": "一", "department": "ZX777", "served_on": SERVED, "replied_on": replied}
    assert expected_texts(HeldRows.of_all(ledger("cases", [row])), "state", AS_OF) == [state]


def test_other_columns_have_no_state_text() -> None:
    with pytest.raises(TypeError, match="due_on"):
        expected_texts(sheet().ledger, "due_on", AS_OF)


DUE = {"title": "应答辩日", "later_than": "served_on", "days": 15}
VALUES: dict[str, dict[str, Any]] = {
    "later": DUE,
    "elapsed": {"title": "历时", "elapsed_from": "served_on", "elapsed_to": "replied_on",
                "unit": "days", "open": "blank"},
    "occurrence": {"title": "次序", "occurrence_of": ["handler"], "by": "served_on"},
    "since_previous": {"title": "间隔", "since_previous": ["handler"], "by": "served_on"},
}  # fmt: skip


def with_columns(**derived: dict[str, Any]) -> Schema:
    raw = schemas()["cases"].model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return Schema.model_validate({**raw, "derived": {**raw["derived"], **derived}})


def sheet_of(**derived: dict[str, Any]) -> LedgerSheet:
    """The sheet of one case with more derived columns."""
    return sheet(reckoner().derived(replace(a_case(), schema=with_columns(**derived))))


@pytest.mark.parametrize("kind", VALUES)
def test_what_needs_a_calendar_month_ends_or_rows_of_others_is_a_value(kind: str) -> None:
    assert live_formula(sheet_of(made=VALUES[kind]), "made", law()) is None


@pytest.mark.parametrize("kind", VALUES)
def test_what_a_value_was_computed_from_is_marked_as_changing_nothing(
    kind: str, small: World
) -> None:
    assessment = small.assessment()
    schema = with_columns(made=VALUES[kind])
    inputs = set(schema.derived["made"].inputs)
    assert inputs <= Desk(assessment, assessment.department("ZX777")).dead_columns(schema)


def test_what_a_live_difference_is_computed_from_may_be_changed(small: World) -> None:
    assessment = small.assessment()
    schema = with_columns(made={"title": "差", "difference": ["sent_back", "sent_back"]})
    dead = Desk(assessment, assessment.department("ZX777")).dead_columns(schema)
    assert "sent_back" not in dead


def test_every_kind_is_live_or_always_a_value() -> None:
    """A kind that is neither would leave its inputs open to changes that change nothing."""
    models = {get_args(one)[0].__name__ for one in get_args(get_args(DerivedColumn)[0])}
    values = {one.__name__ for one in ALWAYS_VALUES}
    live = {"CompareColumn", "DefinitionColumn", "FirstOfColumn", "LatestColumn", "ShareColumn",
            "TotalColumn", "DifferenceColumn"}  # fmt: skip
    assert values | live == models
    assert values & live == set()


@pytest.mark.parametrize(("replied", "state"), [*CASES[:2], CASES[3]])
def test_a_state_over_a_later_day_is_live_and_says_what_the_engine_says(
    replied: dt.date | None, state: str
) -> None:
    """1 March + 15 days is 16 March."""
    row = {"number": "一", "department": "ZX777", "served_on": SERVED, "replied_on": replied}
    own_state = {"title": "自定时限", "compare": "replied_on", "to": "last_on"}
    bare = replace(ledger("cases", [row]), schema=with_columns(last_on=DUE, own_state=own_state))
    plan = sheet(reckoner().derived(bare))
    formula = live_formula(plan, "own_state", law())
    assert formula is not None
    assert plan.cell("last_on") in formula
    assert expected_texts(plan.ledger, "own_state", AS_OF) == [state]
    (code,) = plan.ledger.cells("own_state")
    assert plan.ledger.schema.labels_of("own_state")[code] == state


DIFFERENCES = [
    (12.5, 3, 9.5),
    (0.3, 0.1, 0.2),
    (2, 5.1, -3.1),
    (4, 4, 0),
    (4, None, None),
    (None, 4, None),
]


@pytest.mark.parametrize(("first", "second", "rest"), DIFFERENCES)
def test_a_live_difference_gives_the_same_number_in_another_program(
    tmp_path: Path, first: float | None, second: float | None, rest: float | None
) -> None:
    path = tmp_path / "差.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        written = book.add_worksheet("差")
        for place, value in zip(("A1", "B1"), (first, second), strict=True):
            if value is not None:
                written.write_number(place, value)
        written.write_formula("C1", difference_formula("$A1", "$B1"))
    found = openpyxl.load_workbook(recalculated(path), data_only=True)["差"]["C1"].value
    assert (None if found == "" else found) == rest


def difference_formula(first: str, second: str) -> str:
    """The formula of a difference, over two cells."""
    raw = schemas()["hours"].model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    raw["columns"]["wanted"] = {"title": "应学时", "type": "number", "places": 1}
    raw["derived"] = {"rest": {"title": "差", "difference": ["wanted", "hours"]}}
    plan = LedgerSheet(replace(ledger("hours", []), schema=Schema.model_validate(raw)), "x")
    formula = live_formula(plan, "rest", law())
    assert formula is not None
    assert functions_beyond(formula) == []
    cells = formula.replace(plan.cell("wanted"), first).replace(plan.cell("hours"), second)
    assert ROW not in cells
    return f"={cells}"
