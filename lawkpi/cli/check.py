"""`lawkpi check`: everything that is wrong, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

import lawkpi.cli.given as given
from lawkpi.cli.console import answers, plain, say
from lawkpi.errors import Finding, Severity
from lawkpi.result.deadlines import Watch
from lawkpi.run import Checked, checked, open_folder
from lawkpi.workbook import write_findings

DAYS_AHEAD = 30
MOST_PRINTED = 50
TABLE_WIDTH = 120
"""Narrower terminals, and files, get one line for each finding."""


def check(
    folder: Annotated[
        Path, typer.Argument(help="考核文件夹，如 params/gaoxin-2022。Assessment folder.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(help="问题清单工作簿的路径，默认不写出。Where to write findings.xlsx."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="期限预警：该日已逾期的和将届满的。Early warning, as of a day."),
    ] = None,
    days: Annotated[
        int, typer.Option(min=0, max=366, help="预警的日数，自该日起算。Days to look ahead.")
    ] = DAYS_AHEAD,
) -> None:
    """检查考核文件夹的全部台账和细则，一次列出所有问题；写明日期的，列出期限预警。

    Check all ledgers and the rubric; list every finding at once, and with a day what falls due.
    """
    today = given.optional_day("--as-of", as_of)
    found = checked(open_folder(folder, as_of=today))
    watch = None
    if today is not None:
        watch = found.watch(today, days)
        print_watch(watch)
    print_findings(found)
    if output is not None:
        settings = found.folder.settings
        write_findings(
            found.findings,
            output,
            title=settings.title,
            created=settings.as_of,
            illustrative=settings.illustrative,
            watch=watch,
        )
        answers.print(f"问题清单：{output}", markup=False)
    if not found.is_scorable:
        raise typer.Exit(1)


def print_watch(watch: Watch) -> None:
    """Early warnings by department, the most urgent first."""
    say(f"期限预警（{watch.summary}）")
    for name, own in watch.by_department():
        say(name)
        for one in own:
            day = f"届满日{one.last.isoformat()}" if one.last else ""
            parts = (one.warned.label, one.matter, one.record, day, one.margin, one.place)
            say("  " + "　".join(part for part in parts if part))


def print_findings(found: Checked) -> None:
    """Findings as a table, the gravest first, and their counts."""
    if found.findings:
        _print(found.findings[:MOST_PRINTED])
    left = len(found.findings) - MOST_PRINTED
    if left > 0:
        answers.print(f"另有 {left} 条，见 findings.xlsx（--output）")
    answers.print(counted_text(found), markup=False)


def counted_text(found: Checked) -> str:
    """How many findings of each severity, in one line."""
    counts = found.counted()
    said = "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity)
    return f"检查结果：{said}。" if found.findings else "检查结果：未发现问题。"


def _print(findings: tuple[Finding, ...]) -> None:
    if answers.width >= TABLE_WIDTH and answers.is_terminal:
        answers.print(_table(findings))
        return
    for one in findings:
        say(f"{one.severity.label}　{one.message}")


def _table(findings: tuple[Finding, ...]) -> Table:
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
