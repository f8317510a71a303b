"""The rubric (考核细则): sections and items, as frozen models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from lawkpi.ledger.departments import Department
from lawkpi.params import Day, Percent, Points, Reference, Strict
from lawkpi.rubric.conventions import (
    Band,
    Floor,
    Floors,
    GroupTerms,
    NotApplicable,
    OwnTreatment,
    Ranking,
    Rounding,
)
from lawkpi.rubric.rule import AppliesTo, Rule

_OFFICES = re.compile(r"[、，,；;]")
SectionKind = Literal["base", "bonus", "malus", "veto"]
_EFFECTS_OF = {
    "base": ("deduct", "award"),
    "bonus": ("bonus",),
    "malus": ("malus",),
    "veto": ("veto",),
}


class NotReported(Strict):
    """What 未报送 costs, after a recorded reminder: `deduct` points of the item."""

    deduct: Points = Field(title="扣分")


class SharedCap(Strict):
    """Several rules of an item that together take, or give, at most so many points."""

    rules: tuple[str, ...] = Field(min_length=2, title="规则")
    cap: Points = Field(title="合计上限")


class Item(Strict):
    """One line of the rubric (二级指标), with the clause's own words.

    `full_points_for` gives a group full points of its own (0: not for this group, and nothing is
    redistributed). `starts_at`: points before any rule; full points, or nothing where rules award.
    `floor` is the least the item can come to; `caps` bind several of its rules; `cap` is the most that
    an item outside the base can come to. `scored_by` may name several offices, joined by 、; `recusal`
    is who scores instead where an office is the scored unit itself.
    """

    id: str = Field(title="编号")
    title: str = Field(title="二级指标")
    full_points: Points | None = Field(default=None, title="分值")
    full_points_for: dict[str, Points] = Field(default_factory=dict, title="分组分值")
    starts_at: Points | None = Field(default=None, title="起评分")
    floor: Floor | None = Field(default=None, title="单项最低")
    caps: tuple[SharedCap, ...] = Field(default=(), title="共用上限")
    cap: Points | None = Field(default=None, title="本项上限")
    clause: str = Field(title="评分标准（原文）")
    scored_by: str = Field(title="评分单位")
    recusal: str | None = Field(default=None, title="回避时评分单位")
    applies_to: AppliesTo = Field(default=AppliesTo(), title="适用对象")
    not_applicable: OwnTreatment | None = Field(default=None, title="不适用时")
    counting_rule: dict[str, str] = Field(default_factory=dict, title="口径")
    basis: tuple[Reference, ...] = Field(title="依据")
    not_reported: NotReported | None = Field(default=None, title="未报送")
    rules: tuple[Rule, ...] = Field(title="计分规则")

    @model_validator(mode="after")
    def _rules_named(self) -> Item:
        ids = [rule.id for rule in self.rules]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError(f"第{self.id}项应至少有一条规则，规则编号不重复")
        return self

    @model_validator(mode="after")
    def _caps_known(self) -> Item:
        known = {rule.id for rule in self.rules}
        wrong = [name for cap in self.caps for name in cap.rules if name not in known]
        if wrong:
            raise ValueError(f"第{self.id}项的共用上限引用了没有的规则 {'、'.join(wrong)}")
        return self

    @model_validator(mode="after")
    def _counting_rule_said_once(self) -> Item:
        twice = [
            title
            for rule in self.rules
            for title in rule.counting_rule
            if title in self.counting_rule
        ]
        if twice:
            raise ValueError(f"第{self.id}项的口径“{twice[0]}”由所选比率的口径给出，不另写")
        return self

    @property
    def offices(self) -> list[str]:
        """The offices that score it."""
        return [one.strip() for one in _OFFICES.split(self.scored_by) if one.strip()]

    @property
    def quoted(self) -> str:
        """The clause as it stands inside quotation marks of a sentence."""
        return self.clause.strip().removesuffix("。")

    def full_for(self, group: str) -> Fraction:
        """The full points of a group's departments."""
        return self.full_points_for.get(group, self.full_points or Fraction(0))

    def start_for(self, code: str, group: str) -> Fraction:
        """Points before any rule; a group with other full points starts in proportion."""
        full = self.full_for(group)
        if self.starts_at is None:
            own = [rule for rule in self.rules if rule.applies_to.includes(code, group)]
            return Fraction(0) if any(rule.effect.kind == "award" for rule in own) else full
        declared = self.full_points or full
        return self.starts_at * full / declared if declared else Fraction(0)

    def reach_for(self, code: str, group: str) -> Fraction:
        """What awards of a department could give at most: from its start to its full points."""
        return max(self.full_for(group) - self.start_for(code, group), Fraction(0))

    @property
    def counting_rules(self) -> dict[str, str]:
        """Every counting rule in words: the item's own, and those chosen for its named rates."""
        said = dict(self.counting_rule)
        titles = {rule.rate_title for rule in self.rules if rule.rate_title}
        for rule in self.rules:
            rate = f"{rule.rate_title}·" if len(titles) > 1 and rule.rate_title else ""
            for title, text in rule.counting_rule.items():
                is_other = said.get(rate + title, text) != text
                said[f"{rate}{title}（规则{rule.id}）" if is_other else rate + title] = text
        return said

    @property
    def counting_text(self) -> str:
        """The counting rules in one text; empty where there are none."""
        return "；".join(f"{title}：{text}" for title, text in self.counting_rules.items())

    @property
    def basis_text(self) -> str:
        """The item's references in one text."""
        return "；".join(reference.text for reference in self.basis)


