"""Tallies: every rule of a rubric counted once, with what its records are worth and whom it is set against.

Matters that several rules share are settled here, before any rule has points.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lawkpi.measure import Facts, Measured, RuleInput, measured, rule_input
from lawkpi.params import Period
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.model import Item, Rubric
from lawkpi.rubric.rule import PART_MONTHS, Rule
from lawkpi.scoring.comparison import compared
from lawkpi.scoring.departments import Departments
from lawkpi.scoring.items import with_shared_caps
from lawkpi.scoring.rules import RuleScores, Tally, Treated, combined, rule_scores
from lawkpi.scoring.worth import Worth, without_doubles, worth

QUARTER = 3


@dataclass(frozen=True)
class _Line:
    """One rule with its tallies: over the whole time, and part by part."""

    item: Item
    rule: Rule
    whole: Tally
    parts: tuple[Tally, ...]


class Scorer:
    """Scores the rules of a rubric over one set of records."""

    def __init__(self, rubric: Rubric, facts: Facts, departments: Departments) -> None:
        self.rubric, self.facts, self.departments = rubric, facts, departments
        lines = [
            self._line(item, rule)
            for _, item in rubric.lines
            for rule in item.rules
            if rule.shape is not None
        ]
        self.lines = {(one.item.id, one.rule.id): one for one in self._without_doubles(lines)}

    def rules(self, item: Item) -> tuple[RuleScores, ...]:
        """The scores of an item's rules, the caps that they share applied."""
        return with_shared_caps(item, tuple(self._scores(item, rule) for rule in item.rules))

    def measured(self, item: Item, rule: Rule) -> Measured:
        """What a rule without points (a veto) counts."""
        return measured(self._given(item, rule), self.facts)

    def _given(self, item: Item, rule: Rule, part: Period | None = None) -> RuleInput:
        return rule_input(item, rule, self.departments.codes, part)

    def _line(self, item: Item, rule: Rule) -> _Line:
        whole = self._tally(item, rule, self._given(item, rule))
        parts = [
            self._tally(item, rule, self._given(item, rule, part)) for part in self._parts(rule)
        ]
        return _Line(item, rule, whole, tuple(parts))

    def _tally(self, item: Item, rule: Rule, given: RuleInput) -> Tally:
        counted = measured(given, self.facts)
        share = counted.ledger.schema.charged.share if counted.marks is not None else "each_full"
        included = self.departments.including(item, rule)
        priced: Worth | None = None
        if rule.is_by_record(share):
            priced = worth(rule, counted, self.facts, self.departments.codes).among(included)
        against = compared(
            given,
            counted,
            self.facts,
            groups=self.departments.groups,
            included=included,
        )
        return Tally(counted, priced, against)

    def _parts(self, rule: Rule) -> list[Period]:
        names = self.facts.names
        return parts_of_rule(rule, Period(start=names["period_start"], end=names["period_end"]))

    def _without_doubles(self, lines: Sequence[_Line]) -> list[_Line]:
        pools: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            same = line.rule.effect.amounting and line.rule.effect.amounting.same_matter
            if same:
                pools.setdefault(same.pool or f"\0{number}", []).append(number)
        settled = list(lines)
        for numbers in pools.values():
            worths = [line.worth for line in (lines[n].whole for n in numbers) if line.worth]
            for number, one in zip(numbers, without_doubles(worths), strict=True):
                line = lines[number]
                parts = tuple(_alone(part) for part in line.parts)
                settled[number] = replace(line, whole=replace(line.whole, worth=one), parts=parts)
        return settled

    def _scores(self, item: Item, rule: Rule) -> RuleScores:
        line = self.lines[item.id, rule.id]
        treated = Treated(
            self.departments.including(item, rule),
            [self.rubric.times_for(group) for group in self.departments.groups],
            [item.reach_for(code, group) for code, group in self.departments],
        )
        whole = rule_scores(rule, line.whole, treated)
        if not rule.periods:
            return whole
        parts = [
            replace(rule_scores(rule, part, treated), name=period_name(period))
            for part, period in zip(line.parts, self._parts(rule), strict=True)
        ]
        return combined(whole, parts)


def _alone(part: Tally) -> Tally:
    return replace(part, worth=without_doubles([part.worth])[0]) if part.worth else part


def parts_of_rule(rule: Rule, period: Period) -> list[Period]:
    """The months, quarters or half years of a rule's time; none for one that looks at it whole."""
    if rule.periods is None:
        return []
    measure = rule.measure.measure
    own = measure.window if isinstance(measure, Counted) else None
    whole = period if own is None else own
    return parts_of(whole.start, whole.end, PART_MONTHS[rule.periods.each])


def parts_of(start: dt.date, end: dt.date, months: int) -> list[Period]:
    """A stretch of time cut into calendar months, quarters or half years from its first day."""
    found = []
    first = start
    number = 0
    while first <= end:
        number += months
        following = _months_later(start, number)
        found.append(Period(start=first, end=min(following - dt.timedelta(days=1), end)))
        first = following
    return found


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month; the first of the next where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return dt.date(year, month + 1, 1)


def period_name(period: Period) -> str:
    """A part of the year as a reader knows it: a month, a quarter, or its first and last month."""
    start, end = period.start, period.end
    months = (end.year - start.year) * 12 + end.month - start.month
    if months == 0:
        return f"{start.month}月"
    if months == QUARTER - 1 and start.month % QUARTER == 1:
        return f"第{start.month // QUARTER + 1}季度"
    return f"{start.month}月至{end.month}月"
