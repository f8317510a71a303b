"""`lawkpi limits`: the limits and requirements in force, with their basis."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

import lawkpi.cli.given as given
from lawkpi.cli.console import answers, plain, say
from lawkpi.law import Law, Limit, requirements_matching
from lawkpi.law.answers import NOT_VERIFIED
from lawkpi.law.rules import Version
from lawkpi.law.telling import LOCAL, in_force, requirement_text, rolls

HEADINGS = ("编号", "名称", "起算", "期限", "顺延", "施行期间", "依据")
TABLE_WIDTH = 140
"""Narrower terminals, and files, get one line for each limit."""
Row = tuple[str, str, str, str, str, str, str]


def limits(
    word: Annotated[
        str | None, typer.Argument(help="编号、名称、事件或依据中的词；不写则列出全部。Word.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(help="列出该日有效的规定；不写则列出各项最新的规定。On a day.")
    ] = None,
    assessment: Annotated[
        Path | None, typer.Option(help="考核文件夹，列出其中声明的本地期限。Assessment folder.")
    ] = None,
    params: Annotated[
        Path | None, typer.Option(help="参数文件夹，默认 params。Params folder.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="按机器可读的格式输出。Print JSON.")
    ] = False,
) -> None:
    """列出法定期限和数量要求：多长、从何时起算、是否顺延、何时施行、依据哪一条。

    List the time limits and requirements in force, with their basis.
    """
    law = given.law(params, (), assessment)
    day = given.optional_day("--on", on)
    rows = [*_limit_rows(law, word or "", day), *_requirement_rows(law, word or "", day)]
    if as_json:
        records = [dict(zip(_KEYS, row, strict=True)) for row in rows]
        say(json.dumps(records, ensure_ascii=False, indent=1))
        return
    _show(rows)
    say(_counted(rows, word, day))


_KEYS = ("id", "title", "start", "length", "roll", "in_force", "basis")


def _limit_rows(law: Law, word: str, day: dt.date | None) -> Iterator[Row]:
    for limit in law.matching(word).values():
        version = _version(limit, day)
        if version is not None:
            yield (
                limit.id, limit.title, limit.start_event, version.length, rolls(version),
                in_force(version), version.sources,
            )  # fmt: skip
        elif not limit.is_declared:
            yield (limit.id, limit.title, limit.start_event, _why(limit), "", "", limit.note)


def _why(limit: Limit) -> str:
    return LOCAL if limit.local else NOT_VERIFIED


def _version(limit: Limit, day: dt.date | None) -> Version | None:
    """The version of a day; without a day the latest."""
    if day is not None:
        return limit.version_on(day)
    return limit.versions[-1] if limit.versions else None


def _requirement_rows(law: Law, word: str, day: dt.date | None) -> Iterator[Row]:
    for one in requirements_matching(law.requirements, word).values():
        latest = one.versions[-1] if one.versions else None
        version = one.version_on(day) if day else latest
        if version is None and not one.local:
            continue
        basis = version.sources if version else one.note
        held = in_force(version) if version else ""
        yield (one.id, one.title, "（数量要求）", requirement_text(one, version), "", held, basis)


def _show(rows: list[Row]) -> None:
    if answers.is_terminal and answers.width >= TABLE_WIDTH:
        table = Table(show_lines=False)
        for heading in HEADINGS:
            table.add_column(heading, overflow="fold", no_wrap=heading == HEADINGS[0])
        for row in rows:
            table.add_row(*(plain(text) for text in row))
        answers.print(table)
        return
    for row in rows:
        say("　".join(text for text in row if text))


def _counted(rows: list[Any], word: str | None, day: dt.date | None) -> str:
    about = f"含“{word}”的" if word else ""
    when = f"{day.isoformat()}有效" if day else "各取最新规定"
    return f"共{len(rows)}项{about}期限和要求（{when}）。"
