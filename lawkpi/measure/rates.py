"""Named rates as figures: what each counting rule gives over the same records.

For analysts: the rates of a whole body or of one department, under every way to count, and which of
them a printed figure was made by. A matter that stands in several rows because several departments
share it is one matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lawkpi.errors import RubricError
from lawkpi.ledger.table import Ledger
from lawkpi.measure.marks import marked
from lawkpi.measure.printed import (
    PrintedRate,
    Rounding,
    Verdict,
    printed_rate,
    rate_text,
    which_base,
)
from lawkpi.measure.truth import Facts
from lawkpi.rubric.measures import CountMeasure, NamedUse
from lawkpi.rubric.rates import Choices, NamedRate, Rates

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Figure:
    """One rate under one counting rule.

    `done` and `due` count matters; `unsettled` is how many more may be due or done, because a
    cell that decides cannot be read or a last day is not known. The rate itself is never stored.
    """

    rate: NamedRate
    chosen: dict[str, str]
    done: int
    due: int
    unsettled: int

    @property
    def counting_rule(self) -> str:
        """The counting rule in words, as it is printed beside the figure."""
        said = self.rate.said(self.chosen)
        return "；".join(f"{title}：{text}" for title, text in said.items())

    def printed(self, places: int = 2, rounding: Rounding = "half_up") -> str:
        """The rate as per cent text; 无基数 where nothing is due."""
        return rate_text(self.done, self.due, places=places, rounding=rounding)

    @property
    def text(self) -> str:
        """The figure with its counts and its counting rule."""
        open_ones = f"，另有{self.unsettled}{self.rate.unit}待核" if self.unsettled else ""
        counts = f"{self.done}/{self.due}{open_ones}"
        rule = f"；口径：{self.counting_rule}" if self.chosen else ""
        return f"{self.rate.title}{self.printed()}（{counts}）{rule}"


def figure(
    rate: NamedRate, choices: Choices, facts: Facts, *, department: str | None = None
) -> Figure:
    """A rate over a whole body, or over one department, under one counting rule.

    Parameters
    ----------
    choices : switch to option; every switch of the rate
    department : a department's code; None for all rows

    Raises
    ------
    ValueError : the choices are not those of the rate
    RubricError RUBRIC_LEDGER_UNKNOWN, RUBRIC_COLUMN_UNKNOWN : the ledgers do not fit the rate
    """
    chosen = rate.checked(choices)
    count = _apart if rate.apart else _within
    due, done, unknown, departments = count(rate, chosen, facts)
    rows = _rows(departments, department)
    matters = _matters(facts.ledger(rate.ledger))[rows]
    due, done, unknown = due[rows], done[rows], unknown[rows]
    if rate.apart:
        counts = (_distinct(matters, done), _distinct(matters, due), _distinct(matters, unknown))
        return Figure(rate, chosen, *counts)
    return Figure(rate, chosen, *_nested(matters, due, done, unknown))


def figures(rate: NamedRate, facts: Facts, *, department: str | None = None) -> Iterator[Figure]:
    """A rate under every counting rule, in declared order.

    Raises
    ------
    RubricError RUBRIC_LEDGER_UNKNOWN, RUBRIC_COLUMN_UNKNOWN : the ledgers do not fit the rate
    """
    for choices in rate.every_choice():
        yield figure(rate, choices, facts, department=department)


@dataclass(frozen=True)
class RuleSearch:
    """Which counting rules of one rate give a printed figure over the same records."""

    printed: PrintedRate
    tried: tuple[Figure, ...]

    @property
    def matches(self) -> tuple[Figure, ...]:
        """The figures that print so: by rounding, or where none does by cutting off."""
        verdicts = [_verdict(self.printed, one) for one in self.tried]
        best = self.verdict
        pairs = zip(self.tried, verdicts, strict=True)
        return tuple(one for one, verdict in pairs if verdict is best is not Verdict.NOT)

    @property
    def verdict(self) -> Verdict:
        """The best that any counting rule does."""
        found = {_verdict(self.printed, one) for one in self.tried}
        return next(one for one in Verdict if one in found or one is Verdict.NOT)

    @property
    def text(self) -> str:
        """The finding in Chinese: the counting rules that give the figure, or all that were tried."""
        head = f"{self.printed.figure}{self.verdict.label}"
        if self.matches:
            rules = "\n".join(f"  {one.text}" for one in self.matches)
            more = "，仅凭这一比率不能区分" if len(self.matches) > 1 else ""
            return f"{head}，得出该数的口径有{len(self.matches)}种{more}：\n{rules}"
        tried = "\n".join(f"  {one.text}" for one in self.tried)
        return f"{head}，以下{len(self.tried)}种口径都得不出：\n{tried}"


@dataclass(frozen=True)
class RateDesk:
    """The named rates over the records of one assessment, for analysts."""

    rates: Rates
    facts: Facts

    def figure(self, rate: str, *, department: str | None = None, **choices: str) -> Figure:
        """One rate under one counting rule: `figure("closing_rate", carried_in="include", ...)`.

        Raises
        ------
        RubricError RUBRIC_RATE_UNKNOWN, RUBRIC_COUNTING_RULE : no such rate, or no such choices
        """
        named = self.rates.named(rate)
        try:
            return figure(named, choices, self.facts, department=department)
        except ValueError as error:
            raise RubricError(
                "RUBRIC_COUNTING_RULE", str(error), todo="每个口径都要写明，写法见说明"
            ) from None

    def table(self, rate: str, *, department: str | None = None) -> pd.DataFrame:
        """Every counting rule of a rate, one per row: counts, the rate as text, the switches.

        Raises
        ------
        RubricError RUBRIC_RATE_UNKNOWN
        """
        named = self.rates.named(rate)
        rows = [
            {"比率": one.printed(), "已计": one.done, "应计": one.due, "待核": one.unsettled}
            | named.said(one.chosen)
            for one in figures(named, self.facts, department=department)
        ]
        return pd.DataFrame(rows)

    def which_rule(self, rate: str, printed: str, *, department: str | None = None) -> RuleSearch:
        """Which counting rules give a figure that a report prints.

        Raises
        ------
        RubricError RUBRIC_RATE_UNKNOWN
        UsageError USAGE_RATE_UNREADABLE
        """
        tried = figures(self.rates.named(rate), self.facts, department=department)
        return RuleSearch(printed_rate(printed), tuple(tried))


def _verdict(printed: PrintedRate, one: Figure) -> Verdict:
    return which_base(printed, {"已计": one.done}, {"应计": one.due}).verdict


def _within(rate: NamedRate, chosen: dict[str, str], facts: Facts) -> tuple[Any, Any, Any, Any]:
    """The rows of a rate as a rubric's rule marks them: due, done, unknown, department."""
    use = NamedUse(rate=rate.id, counting_rule=chosen, empty="not_applicable")
    marks = marked(rate.measure(use), facts)
    return marks.due, marks.done, marks.unknown, marks.department


