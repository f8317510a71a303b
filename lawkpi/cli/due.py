"""`lawkpi due`: the last day of one limit, with every step and its article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

import lawkpi.cli.given as given
from lawkpi.cli.console import say
from lawkpi.errors import LawError, UsageError
from lawkpi.law import (
    DueDate,
    Judged,
    Law,
    Limit,
    Requirement,
    due_date,
    due_lines,
    requirement_lines,
    requirement_record,
)

LimitId = Annotated[
    str, typer.Argument(help="期限编号，如 LIT-REPLY；用 lawkpi limits 查找。Limit id.")
]
StartDay = Annotated[str, typer.Argument(help="起算事件发生的日期，如 2024-03-11。Start day.")]
Extended = Annotated[
    bool, typer.Option("--extended", help="已依法延长，按最长延长期计算。Extended in full.")
]
ExtendedBy = Annotated[
    int | None, typer.Option(min=1, help="已依法延长的日数，少于最长延长期的写明。Units.")
]
Notified = Annotated[
    str | None, typer.Option(help="延长告知日；逾原期限告知的，延长不计。Notified on.")
]
Pauses = Annotated[
    list[str] | None, typer.Option(help="扣除期间 起:止，可重复；起日不扣，止日扣。Pause FROM:TO.")
]
Done = Annotated[str | None, typer.Option(help="办结日（收到日），写明后判断是否按期。Done on.")]
Posted = Annotated[str | None, typer.Option(help="交邮日，依法以交邮日为准的起作用。Postmark.")]
AsOf = Annotated[str | None, typer.Option(help="判断之日，据此判断未办结的是否逾期。As of.")]
GovernedBy = Annotated[
    str | None, typer.Option(help="改按该日有效的规定计算，默认按起算日。Version of a day.")
]
Calendars = Annotated[
    list[Path] | None, typer.Option(help="放假安排文件，可重复。Calendar overlay file.")
]
Assessment = Annotated[
    Path | None, typer.Option(help="考核文件夹，用其中声明的本地期限。Assessment folder.")
]
Params = Annotated[Path | None, typer.Option(help="参数文件夹，默认 params。Params folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="按机器可读的格式输出。Print JSON.")]


def due(
    limit: LimitId,
    start: StartDay,
    extended: Extended = False,
    extended_by: ExtendedBy = None,
    notified: Notified = None,
    pause: Pauses = None,
    done: Done = None,
    posted: Posted = None,
    as_of: AsOf = None,
    governed_by: GovernedBy = None,
    calendar: Calendars = None,
    assessment: Assessment = None,
    params: Params = None,
    as_json: AsJson = False,
) -> None:
    """推算一个期限的届满日：逐步列出计入和不计入的日子，写明依据。

    Compute the last day of a time limit, with its steps and its article.
    """
    _refuse_notice_alone(notified, extended=bool(extended or extended_by))
    begin = given.day("起算日", start)
    law = given.law(params, calendar or (), assessment)
    found = _asked(law, limit)
    if isinstance(found, Requirement):
        _refuse_terms(found, extended, extended_by, pause, done, posted, as_of, governed_by)
        _show(requirement_record(found, begin), requirement_lines(found, begin), as_json=as_json)
        return
    answer = due_date(
        _of_day(found, governed_by),
        begin,
        law.calendar,
        extended=extended_by or extended,
        notified_on=given.optional_day("--notified", notified),
        pauses=given.pauses(pause or ()),
    )
    judged = _judged(answer, done, posted, as_of)
    record = answer.record() | (judged.record() if judged else {})
    _show(record, due_lines(answer, judged), as_json=as_json)


def _refuse_notice_alone(notified: str | None, *, extended: bool) -> None:
    """A notice without an extension would be passed over in silence."""
    if notified is not None and not extended:
        raise UsageError(
            "USAGE_OPTIONS_TOGETHER",
            "--notified 只能与 --extended 或 --extended-by 同用",
            expected="延长和延长的告知日一起写明",
            todo="补上 --extended，或删去 --notified",
        )


def _refuse_terms(found: Requirement, *terms: object) -> None:
    """What lengthens or judges a limit would be passed over in silence by a requirement."""
    if any(terms):
        raise UsageError(
            "USAGE_OPTIONS_TOGETHER",
            f"{found.id} 是数量要求，没有届满日，不能写明延长、扣除或者办结日",
            expected="只写编号和日期",
            todo="删去其他选项",
        )


def _asked(law: Law, text: str) -> Limit | Requirement:
    try:
        return law.asked(text)
    except LawError as error:
        raise UsageError(error.code, error.what, expected=error.expected, todo=error.todo) from None


def _of_day(limit: Limit, text: str | None) -> Limit:
    """The limit as it stood on a day, whatever the start (doubt D1)."""
    return limit if text is None else limit.governed_by(given.day("--governed-by", text))


def _judged(
    answer: DueDate, done: str | None, posted: str | None, as_of: str | None
) -> Judged | None:
    """The state, where there is a day to judge by: without --as-of the act's own day is asked."""
    done_on, posted_on = given.optional_day("--done", done), given.optional_day("--posted", posted)
    today = given.optional_day("--as-of", as_of) or done_on or posted_on
    if today is None:
        return None
    return answer.judged(today, done_on=done_on, posted_on=posted_on)


def _show(record: Mapping[str, Any], told: Iterable[str], *, as_json: bool) -> None:
    say(json.dumps(record, ensure_ascii=False, indent=1) if as_json else "\n".join(told))
