"""Where the commands print."""

from __future__ import annotations

from rich.console import Console

answers = Console(highlight=False)
"""Results, on standard output."""
problems = Console(stderr=True, highlight=False)
"""Errors and progress, on standard error."""


def say(text: str) -> None:
    """Text as it is, on standard output: a bracket is a bracket, a line is not cut."""
    answers.print(text, markup=False, soft_wrap=True)


def plain(text: str) -> str:
    """Text without Rich's markup, for the cells of a table."""
    return text.replace("[", r"\[")
