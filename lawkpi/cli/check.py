"""`lawkpi check`: everything that is wrong, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import lawkpi.cli.given as given
from lawkpi.cli.console import answers, say
from lawkpi.cli.findings import print_findings
from lawkpi.result.deadlines import Watch
from lawkpi.run import checked, open_folder
from lawkpi.workbook import write_findings

DAYS_AHEAD = 30


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
    print_findings(found.findings, "，见 findings.xlsx（--output）")
    if found.amendments.text:
        answers.print(found.amendments.text, markup=False)
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
