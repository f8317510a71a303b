"""References: ledgers, columns, words, groups, departments and items that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

from lawkpi.ledger.schema import Schema
from lawkpi.rubric.lint.faults import (
    Around,
    Fault,
    Place,
    PlacedRule,
    error,
    placed_items,
    placed_rules,
)
from lawkpi.rubric.measures import (
    Chosen,
    Counted,
    ItemPointsMeasure,
    JudgedMeasure,
    RateMeasure,
    StateMeasure,
)
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import COLUMN_WORDS, Predicate, compared_parts, related_parts
from lawkpi.rubric.rule import AppliesTo
from lawkpi.rubric.shapes import Each, States, Versus


def reference_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Everything that a rubric names and that is not there."""
    yield from _targets(rubric, around)
    yield from _items(rubric)
    for placed in placed_rules(rubric):
        yield from _Rule(placed, around).faults()


def _targets(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Groups and departments that an item or a rule names must exist."""
    register = around.register
    if register is None:
        return
    named: list[tuple[Place, str, Sequence[str], Sequence[str]]] = [
        (("groups",), "分组特别规定", list(rubric.groups), [])
    ]
    for place, _, item in placed_items(rubric):
        one = item.applies_to
        named.append(
            ((*place, "applies_to"), f"第{item.id}项的适用对象", one.groups, one.departments)
        )
        own = list(item.full_points_for)
        named.append(((*place, "full_points_for"), f"第{item.id}项的分组分值", own, []))
    for placed in placed_rules(rubric):
        two: AppliesTo = placed.rule.applies_to
        where = placed.at("applies_to")
        named.append((where, f"{placed.name}的适用对象", two.groups, two.departments))
    for where, what, groups, codes in named:
        wrong = [name for name in groups if name not in register.groups]
        wrong += [code for code in codes if code not in register.by_code]
        if wrong:
            yield error(
                "RUBRIC_TARGET_UNKNOWN",
                where,
                f"{what} {'、'.join(wrong)} 不存在",
                "departments.yaml 中的组别或单位代码",
            )


def _items(rubric: Rubric) -> Iterator[Fault]:
    """Items and sections that others point to."""
    items = {item.id for section in rubric.base_sections for item in section.items}
    sections = {section.id for section in rubric.base_sections}
    named: list[tuple[Place, str, str, set[str]]] = [
        (("rank", "tie_breakers"), "总分相同时先比的", name, items | sections)
        for name in rubric.rank.tie_breakers
    ]
    for place, _, item in placed_items(rubric):
        if item.not_applicable and item.not_applicable.to:
            where = (*place, "not_applicable")
            named.append((where, f"第{item.id}项不适用时并入的", item.not_applicable.to, items))
    for placed in placed_rules(rubric):
        measure = placed.rule.measure.measure
        if isinstance(measure, ItemPointsMeasure):
            known = items if measure.item else sections
            named.append(
                (placed.at("measure"), placed.name, measure.item or measure.section or "", known)
            )
    for where, what, name, known in named:
        if name not in known:
            yield error(
                "RUBRIC_ITEM_UNKNOWN",
                where,
                f"{what}指标或部分 {name} 不存在",
                "、".join(sorted(known)),
            )


class _Rule:
    """One rule's names, looked up in the ledgers that there are."""

    def __init__(self, placed: PlacedRule, around: Around) -> None:
        self.placed, self.schemas = placed, around.schemas
        self.measure = placed.rule.measure.measure

    def faults(self) -> Iterator[Fault]:
        """What the rule names in vain."""
        yield from self._ledgers()
        measure = self.measure
        if isinstance(measure, JudgedMeasure) and measure.only_when:
            yield from self._counted(measure.only_when, ("measure", "judged", "only_when"))
        if not isinstance(measure, Counted) or measure.ledger not in self.schemas:
            return
        yield from self._counted(measure, ("measure",))
        yield from self._priced(self.schemas[measure.ledger])

    def _ledgers(self) -> Iterator[Fault]:
        rule = self.placed.rule
        wanted = [(rule.measure.ledger, "台账")] if rule.measure.ledger else []
        shape = rule.shape.shape if rule.shape else None
        if isinstance(shape, Versus) and shape.compares == "baseline":
            wanted.append(("baselines", "比较基准台账"))
        if rule.measure.completion:
            wanted.append(("baselines", "指标值台账"))
        if rule.exempt:
            wanted.append(("exemptions", "免予计分台账"))
        for name, what in wanted:
            if name not in self.schemas:
                yield self._unknown_ledger(name, what)

    def _unknown_ledger(self, name: str, what: str) -> Fault:
        return error(
            "RUBRIC_LEDGER_UNKNOWN",
            self.placed.at("measure"),
            f"{self.placed.name}的{what} {name} 不在本考核之内",
            "、".join(self.schemas),
        )

    def _counted(self, measure: Counted, keys: Place) -> Iterator[Fault]:
        where = self.placed.at(*keys)
        if measure.ledger not in self.schemas:
            yield self._unknown_ledger(measure.ledger, "台账")
            return
        schema = self.schemas[measure.ledger]
        named = [*(measure.charged_by or ()), (measure.period_by or "").replace("none", "")]
        named += [getattr(measure, "column", None) or ""]
        if measure is self.measure:
            fact = self.placed.rule.fact or ""
            named += [name or "" for _, name, _, _ in Formatter().parse(fact)]
        yield from self._columns(where, schema, named)
        sides: list[Predicate] = []
        if isinstance(measure, RateMeasure):
            sides = [measure.due, measure.done]
        elif isinstance(measure, Chosen):
            sides = [measure.where]
        for side in sides:
            yield from self._predicate(where, side, schema)

    def _priced(self, schema: Schema) -> Iterator[Fault]:
        """Columns and words that shape and effect name."""
        rule = self.placed.rule
        shape, amounting = (rule.shape.shape if rule.shape else None), rule.effect.amounting
        where = self.placed.at("shape")
        if isinstance(shape, Each) and shape.by is not None:
            yield from self._columns(where, schema, [shape.by.column])
            yield from self._words(where, schema, shape.by.column, list(shape.by.points or ()))
        if isinstance(shape, States) and isinstance(self.measure, StateMeasure):
            words = [word for word in shape.amounts if word != self.measure.missing]
            yield from self._words(where, schema, self.measure.column, words)
        if amounting is None:
            return
        where = self.placed.at("effect")
        if amounting.same_matter:
            yield from self._columns(where, schema, [amounting.same_matter.by])
        for one in amounting.multipliers:
            yield from self._predicate(where, one.when, schema)
        reasons = self.schemas.get("exemptions")
        if reasons is not None:
            yield from self._words(self.placed.at("exempt"), reasons, "reason", list(rule.exempt))

    def _predicate(self, where: Place, predicate: Predicate, schema: Schema) -> Iterator[Fault]:
        for part in compared_parts(predicate):
            beside = [str(part.operand)] if part.word in COLUMN_WORDS else []
            yield from self._columns(where, schema, [part.column, *beside])
            words = part.operand if isinstance(part.operand, tuple) else (part.operand,)
            if part.word in ("is", "not", "in", "not_in"):
                yield from self._words(where, schema, part.column, [str(word) for word in words])
        for related in related_parts(predicate):
            if related.ledger not in self.schemas:
                yield self._unknown_ledger(related.ledger, "关联台账")
                continue
            other = self.schemas[related.ledger]
            yield from self._columns(where, schema, [related.by])
            yield from self._columns(where, other, [related.to, related.sum or ""])
            yield from self._predicate(where, related.where, other)

    def _columns(self, where: Place, schema: Schema, names: Sequence[str]) -> Iterator[Fault]:
        for name in names:
            if name and name not in schema.all_types:
                yield error(
                    "RUBRIC_COLUMN_UNKNOWN",
                    where,
                    f"{self.placed.name}：《{schema.title}》没有列 {name}",
                    "、".join(schema.all_types),
                )

    def _words(
        self, where: Place, schema: Schema, column: str, words: Sequence[str]
    ) -> Iterator[Fault]:
        labels = schema.labels_of(column) if column in schema.all_types else {}
        for word in words:
            if labels and word not in labels:
                yield error(
                    "RUBRIC_VALUE_UNKNOWN",
                    where,
                    f"{self.placed.name}：列 {column} 没有选项 {word}",
                    "、".join(labels),
                )
