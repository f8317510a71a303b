"""`lawkpi scoring`: the offices' scoring sheets, read back into the ledgers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from lawkpi.cli.console import say
from lawkpi.cli.findings import print_findings
from lawkpi.errors import UsageError
from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.rubric.assessment import STAGES
from lawkpi.run import open_folder
from lawkpi.run.office_ledgers import write_changes
from lawkpi.run.scoring_read import Change, ScoringRead, read_scoring_sheets
from lawkpi.workbook.scoring_sheets import Fields, plain

scoring = typer.Typer(
    help="评分单位的评分底稿。\n\nThe scoring offices' sheets.",
    no_args_is_help=True,
)


@scoring.callback()
def _group() -> None:
    """评分单位的评分底稿。

    The scoring offices' sheets.
    """


@scoring.command("read")
def read(
    folder: Annotated[Path, typer.Argument(help="考核文件夹。Assessment folder.")],
    files: Annotated[
        list[Path], typer.Argument(help="交回的评分底稿，可以几份一起。Returned sheets.")
    ],
    stage: Annotated[
        str | None, typer.Option(help="阶段：initial 初评、review 复核、final 终评。Stage.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="不再询问，直接写入登记表。Write without asking.")
    ] = False,
) -> None:
    """读回评分底稿：列出问题和变动，确认后写入登记表。

    Read returned sheets: problems and changes are listed, and written only after a yes.
    """
    if stage is not None and stage not in STAGES:
        raise UsageError(
            "USAGE_OPTION_VALUE",
            f"--stage 不能是 {stage}",
            expected="、".join(STAGES),
            todo="用 --help 查看说明",
        )
    found = read_scoring_sheets(open_folder(folder, stage=stage), files)
    if found.findings:
        print_findings(found.findings)
    _print_changes(found)
    if not found.is_writable:
        say("有须更正的问题，没有写入。")
        raise typer.Exit(1)
    if not found.changes:
        return
    if yes or _is_wanted():
        _write(found)
    else:
        say("没有写入。确认后加 --yes 重新执行。")


def _is_wanted() -> bool:
    return sys.stdin.isatty() and typer.confirm("写入登记表？", default=False)


def _print_changes(found: ScoringRead) -> None:
    """What would change, by department and item, old before new."""
    if not found.changes:
        say("与登记表相比没有变动。")
        return
    names = found.folder.names
    counted = {
        kind: sum(one.kind == kind for one in found.changes) for kind in ("新增", "变更", "删除")
    }
    say("变动：" + "，".join(f"{kind} {count} 条" for kind, count in counted.items()))
    department = ""
    order = [one.code for one in found.folder.register.assessed]
    for one in sorted(found.changes, key=lambda change: order.index(change.key.department)):
        if one.key.department != department:
            department = one.key.department
            say(f"{department} {names[department]}")
        say(f"  {_said(found, one)}")


def _said(found: ScoringRead, change: Change) -> str:
    key = change.key
    item = found.folder.rubric.item(key.item)
    title = item.title if item else ""
    what = "核分调整" if key.ledger == ADJUSTMENTS else f"规则{key.rule}核定"
    seat = "" if key.number is None else f"（序号{key.number}）"
    columns = found.ledgers[key.ledger].schema.columns
    titles = {name: columns[name].title for name in change.row.written}
    cells = _cells(change.before or {}, change.after or {}, titles)
    return f"第{key.item}项 {title}　{what}{seat}　{change.kind}：{cells}"


def _cells(before: Fields, after: Fields, titles: Mapping[str, str]) -> str:
    """Old and new of every cell that differs."""
    said = []
    for name, title in titles.items():
        old, new = plain(before.get(name)), plain(after.get(name))
        if old != new:
            both = f"{old or '（空）'} → {new or '（空）'}" if before else new
            said.append(f"{title} {both}")
    return "；".join(said)


def _write(found: ScoringRead) -> None:
    """The ledgers that change, where the former ones are, and what is left to do."""
    for name, ledger in found.ledgers.items():
        changes = found.changed(name)
        if not changes:
            continue
        for one in write_changes(found.folder, ledger, changes):
            say(f"已写入：{one.path.relative_to(found.folder.path).as_posix()}")
            if one.former is not None:
                say(f"原文件另存为：{one.former.name}（原表中多出的列和其他工作表只在原文件中）")
        if not ledger.is_listed:
            say("assessment.yaml 还没有列出这份登记表，请在 ledgers 下加一行，否则不计入：")
            say(f"  {ledger.line(found.folder)}")
    say("下一步：lawkpi run 重新计分")
