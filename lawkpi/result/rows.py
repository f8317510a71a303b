"""Rows of items: what was scored, said record by record."""

from __future__ import annotations

from collections.abc import Iterator

from lawkpi.result.adjusting import adjustment_rows
from lawkpi.result.lines import Lines, behind
from lawkpi.result.reasons import Reasons, reminded
from lawkpi.result.reporting import self_points
from lawkpi.result.scene import Row, Scene
from lawkpi.result.sentences import Said
from lawkpi.rubric.model import Item
from lawkpi.scoring import ItemScores, ItemState, RuleScores, record_shares


class ItemRows:
    """The rows of `scores`, `rules` and `losses`, department by department in printing order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reasons = Reasons(scene)

    def scores(self) -> Iterator[Row]:
        """Rows of `scores`."""
        own = self_points(self.scene.scored.facts)
        section_of = {item.id: section.id for section, item in self.scene.rubric.lines}
        for place, code in enumerate(self.scene.codes):
            for scores in self.scene.scored.items:
                first = scores.rules[0].measured
                state = scores.state[place]
                yield {
                    "department": code,
                    "section": section_of[scores.item.id],
                    "item": scores.item.id,
                    "full_points": self.scene.points(scores.full[place]),
                    "points": self.scene.points(scores.points[place])
                    if scores.is_counted[place]
                    else None,
                    "self_points": own.get((code, scores.item.id)),
                    "state": state.value,
                    "done": int(first.done[place]),
                    "due": int(first.due[place]),
                    "adjusted": self.scene.points(scores.adjusted[place]),
                }

    def rules(self) -> Iterator[Row]:
        """Rows of `rules`: what each rule counted and how it reads."""
        for place, code in enumerate(self.scene.codes):
            for scores in self.scene.scored.items:
                for number, rule in enumerate(scores.rules):
                    state = _rule_state(scores, rule, place)
                    yield {
                        "department": code,
                        "item": scores.item.id,
                        "state": state.value,
                        "points": self.scene.points(scores.rule_losses[number, place]),
                        "sentence": self._rule_sentence(scores.item, rule, state, place),
                        **counted_row(rule, place),
                    }

    def _rule_sentence(self, item: Item, rule: RuleScores, state: ItemState, place: int) -> str:
        if state is ItemState.NOT_APPLICABLE:
            return self.scene.idle(rule, place)
        if state in (ItemState.PENDING, ItemState.NOT_REPORTED):
            return self.reasons.unreported(item, place) or self.reasons.pending(rule, place)
        return self.scene.rule_sentence(rule, place)

    def losses(self) -> Iterator[Row]:
        """Rows of `losses`: every lost point with its record or its sentence."""
        for place, code in enumerate(self.scene.codes):
            for scores in self.scene.scored.items:
                if scores.state[place] is ItemState.NOT_REPORTED:
                    yield self._unreported(scores, place, code)
                else:
                    for number, rule in enumerate(scores.rules):
                        yield from self._rule_losses(scores, number, rule, place)
                yield from adjustment_rows(self.scene, scores.item, code)

    def _rule_losses(
        self, scores: ItemScores, number: int, rule: RuleScores, place: int
    ) -> Iterator[Row]:
        units = int(scores.rule_losses[number, place])
        if scores.state[place] is not ItemState.SCORED or (not units and not rule.exact(place)):
            return
        shape = rule.rule.shape
        if shape is None or (rule.rule.effect.kind == "award" and not units):
            return
        exact = scores.exact_loss(number, place)
        full = self.scene.points(scores.full[place])
        used_up = exact < rule.exact(place)
        lines = Lines(self.scene, scores.item, rule, place, full, is_used_up=used_up)
        for share in record_shares(shape.shape, behind(rule, place), units, exact):
            yield lines.line(share)

    def _unreported(self, scores: ItemScores, place: int, code: str) -> Row:
        """The one line of an item that was not reported: which ledger, when reminded, the register."""
        lost = self.scene.points(scores.full[place] - scores.points[place] + scores.adjusted[place])
        missing = self.scene.submissions.unreported(scores.item, code)[0]
        where, origin = "", {}
        if missing.row is not None:
            where = self.scene.speaker.place(missing.submissions, missing.row)
            origin = self.scene.speaker.origin(missing.submissions, missing.row)
        fact = f"{self.reasons.not_received(missing)}，{reminded(missing)}"
        said = Said(fact, where, lost, full=self.scene.points(scores.full[place]))
        return {
            "department": code,
            "item": scores.item.id,
            "rule": scores.rules[0].rule.id,
            "points": lost,
            "ledger": missing.submissions.schema.id,
            **origin,
            "sentence": self.scene.speaker.deduction(scores.item, said),
            "basis": scores.item.basis_text,
        }


def counted_row(rule: RuleScores, place: int) -> Row:
    """What a rule counted for one department, as columns of `rules`."""
    measured = rule.measured
    return {
        "rule": rule.rule.id,
        "done": int(measured.done[place]),
        "due": int(measured.due[place]),
        "state_code": measured.state_code[place] or None,
        "scale": measured.scale,
        "rank": rule.tally.rank(place),
    }


def _rule_state(scores: ItemScores, rule: RuleScores, place: int) -> ItemState:
    if scores.state[place] is not ItemState.SCORED:
        return scores.state[place]
    return ItemState.SCORED if rule.applies[place] else ItemState.NOT_APPLICABLE
