"""`lawkpi feedback`: what departments send back, registered for the office."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from lawkpi.cli.console import answers as console
from lawkpi.cli.console import plain, say
from lawkpi.cli.findings import print_findings
from lawkpi.params import points_text
from lawkpi.run.feedback import gathered, register_path, write_register
from lawkpi.run.layout import RunFolder
from lawkpi.workbook.appeals import COUNTS, Answer

feedback = typer.Typer(
    help="单位的反馈和申诉。\n\nWhat departments answer and dispute.",
    no_args_is_help=True,
)


@feedback.command("read")
def read(
    run: Annotated[Path, typer.Argument(help="结果文件夹，如 outputs/gaoxin-2022。Run folder.")],
    returned: Annotated[
        list[Path],
        typer.Argument(help="单位报回的工作簿，或存放它们的文件夹。Returned workbooks or folders."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            help="申诉登记表的路径，默认为结果文件夹中的 appeals.xlsx。Where to write it."
        ),
    ] = None,
) -> None:
    """读取单位报回的工作簿，写出申诉登记表。

    全部报回的工作簿一次给出（放在一个文件夹里），登记表每次重新写出。

    原有登记表中考核机关已填写的，不覆盖，用 --output 另存。

    Read all returned workbooks at once and write the register of appeals anew; one already filled is kept.
    """
    run_folder = RunFolder(run.resolve())
    path = register_path(run_folder, output)
    found = gathered(run_folder, returned)
    if not any(one.file for one in found.answers):
        print_findings(found.findings)
        say("没有一份可以登记，未写申诉登记表。")
        raise typer.Exit(1)
    write_register(found, path)
    print_answers(found.answers)
    print_findings(found.findings, "，见申诉登记表中的《问题清单》")
    say(f"申诉登记表：{path}")
    if found.findings:
        raise typer.Exit(1)


def print_answers(given: Sequence[Answer]) -> None:
    """A line for each department that answered; how many did not."""
    table = Table(show_lines=False)
    table.add_column("单位", overflow="fold")
    for heading in COUNTS:
        table.add_column(heading, justify="right")
    received = [one for one in given if one.file]
    for one in received:
        counts = [str(count) for count in one.counts]
        points = points_text(Fraction(one.disputed_points))
        table.add_row(plain(one.department), *counts, points)
    if received:
        console.print(table)
    say(f"收到回件 {len(received)} 份，未收到 {len(given) - len(received)} 份。")
