"""Operands: conditions whose word or operand does not fit the type of their column, and sums of what is no number."""

from __future__ import annotations

from collections.abc import Iterator

from lawkpi.ledger.schema import Schema
from lawkpi.rubric.lint.faults import Around, Fault, Place, PlacedRule, error, placed_rules
from lawkpi.rubric.measures import Chosen, Counted, JudgedMeasure, RateMeasure
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.operands import NUMBERS, misfit
from lawkpi.rubric.predicate import Predicate, compared_parts, related_parts


def operand_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Every condition of a rule against the types of its ledger's columns."""
    for placed in placed_rules(rubric):
        for keys, ledger, tree in _conditions(placed):
            if ledger in around.schemas:
                yield from _Conditions(placed, placed.at(*keys), around).of(
                    tree, around.schemas[ledger]
                )


def _conditions(placed: PlacedRule) -> Iterator[tuple[Place, str, Predicate]]:
    """The conditions of a rule, each with its place and its ledger."""
    measure = placed.rule.measure.measure
    keys: Place = ("measure",)
    counted = measure.only_when if isinstance(measure, JudgedMeasure) else measure
    if not isinstance(counted, Counted):
        return
    sides = [counted.where] if isinstance(counted, Chosen) else []
    if isinstance(counted, RateMeasure):
        sides = [counted.due, counted.done]
    for side in sides:
        yield keys, counted.ledger, side
    amounting = placed.rule.effect.amounting
    for one in amounting.multipliers if amounting else ():
        yield ("effect",), counted.ledger, one.when


class _Conditions:
    """The conditions of one rule at one place."""

    def __init__(self, placed: PlacedRule, place: Place, around: Around) -> None:
        self.placed, self.place, self.around = placed, place, around

    def of(self, tree: Predicate, schema: Schema) -> Iterator[Fault]:
        """What does not fit in a condition and in the related ones inside it."""
        for part in compared_parts(tree):
            wanted = misfit(part, schema.all_types)
            if wanted:
                yield self._wrong(
                    f"列 {part.column} 的条件 {part.word} 不能与 {part.operand!r} 比较", wanted
                )
        for related in related_parts(tree):
            other = self.around.schemas.get(related.ledger)
            if other is None:
                continue
            if related.sum and other.all_types.get(related.sum, "number") not in NUMBERS:
                yield self._wrong(
                    f"《{other.title}》的列 {related.sum} 不是数字，不能合计", "数字列"
                )
            yield from self.of(related.where, other)

    def _wrong(self, what: str, expected: str) -> Fault:
        return error("RUBRIC_OPERAND_WRONG", self.place, f"{self.placed.name}：{what}", expected)
