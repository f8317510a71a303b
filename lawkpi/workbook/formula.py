"""Formulas: predicates over one row, and integer trees, printed for a spreadsheet.

The functions are those that Excel 2010, WPS and LibreOffice share; no arrays, no array constants. A
predicate that cannot be printed honestly raises `NotLive`, and its cells become values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from xlsxwriter.utility import xl_col_to_name

from lawkpi.ledger.schema import Schema
from lawkpi.measure.truth import column_type, operand_value
from lawkpi.measure.words import code_label
from lawkpi.rubric.expression import (
    Binary,
    Const,
    Count,
    Difference,
    Divisor,
    Expression,
    Larger,
    Product,
    Quotient,
    Smaller,
    Sum,
    When,
)
from lawkpi.rubric.predicate import AllOf, AnyOf, Compared, Predicate, Related

ALLOWED = frozenset(
    {
        "SUM",
        "SUMIFS",
        "ROUND",
        "MIN",
        "MAX",
        "IF",
        "AND",
        "OR",
        "NOT",
        "EXACT",
        "ISNUMBER",
        "LEN",
        "DATE",
        "QUOTIENT",
        "IFERROR",
        "INDEX",
        "MATCH",
        "COUNT",
        "COUNTIF",
        "SUMIF",
        "LARGE",
        "GCD",
        "SMALL",
    }
)
"""Every function that a workbook of this room may use."""
column_name = cache(xl_col_to_name)
"""A column's place, from 0, as spreadsheets name it."""
MOST_LITERAL = 255
ROW = "\x00"
"""Stands for the row number in a formula until it is written."""
_CALL = re.compile(r"([A-Z][A-Z0-9._]*)\(")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_SIGNS = {
    "below": "<",
    "at_most": "<=",
    "above": ">",
    "at_least": ">=",
    "on_or_before": "<=",
    "on_or_after": ">=",
}


class NotLive(Exception):  # noqa: N818 - a signal inside this room, never shown
    """A predicate whose formula would not be honest; its cells are written as values."""


def functions_beyond(formula: str) -> list[str]:
    """The functions of a formula that the allow-list does not hold."""
    if ALLOWED.issuperset(_CALL.findall(formula)):
        return []
    bare = _QUOTED.sub("", formula)
    return [name for name in _CALL.findall(bare) if name not in ALLOWED]


def literal(text: str) -> str:
    """A text inside a formula.

    Raises
    ------
    NotLive : longer than a formula's text may be, or with what reads like a function
    """
    if len(text) > MOST_LITERAL or _CALL.search(text):
        raise NotLive
    return '"' + text.replace('"', '""') + '"'


def sheet_ref(name: str) -> str:
    """A sheet's name as it stands before a cell."""
    return "'" + name.replace("'", "''") + "'!"


@dataclass(frozen=True)
class RowCells:
    """Where one ledger's columns stand in a row, and how its cells read.

    `cell` gives a column's cell (relative to the row); `names` department codes to names; `days`
    period_start, period_end and as_of; `related` prints whether a related part holds, or may hold;
    `open` names the labels under which a derived column leaves a question open, `may_open` tells the same of a
    related part.
    """

    schema: Schema
    cell: Callable[[str], str]
    names: Mapping[str, str]
    days: Mapping[str, dt.date]
    related: Callable[[Related, bool], str]
    open: Callable[[str], Sequence[str]] = lambda _: ()
    may_open: Callable[[Related], bool] = lambda _: False


def row_condition(predicate: Predicate, row: RowCells, *, possible: bool = False) -> str:
    """A predicate as a TRUE/FALSE formula over the cells of one row.

    Blank cells are read as `lawkpi.measure.truth` reads them.

    Parameters
    ----------
    possible : whether it may hold, where a derived column leaves a question open; otherwise whether it
        certainly does

    Raises
    ------
    NotLive : the predicate cannot be printed honestly
    """
    match predicate:
        case Compared():
            return _three_valued(predicate, row, possible=possible)
        case AllOf(()):
            return "TRUE"
        case AnyOf(()):
            return "FALSE"
        case AllOf(parts):
            return _joined("AND", [row_condition(part, row, possible=possible) for part in parts])
        case AnyOf(parts):
            return _joined("OR", [row_condition(part, row, possible=possible) for part in parts])
        case Related():
            return row.related(predicate, possible)


def leaves_open(predicate: Predicate, row: RowCells) -> bool:
    """Whether an edit of the row's cells can leave a predicate undecided."""
    match predicate:
        case Compared(column, _, operand):
            return bool(row.open(column) or row.open(str(operand)))
        case AllOf(parts) | AnyOf(parts):
            return any(leaves_open(part, row) for part in parts)
        case Related():
            return row.may_open(predicate)


