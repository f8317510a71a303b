"""Faults: what a check found, and where in the rubric; how checks walk through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lawkpi.errors import Severity
from lawkpi.ledger.departments import Register
from lawkpi.ledger.schema import Schema
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.rubric.rule import Rule

Place = tuple[str | int, ...]
"""The keys that lead to a place in the rubric's YAML."""


@dataclass(frozen=True)
class Fault:
    """One contradiction: `place` leads to it in the rubric's file, unless it stands in another `file`."""

    code: str
    severity: Severity
    place: Place
    what: str
    expected: str
    todo: str = "改正考核细则"
    file: str | None = None


@dataclass(frozen=True)
class Around:
    """What a rubric stands in. A rubric by itself has neither settings nor departments."""

    schemas: Mapping[str, Schema]
    settings: AssessmentSettings | None = None
    register: Register | None = None

    @property
    def rubric_file(self) -> str:
        """The name of the rubric's file."""
        return self.settings.rubric if self.settings else "rubric.yaml"


def error(code: str, place: Place, what: str, expected: str) -> Fault:
    """What has to be mended before anything is scored."""
    return Fault(code, Severity.ERROR, place, what, expected)


def warning(code: str, place: Place, what: str, expected: str) -> Fault:
    """What is probably not meant."""
    return Fault(code, Severity.WARNING, place, what, expected)


def notice(code: str, place: Place, what: str, expected: str) -> Fault:
    """What should be known."""
    return Fault(code, Severity.NOTICE, place, what, expected)


@dataclass(frozen=True)
class PlacedRule:
    """A rule with its section and item, and where it stands."""

    place: Place
    section: Section
    item: Item
    rule: Rule

    @property
    def name(self) -> str:
        """The rule as a reader finds it."""
        return f"第{self.item.id}项规则{self.rule.id}"

    def at(self, *keys: str | int) -> Place:
        """A place inside the rule."""
        return (*self.place, *keys)


def placed_items(rubric: Rubric) -> Iterator[tuple[Place, Section, Item]]:
    """Every item with its place."""
    for number, section in enumerate(rubric.sections):
        for inner, item in enumerate(section.items):
            yield ("sections", number, "items", inner), section, item


def placed_rules(rubric: Rubric) -> Iterator[PlacedRule]:
    """Every rule with its place."""
    for place, section, item in placed_items(rubric):
        for number, rule in enumerate(item.rules):
            yield PlacedRule((*place, "rules", number), section, item, rule)
