"""Answers in Chinese for a terminal or a notebook: a due date, a requirement, a limit in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lawkpi.law.answers import (
    CALENDAR_ENDS,
    EXTENSION_TOO_LONG,
    NO_EXTENSION,
    NOT_DECLARED,
    NOT_PAUSABLE,
    NOT_RECORDED,
    NOTICE_TOO_EARLY,
    PAUSE_OPEN,
    PAUSE_REVERSED,
    REPLACED,
)
from lawkpi.law.days import chinese, weekday
from lawkpi.law.due import DueDate, Judged
from lawkpi.law.limits import Limit
from lawkpi.law.requirements import NOT_COUNTED, Requirement, RequirementVersion
from lawkpi.law.rules import Roll, Version
from lawkpi.params import cited

EVIDENCE = {
    "S": "有原文可查",
    "P": "有文件可查，期限数字尚待核对原文",
    "M": "期限数字尚待核对原文",
}
"""What an evidence mark means to a reader."""
_TODO = {
    NOT_DECLARED: "在考核方案 assessment.yaml 的 limits 中声明，用 --assessment 指明该考核文件夹",
    PAUSE_OPEN: "扣除事由消除后，写明止日再推算",
    NO_EXTENSION: "法律没有规定延长，不按延长计算",
    EXTENSION_TOO_LONG: "延长以法律规定的最长日数为限，核对后再推算",
    NOT_PAUSABLE: "法律没有规定扣除，不按扣除计算",
    PAUSE_REVERSED: "核对扣除期间的起止日期",
    NOT_RECORDED: "按起算日当时有效的法律核对",
    NOTICE_TOO_EARLY: "核对延长告知日和起算日",
    REPLACED: "去掉编号后的“(old)”再推算",
}
DECLARED = "本考核声明"
LOCAL = "本地期限，由考核方案声明"
AS_OF_A_DAY = "按指定日期有效的规定"


def due_lines(due: DueDate, judged: Judged | None = None) -> Iterator[str]:
    """Everything about a due date: the last day, the steps, the ground, the doubts."""
    yield f"{due.limit.title}（{due.limit.id}）"
    yield from _answer(due)
    if judged is not None:
        yield f"状态：{_state(judged)}"
    yield f"推算：{due.sentence}"
    yield from (f"  {step.text}" for step in due.steps)
    if todo := advice(due.reason):
        yield f"处理：{todo}"
    if due.version is not None:
        yield from _ground(due.limit, due.version)
    elif due.limit.note:
        yield f"说明：{due.limit.note}"


def requirement_lines(requirement: Requirement, day: dt.date) -> Iterator[str]:
    """A requirement and what held on a day."""
    yield f"{requirement.title}（{requirement.id}）"
    yield f"届满日：该项{NOT_COUNTED}"
    version = requirement.version_on(day)
    yield f"要求：{requirement_text(requirement, version)}"
    if version is not None:
        ground = cited(version.basis, with_notes=True)
        yield f"依据：{ground}；{in_force(version)}；{EVIDENCE[version.evidence]}"
    notes = [requirement.note, version.note if version else ""]
    if any(notes):
        yield f"说明：{'；'.join(note for note in notes if note)}"


def requirement_text(requirement: Requirement, version: RequirementVersion | None) -> str:
    """What is required of whom, in one phrase."""
    if version is None:
        return LOCAL if requirement.local else "该日没有有效的规定"
    by = f"，{chinese(version.by)}前完成" if version.by else ""
    return f"{requirement.of}，{requirement.each.label}，{version.amount}{by}"


def rolls(version: Version) -> str:
    """Whether a last day moves out of rest days, in one phrase."""
    return "不顺延" if version.roll is Roll.NONE else f"遇休息日顺延{version.roll.ground}"


def in_force(version: Version | RequirementVersion) -> str:
    """From when to when a version holds."""
    start = DECLARED if version.start.year == 1 else f"{version.start.isoformat()}起"
    return f"{start}至{version.end.isoformat()}" if version.end else start


def advice(reason: str) -> str:
    """What helps where a last day is not known; empty where nothing is to be said."""
    if reason.startswith(CALENDAR_ENDS):
        return f"{reason}放假安排；按当年通知补充放假安排文件，或用 --calendar 指明文件"
    return _TODO.get(reason, "")


def _answer(due: DueDate) -> Iterator[str]:
    if due.reason:
        yield f"届满日：{'无' if due.status == 'no_limit' else '待定'}（{due.reason}）"
    elif due.last is None:
        yield "届满日：不设最长期限"
    else:
        yield f"届满日：{_day(due.last)}"
    if due.unrolled is not None:
        yield f"顺延前：{_day(due.unrolled)}"
    if due.first is not None:
        yield f"最早日：{_day(due.first)}，早于该日的属时间不足"
    if due.original is not None:
        more = "" if due.reason == NO_EXTENSION else "，延长应不晚于该日告知"
        yield f"原期限届满日：{_day(due.original)}{more}"


def _day(day: dt.date) -> str:
    return f"{chinese(day)}（{weekday(day)}）"


def _state(judged: Judged) -> str:
    more = judged.reason or judged.late
    return f"{judged.state.label}（{more}）" if more else judged.state.label


def _ground(limit: Limit, version: Version) -> Iterator[str]:
    yield f"期限：{version.length}，{rolls(version)}"
    if version.extension is not None:
        more = version.extension
        yield f"延长：最长{more.count}{version.unit.word}，由{more.approver}批准，{more.notice}"
    if version.pause is not None:
        cap = f"，每次以{version.pause.cap}个工作日为限" if version.pause.cap else ""
        yield f"不计入：{version.pause.what}{cap}"
    if version.on_time:
        yield f"按期的认定：{version.on_time}"
    evidence = "" if limit.local else f"；{EVIDENCE[version.evidence]}"
    ground = cited(version.basis, with_notes=True)
    is_moved = version.start.year == 1 and not limit.local
    yield f"依据：{ground}；{AS_OF_A_DAY if is_moved else in_force(version)}{evidence}"
    notes = [note for note in (limit.note, version.note) if note]
    if notes:
        yield f"说明：{'；'.join(notes)}"
