"""Clauses that no shipped rubric has, written in the language by another reader and counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from docs.rubric_language.book import Entry
from docs.rubric_language.examples import Scored, scored
from lawkpi.ledger.schema import Schema
from lawkpi.workbook import write_department
from tests.support import rubric_cases
from tests.workbook.reading import differences

FOLDER = Path(__file__).parents[1] / "cases" / "trials"


def trials() -> list[Any]:
    """Every case with its name."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        loader = YAML(typ="rt")
        loader.preserve_quotes = True
        for case in loader.load(path.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}"))
    return found


@pytest.fixture
def entry(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Entry:
    """The case as an entry; ledgers of its own are known while it runs."""
    for raw in case.get("schemas", ()):
        schema = Schema.model_validate(dict(raw))
        monkeypatch.setitem(rubric_cases.SCHEMAS, schema.id, schema)
    given = {name: value for name, value in case.items() if name not in ("basis", "schemas")}
    return Entry.model_validate({"title": "", "about": "", **given})


@pytest.mark.parametrize("case", trials())
def test_a_clause_gives_the_points_that_its_text_means(entry: Entry, tmp_path: Path) -> None:
    """And a workbook of it recomputes what was scored."""
    made: Scored = scored(entry)
    asked = entry.answers(entry.expect)
    assert made.answers(asked) == asked
    code = made.assessment.departments[0].code
    assert differences(write_department(made.assessment, code, tmp_path / "w.xlsx")) == {}


def test_every_trial_says_what_it_rests_on() -> None:
    cases = [one.values[0] for one in trials()]
    assert len(cases) > 60
    assert [one["name"] for one in cases if not one.get("basis")] == []
