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
from lawkpi.workbook.rubric_form import Around
from tests.support import rubric_cases
from tests.workbook.reading import differences
from tests.workbook.rubric_form.given import AROUND, TERMS, read, written

FOLDER = Path(__file__).parents[1] / "cases" / "trials"


UNSHIPPED = (
    "Every five hours short cost half a point, a part of five nothing.",
    "A score below ninety costs half a point for each full point.",
    "A per cent figure as printed may lie over a hundred.",
    "Deaths fewer than last year earn one each over fifteen per cent, two each over fifty.",
    "A report after December costs its half point, a missing one too.",
    "Against the own mean of earlier years.",
    "Three criticisms or more cost the grade, two do not.",
    "A rate below its line costs the grade.",
    "Eighty-five per cent of eight hundred points is excellent.",
    "Four files are too few, five are scored.",
)
"""Cases of what only they write: steps of a shortfall, lines of a veto, shares of full points and the like."""


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


@pytest.mark.parametrize("case", [one for one in trials() if one.values[0]["name"] in UNSHIPPED])
def test_what_no_shipped_rubric_uses_comes_back_from_its_workbook(
    entry: Entry, tmp_path: Path
) -> None:
    rubric = scored(entry).rubric
    around = Around(TERMS, rubric_cases.SCHEMAS, AROUND.rates)
    assert read(written(tmp_path, rubric, around), around) == rubric


def test_every_trial_says_what_it_rests_on() -> None:
    cases = [one.values[0] for one in trials()]
    assert len(cases) > 60
    assert [one["name"] for one in cases if not one.get("basis")] == []
    assert set(UNSHIPPED) <= {one["name"] for one in cases}
