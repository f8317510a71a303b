"""The rubric (考核细则): sections, items, rules, as frozen models."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from lawkpi.params import Day, Points, Reference, Strict
from lawkpi.rubric.effects import EffectBox
from lawkpi.rubric.measures import MeasureBox
from lawkpi.rubric.predicate import AllOf, AnyOf, Compared, Related, compared_parts
from lawkpi.rubric.shapes import ShapeBox

SectionKind = Literal["base", "bonus", "malus", "veto"]
_EFFECT_OF = {"base": "deduct", "bonus": "bonus", "malus": "malus", "veto": "veto"}


class Rule(Strict):
    """One scoring standard: measure x shape x effect.

    `fact` is an optional template over the ledger's columns that states one record's facts; without it
    the columns that the rule looks at are listed with their contents. A veto has no shape.
    """

    id: str
    measure: MeasureBox
    shape: ShapeBox | None = None
    effect: EffectBox
    fact: str | None = None

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if (self.shape is None) != (self.effect.kind == "veto"):
            raise ValueError("除 veto 以外，每条规则都应写明 shape；veto 不写 shape")
        if self.shape and self.measure.kind not in self.shape.shape.kinds:
            kinds = "、".join(self.shape.shape.kinds)
            raise ValueError(
                f"计分方式 {self.shape.name} 只适用于 {kinds}，不适用于 {self.measure.name}"
            )
        return self

    @property
    def counting_rule(self) -> dict[str, str]:
        """The counting rule that its measure was made by, in words; a part of the year is said."""
        measure = self.measure.measure
        named = getattr(measure, "named", None)
        said = dict(named.counting_rule) if named else {}
        window = getattr(measure, "window", None)
        return said | ({"统计期间": window.text} if window else {})

    @property
    def columns(self) -> list[str]:
        """The ledger's columns that its conditions look at, each once."""
        measure = self.measure.measure
        sides = [getattr(measure, side, None) for side in ("due", "done", "where")]
        trees = [side for side in sides if isinstance(side, Compared | AllOf | AnyOf | Related)]
        return list(dict.fromkeys(part.column for tree in trees for part in compared_parts(tree)))

    @property
    def rate_title(self) -> str:
        """The name of the named rate it scores by; empty for others."""
        named = getattr(self.measure.measure, "named", None)
        return named.title if named else ""


class NotReported(Strict):
    """What 未报送 costs, after a recorded reminder: `deduct` points of the item."""

    deduct: Points


class AppliesTo(Strict):
    """Which departments an item is for; everyone where nothing is said."""

    groups: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()

    def includes(self, code: str, group: str) -> bool:
        """Whether a department is scored on the item."""
        named = code in self.departments or group in self.groups
        return named or not (self.groups or self.departments)


class Item(Strict):
    """One line of the rubric (二级指标), with the clause's own words."""

    id: str
    title: str
    full_points: Points | None = None
    clause: str
    scored_by: str
    applies_to: AppliesTo = AppliesTo()
    counting_rule: dict[str, str] = Field(default_factory=dict)
    basis: tuple[Reference, ...]
    not_reported: NotReported | None = None
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _rules_named(self) -> Item:
        ids = [rule.id for rule in self.rules]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError(f"第{self.id}项应至少有一条规则，规则编号不重复")
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
    """A part of the rubric (一级指标). Bonus, malus and veto sections stand outside the base."""

    id: str
    title: str
    kind: SectionKind = "base"
    full_points: Points | None = None
    cap: Points | None = None
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _fits(self) -> Section:
        wrong = [
            item.id
            for item in self.items
            for rule in item.rules
            if rule.effect.kind != _EFFECT_OF[self.kind]
        ]
        if wrong:
            raise ValueError(f"第{'、'.join(wrong)}项的 effect 与所在部分（{self.kind}）不符")
        if self.kind == "base" and (
            self.full_points is None or not all(item.full_points for item in self.items)
        ):
            raise ValueError(f"第{self.id}部分及其各项均应写明 full_points，各项大于0")
        return self


class Rounding(Strict):
    """Where and how points are rounded: once per finished item."""

    at: Literal["item"]
    places: int = Field(ge=0, le=4)
    mode: Literal["half_up", "truncate"]


class Ranking(Strict):
    """Ranks within the group: on printed totals (exact where items are rounded), ties as declared."""

    on: Literal["printed", "exact"]
    ties: Literal["competition", "dense"]


class NotApplicable(Strict):
    """Where the points of an item that does not apply go.

    `redistribute_section` spreads them over the section's other items; `empty_section` says what
    happens when a whole section does not apply.
    """

    default: Literal["redistribute_section", "leave_base", "full", "none"]
    empty_section: Literal["redistribute_rubric", "leave_base"] = "leave_base"


class Band(Strict):
    """A grade and the lowest total it takes (the line itself included)."""

    grade: str
    at_least: Points


class Rubric(Strict):
    """A whole rubric, as issued."""

    id: str
    title: str
    document_number: str
    issued_on: Day
    full_points: Points
    rounding: Rounding
    rank: Ranking
    not_applicable: NotApplicable
    grades: tuple[Band, ...]
    sections: tuple[Section, ...]

    @property
    def lines(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in printing order."""
        return ((section, item) for section in self.sections for item in section.items)

    @property
    def base_sections(self) -> tuple[Section, ...]:
        """The sections that make up the full points."""
        return tuple(section for section in self.sections if section.kind == "base")

    @property
    def unit(self) -> Fraction:
        """The smallest step of points."""
        return Fraction(1, 10**self.rounding.places)

    def item(self, item_id: str) -> Item | None:
        """An item by its number."""
        return next((item for _, item in self.lines if item.id == item_id), None)

    @property
    def ledgers(self) -> list[str]:
        """The ledgers that rules read directly, each once, in order."""
        names = (rule.measure.ledger for _, item in self.lines for rule in item.rules)
        return list(dict.fromkeys(names))
