"""`lawkpi run`: the main job, with progress and an honest end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from lawkpi.cli.console import answers, problems
from lawkpi.cli.findings import counted_text
from lawkpi.errors import UsageError
from lawkpi.rubric.assessment import STAGES
from lawkpi.run import RunOptions, RunOutcome, open_folder, run_assessment
from lawkpi.run.papers import Notebooks
from lawkpi.run.pipeline import Engine


def run(
    folder: Annotated[Path, typer.Argument(help="考核文件夹。Assessment folder.")],
    output: Annotated[
        Path | None, typer.Option(help="结果文件夹，默认 outputs/<考核编号>。Run folder.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="只做这些单位代码，可重复。Department codes.")
    ] = None,
    stage: Annotated[
        str | None, typer.Option(help="阶段：initial 初评、review 复核、final 终评。Stage.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="执行方式：auto、kernel、plain（不执行笔记本）。Engine.")
    ] = "auto",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="同时执行的笔记本数，默认为处理器核数。Kernels at a time."),
    ] = None,
    notebooks: Annotated[
        str, typer.Option(help="笔记本：all、none、failed。Which notebooks to execute.")
    ] = "all",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="不沿用上次的结果。Reuse nothing of a former run.")
    ] = False,
) -> None:
    """检查、计分，并为每个被考核单位写出工作簿和笔记本。

    Check, score, and write a workbook and a notebook for every department.
    """
    opened = open_folder(folder, stage=_one_of("--stage", stage, tuple(STAGES)))
    options = RunOptions(
        output=output or Path("outputs") / opened.settings.id,
        only=tuple(only or ()),
        engine=_one_of("--engine", engine, get_args(Engine)) or "auto",  # type: ignore[arg-type]
        workers=workers or os.cpu_count() or 1,
        notebooks=_one_of("--notebooks", notebooks, get_args(Notebooks)) or "all",  # type: ignore[arg-type]
        fresh=fresh,
    )
    with _progress() as progress:
        task = progress.add_task("准备", total=1)
        outcome = run_assessment(
            opened,
            options,
            step=lambda text, done, total: progress.update(
                task, description=text, completed=done, total=total
            ),
        )
    print_outcome(outcome)
    if not outcome.is_complete:
        raise typer.Exit(1)


def _one_of(option: str, value: str | None, known: tuple[str, ...]) -> str | None:
    if value is not None and value not in known:
        raise UsageError(
            "USAGE_OPTION_VALUE",
            f"{option} 不能是 {value}",
            expected="、".join(known),
            todo="用 --help 查看说明",
        )
    return value


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=problems,
        transient=False,
    )


def print_outcome(outcome: RunOutcome) -> None:
    """What succeeded, what failed, and where everything is."""
    folder = outcome.run_folder
    names = {one.code: one.name for one in outcome.assessment.departments} | {
        "summary": "汇总",
        "scoring": "评分底稿",
        "figures": "图表",
    }
    shown = _relative(folder.path)
    answers.print(counted_text(outcome.checked.findings), markup=False)
    if outcome.checked.amendments.text:
        answers.print(outcome.checked.amendments.text, markup=False)
    answers.print(
        f"写出 {len(outcome.done)} 件，沿用 {len(outcome.reused)} 件，失败 {len(outcome.failed)} 件。"
    )
    for name, reason in outcome.failed.items():
        answers.print(
            f"失败：{names.get(name, name)}　{reason}", markup=False, style="bold", soft_wrap=True
        )
    if outcome.stale:
        stale = "、".join(names[code] for code in outcome.stale)
        answers.print(
            f"注意：以下单位的工作簿是按以前的输入写出的，本次没有更新：{stale}", soft_wrap=True
        )
    for label, path in (
        ("单位工作簿", "departments/"),
        ("单位笔记本", "notebooks/"),
        ("评分底稿", "scoring/"),
        ("汇总工作簿", folder.summary.name),
        ("问题清单", folder.findings.name),
        ("结果数据", "data/"),
    ):
        answers.print(f"{label}：{shown}/{path}", markup=False, soft_wrap=True)


def _relative(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
