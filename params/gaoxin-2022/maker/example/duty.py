"""述法: one report per principal in post at year end, and the problems to be put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from example.days import day, natural_after, rolled, worked
from example.given import AS_OF, YEAR_END, Given, Row, Rows, dice, nth
from example.people import in_post, principals

MEETING = {"committee": "管委会2022年度述法会", "subdistrict": "办事处2022年度述法会"}
COMMENTATORS = {"committee": "市级述法评议组组长"}
MEETING_ON = date(2023, 1, 13)


def duty_reports(given: Given) -> Rows:
    """述法台账."""
    rng = dice()
    due = [row for row in principals(given) if in_post(row, YEAR_END) and row["excused"] == "no"]
    return [_report(given.plan["duty_reports"], row, rng.randrange(12)) for row in due]


def _report(plan: dict[str, Any], one: Row, throw: int) -> Row:
    key = f"{one['department']}/{one['post']}"
    is_there = key not in plan["missing"]
    late = plan["late"].get(key)
    row: Row = {
        "year": "2022",
        "person": one["person"],
        "department": one["department"],
        "post": one["post"],
        "due_on": YEAR_END,
        "submitted_on": rolled(date(2022, 12, 12 + throw)) if is_there else None,
        "returned": plan["returned"].get(key, 0) if is_there else None,
    }
    row |= {"submitted_on": day(late)} if late else {}
    row |= _on_site(plan, one, key)
    if is_there:
        row |= _votes(throw, is_low=key in plan["low_votes"])
        row |= {"commentator": COMMENTATORS.get(str(one["level"]), "党工委副书记")}
    return row


def _on_site(plan: dict[str, Any], one: Row, key: str) -> Row:
    meeting = MEETING.get(str(one["level"]))
    if meeting is None:
        return {"on_site": "no"}
    came = key not in plan["absent_on_site"]
    return {"on_site": "yes", "on_site_on": MEETING_ON if came else None, "meeting": meeting}


def _votes(throw: int, *, is_low: bool) -> Row:
    """Votes add up: back = valid + spoilt, valid = the four kinds."""
    sent = 30 + throw
    back = sent - throw % 3
    valid = back - throw % 2
    fair, poor = (valid // 4, 2) if is_low else (throw % 4, 0)
    good = valid // 3
    return {
        "issues": throw % 4,
        "votes_sent": sent,
        "votes_back": back,
        "valid": valid,
        "excellent": valid - good - fair - poor,
        "good": good,
        "fair": fair,
        "poor": poor,
    }


def rectifications(given: Given) -> Rows:
    """述法点评问题整改台账: problems of the year before, due within the year."""
    rows: Rows = []
    for department, states in given.plan["rectifications"].items():
        for place, state in enumerate(states):
            rows.append(_problem(given, department, place, state))
    return rows


def _problem(given: Given, department: str, place: int, state: str) -> Row:
    due = rolled(date(2022, 6 + place, 10 + int(department) % 15))
    finished = rolled(natural_after(due, 9 if state == "late" else -12))
    closed = worked(finished, 7, AS_OF)
    return {
        "number": f"ZG{department}-{place + 1:02d}",
        "department": department,
        "problem": nth(given.words("problems"), place + int(department)),
        "due_on": due,
        "finished_on": finished,
        "closed_on": None if state == "unclosed" else closed,
    }
