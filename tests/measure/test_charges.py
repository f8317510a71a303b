"""Who is charged with each row of a ledger, and with what part."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lawkpi.errors import RubricError
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.measure.charges import Charges, charged_columns, charges
from lawkpi.rubric.measures import CountMeasure

from .given import MATTERS, ledger

SHARED = Schema.model_validate(
    {
        "id": "shared",
        "title": "分担台账",
        "kind": "event",
        "source": "court",
        "key": ["number"],
        "label": "{number}",
        "charged": {
            "by": "lead",
            "also": ["second"],
            "share": "by_share",
            "shares": ["lead_share", "second_share"],
        },
        "columns": {
            "number": {"title": "编号", "type": "text"},
            "lead": {"title": "牵头单位", "type": "department"},
            "second": {"title": "配合单位", "type": "department"},
            "lead_share": {"title": "牵头比例", "type": "number", "places": 1},
            "second_share": {"title": "配合比例", "type": "number", "places": 1},
        },
    }
)


def count(ledger_id: str = "matters", **terms: Any) -> CountMeasure:
    return CountMeasure.model_validate({"ledger": ledger_id, **terms})


def joint(**cells: list[Any]) -> Ledger:
    """Rows of 01, joined by whom `joint` says."""
    size = len(cells["joint"])
    return ledger(MATTERS, {"department": ["01"] * size, **cells})


def said(found: Charges) -> list[tuple[int, str, Fraction]]:
    """Row, department and part of every line."""
    lines = zip(found.rows, found.codes, found.parts, strict=True)
    return [(int(row), str(code), Fraction(int(part), found.base)) for row, code, part in lines]


BOTH = ("department", "joint")
HALF = Fraction(1, 2)


def test_a_row_is_charged_to_its_ledger_s_department_in_full() -> None:
    assert said(charges(count(), joint(joint=["02", None]))) == [(0, "01", 1), (1, "01", 1)]


def test_a_joint_row_is_charged_to_each_in_full() -> None:
    found = charges(count(charged_by=BOTH, share="each_full"), joint(joint=["02", None]))
    assert said(found) == [(0, "01", 1), (0, "02", 1), (1, "01", 1)]


def test_a_joint_row_may_be_charged_to_the_lead_only() -> None:
    lead = count(charged_by=BOTH, share="lead_only")
    rows = joint(joint=["02", None])
    assert charged_columns(lead, rows.schema) == ("department",)
    assert said(charges(lead, rows)) == [(0, "01", 1), (1, "01", 1)]


def test_equal_parts_are_those_of_the_departments_that_are_named() -> None:
    found = charges(count(charged_by=BOTH, share="equal"), joint(joint=["02", None]))
    assert said(found) == [(0, "01", HALF), (0, "02", HALF), (1, "01", 1)]


def test_a_body_that_is_not_assessed_bears_its_part_all_the_same() -> None:
    found = charges(count(charged_by=BOTH, share="equal"), joint(joint=["99"]))
    assert said(found) == [(0, "01", HALF), (0, "99", HALF)]
    assert found.places(["02", "01"]).tolist() == [1, -1]


@pytest.mark.parametrize("share", ["each_full", "equal"])
def test_a_department_that_is_named_twice_is_charged_once(share: str) -> None:
    found = charges(count(charged_by=BOTH, share=share), joint(joint=["01"]))
    assert said(found) == [(0, "01", 1)]


def test_blank_columns_charge_nobody() -> None:
    rows = ledger(MATTERS, {"department": [None, None], "joint": ["02", None]})
    assert said(charges(count(charged_by=BOTH, share="each_full"), rows)) == [(0, "02", 1)]
    assert charges(count(), rows).places(["01", "02"]).tolist() == [-1, -1]


def test_the_rows_of_a_department_are_found_whichever_column_names_it() -> None:
    rows = ledger(MATTERS, {"department": ["01", "02", "01"], "joint": ["02", None, None]})
    found = charges(count(charged_by=BOTH, share="each_full"), rows)
    assert found.of("02").tolist() == [True, True, False]
    assert found.of("03").tolist() == [False, False, False]


def agreed(lead: list[Any], second: list[Any], who: str | None = "02") -> Ledger:
    """Rows of 01 and another department with the parts that they agreed on, in per cent."""
    size = len(lead)
    cells = {"lead": ["01"] * size, "second": [who] * size}
    return ledger(SHARED, {**cells, "lead_share": lead, "second_share": second})


def test_agreed_parts_are_exact_to_the_last_decimal_of_their_columns() -> None:
    found = charges(count("shared"), agreed([66.7], [33.3]))
    assert said(found) == [(0, "01", Fraction(667, 1000)), (0, "02", Fraction(333, 1000))]
    assert found.unknown.tolist() == [False]


def test_a_department_alone_bears_the_whole() -> None:
    found = charges(count("shared"), agreed([100.0], [None], None))
    assert said(found) == [(0, "01", 1)]
    assert found.unknown.tolist() == [False]


@pytest.mark.parametrize(
    ("lead", "second"), [(60.0, 39.9), (60.0, 40.1), (60.0, None), ("?", 40.0), (None, None)]
)
def test_agreed_parts_that_do_not_make_a_whole_are_not_known(lead: Any, second: Any) -> None:
    found = charges(count("shared"), agreed([lead, 60.0], [second, 40.0]))
    assert found.unknown.tolist() == [True, False]


def test_a_part_below_nothing_is_not_known_although_all_make_a_whole() -> None:
    assert charges(count("shared"), agreed([150.0], [-50.0])).unknown.tolist() == [True]


def test_no_rows_are_charged_to_nobody() -> None:
    for measure in (count("shared"), count("shared", share="equal")):
        found = charges(measure, agreed([], []))
        assert (said(found), found.unknown.tolist()) == ([], [])


def test_parts_that_the_ledger_has_no_columns_for_are_refused() -> None:
    with pytest.raises(RubricError) as caught:
        charges(count(charged_by=BOTH, share="by_share"), joint(joint=["02"]))
    assert caught.value.code == "RUBRIC_SHARE_UNDECLARED"


@pytest.mark.parametrize("columns", ["nobody", ("department", "nobody")])
def test_a_column_that_is_not_there_charges_nobody_and_is_refused(columns: Any) -> None:
    with pytest.raises(RubricError) as caught:
        charges(count(charged_by=columns), joint(joint=["02"]))
    assert caught.value.code == "RUBRIC_COLUMN_UNKNOWN"


@pytest.mark.parametrize(
    "charged",
    [
        {"by": "lead", "also": ["second"], "share": "by_share", "shares": ["lead_share"]},
        {"by": "lead", "share": "each_full", "shares": ["lead_share"]},
        {"by": "lead", "share": "by_share"},
    ],
)
def test_a_ledger_names_a_share_column_for_each_of_its_departments(charged: Any) -> None:
    raw = SHARED.model_dump(mode="json", by_alias=True)
    with pytest.raises(ValueError, match="by_share"):
        Schema.model_validate({**raw, "charged": charged})
