"""Markdown and YAML as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

WIDTH = 118


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [_line(heads), "|" + "---|" * len(heads)]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def block(content: Any) -> str:
    """A part of a YAML document as it is written, in a fence."""
    return f"```yaml\n{_dumped(content, WIDTH)}```"


def flow(content: Any) -> str:
    """A part of a YAML document on one line."""
    return " ".join(_dumped(_plain(content), 10_000).split())


def _plain(content: Any) -> Any:
    """The same without the layout it was written with."""
    if isinstance(content, Mapping):
        return {str(name): _plain(one) for name, one in content.items()}
    return [_plain(one) for one in content] if isinstance(content, list) else content


def _dumped(content: Any, width: int) -> str:
    writer = YAML(typ="rt")
    writer.width = width
    writer.default_flow_style = True
    writer.brace_single_entry_mapping_in_flow_sequence = True
    writer.indent(mapping=2, sequence=4, offset=2)
    held = StringIO()
    writer.dump(content, held)
    return held.getvalue()
