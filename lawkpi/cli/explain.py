"""`lawkpi explain`: why a department has its points, ending at clause and record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawkpi.api import load
from lawkpi.cli.console import say


def explain(
    run: Annotated[Path, typer.Argument(help="结果文件夹，如 outputs/gaoxin-2022。Run folder.")],
    code: Annotated[str, typer.Argument(help="单位代码、名称或简称。Department.")],
    item: Annotated[
        str | None, typer.Argument(help="细则项号，如 4.2；不写则说明全部。Item.")
    ] = None,
) -> None:
    """说明一个单位的得分：条文、口径、计数，直至每条记录。

    Explain a department's points, ending at clause and record.
    """
    say(load(run).explain(code, item))
