"""What the form says of rules for its readers: how points are counted, and from which ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawkpi.ledger.schema import Schema
from lawkpi.measure.words import predicate_text, rule_words
from lawkpi.rubric.measures import Counted, JudgedMeasure, RateMeasure
from lawkpi.rubric.model import Item
from lawkpi.rubric.predicate import related_parts
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import Words

Schemas = Mapping[str, Schema]
BASELINES = "baselines"


def method_text(item: Item, schemas: Schemas) -> str:
    """How an item is scored: a line for each rule."""
    if len(item.rules) == 1:
        return rule_text(item.rules[0], schemas)
    return "\n".join(f"{rule.id}. {rule_text(rule, schemas)}" for rule in item.rules)


def rule_text(rule: Rule, schemas: Schemas) -> str:
    """A rule in one clause, in its ledger's own words."""
    words = rule_words(rule, schemas) if is_known(rule, schemas) else Words()
    return rule.text(rule.reading(words))


def counted_text(rule: Rule, schemas: Schemas) -> str:
    """A rule with what it counts, in words: ledger, conditions, points."""
    counted = _counted(rule, schemas) if is_known(rule, schemas) else ""
    return f"{counted}{rule_text(rule, schemas)}"


def _counted(rule: Rule, schemas: Schemas) -> str:
    measure = rule.measure.measure
    if isinstance(measure, RateMeasure):
        schema = schemas[measure.ledger]
        sides = [predicate_text(one, schema, schemas) for one in (measure.due, measure.done)]
        return f"《{schema.title}》应计：{sides[0]}；已计：{sides[1]}。"
    if isinstance(measure, Counted):
        schema = schemas[measure.ledger]
        where = next((one for one in rule.predicates), None)
        said = predicate_text(where, schema, schemas) if where is not None else "全部记录"
        return f"《{schema.title}》{said}。"
    title = schemas[rule.measure.ledger].title if rule.measure.ledger in schemas else ""
    return f"《{title}》。" if title else ""


def source_text(item: Item, schemas: Schemas) -> str:
    """The ledgers that an item is scored from, each once."""
    names = dict.fromkeys(name for rule in item.rules for name in ledgers_of(rule))
    return "、".join(schemas[name].title if name in schemas else name for name in names)


def ledgers_of(rule: Rule) -> Iterator[str]:
    """The ledgers that a rule looks into, its own first."""
    measure = rule.measure.measure
    if rule.measure.ledger:
        yield rule.measure.ledger
    for predicate in rule.predicates:
        yield from (related.ledger for related in related_parts(predicate))
    if isinstance(measure, JudgedMeasure) and measure.only_when is not None:
        yield measure.only_when.ledger
    compares = rule.shape.shape.compares if rule.shape else None
    if rule.measure.completion is not None or compares == "baseline":
        yield BASELINES


def is_known(rule: Rule, schemas: Schemas) -> bool:
    """Whether every ledger that a rule looks into is declared."""
    return all(name in schemas for name in ledgers_of(rule))
