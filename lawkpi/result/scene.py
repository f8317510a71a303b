"""The scene: one scored assessment as all of its rows look at it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import lawkpi.result.frames as frames
from lawkpi.measure import Measured
from lawkpi.params import points_text
from lawkpi.result.inputs import Inputs
from lawkpi.result.reporting import Submissions
from lawkpi.result.scored import Scored
from lawkpi.result.sentences import Speaker
from lawkpi.rubric.effects import EffectKind
from lawkpi.rubric.model import Item
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import ByRank, Reading, Words
from lawkpi.scoring import RuleScores

Row = dict[str, Any]
_COSTS_NOTHING: dict[EffectKind, str] = {
    "deduct": "不扣分",
    "award": "按满分计",
    "bonus": "不加分",
    "malus": "不减分",
}
"""What a rule does where nothing is due and that means full points."""
READ_PLACES = 4
"""Decimals of an exact number that is only read."""


class Scene:
    """Departments in printing order, what was scored, and who says it."""

    def __init__(self, inputs: Inputs, scored: Scored) -> None:
        self.inputs = inputs
        self.scored = scored
        self.rubric = inputs.rubric
        self.codes = [department.code for department in inputs.register.assessed]
        self.groups = {one.code: one.group for one in inputs.register.assessed}
        self.places = inputs.rubric.rounding.item_places
        self.submissions = Submissions(scored.facts)
        self._said: dict[int, Words] = {}
        names = {one.code: one.name for one in inputs.register.departments}
        self.speaker = Speaker(inputs.rubric, scored.facts, inputs.reckoner, names)

    def _words(self, rule: Rule) -> Words:
        """A rule's words, asked of its ledgers once."""
        if id(rule) not in self._said:
            self._said[id(rule)] = self.speaker.words(rule)
        return self._said[id(rule)]

    def points(self, units: Any) -> Decimal:
        """Units as points."""
        return frames.points(int(units), self.places)

    def quoted(self, item: Item) -> str:
        """The item's clause in its own words, as a sentence refers to it."""
        return f"对照《{self.rubric.title}》第{item.id}项“{item.quoted}”"

    def reading(self, rule: RuleScores, place: int) -> Reading:
        """A rule's counts for one department, as sentences need them."""
        counted, compared = rule.measured, rule.tally.compared
        return rule.rule.reading(
            self._words(rule.rule),
            done=int(counted.done[place]),
            due=int(counted.due[place]),
            state=counted.state_code[place],
            scale=counted.scale,
            rank=compared.rank[place] if compared else 0,
            last=compared.last[place] if compared else 0,
            ranked=compared.ranked[place] if compared else 0,
            reference=compared.reference[place] if compared else None,
        )

    def counted(self, rule: Rule, measured: Measured, place: int) -> str:
        """What a rule without points counted for one department."""
        reading = rule.reading(
            self._words(rule),
            done=int(measured.done[place]),
            due=int(measured.due[place]),
            scale=measured.scale,
        )
        return self.speaker.counts_fact(rule, measured.ledger, reading)

    def counts(self, rule: RuleScores, place: int) -> str:
        """What was counted: in one figure, or part of the year by part."""
        if rule.parts:
            return self._parts(rule, place)
        reading = self.reading(rule, place)
        return self.speaker.counts_fact(rule.rule, rule.measured.ledger, reading)

    def rule_sentence(self, rule: RuleScores, place: int) -> str:
        """What a rule counted and what it says; where its base is too small, that it costs nothing."""
        if not rule.parts and rule.measured.empty[place]:
            return f"{self._no_base(rule, place)}，{_COSTS_NOTHING[rule.rule.effect.kind]}"
        return f"{self.counts(rule, place)}；{rule.rule.text(self.reading(rule, place))}"

    def idle(self, rule: RuleScores, place: int) -> str:
        """Why a rule does not count for a department."""
        if not rule.included[place]:
            return "本规则不适用于本单位"
        lost = "，不因此少得分" if rule.rule.effect.kind == "award" else ""
        return f"{self._no_base(rule, place)}，不适用{lost}"

    def _no_base(self, rule: RuleScores, place: int) -> str:
        """That nothing was due, or how much too little."""
        measured, least = rule.measured, getattr(rule.rule.measure.measure, "min_base", 1)
        if rule.parts or not measured.due[place] or least <= 1:
            return "无应计记录"
        return f"{self.counts(rule, place)}，不足{least}{rule.rule.measure.measure.unit}"

    def _parts(self, rule: RuleScores, place: int) -> str:
        """Each part of the year with its count, its rank and its points, then what they came to."""
        verb = rule.rule.effect.verb
        said = [self._part(part, place) for part in rule.parts if part.applies[place]]
        idle = [part.name for part in rule.parts if not part.applies[place]]
        said += [f"{'、'.join(idle)}无应计"] if idle else []
        head = self.speaker.subject(rule.rule)
        return f"{head}分期计分：{'；'.join(said)}；合成{verb}{number_text(rule.exact(place))}分"

    def _part(self, part: RuleScores, place: int) -> str:
        """One part of the year: its count, its rank, its points within their own cap."""
        reading = self.reading(part, place)
        shape = part.rule.shape.shape if part.rule.shape else None
        rank = shape.place_text(reading) if isinstance(shape, ByRank) and reading.rank else ""
        counts = reading.counts.removeprefix("共")
        cap = part.rule.periods.cap if part.rule.periods else None
        points = part.exact(place) if cap is None else min(part.exact(place), cap)
        own = f"{part.rule.effect.verb}{number_text(points)}分"
        return "、".join(one for one in (f"{part.name}{counts}", rank, own) if one)


def number_text(value: Fraction) -> str:
    """An exact number for reading: its own decimals, or four of an endless one."""
    power = 10**READ_PLACES
    if (value * power).denominator == 1:
        return points_text(value)
    units = (2 * value.numerator * power + value.denominator) // (2 * value.denominator)
    return points_text(Fraction(units, power))
