"""Measuring and scoring everything once: items, bonus and malus, vetoes, sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lawkpi.measure import Facts, Measured
from lawkpi.result.adjusting import Adjusting
from lawkpi.result.inputs import Inputs
from lawkpi.result.reporting import Submissions
from lawkpi.rubric.measures import ItemPointsMeasure
from lawkpi.rubric.model import Item, Section
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import (
    Departments,
    ItemScores,
    ItemState,
    OutsideScores,
    RuleScores,
    Scorer,
    Totals,
    effective_full_points,
    item_scores,
    item_terms,
    outside_scores,
    totals,
)
from lawkpi.scoring.exact import Whole
from lawkpi.scoring.items import included, item_states


@dataclass(frozen=True)
class VetoScores:
    """One veto rule for all departments; `holds` says for which of them."""

    section: Section
    item: Item
    rule: Rule
    measured: Measured
    holds: NDArray[np.bool_]


@dataclass(frozen=True)
class Undecided:
    """A rule outside the items whose records leave it undecided for one department."""

    section: Section
    item: Item
    rule: Rule
    measured: Measured
    place: int
    scores: RuleScores | None = None


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
        return [veto for veto in self.vetoes if veto.holds[place]]

    @property
    def zeroed_places(self) -> list[int]:
        """Departments whose total a veto takes whole."""
        return [
            place
            for place in range(len(self.sums.total))
            if any(
                one.rule.effect.veto and one.rule.effect.veto.total_zero
                for one in self.vetoes_of(place)
            )
        ]

    def undecided(self, place: int) -> list[Undecided]:
        """Bonus, malus and veto rules that an unreadable record leaves open for a department."""
        lines = [
            Undecided(scores.section, item, rule.rule, rule.measured, place, rule)
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
    ResultError RESULT_ADJUSTMENT_REFUSED : an adjustment of an office that cannot enter an item
    """
    work = _Work(inputs)
    items, outside = work.items(), work.outside()
    bonus, malus = work.outside_sum(outside, "bonus"), work.outside_sum(outside, "malus")
    sums = totals(inputs.rubric, items, bonus, malus)
    vetoes = work.vetoes(items, sums)
    scored = Scored(work.facts, tuple(items), tuple(outside), tuple(vetoes), sums)
    return replace(scored, sums=sums.zeroed(scored.zeroed_places))


class _Work:
    """The inputs in the form that scoring asks for."""

    def __init__(self, inputs: Inputs) -> None:
        self.rubric = inputs.rubric
        self.codes = [department.code for department in inputs.register.assessed]
        names = {**inputs.settings.period.names, "as_of": inputs.settings.as_of}
        self.facts = Facts(inputs.ledgers, names)
        self.submissions = Submissions(self.facts)
        self.departments = Departments(self.codes, [one.group for one in inputs.register.assessed])
        self.scorer = Scorer(self.rubric, self.facts, self.departments)

    def items(self) -> list[ItemScores]:
        """Every base item, its points after redistribution and with the office's adjustments."""
        lines = [
            (item, self.scorer.rules(item))
            for section in self.rubric.base_sections
            for item in section.items
        ]
        if not lines:
            return []
        states = {item.id: self._states(item, rules) for item, rules in lines}
        full = effective_full_points(self.rubric, states, self.departments.groups)
        terms = {
            item.id: item_terms(self.rubric, item, self.departments, full[item.id])
            for item, _ in lines
        }
        scores = [
            item_scores(item, rules, states[item.id], terms[item.id]) for item, rules in lines
        ]
        return Adjusting(self.rubric, self.facts, self.codes).applied(scores, terms)

    def outside(self) -> list[OutsideScores]:
        """Every bonus and malus section."""
        rounding = self.rubric.rounding
        return [
            outside_scores(
                section,
                tuple(
                    (item, scores) for item in section.items for scores in self.scorer.rules(item)
                ),
                rounding,
                10**rounding.item_places,
            )
            for section in self.rubric.sections
            if section.kind in ("bonus", "malus")
        ]

    def outside_sum(self, outside: list[OutsideScores], kind: str) -> Whole:
        """Units of all sections of a kind."""
        amounts = [scores.amount for scores in outside if scores.section.kind == kind]
        return np.sum(amounts, axis=0) if amounts else np.zeros(len(self.codes), dtype=object)

    def _states(self, item: Item, rules: tuple[RuleScores, ...]) -> list[ItemState]:
        reported = self.submissions.reporting(item, self.codes)
        return item_states(included(item, self.departments), rules, item, reported)

    def vetoes(self, items: list[ItemScores], sums: Totals) -> list[VetoScores]:
        """Every veto rule: what it counts, or whether points have fallen to its line."""
        return [
            self._veto(section, item, rule, (items, sums))
            for section, item in self.rubric.lines
            if section.kind == "veto"
            for rule in item.rules
        ]

    def _veto(
        self, section: Section, item: Item, rule: Rule, so_far: tuple[list[ItemScores], Totals]
    ) -> VetoScores:
        measured = self._vetoing(item, rule, *so_far)
        included_ones = self.departments.including(item, rule)
        veto = rule.effect.veto
        holds = np.asarray(measured.done > 0, dtype=bool)
        if veto is not None and rule.measure.item_points is None:
            # More records never undo a number that was reached; every other figure has to be known.
            only_more = rule.measure.kind == "count" and veto.below is None
            known = ~measured.empty & (~measured.pending | only_more) & included_ones
            is_rate = rule.measure.kind == "rate"
            holds = np.zeros_like(holds)
            for place in np.flatnonzero(known).tolist():
                holds[place] = veto.holds(measured.figure(place, is_rate=is_rate))
        open_base = measured.empty & (measured.empty_means == "pending")
        pending = (measured.pending | open_base) & included_ones
        return VetoScores(section, item, rule, replace(measured, pending=pending), holds)

    def _vetoing(self, item: Item, rule: Rule, items: list[ItemScores], sums: Totals) -> Measured:
        measured = self.scorer.measured(item, rule)
        wanted = rule.measure.measure
        included_ones = self.departments.including(item, rule)
        if not isinstance(wanted, ItemPointsMeasure):
            return replace(
                measured,
                done=np.where(included_ones, measured.done, 0),
                pending=measured.pending & included_ones,
            )
        line = int(wanted.at_most * 10**self.rubric.rounding.item_places)
        looked_at = [one for one in items if self._is_looked_at(one.item, wanted)]
        points = sums.sections[wanted.section] if wanted.section else looked_at[0].points
        fallen = np.array([own <= line for own in points], dtype=bool)
        is_open = _any_state(looked_at, ItemState.PENDING)
        counted = _any_state(looked_at, ItemState.SCORED, ItemState.NOT_REPORTED)
        return replace(
            measured,
            done=(fallen & counted & ~is_open & included_ones).astype(np.int64),
            pending=is_open & included_ones,
        )

    def _is_looked_at(self, item: Item, wanted: ItemPointsMeasure) -> bool:
        if wanted.item is not None:
            return item.id == wanted.item
        section = next(one for one in self.rubric.base_sections if one.id == wanted.section)
        return item.id in {one.id for one in section.items}


def _any_state(items: Sequence[ItemScores], *states: ItemState) -> NDArray[np.bool_]:
    """Departments for which any of the items is in one of the states."""
    flags = [[state in states for state in one.state] for one in items]
    return np.asarray(np.logical_or.reduce(np.array(flags, dtype=bool)))
