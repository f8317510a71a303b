"""执法培训 and 执法证年度审验考试: one row per person and session, one per person who sat."""

from __future__ import annotations

from datetime import date
from typing import Any

from example.days import day
from example.given import Given, Row, Rows, dice
from example.people import enforcers, in_post, officer

REASONS = {"absent": "未参训", "excused": "经批准请假", "late": "迟到", "left_early": "早退"}


def training(given: Given) -> Rows:
    """执法培训记录: everyone in post on the day of a session that is for them."""
    officers = enforcers(given)
    missed = _missed(given, officers)
    return [
        _took_part(line, one, missed.get((str(one["person"]), line[0]), "present"))
        for line in given.plan["training"]["sessions"]
        for one in officers
        if in_post(one, day(line[1])) and line[6] in (None, one["department"])
    ]


def _missed(given: Given, officers: Rows) -> dict[tuple[str, str], str]:
    """Person and session to what happened instead of taking part in full."""
    return {
        (str(officer(officers, department, place)["person"]), session): state
        for department, people in given.plan["training"]["missed"].items()
        for place, sessions in people.items()
        for session, state in sessions.items()
    }


def _took_part(line: list[Any], one: Row, state: str) -> Row:
    session, on, organiser, subject, mode, hours, _ = line
    return {
        "session": session,
        "held_on": day(on),
        "organiser": organiser,
        "subject": subject,
        "mode": mode,
        "person": one["person"],
        "department": one["department"],
        "attendance": state,
        "hours": hours if state == "present" else 0.0,
        "reason": REASONS.get(state),
    }


def exams(given: Given) -> Rows:
    """执法证年度审验考试成绩: certified officers in post who sat."""
    plan, rng = given.plan["exams"], dice()
    officers = enforcers(given)
    on = day(plan["on"])
    absent, failed = (_chosen(officers, plan[what]) for what in ("absent", "failed"))
    return [
        _sat(one, on, rng.randrange(45, 59) if one["person"] in failed else rng.randrange(70, 99))
        for one in officers
        if _is_due(one, on) and one["person"] not in absent
    ]


def _is_due(one: Row, on: date) -> bool:
    return one["status"] == "certified" and one["exempt"] == "no" and in_post(one, on)


def _chosen(officers: Rows, numbers: dict[str, list[int]]) -> set[str]:
    return {
        str(officer(officers, department, place)["person"])
        for department, places in numbers.items()
        for place in places
    }


def _sat(one: Row, on: date, score: int) -> Row:
    return {
        "person": one["person"],
        "department": one["department"],
        "taken_on": on,
        "score": score + 0.5,
        "passed": "yes" if score >= 60 else "no",
    }
