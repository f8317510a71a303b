"""Rows outside the items: bonus, malus, vetoes, what is undecided, and what was let off."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lawkpi.params import points_text
from lawkpi.result.lines import Lines, behind
from lawkpi.result.reasons import Reasons, not_entered
from lawkpi.result.rows import counted_row
from lawkpi.result.scene import Row, Scene
from lawkpi.result.scored import Undecided, VetoScores
from lawkpi.rubric.measures import EnteredMeasure, ItemPointsMeasure
from lawkpi.rubric.model import Item
from lawkpi.scoring import ItemState, OutsideScores, RuleScores, record_shares


def _state(rule: RuleScores, place: int) -> ItemState:
    if rule.pending[place]:
        return ItemState.PENDING
    return ItemState.SCORED if rule.applies[place] else ItemState.NOT_APPLICABLE


def _is_of_records(veto: VetoScores) -> bool:
    """Whether each record says by itself why a veto holds; too few, or a rate, is said in one line."""
    rule, effect = veto.rule, veto.rule.effect.veto
    by_hand = isinstance(rule.measure.measure, EnteredMeasure)
    return by_hand or (rule.measure.kind == "count" and effect is not None and effect.below is None)


class OutsideRows:
    """The rows of `adjustments`, department by department in printing order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reasons = Reasons(scene)

    def rules(self) -> Iterator[Row]:
        """Rows of `rules` outside the base: what each bonus and malus rule counted and how it reads."""
        for place, code in enumerate(self.scene.codes):
            for scores in self.scene.scored.outside:
                for number, (item, rule) in enumerate(scores.lines):
                    state = _state(rule, place)
                    yield {
                        "department": code,
                        "item": item.id,
                        "state": state.value,
                        "points": self.scene.points(scores.rule_units[number, place]),
                        "sentence": self._rule_sentence(rule, state, place),
                        **counted_row(rule, place),
                    }

    def _rule_sentence(self, rule: RuleScores, state: ItemState, place: int) -> str:
        if state is ItemState.PENDING:
            return self.reasons.pending(rule, place)
        if state is ItemState.NOT_APPLICABLE:
            return self.scene.idle(rule, place)
        return self.scene.rule_sentence(rule, place)

    def adjustments(self) -> Iterator[Row]:
        """Rows of `adjustments`: bonus, malus and veto facts, and what is still undecided."""
        for place in range(len(self.scene.codes)):
            for scores in self.scene.scored.outside:
                for number, (item, rule) in enumerate(scores.lines):
                    yield from self._adjusted(scores, number, item, rule, place)
            for veto in self.scene.scored.vetoes_of(place):
                yield from self._vetoed(veto, place)
            for undecided in self.scene.scored.undecided(place):
                yield self._undecided(undecided)

    def _adjusted(
        self, scores: OutsideScores, number: int, item: Item, rule: RuleScores, place: int
    ) -> Iterator[Row]:
        own = behind(rule, place)
        units = int(scores.rule_units[number, place])
        shape = rule.rule.shape
        if shape is None or rule.pending[place] or not (units or rule.exact(place)):
            return
        exact = Fraction(units, 10**self.scene.places)
        lines = Lines(self.scene, item, rule, place)
        for share in record_shares(shape.shape, own, units, exact):
            yield {"kind": scores.section.kind, **lines.line(share)}

    def _vetoed(self, veto: VetoScores, place: int) -> Iterator[Row]:
        follows = veto.rule.effect.veto.text if veto.rule.effect.veto else ""
        ledger = veto.measured.ledger
        rows = [int(number) for number in veto.measured.causing.get(place, ())]
        rows = rows if _is_of_records(veto) else []
        for row in rows:
            fact = self.scene.speaker.record_fact(veto.rule, ledger, row)
            said = f"经核查，{fact}（{self.scene.speaker.place(ledger, row)}）"
            sentence = f"{said}，{self.scene.quoted(veto.item)}，{follows}。"
            origin = self.scene.speaker.origin(ledger, row)
            yield self._outside_row(veto, place, veto.section.kind, sentence) | origin
        if not rows:
            fact = self._fallen(veto, place)
            sentence = f"经核查，{fact}，{self.scene.quoted(veto.item)}，{follows}。"
            yield self._outside_row(veto, place, veto.section.kind, sentence)

    def _fallen(self, veto: VetoScores, place: int) -> str:
        """Whose points have fallen to a veto's line, or what was counted."""
        wanted = veto.rule.measure.measure
        if not isinstance(wanted, ItemPointsMeasure):
            return self.scene.counted(veto.rule, veto.measured, place)
        name = f"第{wanted.item}项" if wanted.item else f"第{wanted.section}部分"
        how = "不高于" if wanted.at_most else "为"
        return f"{name}得分{how}{points_text(wanted.at_most)}分"

    def _undecided(self, undecided: Undecided) -> Row:
        place = undecided.place
        why = self._why(undecided)
        sentence = f"{why}，{self.scene.quoted(undecided.item)}，暂不计入。"
        return self._outside_row(undecided, place, "pending", sentence)

    def _why(self, undecided: Undecided) -> str:
        if undecided.scores is not None:
            return self.reasons.pending(undecided.scores, undecided.place)
        said = self.reasons.records(undecided.rule, undecided.measured, undecided.place)
        if isinstance(undecided.rule.measure.measure, ItemPointsMeasure):
            return "所依据的指标待核，是否发生尚不能确定"
        return said or not_entered(undecided.rule)

    def _outside_row(
        self, found: VetoScores | Undecided, place: int, kind: str, sentence: str
    ) -> Row:
        return {
            "department": self.scene.codes[place],
            "kind": kind,
            "item": found.item.id,
            "rule": found.rule.id,
            "points": self.scene.points(0),
            "ledger": found.measured.ledger.schema.id,
            "sentence": sentence,
            "basis": found.item.basis_text,
        }

    def exemptions(self) -> Iterator[Row]:
        """Rows of `adjustments` for records that were let off: nothing is lost, and it is said why."""
        lines = [(scores.item, rule) for scores in self.scene.scored.items for rule in scores.rules]
        lines += [line for scores in self.scene.scored.outside for line in scores.lines]
        for place, code in enumerate(self.scene.codes):
            for item, rule in lines:
                for row in rule.measured.exempt_rows(place, self.scene.codes):
                    yield self._let_off(item, rule, row, code)

    def _let_off(self, item: Item, rule: RuleScores, row: int, code: str) -> Row:
        ledger = rule.measured.ledger
        fact = self.scene.speaker.record_fact(rule.rule, ledger, row)
        decision = self.scene.speaker.decision(ledger, row)
        place = self.scene.speaker.place(ledger, row)
        sentence = f"经核查，{fact}（{place}），{self.scene.quoted(item)}，{decision}，免予计分。"
        return {
            "department": code,
            "kind": "exempt",
            "item": item.id,
            "rule": rule.rule.id,
            "points": self.scene.points(0),
            "ledger": ledger.schema.id,
            **self.scene.speaker.origin(ledger, row),
            "sentence": sentence,
            "basis": item.basis_text,
        }
