"""A rubric written out: canonical, readable, and the same when it is read again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from lawkpi.errors import RubricError
from lawkpi.params import load_model, read_yaml
from lawkpi.rubric.measures import RATES, RateMeasure
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import parse_predicate
from lawkpi.rubric.written import (
    fields_of,
    plain_predicate,
    plain_rubric,
    rubric_yaml,
    write_rubric_yaml,
)
from tests.rubric.given import EXAMPLE
from tests.support.made_rubrics import MADE_RATES, made_rubrics
from tests.support.tiny import PARAMS, RUBRIC

FOLDERS = [EXAMPLE, *sorted(path.parent for path in (PARAMS / "rubrics").glob("*/rubric.yaml"))]


def read(text: str, folder: Path) -> Rubric:
    path = folder / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    return load_model(path, Rubric, context={RATES: MADE_RATES})


@cache
def shipped(folder: Path) -> Rubric:
    return load_model(folder / "rubric.yaml", Rubric, context={RATES: MADE_RATES})


@pytest.fixture(scope="module")
def example() -> Rubric:
    return shipped(EXAMPLE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rubric_that_ships_is_the_same_when_it_is_written_and_read(
    folder: Path, tmp_path: Path
) -> None:
    rubric = shipped(folder)
    again = read(rubric_yaml(rubric), tmp_path)
    assert again == rubric
    assert rubric_yaml(again) == rubric_yaml(rubric)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(rubric=made_rubrics())
def test_any_rubric_is_the_same_when_it_is_written_and_read(
    rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = read(rubric_yaml(rubric), tmp_path_factory.mktemp("rubric"))
    assert again == rubric
    assert rubric_yaml(again) == rubric_yaml(rubric)


def test_what_only_repeats_a_default_is_left_out(tmp_path: Path) -> None:
    said = RUBRIC.replace("unit: 次, where", "unit: 次, share: null, where", 1)
    said = said.replace(
        "title: 加分\n    kind: bonus", "title: 加分\n    weight: null\n    kind: bonus", 1
    )
    assert said.count(": null") == 2
    assert rubric_yaml(read(said, tmp_path)) == rubric_yaml(read(RUBRIC, tmp_path))
    assert ": null" not in rubric_yaml(read(RUBRIC, tmp_path))


def test_numbers_are_quoted_texts_in_their_shortest_form(tmp_path: Path) -> None:
    text = rubric_yaml(read(RUBRIC.replace('full_points: "20"', 'full_points: "20.00"'), tmp_path))
    assert 'full_points: "20"\n' in text
    assert 'below: "95%"' in text
    assert "places: 2" in text


def test_a_rate_made_from_a_named_one_is_written_by_its_name_with_its_switches(
    example: Rubric,
) -> None:
    rates = [
        rule["measure"]["named_rate"]
        for section in plain_rubric(example)["sections"]
        for item in section["items"]
        for rule in item["rules"]
        if "named_rate" in rule["measure"]
    ]
    assert [one["rate"] for one in rates][:2] == [
        "study_attendance_rate",
        "training_attendance_rate",
    ]
    assert rates[1]["counting_rule"] == {"excused": "leave_out", "late": "attended", "mode": "all"}
    assert "named:" not in rubric_yaml(example)


def test_chinese_is_written_as_it_is_read_and_long_clauses_stay_on_their_line(
    example: Rubric,
) -> None:
    text = rubric_yaml(example)
    item = example.item("1.1")
    assert item is not None
    assert f"        clause: {item.clause}\n" in text
    assert "\\u" not in text


def test_words_that_yaml_could_take_for_something_else_are_quoted(tmp_path: Path) -> None:
    text = rubric_yaml(read(RUBRIC.replace("title: 集体学法", 'title: "no"'), tmp_path))
    assert 'title: "no"\n' in text
    assert 'id: "1.1"\n' in text


def test_what_related_leaves_to_its_defaults_is_left_out() -> None:
    short = {"related": {"ledger": "training", "by": "person"}}
    full = {"related": {"ledger": "training", "by": "person", "to": "person", "at_least": "1"}}
    assert plain_predicate(parse_predicate(full)) == short
    other = {"related": {"ledger": "training", "by": "person", "sum": "hours", "at_least": "1"}}
    assert plain_predicate(parse_predicate(other)) == other


def test_a_rate_says_what_it_counts_before_what_an_empty_base_means() -> None:
    names = list(fields_of(RateMeasure))
    assert names.index("ledger") < names.index("done") < names.index("empty")


def models(model: type[BaseModel]) -> set[type[BaseModel]]:
    from lawkpi.workbook.rubric_form.fields import bare

    found, todo = set[type[BaseModel]](), [model]
    while todo:
        one = todo.pop()
        found.add(one)
        for info in one.model_fields.values():
            core = bare(info.annotation).core
            inner = [core, *getattr(core, "__args__", ())]
            todo += [
                it
                for it in inner
                if isinstance(it, type) and issubclass(it, BaseModel) and it not in found
            ]
    return found


def test_every_field_is_written_once_whatever_its_place() -> None:
    for model in models(Rubric):
        assert sorted(fields_of(model)) == sorted(model.model_fields)


def test_the_file_is_utf_8_with_plain_line_ends(example: Rubric, tmp_path: Path) -> None:
    path = write_rubric_yaml(example, tmp_path / "细则.yaml")
    assert path.read_bytes() == rubric_yaml(example).encode("utf-8")
    assert b"\r" not in path.read_bytes()
    assert read_yaml(path)["id"] == "gaoxin-2022"


def test_a_folder_that_is_not_there_is_one_message(example: Rubric, tmp_path: Path) -> None:
    with pytest.raises(RubricError) as caught:
        write_rubric_yaml(example, tmp_path / "没有" / "rubric.yaml")
    assert caught.value.code == "RUBRIC_FILE_UNWRITABLE"
    assert "rubric.yaml" in caught.value.message
