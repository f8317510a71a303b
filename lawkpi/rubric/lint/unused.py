"""Unused: ledgers that departments are asked for and nobody scores by."""

from __future__ import annotations

from collections.abc import Iterator

from lawkpi.errors import Severity
from lawkpi.rubric.lint.faults import Around, Fault, placed_rules
from lawkpi.rubric.measures import JudgedMeasure
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import Predicate, related_parts

OF_THE_OFFICE = (
    "submissions",
    "self_assessments",
    "exemptions",
    "baselines",
    "adjustments",
    "amendments",
)
"""Ledgers that every assessment may have, whatever its rules."""


def unused_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Ledgers of the assessment that no rule, no condition and no other ledger looks at."""
    if around.settings is None:
        return
    used = set(rubric.ledgers) | set(OF_THE_OFFICE)
    for placed in placed_rules(rubric):
        measure = placed.rule.measure.measure
        if isinstance(measure, JudgedMeasure) and measure.only_when:
            used.add(measure.only_when.ledger)
        used |= _related(placed.rule.predicates)
    for schema in around.schemas.values():
        used |= {agreement.ledger for agreement in schema.agrees}
        used |= {schema.id} if schema.agrees else set()
    for name in around.settings.ledgers:
        if name not in used:
            yield Fault(
                "RUBRIC_LEDGER_UNUSED",
                Severity.WARNING,
                (),
                f"台账 {name}（《{around.schemas[name].title}》）没有一条规则使用",
                "从 assessment.yaml 删去，或在细则中使用",
                file="assessment.yaml",
            )


def _related(predicates: list[Predicate]) -> set[str]:
    found: set[str] = set()
    for tree in predicates:
        for related in related_parts(tree):
            found.add(related.ledger)
            found |= _related([related.where])
    return found
