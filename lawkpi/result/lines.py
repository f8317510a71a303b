"""Lines: one rule's points on one record, or on one line for all, with sentence and basis."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lawkpi.result.scene import Row, Scene
from lawkpi.result.sentences import Said
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.model import Item
from lawkpi.rubric.rule import times_text
from lawkpi.scoring import Behind, RecordShare, RuleScores


def behind(rule: RuleScores, place: int) -> Behind:
    """The records behind a rule's points; what was not awarded has none, nor have parts of a year."""
    rows = [int(row) for row in rule.measured.causing.get(place, ())]
    is_of_records = isinstance(rule.rule.measure.measure, Counted)
    is_one = rule.rule.periods is not None or (rule.rule.effect.kind == "award" and is_of_records)
    heavy = rule.measured.gravity
    return Behind(
        rows,
        None if is_one else rule.worths(place),
        None if heavy is None else [heavy[row] for row in rows],
        one_line=is_one,
    )


@dataclass(frozen=True)
class Lines:
    """The lines of one rule of one department; `full` are the item's full points, None outside.

    `is_used_up`: the item ended before the rule did.
    """

    scene: Scene
    item: Item
    rule: RuleScores
    place: int
    full: Decimal | None = None
    is_used_up: bool = False

    def line(self, share: RecordShare) -> Row:
        """One line: a record with its place, or the counts."""
        scene, ledger = self.scene, self.rule.measured.ledger
        where, origin = "", {}
        if share.row is None:
            fact = self._whole_fact()
        else:
            fact = self._record_fact(share)
            where = scene.speaker.place(ledger, share.row)
            origin = scene.speaker.origin(ledger, share.row)
        points = scene.points(share.units)
        said = Said(fact, where, points, self.rule.rule.effect.loss_verb, self.full)
        return {
            "department": scene.codes[self.place],
            "item": self.item.id,
            "rule": self.rule.rule.id,
            "points": points,
            "ledger": ledger.schema.id,
            **origin,
            "sentence": scene.speaker.deduction(self.item, said),
            "basis": self.item.basis_text,
        }

    def _names_records(self) -> bool:
        """Whether the records behind the counts caused what was lost."""
        rule = self.rule.rule
        shape = rule.shape.shape if rule.shape else None
        if shape is None or self.rule.parts or not isinstance(rule.measure.measure, Counted):
            return False
        if rule.effect.kind == "award" and shape.caused_by_done:
            return False
        return rule.measure.kind == "rate" or (shape.caused_by_done and shape.compares is None)

    def _record_fact(self, share: RecordShare) -> str:
        """A record's facts; where all records share one rate, its counts as well."""
        rule, scene = self.rule.rule, self.scene
        fact = scene.speaker.record_fact(rule, self.rule.measured.ledger, share.row or 0)
        is_of_records = isinstance(rule.measure.measure, Counted)
        if rule.shape and rule.shape.shape.shares == "equal" and is_of_records:
            fact += f"；本单位{scene.reading(self.rule, self.place).counts}"
        fact += self._weighed(share.row or 0)
        if share.is_covered:
            return f"{fact}（同一事项已按分值最高的一次计）"
        why = "本项分值已扣完" if self.is_used_up else "已达上限"
        return f"{fact}（{why}）" if share.is_beyond else fact

    def _weighed(self, row: int) -> str:
        """That a record counts more or less than once, and who shares it."""
        said = []
        worths = self.rule.worths(self.place) or ()
        times = next((one.times for one in worths if one.row == row), 1)
        if times != 1:
            said.append(times_text(Fraction(times)))
        charged = self.rule.measured.marks.charges if self.rule.measured.marks else None
        if charged is not None:
            codes = [str(code) for code in charged.codes[charged.rows == row]]
            others = [code for code in codes if code != self.scene.codes[self.place]]
            names = "、".join(self.scene.speaker.names.get(code, code) for code in others)
            how = "按比例分担" if charged.base > 1 else "共同负责"
            said += [f"与{names}{how}"] if names else []
        return f"（{'，'.join(said)}）" if said else ""

    def _whole_fact(self) -> str:
        """One line for all: the counts, and the first records that caused it."""
        fact = self.scene.counts(self.rule, self.place)
        rows = [int(row) for row in self.rule.measured.causing.get(self.place, ())]
        if not rows or not self._names_records():
            return fact
        return f"{fact}，涉及{self.scene.speaker.listed(self.rule.measured.ledger, rows)}"
