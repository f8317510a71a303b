"""What a user can type is described where users look."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

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


def made_pages() -> dict[Path, str]:
    spec = importlib.util.spec_from_file_location("make_pages", ROOT / "docs" / "make_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[Path, str] = module.pages()
    return made


def test_pages_made_from_the_parameters_say_what_the_parameters_say() -> None:
    made = made_pages()
    assert list(made) == [ROOT / "docs" / "counting-rules.zh-CN.md"]
    assert {path: path.read_text("utf-8") for path in made} == made
