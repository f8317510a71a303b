"""Reasons: why nothing can be scored yet, or why what was not reported costs points."""

from __future__ import annotations

import pandas as pd

from lawkpi.measure import Measured
from lawkpi.result.reporting import Unreported
from lawkpi.result.scene import Scene
from lawkpi.rubric.measures import EnteredMeasure, JudgedMeasure
from lawkpi.rubric.model import Item
from lawkpi.rubric.rule import Rule
from lawkpi.scoring import RuleScores


class Reasons:
    """Says what is missing, and where."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def unreported(self, item: Item, place: int) -> str:
        """Which ledger was not reported, and whether a reminder is on record; empty if none."""
        scene = self.scene
        missing = scene.submissions.unreported(item, scene.codes[place])
        return f"{self.not_received(missing[0])}，{reminded(missing[0])}" if missing else ""

    def not_received(self, missing: Unreported) -> str:
        """Until when a ledger was waited for."""
        day = self.scene.inputs.settings.as_of
        until = f"截至{day.year}年{day.month}月{day.day}日"
        return f"{until}未收到《{missing.ledger.schema.title}》，也未收到零报告"

    def pending(self, rule: RuleScores, place: int) -> str:
        """Why a rule is 待核: its records, its entries, or what it is compared with."""
        if not rule.pending[place]:
            return "本规则的数据已核定，同一指标的其他规则待核"
        part = next((one for one in rule.parts if one.pending[place]), rule)
        when = f"{part.name}：" if part is not rule else ""
        return f"{when}{self._open(part, place)}"

    def _open(self, rule: RuleScores, place: int) -> str:
        said = self.records(rule.rule, rule.measured, place)
        if said and rule.measured.pending[place]:
            return said
        worth, compared = rule.tally.worth, rule.tally.compared
        if worth is not None and place in worth.open_rows:
            listed = self.scene.speaker.listed(rule.measured.ledger, worth.open_rows[place])
            return f"{listed}没有核定分值，或分值超出规定幅度，待核"
        if compared is not None and compared.pending[place]:
            whom = rule.rule.shape.shape.compares if rule.rule.shape else None
            if whom == "group":
                return "本组有单位的数据待核，名次或平均值不能确定，待核"
            return "比较基准尚未登记，待核"
        return not_entered(rule.rule)

    def records(self, rule: Rule, measured: Measured, place: int) -> str:
        """The records that cannot be relied on; empty if there are none."""
        undecided = measured.undecided_rows(place, self.scene.codes)
        if not undecided:
            return ""
        listed = self.scene.speaker.listed(measured.ledger, undecided)
        if isinstance(rule.measure.measure, EnteredMeasure | JudgedMeasure):
            return f"{listed}的内容不完整、重复或超出规定幅度，待核"
        return f"{listed}的有关内容尚不能确定，待核"


def not_entered(rule: Rule) -> str:
    """What nobody has written down yet."""
    measure = rule.measure.measure
    if isinstance(measure, JudgedMeasure):
        return f"评分单位尚未评定（应有{measure.persons}人评分），待核"
    if isinstance(measure, EnteredMeasure):
        return "尚无核定数据，待核"
    if rule.measure.completion:
        return "任务数尚未登记，待核"
    return "没有据以计分的记录，待核"


def reminded(missing: Unreported) -> str:
    """When and how a reminder went out; that none did, and what follows, otherwise."""
    day = missing.reminded_on
    if pd.isna(day):
        return "尚无催报记录，待核"
    manner = f"以{missing.reminder}" if missing.reminder else ""
    return f"已于{day.year}年{day.month}月{day.day}日{manner}催报"
