"""Predicates and trees as formulas: allowed functions, exact text, honest refusals."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from lawkpi.rubric.expression import DONE, DUE, Const, Larger, Quotient, Smaller, When
from lawkpi.rubric.predicate import Related, parse_predicate
from lawkpi.workbook.formula import (
    NotLive,
    RowCells,
    functions_beyond,
    literal,
    row_condition,
    sheet_ref,
    tree_formula,
)
from tests.workbook.given import NAMES, schemas


def row(name: str = "cases") -> RowCells:
    days = {"period_end": dt.date(2022, 12, 31)}

    def related(_: Related, possible: bool) -> str:
        return "OR(SUMIFS(a,b,c)>=125,d)" if possible else "SUMIFS(a,b,c)>=125"

    return RowCells(schemas()[name], lambda column: f"<{column}>", NAMES, days, related)


CASES = [
    ("cases", {"who": {"is": "staff"}}, 'EXACT(<who>,"=工作人员")'),
    ("cases", {"who": {"is": "lawyer"}}, 'EXACT(<who>,"律师""甲""")'),
    ("cases", {"who": {"not": "head"}}, 'NOT(EXACT(<who>,"正职"))'),
    (
        "cases",
        {"who": {"in": ["head", "staff"]}},
        'OR(EXACT(<who>,"正职"),EXACT(<who>,"=工作人员"))',
    ),
    ("cases", {"state": {"is": "in_time"}}, 'EXACT(<state>,"按期")'),
    ("cases", {"department": {"is": "ZX888"}}, 'EXACT(<department>,"乙字局")'),
    ("cases", {"replied_on": {"missing": False}}, "ISNUMBER(<replied_on>)"),
    ("cases", {"remark": {"missing": True}}, "LEN(<remark>)=0"),
    ("cases", {"sent_back": {"at_least": "2"}}, "IF(ISNUMBER(<sent_back>),<sent_back>>=2,FALSE)"),
    ("hours", {"hours": {"below": "2.5"}}, "IF(ISNUMBER(<hours>),ROUND(<hours>*10,0)<25,FALSE)"),
    ("hours", {"hours": {"above": "0.25"}}, "IF(ISNUMBER(<hours>),ROUND(<hours>*10,0)*2>5,FALSE)"),
    (
        "people",
        {"to": {"on_or_after": "period_end"}},
        "IF(ISNUMBER(<to>),<to>>=DATE(2022,12,31),TRUE)",
    ),
    (
        "people",
        {"to": {"on_or_before": "2022-03-01"}},
        "IF(ISNUMBER(<to>),<to><=DATE(2022,3,1),FALSE)",
    ),
    (
        "cases",
        {"replied_on": {"before_column": "served_on"}},
        "AND(ISNUMBER(<replied_on>),ISNUMBER(<served_on>),<replied_on><<served_on>)",
    ),
    (
        "cases",
        {"handler": {"same_as": "department"}},
        "AND(LEN(<handler>)>0,EXACT(<handler>,<department>))",
    ),
    ("cases", {"all": []}, "TRUE"),
    ("people", {"related": {"ledger": "hours", "by": "person"}}, "SUMIFS(a,b,c)>=125"),
]


@pytest.mark.parametrize(("name", "raw", "expected"), CASES, ids=lambda one: str(one)[:40])
def test_a_predicate_as_a_formula(name: str, raw: Any, expected: str) -> None:
    assert row_condition(parse_predicate(raw), row(name)) == expected


def test_parts_are_joined_by_and_and_or() -> None:
    raw = {
        "all": [
            {"held": {"is": "yes"}},
            {"any": [{"who": {"is": "head"}}, {"remark": {"missing": True}}]},
        ]
    }
    formula = row_condition(parse_predicate(raw), row())
    assert formula == 'AND(EXACT(<held>,"是"),OR(EXACT(<who>,"正职"),LEN(<remark>)=0))'


REFUSED = [
    {"remark": {"before_column": "number"}},
    {"who": {"same_as": "held"}},
    {"remark": {"is": "长" * 256}},
    {"remark": {"is": "UNIQUE(A1)"}},
]


@pytest.mark.parametrize("raw", REFUSED, ids=["text order", "choices", "long", "function"])
def test_what_cannot_be_honest_is_not_printed(raw: Any) -> None:
    with pytest.raises(NotLive):
        row_condition(parse_predicate(raw), row())


def test_trees_are_printed_as_whole_number_formulas() -> None:
    cells = {"done": "F5", "due": "E5"}
    steps = Quotient(Larger(DUE * 95 - DONE * 100, Const(0)), DUE)
    assert tree_formula(steps, cells) == "QUOTIENT(MAX((E5*95-F5*100),0),E5)"
    gate = When(DONE, DUE, Const(0), Smaller(DUE - DONE, Const(3)))
    assert tree_formula(gate, cells) == "IF(F5>=E5,0,MIN((E5-F5),3))"


def test_a_tree_of_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        tree_formula(Fraction(1, 2), {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "formula", ["SUMPRODUCT(A1:A2)", "1+COUNTIFS(A1,1)", "IF(1,XLOOKUP(1,2,3),0)"]
)
def test_functions_beyond_the_list_are_seen(formula: str) -> None:
    assert functions_beyond(formula) != []


def test_words_in_quotation_marks_are_no_functions() -> None:
    assert functions_beyond("IF(EXACT(A1,\"COUNTIFS(1)\"),SUM('VLOOKUP(1)'!A1),0)") == []


def test_quotes_are_doubled() -> None:
    assert literal('a"b') == '"a""b"'
    assert sheet_ref("甲's") == "'甲''s'!"
