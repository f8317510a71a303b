"""What a user can type is described where users look."""

from __future__ import annotations

import pytest

from docs.make_pages import pages
from tests.cli.given import commands
from tests.house.sources import ROOT

NAMES = [name for name, _ in commands() if name]
MANUAL = ROOT / "docs" / "manual.zh-CN.md"


def test_the_commands_are_found() -> None:
    assert {"check", "run", "explain"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_described_in_the_manual(name: str) -> None:
    assert f"lawkpi {name}" in MANUAL.read_text("utf-8")


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [word for word in ("make demo", "make test") if word not in text] == []


def test_pages_that_are_made_say_what_parameters_models_and_engine_say() -> None:
    made = pages()
    assert [path.name for path in made] == ["counting-rules.zh-CN.md", "rubric-language.md"]
    assert {path: path.read_text("utf-8") for path in made} == made
