"""Where the commands print."""

from __future__ import annotations

from rich.console import Console

answers = Console(highlight=False)
"""Results, on standard output."""
problems = Console(stderr=True, highlight=False)
"""Errors and progress, on standard error."""
