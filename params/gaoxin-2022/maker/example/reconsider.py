"""行政复议 in both roles, and the applications that are answered in writing."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from example.days import day, last_of, natural_after, rolled, worked, working_after
from example.given import LAW_OFFICE, Given, Row, Rows, dice, nth, numbered

REPLY_DAYS = 10
NOTICE_DAYS = 7
START = date(2022, 1, 5)
LAST_DECISION = date(2023, 1, 13)
USUAL = ["upheld", "upheld", "upheld", "rejected", "mediated", "mediated", "terminated"]


def reconsideration(given: Given) -> Rows:
    """行政复议台账: cases against the committee, then those it decides."""
    rng = dice()
    rows = [_respondent(given, place, rng) for place in range(len(_plan(given)["respondent"]))]
    decided: Rows = []
    for department, number in _plan(given)["number"].items():
        decided += [_authority(given, department, place, rng) for place in range(number)]
    decided.sort(key=lambda row: (str(row["accepted_on"]), str(row["responsible_department"])))
    return rows + numbered(decided, "case_number", "示政复〔2022〕{}号")


def _plan(given: Given) -> dict[str, Any]:
    plan: dict[str, Any] = given.plan["reconsideration"]
    return plan


def _respondent(given: Given, place: int, rng: Random) -> Row:
    accepted = rolled(date(2022, 2 + 3 * place, 9 + 2 * place))
    row = _course(accepted, rng) | {"role": "respondent", "outcome": nth(USUAL, place)}
    row |= {"responsible_department": _plan(given)["respondent"][place]}
    row |= {"matter": nth(given.words("matters"), place + 2)}
    return {"case_number": f"示市复〔2022〕{11 + 9 * place}号", **row}


def _authority(given: Given, department: str, place: int, rng: Random) -> Row:
    number = _plan(given)["number"][department]
    offset = (2 * place + 1) * 165 // number + rng.randrange(18)
    row = _course(rolled(natural_after(START, offset)), rng)
    row |= {"role": "authority", "handler": LAW_OFFICE, "responsible_department": department}
    row |= {"matter": rng.choice(given.words("matters"))}
    row |= _outcome(given, department, place, rng, row)
    is_late = place >= number - _plan(given)["late_reply"].get(department, 0)
    return row | (_late_reply(row) if is_late else {})


def _course(accepted: date, rng: Random) -> Row:
    """Notice within seven working days, papers within ten natural days, decision within sixty."""
    notice = working_after(accepted, 1 + rng.randrange(NOTICE_DAYS))
    received = working_after(notice, rng.randrange(2))
    last = last_of(received, REPLY_DAYS)
    reply = 4 + rng.randrange(7)
    return {
        "accepted_on": accepted,
        "notice_on": notice,
        "received_on": received,
        "reply_on": worked(received, reply, last),
        "evidence_on": worked(received, reply, last),
        "mandate_on": worked(received, 2 + rng.randrange(4), last),
        "decided_on": natural_after(accepted, 44 + rng.randrange(14)),
    }


def _late_reply(row: Row) -> Row:
    received = row["received_on"]
    if not isinstance(received, date):
        raise TypeError(received)
    late = working_after(last_of(received, REPLY_DAYS), 2)
    return {"reply_on": late, "evidence_on": late}


def _outcome(given: Given, department: str, place: int, rng: Random, row: Row) -> Row:
    """Corrections stand a third into a department's cases; what is decided too late is open."""
    corrected = _plan(given)["corrected"].get(department, [])
    at = place - _plan(given)["number"][department] // 3
    usual = rng.choice(USUAL)
    if 0 <= at < len(corrected):
        terms = _plan(given)["perform"].get(department, [])
        names = ("perform_by", "performed_on")
        dates = {name: day(text) for name, text in zip(names, terms, strict=False)}
        return {"outcome": corrected[at], **dates}
    decided = row["decided_on"]
    is_open = isinstance(decided, date) and decided > LAST_DECISION
    return {"outcome": "pending", "decided_on": None} if is_open else {"outcome": usual}


def claims(given: Given) -> Rows:
    """行政赔偿、补偿申请台账."""
    rng = dice()
    return [
        _application(f"PC2022-{place + 1:02d}", department, place, rng)
        | {"kind": "indemnity" if place % 2 else "compensation"}
        for place, department in enumerate(given.plan["claims"])
    ]


def duty_requests(given: Given) -> Rows:
    """依法履职申请台账."""
    rng = dice()
    return [
        _application(f"LZ2022-{place + 1:02d}", department, place, rng)
        for place, department in enumerate(given.plan["duty_requests"])
    ]


def _application(number: str, department: str, place: int, rng: Random) -> Row:
    received = rolled(natural_after(START, 20 + 34 * place + rng.randrange(9)))
    answered = rolled(natural_after(received, 22 + rng.randrange(30)))
    return {
        "number": number,
        "department": department,
        "received_on": received,
        "replied_on": answered,
    }
