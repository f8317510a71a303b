"""Derived columns are live only where a formula says the same."""

import datetime as dt

import pytest

from lawkpi.ledger import Schema
from lawkpi.workbook.derived import LawUsed, expected_text, live_formula
from lawkpi.workbook.desk import LedgerSheet
from tests.workbook.given import AS_OF, ledger, reckoner

SERVED = dt.date(2022, 3, 1)


def law() -> LawUsed:
    return LawUsed(dict(reckoner().limits), {}, AS_OF)


def sheet() -> LedgerSheet:
    row = {
        "number": "一",
        "department": "ZX777",
        "served_on": SERVED,
        "replied_on": dt.date(2022, 3, 9),
    }
    return LedgerSheet(ledger("cases", [row]), "案件台账")


def test_a_state_over_plain_days_is_live() -> None:
    formula = live_formula(sheet(), "state", law())
    assert formula is not None
    assert '"逾期"' in formula
    assert "DATE(2023,1,31)" in formula


def test_a_computed_last_day_is_a_value() -> None:
    assert live_formula(sheet(), "due_on", law()) is None


@pytest.mark.parametrize("limit", ["NORM-REVIEW", "CONTRACT", "UNKNOWN"])
def test_a_state_over_a_window_or_an_undeclared_limit_is_a_value(limit: str) -> None:
    plan = sheet()
    raw = plan.ledger.schema.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    raw["derived"]["due_on"]["limit"] = limit
    changed = LedgerSheet(type(plan.ledger)(Schema.model_validate(raw), plan.ledger.frame), "x")
    formula = live_formula(changed, "state", law())
    assert formula is None


CASES = [
    (dt.date(2022, 3, 16), "按期"),
    (dt.date(2022, 3, 17), "逾期"),
    (dt.date(2022, 2, 1), "待定"),
    (None, "逾期未办"),
]


@pytest.mark.parametrize(("replied", "state"), CASES)
def test_the_text_of_a_live_state(replied: dt.date | None, state: str) -> None:
    row = {"number": "一", "department": "ZX777", "served_on": SERVED, "replied_on": replied}
    assert expected_text(ledger("cases", [row]), "state", 0, AS_OF) == state


def test_other_columns_have_no_state_text() -> None:
    assert expected_text(sheet().ledger, "due_on", 0, AS_OF) is None
