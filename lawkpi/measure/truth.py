"""Predicates as masks over whole ledgers, in three values.

A blank cell satisfies neither a comparison nor `is`; it does satisfy `not` and `not_in` (an empty
是否准许 is not 是). A blank end date that the schema reads as still in post lies after every day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lawkpi.errors import RubricError
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.rubric.operands import misfit
from lawkpi.rubric.predicate import AllOf, AnyOf, Compared, Predicate, Related

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Truth:
    """Whether a predicate holds for each row, and where that is not known.

    `yes` and `unknown` never both hold for a row.
    """

    yes: Flags
    unknown: Flags

    def __and__(self, other: Truth) -> Truth:
        """Both hold; unknown where neither is refuted and one is unknown."""
        yes = self.yes & other.yes
        possible = (self.yes | self.unknown) & (other.yes | other.unknown)
        return Truth(yes, possible & ~yes)

    def __or__(self, other: Truth) -> Truth:
        """One holds; unknown where none does and one is unknown."""
        yes = self.yes | other.yes
        return Truth(yes, (self.unknown | other.unknown) & ~yes)


@dataclass(frozen=True)
class Facts:
    """All ledgers of an assessment and the days that predicates may name.

    `names` holds period_start, period_end and as_of.
    """

    ledgers: Mapping[str, Ledger]
    names: Mapping[str, dt.date]

    def ledger(self, ledger_id: str) -> Ledger:
        """A ledger by its id.

        Raises
        ------
        RubricError RUBRIC_LEDGER_UNKNOWN : the assessment has no such ledger
        """
        if ledger_id not in self.ledgers:
            raise RubricError(
                "RUBRIC_LEDGER_UNKNOWN",
                f"细则引用的台账 {ledger_id} 不在本考核之内",
                where="rubric.yaml",
                expected="、".join(self.ledgers),
                todo="在 assessment.yaml 的 ledgers 中登记该台账",
            )
        return self.ledgers[ledger_id]


def truth(predicate: Predicate, ledger: Ledger, facts: Facts) -> Truth:
    """Where a predicate holds over a ledger's rows.

    Raises
    ------
    RubricError RUBRIC_COLUMN_UNKNOWN, RUBRIC_OPERAND_WRONG, RUBRIC_LEDGER_UNKNOWN
    """
    match predicate:
        case Compared():
            return _compared(predicate, ledger, facts)
        case AllOf(parts):
            whole = _constant(True, len(ledger))
            for part in parts:
                whole = whole & truth(part, ledger, facts)
            return whole
        case AnyOf(parts):
            whole = _constant(False, len(ledger))
            for part in parts:
                whole = whole | truth(part, ledger, facts)
            return whole
        case Related():
            return _related(predicate, ledger, facts)


def _constant(value: bool, size: int) -> Truth:
    return Truth(np.full(size, value), np.zeros(size, dtype=bool))


def _compared(compared: Compared, ledger: Ledger, facts: Facts) -> Truth:
    kind = column_type(ledger.schema, compared.column)
    yes = _holds(compared, kind, ledger, facts)
    unknown = ledger.unknown_in(compared.column)
    if compared.word in ("same_as", "before_column", "after_column"):
        unknown = unknown | ledger.unknown_in(str(compared.operand))
    return Truth(yes & ~unknown, unknown.copy())


def _holds(compared: Compared, kind: str, ledger: Ledger, facts: Facts) -> Flags:
    if wanted := misfit(compared, ledger.schema.all_types):
        raise _operand_wrong(compared, wanted)
    values = ledger.frame[compared.column]
    missing = values.isna().to_numpy()
    match compared.word:
        case "missing":
            return np.asarray(missing == bool(compared.operand), dtype=bool)
        case "is" | "in":
            return values.isin(_words(compared, ledger)).to_numpy()
        case "not" | "not_in":
            return ~values.isin(_words(compared, ledger)).to_numpy()
        case "same_as" | "before_column" | "after_column":
            return _beside(compared, values, ledger)
        case _:
            return _ordered(compared, kind, ledger, facts)


def _words(compared: Compared, ledger: Ledger) -> list[Any]:
    operand = compared.operand
    words = list(operand) if isinstance(operand, tuple) else [str(operand)]
    labels = ledger.schema.labels_of(compared.column)
    if labels and any(word not in labels for word in words):
        raise _operand_wrong(compared, "、".join(labels))
    return words


def _beside(compared: Compared, values: Any, ledger: Ledger) -> Flags:
    other = ledger.frame[_known(ledger.schema, str(compared.operand))]
    match compared.word:
        case "same_as":
            answer = values == other
        case "before_column":
            answer = values < other
        case _:
            answer = values > other
    return np.asarray(answer.fillna(False), dtype=bool)


def _ordered(compared: Compared, kind: str, ledger: Ledger, facts: Facts) -> Flags:
    values = ledger.frame[compared.column]
    operand = operand_value(compared, kind, facts.names)
    present = values.notna().to_numpy()
    if isinstance(operand, dt.date):
        left: Any = values.to_numpy().astype("datetime64[D]")
        right: Any = np.datetime64(operand)
    else:
        scale = 10 ** ledger.schema.places_of(compared.column)
        left, right = _scaled(values, scale), operand * scale
        left, right = left * right.denominator, right.numerator
    answer = present & _COMPARISONS[compared.word](left, right)
    is_open = _is_open(compared, ledger.schema)
    return np.asarray(answer | (~present & is_open), dtype=bool)


def _scaled(values: Any, scale: int) -> Any:
    """Whole numbers of the smallest unit; blanks become 0 and are masked by the caller."""
    numbers = values.fillna(0).to_numpy(dtype="float64") * scale
    return np.rint(numbers).astype("int64")


_COMPARISONS = {
    "below": lambda a, b: a < b,
    "at_most": lambda a, b: a <= b,
    "above": lambda a, b: a > b,
    "at_least": lambda a, b: a >= b,
    "on_or_before": lambda a, b: a <= b,
    "on_or_after": lambda a, b: a >= b,
}


def _is_open(compared: Compared, schema: Schema) -> bool:
    column = schema.columns.get(compared.column)
    still = column is not None and column.missing_means == "still_in_post"
    return still and compared.word in ("on_or_after", "above", "at_least")


def operand_value(compared: Compared, kind: str, names: Mapping[str, dt.date]) -> Any:
    """An ordered comparison's operand: a day (or one of the named days) or an exact number.

    Raises
    ------
    ValueError : it is neither; `lawkpi.rubric.operands.misfit` says so beforehand
    """
    text = str(compared.operand)
    if kind == "date":
        return names[text] if text in names else dt.date.fromisoformat(text)
    return Fraction(text)


def column_type(schema: Schema, column: str) -> str:
    """The type of a declared or derived column.

    Raises
    ------
    RubricError RUBRIC_COLUMN_UNKNOWN : the ledger has no such column
    """
    return schema.all_types[_known(schema, column)]


def _known(schema: Schema, column: str) -> str:
    if column not in schema.all_types:
        raise RubricError(
            "RUBRIC_COLUMN_UNKNOWN",
            f"细则引用了《{schema.title}》没有的列 {column}",
            where="rubric.yaml",
            expected="、".join(schema.all_types),
            todo="改为台账已声明的列",
        )
    return column


def _operand_wrong(compared: Compared, expected: str) -> RubricError:
    return RubricError(
        "RUBRIC_OPERAND_WRONG",
        f"列 {compared.column} 的条件 {compared.word} 不能与 {compared.operand!r} 比较",
        where="rubric.yaml",
        expected=expected,
        todo="改正细则中的条件",
    )


def _related(related: Related, ledger: Ledger, facts: Facts) -> Truth:
    """Enough rows (or a large enough sum) elsewhere; unknown where unknown rows could tip it."""
    other = facts.ledger(related.ledger)
    inner, unread = _chosen(related, facts)
    needed = ceil(related.at_least * _scale_of(related, other))
    yes = _amounts(related, ledger, other, inner.yes) >= needed
    possible = inner.yes | inner.unknown
    maybe = _amounts(related, ledger, other, possible) >= needed
    maybe |= _amounts(replace(related, sum=None), ledger, other, possible & unread) > 0
    blank = ledger.unknown_in(related.by)
    return Truth(yes & ~blank, (maybe & ~yes) | blank)


def _chosen(related: Related, facts: Facts) -> tuple[Truth, Flags]:
    """Which rows of the other ledger are chosen, and whose figure cannot be read."""
    other = facts.ledger(related.ledger)
    unread = np.zeros(len(other), dtype=bool)
    if related.sum is not None:
        _known(other.schema, related.sum)
        blank = other.frame[related.sum].isna().to_numpy(dtype=bool)
        unread = blank | other.unknown_in(related.sum)
    return truth(related.where, other, facts), unread


def smallest_units(ledger: Ledger, column: str) -> tuple[NDArray[np.int64], int]:
    """A number column as whole numbers of its smallest unit (blanks as 0), and units in one."""
    kind = column_type(ledger.schema, column)
    if kind not in ("number", "integer"):
        raise RubricError(
            "RUBRIC_OPERAND_WRONG",
            f"列 {column} 不是数字，不能合计",
            where="rubric.yaml",
            expected="数字列",
            todo="改正细则中的列",
        )
    scale = int(10 ** ledger.schema.places_of(column))
    return _scaled(ledger.frame[column], scale), scale


@dataclass(frozen=True)
class RelatedAmounts:
    """What related rows come to, for each row of a ledger, in the smallest unit of the sum.

    `sure` are chosen rows, `open` those of which it is not known whether they are; `unread` the number of either
    whose figure cannot be read.
    """

    sure: NDArray[np.int64]
    open: NDArray[np.int64]
    unread: NDArray[np.int64]

    def at(self, rows: NDArray[np.int64]) -> RelatedAmounts:
        """Those of some rows only."""
        return RelatedAmounts(self.sure[rows], self.open[rows], self.unread[rows])

    def less(self, other: RelatedAmounts) -> RelatedAmounts:
        """What is left without other rows."""
        return RelatedAmounts(
            self.sure - other.sure, self.open - other.open, self.unread - other.unread
        )


def related_amounts(related: Related, ledger: Ledger, facts: Facts) -> list[Fraction]:
    """For each row the number, or the exact sum, of the related rows that satisfy `where`."""
    scale = _scale_of(related, facts.ledger(related.ledger))
    amounts = related_units(related, ledger, facts).sure.tolist()
    exact = {amount: Fraction(amount, scale) for amount in set(amounts)}
    return [exact[amount] for amount in amounts]


def related_units(related: Related, ledger: Ledger, facts: Facts) -> RelatedAmounts:
    """For each row what its related rows come to: those that satisfy `where`, and those that may."""
    other = facts.ledger(related.ledger)
    inner, unread = _chosen(related, facts)
    counted = replace(related, sum=None)
    return RelatedAmounts(
        _amounts(related, ledger, other, inner.yes),
        _amounts(related, ledger, other, inner.unknown),
        _amounts(counted, ledger, other, (inner.yes | inner.unknown) & unread),
    )


def _scale_of(related: Related, other: Ledger) -> int:
    if related.sum is None:
        return 1
    _known(other.schema, related.sum)
    return int(10 ** other.schema.places_of(related.sum))


def _amounts(related: Related, ledger: Ledger, other: Ledger, chosen: Flags) -> NDArray[np.int64]:
    """Whole amounts in the smallest unit, per row of `ledger`."""
    keys = other.frame[_known(other.schema, related.to)]
    if related.sum is None:
        amounts = np.ones(len(other), dtype="int64")
    else:
        amounts = _scaled(other.frame[related.sum], _scale_of(related, other))
    mine = ledger.frame[_known(ledger.schema, related.by)]
    return _looked_up(mine, _summed(keys, amounts, chosen))


def _summed(keys: Any, amounts: NDArray[np.int64], chosen: Flags) -> Any:
    return pd.Series(amounts[chosen]).groupby(keys[chosen].to_numpy(dtype=object)).sum()


def _looked_up(keys: Any, sums: Any) -> NDArray[np.int64]:
    return np.asarray(keys.map(sums).fillna(0).to_numpy(dtype="int64"))