def _three_valued(compared: Compared, row: RowCells, *, possible: bool) -> str:
    held, labels = _compared(compared, row), row.open(compared.column)
    if not labels:
        return held
    cell = row.cell(compared.column)
    unsure = _joined("OR", [f"EXACT({cell},{literal(label)})" for label in labels])
    if possible:
        return f"OR({held},{unsure})"
    # A cell that leaves the question open is none of the words, so only a `not` takes it for one.
    return f"AND(NOT({unsure}),{held})" if compared.word in ("not", "not_in", "missing") else held


def _joined(function: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{function}({','.join(parts)})"


def _compared(compared: Compared, row: RowCells) -> str:
    kind = column_type(row.schema, compared.column)
    cell = row.cell(compared.column)
    match compared.word:
        case "missing":
            missing, there = _missing(cell, kind)
            return missing if compared.operand else there
        case "is" | "in":
            return _one_of(compared, cell, row)
        case "not" | "not_in":
            return f"NOT({_one_of(compared, cell, row)})"
        case "same_as" | "before_column" | "after_column":
            return _beside(compared, kind, row)
        case _:
            return _ordered(compared, kind, row)


def _missing(cell: str, kind: str) -> tuple[str, str]:
    """That a cell is blank, and that it is not."""
    if kind in ("date", "number", "integer"):
        return f"NOT(ISNUMBER({cell}))", f"ISNUMBER({cell})"
    return f"LEN({cell})=0", f"LEN({cell})>0"


def _one_of(compared: Compared, cell: str, row: RowCells) -> str:
    operand = compared.operand
    codes = list(operand) if isinstance(operand, tuple) else [str(operand)]
    tests = [f"EXACT({cell},{literal(_shown(code, compared, row))})" for code in codes]
    return _joined("OR", tests) if tests else "FALSE"


def _shown(code: str, compared: Compared, row: RowCells) -> str:
    """A code as its cell shows it."""
    if row.schema.all_types[compared.column] == "department":
        return row.names.get(code, code)
    return code_label(row.schema, compared.column, code)


def _beside(compared: Compared, kind: str, row: RowCells) -> str:
    here, there = row.cell(compared.column), row.cell(str(compared.operand))
    other = column_type(row.schema, str(compared.operand))
    if kind in ("date", "number", "integer"):
        sign = {"same_as": "=", "before_column": "<", "after_column": ">"}[compared.word]
        return f"AND(ISNUMBER({here}),ISNUMBER({there}),{here}{sign}{there})"
    if compared.word != "same_as" or other != kind or kind == "choice":
        raise NotLive
    return f"AND(LEN({here})>0,EXACT({here},{there}))"


def _ordered(compared: Compared, kind: str, row: RowCells) -> str:
    cell = row.cell(compared.column)
    operand = operand_value(compared, kind, row.days)
    sign = _SIGNS[compared.word]
    column = row.schema.columns.get(compared.column)
    if isinstance(operand, dt.date):
        test = f"{cell}{sign}DATE({operand.year},{operand.month},{operand.day})"
    else:
        test = _scaled(cell, sign, operand, 10 ** row.schema.places_of(compared.column))
    still = column is not None and column.missing_means == "still_in_post"
    blank = "TRUE" if still and compared.word in ("on_or_after", "above", "at_least") else "FALSE"
    return f"IF(ISNUMBER({cell}),{test},{blank})"


def _scaled(cell: str, sign: str, operand: Fraction, scale: int) -> str:
    """A comparison of whole numbers of the smallest unit."""
    bound = operand * scale
    whole = f"ROUND({cell}*{scale},0)" if scale > 1 else cell
    left = f"{whole}*{bound.denominator}" if bound.denominator > 1 else whole
    return f"{left}{sign}{bound.numerator}"


def tree_formula(tree: Expression, cells: Mapping[str, str]) -> str:
    """An integer tree as a formula; `cells` says where done, due and state stand."""
    if isinstance(tree, Count):
        return cells[tree.name]
    if isinstance(tree, Const):
        return str(tree.value)
    if isinstance(tree, Binary):
        parts = (tree_formula(tree.left, cells), tree_formula(tree.right, cells))
        return _OPERATIONS[type(tree)].format(*parts)
    if isinstance(tree, When):
        sign = "=" if tree.equal else ">="
        each = (tree.left, tree.right, tree.then, tree.otherwise)
        left, right, then, otherwise = (tree_formula(one, cells) for one in each)
        return f"IF({left}{sign}{right},{then},{otherwise})"
    raise TypeError(type(tree).__name__)


_OPERATIONS: dict[type[Expression], str] = {
    Quotient: "QUOTIENT({},{})",
    Smaller: "MIN({},{})",
    Larger: "MAX({},{})",
    Divisor: "GCD({},{})",
    Product: "{}*{}",
    Sum: "({}+{})",
    Difference: "({}-{})",
}
