"""Rows of the result tables: what was scored, said record by record."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pandas as pd

import lawkpi.result.frames as frames
from lawkpi.measure import Measured
from lawkpi.result.inputs import Inputs
from lawkpi.result.reporting import Submissions, Unreported, self_points
from lawkpi.result.scored import Scored, Undecided, VetoScores
from lawkpi.result.sentences import Said, Speaker
from lawkpi.rubric.model import Item
from lawkpi.rubric.shapes import Reading
from lawkpi.scoring import (
    ItemScores,
    ItemState,
    OutsideScores,
    RecordShare,
    RuleScores,
    converted,
    grade_of,
    ranks,
    record_shares,
)

Row = dict[str, Any]


class Rows:
    """The rows of one scored assessment, department by department in printing order."""

    def __init__(self, inputs: Inputs, scored: Scored) -> None:
        self.inputs = inputs
        self.scored = scored
        self.rubric = inputs.rubric
        self.codes = [department.code for department in inputs.register.assessed]
        self.groups = {one.code: one.group for one in inputs.register.assessed}
        self.places = inputs.rubric.rounding.places
        self.submissions = Submissions(scored.facts)
        names = {one.code: one.name for one in inputs.register.departments}
        self.speaker = Speaker(inputs.rubric, scored.facts, inputs.reckoner, names)

    def scores(self) -> Iterator[Row]:
        """Rows of `scores`."""
        own = self_points(self.scored.facts)
        section_of = {item.id: section.id for section, item in self.rubric.lines}
        for place, code in enumerate(self.codes):
            for scores in self.scored.items:
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

    def rules(self) -> Iterator[Row]:
        """Rows of `rules`: what each rule counted and how it reads."""
        for place, code in enumerate(self.codes):
            for scores in self.scored.items:
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
                        "sentence": self._rule_sentence(scores.item, rule, state, place),
                    }

    @staticmethod
    def _rule_state(scores: ItemScores, rule: RuleScores, place: int) -> ItemState:
        if scores.state[place] is not ItemState.SCORED:
            return scores.state[place]
        return ItemState.SCORED if rule.applies[place] else ItemState.NOT_APPLICABLE

    def _rule_sentence(self, item: Item, rule: RuleScores, state: ItemState, place: int) -> str:
        reading = self._reading(rule, place)
        if state is ItemState.NOT_APPLICABLE:
            return "无应计记录，不适用"
        if state is ItemState.PENDING:
            return self._why_unreported(item, place) or self._why_pending(rule.measured, place)
        if state is ItemState.NOT_REPORTED:
            return self._why_unreported(item, place)
        text = rule.rule.shape.shape.rule_text(reading) if rule.rule.shape else ""
        counts = self.speaker.counts_fact(rule.rule, rule.measured.ledger, reading)
        return f"{counts}；{text}"

    def _why_unreported(self, item: Item, place: int) -> str:
        """Which ledger was not reported, and whether a reminder is on record; empty if none."""
        missing = self.submissions.unreported(item, self.codes[place])
        return f"{self._not_received(missing[0])}，{_reminded(missing[0])}" if missing else ""

    def _why_pending(self, measured: Measured, place: int) -> str:
        """The records that cannot be relied on, or that nothing has been entered yet."""
        undecided = measured.undecided_rows(place, self.codes)
        if not undecided:
            return "尚无核定数据，或同一指标的其他规则待核；待核"
        return f"{self.speaker.listed(measured.ledger, undecided)}的有关内容尚不能确定，待核"

    def _reading(self, rule: RuleScores, place: int) -> Reading:
        counted = rule.measured
        return Reading(
            kind=rule.rule.measure.kind,
            unit=rule.rule.measure.measure.unit,
            done=int(counted.done[place]),
            due=int(counted.due[place]),
            verb=rule.rule.effect.verb,
            state=counted.state_code[place],
        )

    def losses(self) -> Iterator[Row]:
        """Rows of `losses`: every lost point with its record or its sentence."""
        for place, code in enumerate(self.codes):
            for scores in self.scored.items:
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
        said = Said(fact, where, points, rule.rule.effect.verb, effective)
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
        """The one line of an item that was not reported: which ledger, when reminded, the register."""
        lost = frames.points(int(scores.full[place] - scores.points[place]), self.places)
        missing = self.submissions.unreported(scores.item, code)[0]
        where, origin = "", {}
        if missing.row is not None:
            where = self.speaker.place(missing.submissions, missing.row)
            origin = self.speaker.origin(missing.submissions, missing.row)
        fact = f"{self._not_received(missing)}，{_reminded(missing)}"
        said = Said(fact, where, lost, full=self._points(scores.full[place]))
        return {
            "department": code,
            "item": scores.item.id,
            "rule": scores.rules[0].rule.id,
            "points": lost,
            "ledger": missing.submissions.schema.id,
            **origin,
            "sentence": self.speaker.deduction(scores.item, said),
            "basis": scores.item.basis_text,
        }

    def _not_received(self, missing: Unreported) -> str:
        day = self.inputs.settings.as_of
        until = f"截至{day.year}年{day.month}月{day.day}日"
        return f"{until}未收到《{missing.ledger.schema.title}》，也未收到零报告"

    def adjustments(self) -> Iterator[Row]:
        """Rows of `adjustments`: bonus, malus and veto facts, and what is still undecided."""
        for place in range(len(self.codes)):
            for scores in self.scored.outside:
                for number, (item, rule) in enumerate(scores.lines):
                    yield from self._adjusted(scores, number, item, rule, place)
            for veto in self.scored.vetoes_of(place):
                yield from self._vetoed(veto, place)
            for undecided in self.scored.undecided(place):
                yield self._undecided(undecided)

    def _adjusted(
        self, scores: OutsideScores, number: int, item: Item, rule: RuleScores, place: int
    ) -> Iterator[Row]:
        rows = [int(row) for row in rule.measured.causing.get(place, ())]
        units = int(scores.rule_units[number, place])
        shape = rule.rule.shape
        if shape is None or rule.pending[place] or not (rows or units):
            return
        exact = Fraction(units, 10**self.places)
        for share in record_shares(shape.shape, rows, units, exact):
            yield {"kind": scores.section.kind, **self._line(item, rule, share, place)}

    def _vetoed(self, veto: VetoScores, place: int) -> Iterator[Row]:
        limit = veto.rule.effect.veto.grade_at_most if veto.rule.effect.veto else ""
        ledger = veto.measured.ledger
        for number in veto.measured.causing.get(place, ()):
            row = int(number)
            fact = self.speaker.record_fact(veto.rule, ledger, row)
            said = f"经核查，{fact}（{self.speaker.place(ledger, row)}）"
            sentence = f"{said}，{self._quoted(veto.item)}，建议等次不高于{limit}。"
            origin = self.speaker.origin(ledger, row)
            yield self._outside_row(veto, place, veto.section.kind, sentence) | origin

    def _undecided(self, undecided: Undecided) -> Row:
        place = undecided.place
        why = self._why_pending(undecided.measured, place)
        sentence = f"{why}，{self._quoted(undecided.item)}，暂不计入。"
        return self._outside_row(undecided, place, "pending", sentence)

    def _outside_row(
        self, found: VetoScores | Undecided, place: int, kind: str, sentence: str
    ) -> Row:
        return {
            "department": self.codes[place],
            "kind": kind,
            "item": found.item.id,
            "rule": found.rule.id,
            "points": self._points(0),
            "ledger": found.measured.ledger.schema.id,
            "sentence": sentence,
            "basis": found.item.basis_text,
        }

    def _quoted(self, item: Item) -> str:
        return f"对照《{self.rubric.title}》第{item.id}项“{item.clause}”"

    def totals(self) -> list[Row]:
        """Rows of `totals`."""
        sums = self.scored.sums
        order = ranks(
            {code: int(sums.total[place]) for place, code in enumerate(self.codes)},
            self.groups,
            self.rubric.rank.ties,
        )
        return [self._total(place, order[code]) for place, code in enumerate(self.codes)]

    def _total(self, place: int, rank: int) -> Row:
        code, sums = self.codes[place], self.scored.sums
        total = Fraction(int(sums.total[place]), 10**self.places)
        grade = grade_of(total, self.rubric, at_most=self._grade_limit(place))
        conversion = self.inputs.settings.conversion
        figure = converted(total, grade, self.rubric, conversion)
        vetoed = "；".join(veto.item.title for veto in self.scored.vetoes_of(place))
        open_items = {one.item.id for one in self.scored.undecided(place)}
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
            "pending_count": sums.pending_count[place] + len(open_items),
            "pending_points": self._points(sums.pending[place]),
            "converted": frames.points(int(figure * 10**conversion.places), conversion.places),
        }

    def _grade_limit(self, place: int) -> str | None:
        """The lowest grade that a veto limits a department to."""
        vetoes = (veto.rule.effect.veto for veto in self.scored.vetoes_of(place))
        limits = [veto.grade_at_most for veto in vetoes if veto]
        labels = [band.grade for band in self.rubric.grades]
        return max(limits, key=labels.index, default=None)

    def _points(self, units: Any) -> Any:
        return frames.points(int(units), self.places)


def _reminded(missing: Unreported) -> str:
    """When and how a reminder went out; that none did, and what follows, otherwise."""
    day = missing.reminded_on
    if pd.isna(day):
        return "尚无催报记录，待核"
    manner = f"以{missing.reminder}" if missing.reminder else ""
    return f"已于{day.year}年{day.month}月{day.day}日{manner}催报"
