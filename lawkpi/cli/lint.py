"""`lawkpi lint`: what contradicts itself in a rubric, before any ledger is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawkpi.cli.findings import print_findings
from lawkpi.errors import Severity
from lawkpi.run.rubric import open_rubric

Folder = Annotated[
    Path, typer.Argument(help="考核文件夹，或含 rubric.yaml 的文件夹。Assessment or rubric folder.")
]
Params = Annotated[
    Path | None, typer.Option(help="参数文件夹 params 的位置。Where law/ and ledgers/ stand.")
]


def lint(folder: Folder, params: Params = None) -> None:
    """检查考核细则本身：分值、档次、等次、引用、重复计分，逐条列出文件和行号。

    Check the rubric itself; every finding with its file and line. Exit 1 if something must be mended.
    """
    found = open_rubric(folder, params).lint()
    print_findings(found)
    if any(one.severity is Severity.ERROR for one in found):
        raise typer.Exit(1)
