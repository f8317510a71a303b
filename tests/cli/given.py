"""The command line as a user meets it: words in, exit code and text out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import typer
from typer.testing import CliRunner

from lawkpi.cli import main
from lawkpi.cli.app import app
from lawkpi.cli.console import answers
from tests.support.tiny import tiny_folder

WIDE = {"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name, the group itself first."""
    group = typer.main.get_command(app)
    yield "", group
    yield from getattr(group, "commands", {}).items()


def help_of(*words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--help"], env=WIDE)
    assert result.exit_code == 0, result.output
    return result.output


class Said:
    """What a call of `lawkpi` printed and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str | Path
) -> Said:
    """`lawkpi WORDS` in this process, through its entry point."""
    monkeypatch.setattr(sys, "argv", ["lawkpi", *map(str, words)])
    monkeypatch.setattr(answers, "_width", 300)
    capsys.readouterr()
    code: Any = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code or 0
    said = capsys.readouterr()
    return Said(int(code), said.out, said.err)


def folder(path: Path, *args: Any, **texts: Any) -> Path:
    return tiny_folder(path / "甲区2024", *args, **texts)