def _apart(rate: NamedRate, chosen: dict[str, str], facts: Facts) -> tuple[Any, Any, Any, Any]:
    """The rows of two sides that count different rows, each by its own date."""
    dates = (rate.period_column(chosen), rate.done_period_by)
    sides = zip(rate.sides(chosen), dates, strict=True)
    due, done = (
        marked(CountMeasure(ledger=rate.ledger, period_by=by, where=where), facts)
        for where, by in sides
    )
    return due.due, done.due, due.unknown | done.unknown, due.department


def _rows(departments: Any, code: str | None) -> Flags:
    if code is None:
        return np.ones(len(departments), dtype=bool)
    return np.asarray(departments == code, dtype=bool)


def _matters(ledger: Ledger) -> NDArray[np.int64]:
    """A number for each row that rows of one matter share: its key without the charged column."""
    schema = ledger.schema
    names = [name for name in schema.key if name != schema.charged.by] or list(schema.key)
    if not len(ledger):
        return np.array([], dtype=np.int64)
    numbers = ledger.frame.groupby(names, sort=False, dropna=False).ngroup()
    return np.asarray(numbers, dtype=np.int64)


def _distinct(matters: NDArray[np.int64], chosen: Flags) -> int:
    return len(np.unique(matters[chosen]))


def _nested(
    matters: NDArray[np.int64], is_due: Flags, is_done: Flags, unknown: Flags
) -> tuple[int, int, int]:
    """Matters done, due and unsettled: one whose due rows disagree is unsettled."""
    size = int(matters.max()) + 1 if len(matters) else 0
    due = np.bincount(matters[is_due], minlength=size)
    done = np.bincount(matters[is_due & is_done], minlength=size)
    mixed = (done > 0) & (done < due)
    open_ones = np.bincount(matters[unknown], minlength=size) > 0
    return (
        int(((done == due) & (due > 0)).sum()),
        int((due > 0).sum()),
        int((mixed | open_ones).sum()),
    )