class Section(Strict):
    """A part of the rubric (一级指标). Bonus, malus and veto sections stand outside the base.

    `weight`: the section is scored on its own full points and folded into the total by this share.
    """

    id: str = Field(title="编号")
    title: str = Field(title="一级指标")
    kind: SectionKind = Field(default="base", title="性质")
    full_points: Points | None = Field(default=None, title="分值")
    weight: Percent | None = Field(default=None, title="折算权重")
    cap: Points | None = Field(default=None, title="本部分上限")
    items: tuple[Item, ...] = Field(title="二级指标")

    @model_validator(mode="after")
    def _fits(self) -> Section:
        fitting = _EFFECTS_OF[self.kind]
        wrong = [
            f"第{item.id}项规则{rule.id}"
            for item in self.items
            for rule in item.rules
            if rule.effect.kind not in fitting
        ]
        if wrong:
            raise ValueError(
                f"{'、'.join(wrong)}的 effect 与所在部分（{self.kind}）不符，应为 {'、'.join(fitting)}"
            )
        if self.kind == "base" and (
            self.full_points is None or not all(item.full_points for item in self.items)
        ):
            raise ValueError(f"第{self.id}部分及其各项均应写明 full_points，各项大于0")
        return self


class Source(Strict):
    """Where a published rubric was taken from, and how much of it."""

    publisher: str = Field(title="制定机关")
    address: str = Field(default="", title="网址")
    extent: str = Field(title="收录范围")


class Rubric(Strict):
    """A whole rubric, as issued.

    Without base sections the rubric counts down from its full points (倒扣分). `groups` names what
    classes of departments have of their own. `recusal` is who scores where an office is the scored unit
    itself and the item names nobody.
    """

    id: str = Field(title="编号")
    title: str = Field(title="名称")
    document_number: str = Field(title="文号")
    issued_on: Day | None = Field(default=None, title="印发日期")
    source: Source | None = Field(default=None, title="来源")
    full_points: Points = Field(title="满分")
    rounding: Rounding = Field(title="舍入")
    floors: Floors = Field(title="最低分")
    rank: Ranking = Field(title="排名")
    not_applicable: NotApplicable = Field(title="不适用")
    recusal: str | None = Field(default=None, title="回避时评分单位")
    groups: dict[str, GroupTerms] = Field(default_factory=dict, title="分组特别规定")
    grades: tuple[Band, ...] = Field(title="等次")
    sections: tuple[Section, ...] = Field(title="一级指标")

    @property
    def lines(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in printing order."""
        return ((section, item) for section in self.sections for item in section.items)

    @property
    def base_sections(self) -> tuple[Section, ...]:
        """The sections that make up the full points."""
        return tuple(section for section in self.sections if section.kind == "base")

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The grades with their lines in points."""
        return tuple(band.in_points(self.full_points) for band in self.grades)

    @property
    def unit(self) -> Fraction:
        """The smallest step that an item is kept in."""
        return Fraction(1, 10**self.rounding.item_places)

    def item(self, item_id: str) -> Item | None:
        """An item by its number."""
        return next((item for _, item in self.lines if item.id == item_id), None)

    @property
    def ledgers(self) -> list[str]:
        """The ledgers that rules read directly, each once, in order."""
        names = (rule.measure.ledger for _, item in self.lines for rule in item.rules)
        return [name for name in dict.fromkeys(names) if name]

    def offices_for(self, item: Item, unit: Department) -> list[str]:
        """Who scores an item of a department: nobody their own unit, where anyone else is named."""
        others = [office for office in item.offices if not unit.is_called(office)]
        instead = item.recusal or self.recusal
        return others or ([instead] if instead else item.offices)

    def weight_of(self, section: Section) -> Fraction:
        """The share by which a section enters the total."""
        return Fraction(1) if section.weight is None else section.weight

    def times_for(self, group: str) -> Fraction:
        """How many times a group's deductions count."""
        terms = self.groups.get(group)
        return terms.deductions_times if terms else Fraction(1)

    def floor_of(self, item: Item) -> Fraction | None:
        """The least that an item can come to; None without one."""
        floor = self.floors.item if item.floor is None else item.floor
        return floor if isinstance(floor, Fraction) else None
