"""How findings are said on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from lawkpi.cli.console import answers, plain, say
from lawkpi.errors import Finding, Severity

MOST_PRINTED = 50
TABLE_WIDTH = 120
"""Narrower terminals, and files, get one line for each finding."""


def print_findings(findings: Sequence[Finding], more: str = "") -> None:
    """Findings as a table, the first ones, and their counts; `more` says where the others are."""
    if findings:
        _print(findings[:MOST_PRINTED])
    left = len(findings) - MOST_PRINTED
    if left > 0:
        answers.print(f"另有 {left} 条{more}")
    answers.print(counted_text(findings), markup=False)


def counted_text(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in one line."""
    if not findings:
        return "检查结果：未发现问题。"
    counts = {one: sum(found.severity is one for found in findings) for one in Severity}
    said = "，".join(f"{severity.label} {count} 条" for severity, count in counts.items())
    return f"检查结果：{said}。"


def _print(findings: Sequence[Finding]) -> None:
    if answers.width >= TABLE_WIDTH and answers.is_terminal:
        answers.print(_table(findings))
        return
    for one in findings:
        say(f"{one.severity.label}　{one.message}")


def _table(findings: Sequence[Finding]) -> Table:
    table = Table(show_lines=False)
    for heading in ("程度", "问题", "位置", "填写内容", "应为", "处理"):
        table.add_column(heading, overflow="fold")
    for one in findings:
        what = f"{one.what} [{one.code}]"
        table.add_row(
            *(
                plain(text)
                for text in (one.severity.label, what, one.place, one.found, one.expected, one.todo)
            )
        )
    return table
