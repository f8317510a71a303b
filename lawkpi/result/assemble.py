"""Putting an assessment together: measure, score, share out, say. Once, for all departments."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

import lawkpi.result.frames as frames
from lawkpi.ledger.departments import Department
from lawkpi.measure import Facts, Measured, RuleInput, measured
from lawkpi.result.assessment import Assessment
from lawkpi.result.inputs import Inputs
from lawkpi.result.mask import masked
from lawkpi.result.reporting import reporting, self_points
from lawkpi.result.sentences import Said, Speaker, verb_of
from lawkpi.rubric.model import Item, Rule, Section
from lawkpi.rubric.shapes import Reading
from lawkpi.scoring import (
    ItemScores,
    ItemState,
    OutsideScores,
    RecordShare,
    RuleScores,
    Totals,
    converted,
    effective_full_points,
    grade_of,
    item_scores,
    outside_scores,
    ranks,
    record_shares,
    totals,
)
from lawkpi.scoring.exact import Whole
from lawkpi.scoring.items import included, item_states, rule_scores

Row = dict[str, Any]


def assessed(inputs: Inputs) -> Assessment:
    """The assessment of all departments at once; the inputs are not changed.

    Raises
    ------
    RubricError : a rule names a ledger, column or operand that does not fit
    """
    work = _Work(inputs)
    items = work.items()
    outside = work.outside()
    sums = totals(items, work.outside_sum(outside, "bonus"), work.outside_sum(outside, "malus"))
    return Assessment(
        settings=inputs.settings,
        register=inputs.register,
        rubric=inputs.rubric,
        ledgers={name: masked(ledger) for name, ledger in inputs.ledgers.items()},
        limits=inputs.limits_used,
        inputs=dict(inputs.files or {}),
        scores=frames.table(list(work.score_rows(items)), frames.SCORES),
        rules=frames.table(list(work.rule_rows(items)), frames.RULES),
        losses=frames.table(list(work.loss_rows(items)), frames.LOSSES),
        adjustments=frames.table(list(work.adjustment_rows(outside)), frames.ADJUSTMENTS),
        totals=frames.table(work.total_rows(sums), frames.TOTALS),
        findings=frames.table([finding.row() for finding in inputs.findings], frames.FINDINGS),
    )


class _Work:
    """One assessment being put together; everything derived from its inputs."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.rubric = inputs.rubric
        self.departments: tuple[Department, ...] = inputs.register.assessed
        self.codes = [department.code for department in self.departments]
        self.groups = {one.code: one.group for one in self.departments}
        self.places = inputs.rubric.rounding.places
        names = {**inputs.settings.period.names, "as_of": inputs.settings.as_of}
        self.facts = Facts(inputs.ledgers, names)
        self.speaker = Speaker(
            inputs.rubric,
            self.facts,
            inputs.reckoner,
            {one.code: one.name for one in inputs.register.departments},
        )
        self.vetoes = self._vetoes()

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
                10**self.places,
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
        reported = reporting(item, self.facts, self.codes)
        return item_states(included(item, self.groups), rules, item, reported)

    def _vetoes(self) -> dict[str, list[tuple[Section, Item, Rule, Measured]]]:
        found: dict[str, list[tuple[Section, Item, Rule, Measured]]] = {}
        for section, item in self.rubric.lines:
            for rule in item.rules if section.kind == "veto" else ():
                counted = self._measured(item, rule)
                for place, code in enumerate(self.codes):
                    if counted.done[place]:
                        found.setdefault(code, []).append((section, item, rule, counted))
        return found

    def score_rows(self, items: list[ItemScores]) -> Iterator[Row]:
        """Rows of `scores`, department by department in printing order."""
        own = self_points(self.facts)
        section_of = {item.id: section.id for section, item in self.rubric.lines}
        for place, code in enumerate(self.codes):
            for scores in items:
                first = scores.rules[0].measured
                state = scores.state[place]
                yield {
                    "department": code,
                    "section": section_of[scores.item.id],
                    "item": scores.item.id,
                    "full_points": self._points(scores.full[place]),
                    "points": self._points(scores.points[place])
                    if scores.is_counted[place]
                    else None,
                    "self_points": own.get((code, scores.item.id)),
                    "state": state.value,
                    "done": int(first.done[place]),
                    "due": int(first.due[place]),
                }

    def rule_rows(self, items: list[ItemScores]) -> Iterator[Row]:
        """Rows of `rules`: what each rule counted and how it reads."""
        for place, code in enumerate(self.codes):
            for scores in items:
                for number, rule in enumerate(scores.rules):
                    state = self._rule_state(scores, rule, place)
                    yield {
                        "department": code,
                        "item": scores.item.id,
                        "rule": rule.rule.id,
                        "state": state.value,
                        "done": int(rule.measured.done[place]),
                        "due": int(rule.measured.due[place]),
                        "state_code": rule.measured.state_code[place] or None,
                        "points": self._points(scores.rule_losses[number, place]),
                        "sentence": self._rule_sentence(rule, state, place),
                    }

    @staticmethod
    def _rule_state(scores: ItemScores, rule: RuleScores, place: int) -> ItemState:
        if scores.state[place] is not ItemState.SCORED:
            return scores.state[place]
        return ItemState.SCORED if rule.applies[place] else ItemState.NOT_APPLICABLE

    def _rule_sentence(self, rule: RuleScores, state: ItemState, place: int) -> str:
        reading = self._reading(rule, place)
        if state is ItemState.NOT_APPLICABLE:
            return "无应计记录，不适用"
        if state is ItemState.PENDING:
            return "有关记录或核定数据尚不齐备，待核"
        if state is ItemState.NOT_REPORTED:
            return "未报送"
        text = rule.rule.shape.shape.rule_text(reading) if rule.rule.shape else ""
        counts = self.speaker.counts_fact(rule.rule, rule.measured.ledger, reading)
        return f"{counts}；{text}"

    def _reading(self, rule: RuleScores, place: int) -> Reading:
        counted = rule.measured
        return Reading(
            kind=rule.rule.measure.kind,
            unit=rule.rule.measure.measure.unit,
            done=int(counted.done[place]),
            due=int(counted.due[place]),
            verb=verb_of(rule.rule),
            state=counted.state_code[place],
        )

    def loss_rows(self, items: list[ItemScores]) -> Iterator[Row]:
        """Rows of `losses`: every lost point with its record or its sentence."""
        for place, code in enumerate(self.codes):
            for scores in items:
                if scores.state[place] is ItemState.NOT_REPORTED:
                    yield self._unreported(scores, place, code)
                    continue
                for number, rule in enumerate(scores.rules):
                    yield from self._rule_losses(scores, number, rule, place)

    def _rule_losses(
        self, scores: ItemScores, number: int, rule: RuleScores, place: int
    ) -> Iterator[Row]:
        units = int(scores.rule_losses[number, place])
        if scores.state[place] is not ItemState.SCORED or not rule.exact(place):
            return
        shape = rule.rule.shape
        if shape is None:
            return
        rows = [int(row) for row in rule.measured.causing.get(place, ())]
        exact = scores.exact_loss(number, place)
        for share in record_shares(shape.shape, rows, units, exact):
            yield self._line(scores.item, rule, share, place, scores.full[place])

    def _line(
        self, item: Item, rule: RuleScores, share: RecordShare, place: int, full: Any = None
    ) -> Row:
        ledger = rule.measured.ledger
        where, origin = "", {}
        if share.row is None:
            fact = self._whole_fact(rule, place)
        else:
            fact = self._record_fact(rule, share, place)
            where = self.speaker.place(ledger, share.row)
            origin = self.speaker.origin(ledger, share.row)
        points = frames.points(share.units, self.places)
        effective = None if full is None else self._points(full)
        said = Said(fact, where, points, verb_of(rule.rule), effective)
        return {
            "department": self.codes[place],
            "item": item.id,
            "rule": rule.rule.id,
            "points": points,
            "ledger": ledger.schema.id,
            **origin,
            "sentence": self.speaker.deduction(item, said),
            "basis": item.basis_text,
        }

    def _record_fact(self, rule: RuleScores, share: RecordShare, place: int) -> str:
        """A record's facts; where all records share one rate, its counts as well."""
        fact = self.speaker.record_fact(rule.rule, rule.measured.ledger, share.row or 0)
        if rule.rule.shape and rule.rule.shape.shape.shares == "equal":
            fact += f"；本单位{self._counts(rule, place)}"
        return f"{fact}（已达上限）" if share.is_beyond else fact

    def _counts(self, rule: RuleScores, place: int) -> str:
        reading = self._reading(rule, place)
        return self.speaker.counts_fact(rule.rule, rule.measured.ledger, reading)

    def _whole_fact(self, rule: RuleScores, place: int) -> str:
        """One line for all: the counts, and the first records that caused it."""
        fact = self._counts(rule, place)
        rows = [int(row) for row in rule.measured.causing.get(place, ())]
        is_rate = rule.rule.measure.kind == "rate"
        listed = self.speaker.listed(rule.measured.ledger, rows) if rows and is_rate else ""
        return f"{fact}，涉及{listed}" if listed else fact

    def _unreported(self, scores: ItemScores, place: int, code: str) -> Row:
        lost = frames.points(int(scores.full[place] - scores.points[place]), self.places)
        ledger = self.inputs.ledgers["submissions"]
        title = scores.rules[0].measured.ledger.schema.title
        day = self.inputs.settings.as_of
        fact = f"截至{day.year}年{day.month}月{day.day}日未收到《{title}》，也未收到零报告，已催报"
        return {
            "department": code,
            "item": scores.item.id,
            "rule": scores.rules[0].rule.id,
            "points": lost,
            "ledger": ledger.schema.id,
            "sentence": self.speaker.deduction(
                scores.item, Said(fact, "", lost, full=self._points(scores.full[place]))
            ),
            "basis": scores.item.basis_text,
        }

    def adjustment_rows(self, outside: list[OutsideScores]) -> Iterator[Row]:
        """Rows of `adjustments`: bonus, malus and veto facts."""
        for place, code in enumerate(self.codes):
            for scores in outside:
                for number, (item, rule) in enumerate(scores.lines):
                    yield from self._adjusted(scores, number, item, rule, place)
            for section, item, vetoing, counted in self.vetoes.get(code, ()):
                yield from self._vetoed(section, item, vetoing, counted, place)

    def _adjusted(
        self, scores: OutsideScores, number: int, item: Item, rule: RuleScores, place: int
    ) -> Iterator[Row]:
        rows = [int(row) for row in rule.measured.causing.get(place, ())]
        units = int(scores.rule_units[number, place])
        shape = rule.rule.shape
        if shape is None or not (rows or units):
            return
        exact = Fraction(units, 10**self.places)
        for share in record_shares(shape.shape, rows, units, exact):
            yield {"kind": scores.section.kind, **self._line(item, rule, share, place)}

    def _vetoed(
        self, section: Section, item: Item, rule: Rule, counted: Measured, place: int
    ) -> Iterator[Row]:
        limit = rule.effect.veto.grade_at_most if rule.effect.veto else ""
        for row in counted.causing.get(place, ()):
            ledger = counted.ledger
            fact = self.speaker.record_fact(rule, ledger, int(row))
            where = self.speaker.place(ledger, int(row))
            yield {
                "department": self.codes[place],
                "kind": section.kind,
                "item": item.id,
                "rule": rule.id,
                "points": frames.points(0, self.places),
                "ledger": ledger.schema.id,
                **self.speaker.origin(ledger, int(row)),
                "sentence": f"经核查，{fact}（{where}），对照《{self.rubric.title}》第{item.id}项"
                f"“{item.clause}”，建议等次不高于{limit}。",
                "basis": item.basis_text,
            }

    def total_rows(self, sums: Totals) -> list[Row]:
        """Rows of `totals`."""
        order = ranks(
            {code: int(sums.total[place]) for place, code in enumerate(self.codes)},
            self.groups,
            self.rubric.rank.ties,
        )
        return [self._total(sums, place, order[code]) for place, code in enumerate(self.codes)]

    def _total(self, sums: Totals, place: int, rank: int) -> Row:
        code = self.codes[place]
        total = Fraction(int(sums.total[place]), 10**self.places)
        limits = [
            rule.effect.veto.grade_at_most
            for _, _, rule, _ in self.vetoes.get(code, ())
            if rule.effect.veto
        ]
        labels = [band.grade for band in self.rubric.grades]
        at_most = max(limits, key=labels.index, default=None)
        grade = grade_of(total, self.rubric, at_most=at_most)
        conversion = self.inputs.settings.conversion
        figure = converted(total, grade, self.rubric, conversion)
        vetoed = "；".join(item.title for _, item, _, _ in self.vetoes.get(code, ()))
        return {
            "department": code,
            "group": self.groups[code],
            "base": self._points(sums.base[place]),
            "bonus": self._points(sums.bonus[place]),
            "malus": self._points(sums.malus[place]),
            "total": self._points(sums.total[place]),
            "rank": rank,
            "grade": grade,
            "veto": vetoed or None,
            "pending_count": sums.pending_count[place],
            "pending_points": self._points(sums.pending[place]),
            "converted": frames.points(int(figure * 10**conversion.places), conversion.places),
        }

    def _points(self, units: Any) -> Any:
        return frames.points(int(units), self.places)
