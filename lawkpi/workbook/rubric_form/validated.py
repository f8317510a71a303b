"""The rubric that a form says, or every fault with its cell; what the models refuse goes back to cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.cell import Address, Path, Wrong
from lawkpi.workbook.rubric_form.draft import Draft, Log, missing
from lawkpi.workbook.rubric_form.fields import Box, Leaf, Many, Part, Side
from lawkpi.workbook.rubric_form.kinds import Choice
from lawkpi.workbook.rubric_form.plan import CONDITIONS, LISTS, SETTINGS, Plan

_SAID = {
    "greater_than": "数字过小",
    "greater_than_equal": "数字过小",
    "less_than": "数字过大",
    "less_than_equal": "数字过大",
    "too_short": "数目过少",
}
_IDENTIFIER = re.compile(r"(?<![\w{])[a-z][a-z_]*(?![\w}])")
_SPACED = re.compile(r" *(“[^”]*”) *")
_MISSING = ("missing", "too_short")


@dataclass(frozen=True)
class Validation:
    """Holds a draft against the models."""

    plan: Plan
    around: Around
    log: Log
    draft: Draft

    def rubric(self) -> Rubric | None:
        """The rubric; None where something is wrong, which the log then says."""
        try:
            found = Rubric.model_validate(self.draft.plain, context={RATES: self.around.rates})
        except ValidationError as error:
            self._note(error)
            return None
        return None if self.log.findings else found

    def _note(self, error: ValidationError) -> None:
        """Every fault that is not the consequence of a cell already found."""
        known = {(one.sheet, one.cell) for one in self.log.findings}
        for fault in error.errors():
            place: Path = fault["loc"]
            address = self.address(place)
            if self._is_consequence(place) or tuple(address) in known:
                continue
            known.add((address.sheet, address.cell))
            self.log.add(address, self._wrong(fault, place))

    def _is_consequence(self, place: Path) -> bool:
        """Whether it lies below, or says something about, what could not be read."""
        return any(
            failed[: len(place)] == place or place[: len(failed)] == failed
            for failed in self.draft.failed
        )

    def address(self, place: Path) -> Address:
        """The cell of a value: its own, the first inside it, or the nearest around it."""
        places = self.draft.places
        inside = next((one for one in places if one[: len(place)] == place), None)
        around = (place[:size] for size in range(len(place), -1, -1))
        found = place if place in places else inside or next(filter(places.get, around), None)
        return places[found] if found is not None else Address(SETTINGS, "")

    def _wrong(self, fault: Any, place: Path) -> Wrong:
        parts, inner = self._parts(place)
        every = (*self.plan.settings, *self.plan.sections.parts, *self.plan.items.parts)
        titles = dict(_titles((*every, *self.plan.rules.parts), ()))
        titles |= dict(_titles(parts, inner))
        kind, message = str(fault["type"]), str(fault["msg"]).removeprefix("Value error, ")
        if kind in _MISSING:
            title = titles.get(str(place[-1]), str(place[-1]))
            part = next((one for one in parts if one.path == inner), None)
            return missing(title, _wanted(part))
        said = _IDENTIFIER.sub(lambda one: _quoted(titles.get(one[0]), one[0]), message)
        said = _SPACED.sub(r"\1", said)
        return Wrong("RUBRIC_FORM_INVALID", _SAID.get(kind, said), "")

    def _parts(self, place: Path) -> tuple[tuple[Part, ...], Path]:
        """The parts of the record that a place lies in, and the way from the record to it."""
        plan = self.plan
        for records in (plan.rules, plan.items, plan.sections):
            name = records.path[-1]
            if name in place[:-1]:
                return records.parts, place[place.index(name) + 2 :]
        for other in plan.others:
            if place[: len(other.path)] == other.path:
                return other.parts, place[len(other.path) + 1 :]
        return plan.settings, place


def _wanted(part: Part | None) -> str:
    """What is expected where something has to be filled."""
    if isinstance(part, Leaf):
        return part.kind.wanted
    if isinstance(part, Many):
        return f"在《{LISTS}》中逐行填写"
    return f"在《{CONDITIONS}》中逐行填写" if isinstance(part, Side) else ""


def _quoted(title: str | None, word: str) -> str:
    return f"“{title}”" if title else word


def _titles(parts: tuple[Part, ...], inner: Path) -> Iterator[tuple[str, str]]:
    """Names that a message may hold, with their titles; those nearest to the place come last."""
    near = sorted(parts, key=lambda one: one.path[: len(inner)] == inner)
    for part in near:
        title = part.title.rpartition("·")[2]
        yield part.path[-1] if part.path else "", title
        if isinstance(part, Box):
            yield from part.alternatives.pairs.items()
        if isinstance(part, Leaf) and isinstance(part.kind, Choice):
            yield from part.kind.words.pairs.items()
