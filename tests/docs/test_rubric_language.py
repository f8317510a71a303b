"""docs/rubric-language.md: every example holds, every name of the language has one, every field is told."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel

from docs.rubric_language import DATA, PAGE, load_book
from docs.rubric_language.book import Entry, Variant
from docs.rubric_language.clauses import clause_files
from docs.rubric_language.examples import Scored, scored
from docs.rubric_language.models import Fields, language_models, own_fields, written
from docs.rubric_language.page import firsts
from docs.rubric_language.text import flow
from lawkpi.params import Strict
from lawkpi.rubric.conventions import NotApplicable, Ranking, Rounding
from lawkpi.rubric.effects import Amounting, EffectBox
from lawkpi.rubric.measures import MeasureBox
from lawkpi.rubric.predicate import WORDS
from lawkpi.rubric.rule import Periods
from lawkpi.rubric.shapes import ByRank, Linear, ShapeBox, Slopes
from tests.house.sources import texts
from tests.support.rubric_cases import RUBRICS, load_rubric

BOOK = load_book(DATA)
TEXT = PAGE.read_text(encoding="utf-8")
ENTRIES = {entry.name: entry for entry in BOOK.entries}
EXAMPLES = [entry for entry in BOOK.entries if entry.example is not None]
BOXES: dict[str, type[BaseModel]] = {"measure": MeasureBox, "shape": ShapeBox, "effect": EffectBox}
MODULES = ("model", "rule", "effects", "conventions", "measures", "shapes")
OUTSIDE = ["../sha" + "red", "sha" + "red/reference"]
"""Where the published rubrics were read; nothing here may need it."""
TRIED = [
    (Linear, "steps", "shape.linear"),
    (Slopes, "counted", "shape.slopes"),
    (ByRank, "ties", "shape.by_rank"),
    (Amounting, "combine", "rule.multipliers"),
    (Periods, "combine", "rule.periods"),
    (Periods, "each", "rule.periods"),
    (Rounding, "at", "rubric.rounding"),
    (Rounding, "mode", "rubric.rounding"),
    (Ranking, "ties", "rubric.rank"),
    (NotApplicable, "default", "rubric.not_applicable"),
]
"""Choices that an entry shows one by one."""


@cache
def result(name: str) -> Scored:
    return scored(ENTRIES[name])


def cases() -> Iterator[Any]:
    for entry in EXAMPLES:
        yield pytest.param(entry, None, id=entry.name)
        for number, variant in enumerate(entry.variants, 1):
            yield pytest.param(entry, variant, id=f"{entry.name} {number}")


def section_of(entry: Entry) -> str:
    """What the page says under an entry's heading."""
    start = TEXT.index(f'<a id="{entry.anchor}"></a>')
    end = TEXT.find('<a id="', start + 1)
    return TEXT[start : end if end > 0 else len(TEXT)]


def written_under(kind: str, example: Any) -> Iterator[str]:
    """The names that an example writes under `measure`, `shape` or `effect`, anywhere in it."""
    if isinstance(example, Mapping):
        yield from example.get(kind, ())
    inner = example.values() if isinstance(example, Mapping) else example
    for one in inner if isinstance(inner, Iterable) and not isinstance(inner, str) else ():
        yield from written_under(kind, one)


def strict_models() -> list[type[BaseModel]]:
    """Every model that the rooms of the language define, whether or not a rubric reaches it."""
    found: list[type[BaseModel]] = []
    for name in MODULES:
        room = importlib.import_module(f"lawkpi.rubric.{name}")
        inner = pkgutil.iter_modules(getattr(room, "__path__", []), f"{room.__name__}.")
        for module in [room, *(importlib.import_module(one.name) for one in inner)]:
            found += [
                one
                for _, one in inspect.getmembers(module, inspect.isclass)
                if issubclass(one, Strict) and one.__module__ == module.__name__
            ]
    return found


@pytest.mark.parametrize(("entry", "variant"), list(cases()))
def test_an_example_gives_what_it_says(entry: Entry, variant: Variant | None) -> None:
    expected = entry.answers(variant.expect if variant else entry.expect)
    found = scored(entry, variant) if variant else result(entry.name)
    assert found.answers(expected) == expected


@pytest.mark.parametrize("entry", EXAMPLES, ids=lambda entry: entry.name)
def test_what_the_engine_says_of_an_example_stands_under_it(entry: Entry) -> None:
    section = section_of(entry)
    for item in entry.said:
        for code in firsts(entry.given):
            sentences = result(entry.name).sentences(item, code)
            assert sentences
            assert [one for one in sentences if f"> {one}\n" not in section] == []
            formulas = [text for _, text in result(entry.name).formulas(item, code)]
            assert formulas
        first = result(entry.name).formulas(item, firsts(entry.given)[0])
        assert [text for _, text in first if text not in section] == []


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, box in BOXES.items() for name in box.model_fields]
)
def test_every_name_has_an_example_that_uses_it_and_is_told(kind: str, name: str) -> None:
    entry = ENTRIES[f"{kind}.{name}"]
    assert name in written_under(kind, entry.example)
    assert entry.said
    assert f"### `{entry.name}`" in TEXT


