"""The data of the page: chapters with their prose, and entries with one example each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator
from ruamel.yaml import YAML

from lawkpi.params import Strict

ITEM = "1.1"
"""The item of an example that is one rule."""
Answers = dict[str, dict[str, str]]
"""What is asked (an item, `total`, `rank`, `grade`, `full` of an item) to each department's answer."""


class Given(Strict):
    """The records of an example: rows by ledger, and the departments with their groups.

    A row may say `times: 18` and then stands for so many equal rows.
    """

    departments: dict[str, str] = Field(default_factory=lambda: {"01": "all"})
    ledgers: dict[str, list[dict[str, Any]]] = Field(default_factory=dict)


class Variant(Strict):
    """The same example with something changed, and what it gives then."""

    title: str = ""
    change: dict[str, Any] = Field(default_factory=dict)
    given: Given | None = None
    expect: Any


class Entry(Strict):
    """One name of the language with one example.

    The example is a `rule`, an `item` or a `rubric`; what every example leaves out is filled in by
    `examples.py`. `tables` are the models whose fields stand here, `says` the items whose sentences do.
    """

    name: str
    title: str
    mechanisms: tuple[int, ...] = ()
    about: str
    origin: str = ""
    clause: str = ""
    full_points: str = ""
    tables: tuple[str, ...] = ()
    rule: Any = None
    item: Any = None
    rubric: Any = None
    period: tuple[str, str] = ("2024-01-01", "2024-12-31")
    given: Given = Given()
    expect: Any = None
    says: tuple[str, ...] | None = None
    variants: tuple[Variant, ...] = ()

    @model_validator(mode="after")
    def _one_example(self) -> Entry:
        examples = [one for one in (self.rule, self.item, self.rubric) if one is not None]
        if len(examples) != (self.expect is not None):
            raise ValueError(f"{self.name}: one of rule, item, rubric, and what it gives")
        return self

    @property
    def anchor(self) -> str:
        """Where links point."""
        return self.name.replace(".", "-").replace(" ", "-")

    @property
    def example(self) -> Any:
        """The example as it is written."""
        return next((one for one in (self.rule, self.item, self.rubric) if one is not None), None)

    @property
    def said(self) -> tuple[str, ...]:
        """The items whose sentences are shown."""
        if self.says is not None:
            return self.says
        return (ITEM,) if self.rubric is None else ()

    def answers(self, expect: Any) -> Answers:
        """What is expected, spelled out: one answer is the first department's for the item."""
        asked = expect if self.rubric is not None else {ITEM: expect}
        first = next(iter(self.given.departments))
        return {
            str(what): {str(code): str(one) for code, one in answer.items()}
            if isinstance(answer, Mapping)
            else {first: str(answer)}
            for what, answer in asked.items()
        }


class Chapter(Strict):
    """A part of the page: a heading, prose, entries."""

    title: str
    about: str = ""
    entries: tuple[Entry, ...] = ()


class Mechanism(Strict):
    """One of the scoring mechanisms that published rubrics use, and how it is written."""

    title: str
    written: str


class Condition(Strict):
    """A condition over one ledger, to be shown in words and as a formula."""

    ledger: str
    write: dict[str, Any]


class Book(Strict):
    """Everything that docs/rubric-language.yaml holds.

    `meanings` says what a model's fields mean where its docstring does not.
    """

    head: str
    mechanisms: dict[int, Mechanism]
    conditions: tuple[Condition, ...]
    chapters: dict[str, Chapter]
    meanings: dict[str, dict[str, str]]

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry, in printing order."""
        return (entry for chapter in self.chapters.values() for entry in chapter.entries)


def load_book(path: Path) -> Book:
    """The data of the page; examples keep the layout and the quotes they were written with."""
    loader = YAML(typ="rt")
    loader.preserve_quotes = True
    return Book.model_validate(loader.load(path.read_text(encoding="utf-8")))
