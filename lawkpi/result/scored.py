"""Measuring and scoring everything once: items, bonus and malus, vetoes, sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawkpi.measure import Facts, Measured, RuleInput, measured
from lawkpi.result.inputs import Inputs
from lawkpi.result.reporting import Submissions
from lawkpi.rubric.model import Item, Rule, Section
from lawkpi.scoring import (
    ItemScores,
    ItemState,
    OutsideScores,
    RuleScores,
    Totals,
    effective_full_points,
    item_scores,
    outside_scores,
    totals,
)
from lawkpi.scoring.exact import Whole
from lawkpi.scoring.items import included, item_states, rule_scores


@dataclass(frozen=True)
class VetoScores:
    """One veto rule for all departments."""

    section: Section
    item: Item
    rule: Rule
    measured: Measured


@dataclass(frozen=True)
class Undecided:
    """A rule outside the items whose records leave it undecided for one department."""

    section: Section
    item: Item
    rule: Rule
    measured: Measured
    place: int


@dataclass(frozen=True)
class Scored:
    """Everything that was scored; arrays have one place per department."""

    facts: Facts
    items: tuple[ItemScores, ...]
    outside: tuple[OutsideScores, ...]
    vetoes: tuple[VetoScores, ...]
    sums: Totals

    def vetoes_of(self, place: int) -> list[VetoScores]:
        """The vetoes that hold for a department."""
        return [veto for veto in self.vetoes if veto.measured.done[place]]

    def undecided(self, place: int) -> list[Undecided]:
        """Bonus, malus and veto rules that an unreadable record leaves open for a department."""
        lines = [
            Undecided(scores.section, item, rule.rule, rule.measured, place)
            for scores in self.outside
            for item, rule in scores.lines
            if rule.pending[place]
        ]
        return lines + [
            Undecided(veto.section, veto.item, veto.rule, veto.measured, place)
            for veto in self.vetoes
            if veto.measured.pending[place]
        ]


def scored_all(inputs: Inputs) -> Scored:
    """Score every rule for all departments at once.

    Raises
    ------
    RubricError : a rule names a ledger, column or operand that does not fit
    """
    work = _Work(inputs)
    items, outside = work.items(), work.outside()
    sums = totals(items, work.outside_sum(outside, "bonus"), work.outside_sum(outside, "malus"))
    return Scored(work.facts, tuple(items), tuple(outside), tuple(work.vetoes()), sums)


class _Work:
    """The inputs in the form that scoring asks for."""

    def __init__(self, inputs: Inputs) -> None:
        self.rubric = inputs.rubric
        self.codes = [department.code for department in inputs.register.assessed]
        self.groups: Mapping[str, str] = {one.code: one.group for one in inputs.register.assessed}
        names = {**inputs.settings.period.names, "as_of": inputs.settings.as_of}
        self.facts = Facts(inputs.ledgers, names)
        self.submissions = Submissions(self.facts)

    def items(self) -> list[ItemScores]:
        """Every base item, its points after redistribution."""
        lines = [
            (item, self._rules(item))
            for section in self.rubric.base_sections
            for item in section.items
        ]
        states = {item.id: self._states(item, rules) for item, rules in lines}
        full = effective_full_points(self.rubric, states)
        return [
            item_scores(
                item, rules, states[item.id], full=full[item.id], rounding=self.rubric.rounding
            )
            for item, rules in lines
        ]

    def outside(self) -> list[OutsideScores]:
        """Every bonus and malus section."""
        return [
            outside_scores(
                section,
                tuple((item, scores) for item in section.items for scores in self._rules(item)),
                self.rubric.rounding,
                10**self.rubric.rounding.places,
            )
            for section in self.rubric.sections
            if section.kind in ("bonus", "malus")
        ]

    def outside_sum(self, outside: list[OutsideScores], kind: str) -> Whole:
        """Units of all sections of a kind."""
        amounts = [scores.amount for scores in outside if scores.section.kind == kind]
        return np.sum(amounts, axis=0) if amounts else np.zeros(len(self.codes), dtype=object)

    def _rules(self, item: Item) -> tuple[RuleScores, ...]:
        return tuple(rule_scores(rule, self._measured(item, rule)) for rule in item.rules)

    def _measured(self, item: Item, rule: Rule) -> Measured:
        return measured(RuleInput(item.id, rule, self.codes), self.facts)

    def _states(self, item: Item, rules: tuple[RuleScores, ...]) -> list[ItemState]:
        reported = self.submissions.reporting(item, self.codes)
        return item_states(included(item, self.groups), rules, item, reported)

    def vetoes(self) -> list[VetoScores]:
        """Every veto rule."""
        return [
            VetoScores(section, item, rule, self._measured(item, rule))
            for section, item in self.rubric.lines
            if section.kind == "veto"
            for rule in item.rules
        ]