def test_every_model_of_the_language_stands_in_one_table() -> None:
    tables = [name for entry in BOOK.entries for name in entry.tables]
    assert sorted(tables) == sorted(model.__name__ for model in language_models())
    own = {one.__name__ for one in strict_models() if one.model_fields}
    assert len(own) > 40
    assert own - set(tables) == set()


@pytest.mark.parametrize("model", language_models(), ids=lambda model: model.__name__)
def test_every_field_has_a_row_in_the_table_of_its_model(model: type[BaseModel]) -> None:
    _, _, behind = TEXT.partition(f"Fields of `{model.__name__}`")
    table = re.split(r"\n\n(?!\|)", behind, maxsplit=1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    names = [written(name, field) for name, field in own_fields(model).items()]
    assert [row.split("`")[1] for row in rows] == names


def test_every_field_says_what_it_means() -> None:
    fields = Fields(BOOK.meanings, {})
    silent = [
        f"{model.__name__}.{name}"
        for model in language_models()
        for name in own_fields(model)
        if not fields.meaning(model, name)
    ]
    assert silent == []


def test_nothing_is_said_of_a_field_that_is_not_there() -> None:
    known = {
        model.__name__: {written(name, field) for name, field in own_fields(model).items()}
        for model in language_models()
    }
    lost = [
        f"{model}.{name}"
        for model, meanings in BOOK.meanings.items()
        for name in meanings
        if name not in known.get(model, set())
    ]
    assert lost == []


@pytest.mark.parametrize(("model", "field", "name"), TRIED)
def test_every_choice_of_a_convention_is_tried(
    model: type[BaseModel], field: str, name: str
) -> None:
    entry = ENTRIES[name]
    tried = [entry.example, *(one.change for one in entry.variants)]
    said = " ".join(flow(one) for one in tried)
    (hint,) = (get_type_hints(model)[field],)
    options = [one for one in _flat(hint) if isinstance(one, str)]
    assert len(options) > 1
    assert [one for one in options if f"{field}: {one}" not in said] == []


def _flat(hint: Any) -> Iterator[Any]:
    parts = get_args(hint)
    if not parts:
        yield hint
    for part in parts:
        yield from _flat(part)


@pytest.mark.parametrize("word", [*WORDS, "all", "any", "related"])
def test_every_word_of_conditions_is_shown(word: str) -> None:
    _, _, chapter = TEXT.partition('<a id="conditions"></a>')
    rows = [line for line in chapter.split("## ")[1].splitlines() if line.startswith("| `")]
    assert [row for row in rows if re.search(rf"[`{{ ]{word}: ", row)]


def test_all_thirty_six_mechanisms_are_written_somehow() -> None:
    assert list(BOOK.mechanisms) == list(range(1, 37))
    shown = {number for entry in EXAMPLES for number in entry.mechanisms}
    assert shown == set(BOOK.mechanisms)


def test_every_link_inside_the_page_leads_somewhere() -> None:
    places = re.findall(r'<a id="([^"]+)">', TEXT)
    assert len(set(places)) == len(places)
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) - set(places) == set()


def test_the_clauses_of_published_rubrics_are_counted_and_their_gaps_named() -> None:
    files = clause_files(RUBRICS)
    assert files
    _, _, chapter = TEXT.partition('<a id="clauses"></a>')
    for name, own in files.items():
        (row,) = (line for line in chapter.splitlines() if line.startswith(f"| `{name}`"))
        assert f"| {own.reference} | {len(own.clauses)} |" in row
        wanting = [one for one in own.clauses if one.expressed in ("partly", "no")]
        assert [one.clause for one in wanting if one.reason not in chapter] == []


def test_clauses_name_items_that_their_rubric_has() -> None:
    for name, own in clause_files(RUBRICS).items():
        known = {item.id for _, item in load_rubric(name).lines}
        named = {item for clause in own.clauses for item in clause.items}
        assert (name, named - known) == (name, set())


def test_nothing_in_the_repository_reads_what_the_rubrics_were_read_from() -> None:
    found = [
        f"{name}:{number}"
        for name, lines in texts()
        for number, line in enumerate(lines, 1)
        if any(one in line for one in OUTSIDE)
    ]
    assert found == []
