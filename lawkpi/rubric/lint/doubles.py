"""Doubles: one event that two rules count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lawkpi.rubric.lint.faults import Around, Fault, PlacedRule, placed_rules, warning
from lawkpi.rubric.measures import CountMeasure
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import AllOf, Compared, Predicate
from lawkpi.rubric.shapes import Each


def double_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:  # noqa: ARG001 - one signature
    """Pairs of rules of which one counts every record that the other counts."""
    counting = [one for one in placed_rules(rubric) if _counts_events(one)]
    for first, second in combinations(counting, 2):
        if _is_pair(first, second):
            yield warning(
                "RUBRIC_EVENT_COUNTED_TWICE",
                second.at("measure"),
                f"{second.name}与{first.name}计入同一台账的同一批记录，一事两计",
                "条件互不包含，或写明 same_matter 同一合并名称（pool）",
            )


def _counts_events(placed: PlacedRule) -> bool:
    """Whether each record moves points; a gate that asks for records counts no event."""
    shape = placed.rule.shape.shape if placed.rule.shape else None
    counts = isinstance(placed.rule.measure.measure, CountMeasure)
    return counts and shape is not None and (isinstance(shape, Each) or shape.caused_by_done)


def _is_pair(first: PlacedRule, second: PlacedRule) -> bool:
    a, b = first.rule.measure.measure, second.rule.measure.measure
    if not isinstance(a, CountMeasure) or not isinstance(b, CountMeasure):
        return False
    same = (a.ledger, a.charged_by, a.period_by, a.window) == (
        b.ledger,
        b.charged_by,
        b.period_by,
        b.window,
    )
    if not same or _is_pooled(first, second) or _is_apart(first, second):
        return False
    return implies(a.where, b.where) or implies(b.where, a.where)


def _is_pooled(first: PlacedRule, second: PlacedRule) -> bool:
    pools = []
    for one in (first, second):
        amounting = one.rule.effect.amounting
        same = amounting.same_matter if amounting else None
        pools.append(same.pool if same else None)
    return pools[0] is not None and pools[0] == pools[1]


def _is_apart(first: PlacedRule, second: PlacedRule) -> bool:
    """Whether they are never both for one department, or one of them only limits the grade."""
    if "veto" in (first.rule.effect.kind, second.rule.effect.kind):
        return True
    for one, two in (
        (first.rule.applies_to, second.rule.applies_to),
        (first.item.applies_to, second.item.applies_to),
    ):
        if one.groups and two.groups and not set(one.groups) & set(two.groups):
            return True
    return False


def implies(narrow: Predicate, wide: Predicate) -> bool:
    """Whether every record that satisfies the one is seen to satisfy the other."""
    if narrow == wide:
        return True
    if isinstance(wide, AllOf):
        return bool(wide.parts) and all(implies(narrow, part) for part in wide.parts)
    if isinstance(narrow, AllOf):
        return any(implies(part, wide) for part in narrow.parts)
    if isinstance(narrow, Compared) and isinstance(wide, Compared):
        return _compared(narrow, wide)
    return False


def _compared(narrow: Compared, wide: Compared) -> bool:
    words = ("is", "in")
    if narrow.column != wide.column or narrow.word not in words or wide.word not in words:
        return False
    return _operands(narrow) <= _operands(wide)


def _operands(one: Compared) -> set[str]:
    return set(one.operand) if isinstance(one.operand, tuple) else {str(one.operand)}
