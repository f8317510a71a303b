from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer

from lawkpi.errors import LawkpiError
from tests.cli.conftest import Call
from tests.cli.given import commands, folder, help_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Z][a-z]+[^\u4e00-\u9fff]*\.")


def both_tongues(text: str | None) -> bool:
    return bool(CHINESE.search(text or "") and ENGLISH.search(text or ""))


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_every_command_is_explained_in_chinese_with_an_english_line(
    name: str, command: click.Command
) -> None:
    assert both_tongues(command.help)
    shown = help_of(*name.split())
    for line in filter(None, (line.strip() for line in (command.help or "").splitlines())):
        assert line in shown


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_every_option_is_explained_in_chinese_with_an_english_word(
    name: str, command: click.Command
) -> None:
    silent = [
        one.name
        for one in command.params
        if one.name != "help" and not both_tongues(getattr(one, "help", None))
    ]
    assert silent == []


def test_without_a_command_the_help_is_shown(lawkpi: Call) -> None:
    said = lawkpi()
    assert "check" in said.out + said.err
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize(
    "words",
    [
        ("chek",),
        ("check",),
        ("check", "a", "b"),
        ("check", "a", "--all"),
        ("run", "a", "--workers", "0"),
    ],
)
def test_a_call_that_makes_no_sense_is_wrong_use(lawkpi: Call, words: tuple[str, ...]) -> None:
    said = lawkpi(*words)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_an_error_is_one_message_without_a_traceback(lawkpi: Call, tmp_path: Path) -> None:
    said = lawkpi("check", tmp_path / "没有")
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("[PARAMS_FOLDER_MISSING] “没有”不是考核文件夹\n位置：没有\n")
    assert "Traceback" not in said.err


def test_debug_shows_the_traceback(lawkpi: Call, tmp_path: Path) -> None:
    with pytest.raises(LawkpiError):
        lawkpi("--debug", "check", tmp_path / "没有")


def test_brackets_in_a_message_are_printed_as_they_are(lawkpi: Call, tmp_path: Path) -> None:
    """Rich reads [bold] as an instruction unless told otherwise."""
    said = lawkpi("check", tmp_path / "[bold]甲[red]")
    assert said.err.startswith("[PARAMS_FOLDER_MISSING] “[bold]甲[red]”不是考核文件夹")


def test_the_installed_command_behaves_the_same(tmp_path: Path) -> None:
    """A process of its own: exit codes and streams as a script sees them."""
    good = folder(tmp_path)
    for words, code in (([str(good)], 0), ([str(tmp_path / "没有")], 2)):
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "lawkpi", "check", *words],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)


@pytest.mark.parametrize(
    ("stopped", "code", "err"), [(typer.Abort, 1, "已中止。\n"), (KeyboardInterrupt, 130, "")]
)
def test_an_answer_of_no_and_an_interruption_end_without_a_traceback(
    lawkpi: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stopped: type[BaseException],
    code: int,
    err: str,
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise stopped

    monkeypatch.setattr("lawkpi.cli.check.open_folder", stop)
    said = lawkpi("check", folder(tmp_path))
    assert (said.code, said.err) == (code, err)
