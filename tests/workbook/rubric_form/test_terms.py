"""Words: every choice has one, no two of a field share one, and none is left over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from lawkpi.errors import ParamsError
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import NAMED_DAYS, WORDS
from lawkpi.workbook.rubric_form import load_terms
from lawkpi.workbook.rubric_form.fields import DERIVED, bare, is_box, owner_of
from lawkpi.workbook.rubric_form.terms import FILE, TERMS, WORD_NAMES

from .given import TERMS as WORDS_OF_FORM


def models() -> list[type[BaseModel]]:
    """Every model that a rubric is made of, but those made from others."""
    found: list[type[BaseModel]] = []
    todo: list[Any] = [Rubric]
    while todo:
        one = todo.pop()
        core = bare(one).core
        if isinstance(core, type) and issubclass(core, BaseModel):
            if core not in found and core not in DERIVED:
                found.append(core)
                todo += [info.annotation for info in core.model_fields.values()]
        else:
            todo += get_args(core)
    return found


def literals(annotation: Any) -> Iterator[tuple[str, ...]]:
    core = bare(annotation).core
    if get_origin(core) is Literal:
        yield get_args(core)
    for inner in get_args(core) if get_origin(core) is not Literal else ():
        yield from literals(inner)


FIELDS = sorted(
    {
        (owner_of(model, name), codes)
        for model in models()
        for name, info in model.model_fields.items()
        for codes in literals(info.annotation)
    }
)
OWNERS = {owner_of(model, name) for model in models() for name in model.model_fields}


def test_the_models_are_found_with_their_choices() -> None:
    assert len(models()) > 45
    assert ("Section.kind", ("base", "bonus", "malus", "veto")) in FIELDS


@pytest.mark.parametrize(("field", "codes"), FIELDS, ids=[name for name, _ in FIELDS])
def test_every_choice_has_a_word_and_no_two_of_a_field_share_one(
    field: str, codes: tuple[str, ...]
) -> None:
    words = WORDS_OF_FORM.of(field, codes)
    assert [code for code, word in words.items() if word == code] == []
    assert len(set(words.values())) == len(codes)


def test_no_word_is_left_over_from_a_choice_that_is_no_more() -> None:
    named = {name: set(codes) for name, codes in FIELDS}
    loose = {name.rpartition(".")[2] for name in named}
    assert [name for name in WORDS_OF_FORM.choices if name not in named and name not in loose] == []
    wrong = [
        (name, code)
        for name, words in WORDS_OF_FORM.choices.items()
        for code in words
        if not any(code in codes for own, codes in named.items() if own.endswith(name))
    ]
    assert wrong == []


def test_every_name_and_key_is_that_of_a_field() -> None:
    declared = [*WORDS_OF_FORM.names, *WORDS_OF_FORM.keys]
    assert [name for name in declared if name not in OWNERS] == []


def test_every_field_has_a_title() -> None:
    bare_fields = [
        owner_of(model, name)
        for model in models()
        for name, info in model.model_fields.items()
        if not info.title
    ]
    assert bare_fields == []


def test_every_alternative_of_a_choice_is_explained_in_a_sentence() -> None:
    boxes = [model for model in models() if is_box(model)]
    assert len(boxes) == 3
    wanted = {f"{box.__name__}.{name}" for box in boxes for name in box.model_fields}
    assert set(WORDS_OF_FORM.ways) == wanted


def test_every_word_of_conditions_and_every_named_day_has_a_word() -> None:
    assert set(WORDS_OF_FORM.words) == set(WORD_NAMES)
    assert {one for one in WORDS if one not in WORDS_OF_FORM.words} == {"missing"}
    assert set(WORDS_OF_FORM.days) == set(NAMED_DAYS)
    for words in (WORDS_OF_FORM.words, WORDS_OF_FORM.days, WORDS_OF_FORM.joins):
        assert len(set(words.values())) == len(words)


def test_a_word_that_is_missing_is_shown_by_its_code() -> None:
    assert WORDS_OF_FORM.of("Section.kind", ("base", "new")) == {"base": "基本指标", "new": "new"}


def test_an_unknown_entry_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / TERMS).mkdir()
    (tmp_path / TERMS / FILE).write_text("choices: {}\nwordz: {}\n", encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_terms(tmp_path)
    assert caught.value.code == "PARAMS_INVALID"
    assert "PARAMS_KEY_UNKNOWN" in {one.code for one in caught.value.findings}


def test_a_params_folder_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        load_terms(tmp_path)
    assert caught.value.code == "PARAMS_FILE_MISSING"
