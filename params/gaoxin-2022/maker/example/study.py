"""学法: sessions of the two zone forums and of the departments, and who came."""

from __future__ import annotations

import random
from datetime import date

from example.days import day, natural_after, rolled
from example.given import BODY, Cell, Given, Row, Rows, dice, nth
from example.people import head_on, principals

REASONS = {"absent": "未说明事由", "excused": "因公外出，会前已请假"}


def study_sessions(given: Given) -> Rows:
    """学法台账: the zone's 3 and 26 sessions, then the departments' own."""
    rng = dice()
    rows = _zone_sessions(given)
    for department, times in given.plan["own_study"].items():
        rows += [_own_session(given, department, place, times) for place in range(times)]
    return [row | _attended(row, rng) for row in rows]


def _zone_sessions(given: Given) -> Rows:
    theory = [day(text) for text in given.plan["theory_group"]]
    director = given.plan["director_meeting"]
    meetings = [
        rolled(natural_after(day(director["first"]), director["every"] * place))
        for place in range(director["times"])
    ]
    forums = (("theory_group", "ZX", theory), ("director_meeting", "ZR", meetings))
    return [
        _session(given, f"{mark}2022-{place + 1:02d}", on, place) | {"forum": forum}
        for forum, mark, held in forums
        for place, on in enumerate(held)
    ]


def _session(given: Given, number: str, on: date, place: int) -> Row:
    law = nth(given.words("laws"), place)
    return {
        "session": number,
        "held_on": on,
        "organiser": BODY,
        "topic": f"《{law}》专题学习",
        "law": law,
        "lecturer": "法律顾问" if place % 3 else "主要负责人",
        "planned": "no" if place % 7 == 5 else "yes",
        "minutes": f"示纪{number}",
    }


def _own_session(given: Given, department: str, place: int, times: int) -> Row:
    on = rolled(date(2022, 1 + place * 12 // times, 12 + int(department) % 9))
    number = f"XF{department}-{place + 1:02d}"
    row = _session(given, number, on, place + int(department))
    return row | {"forum": "own", "organiser": department}


def _attended(row: Row, rng: random.Random) -> Row:
    invited = 20 + rng.randrange(6) if row["forum"] == "own" else 18
    return {"invited": invited, "present": invited - rng.randrange(3)}


def study_attendance(given: Given) -> Rows:
    """领导干部学法签到表: every department's head at every session of the zone."""
    heads = principals(given)
    sessions = sorted(_zone_sessions(given), key=lambda row: str(row["held_on"]))
    states = {code: _states(given, code, len(sessions)) for code in given.assessed}
    return [
        _signed(session, heads, code, states[code][place])
        for place, session in enumerate(sessions)
        for code in given.assessed
    ]


def _states(given: Given, department: str, sessions: int) -> list[str]:
    """A department's states, spread over the sessions; leave is taken in one stretch."""
    excused, absent, late = given.plan["attendance"][department]
    start = int(department) % 7 + 2
    states = ["excused"] * excused + ["present"] * (sessions - excused)
    states = states[-start:] + states[:-start]
    free = [place for place, state in enumerate(states) if state == "present"]
    step = len(free) // max(absent + late, 1)
    for number in range(absent + late):
        states[free[number * step + int(department) % step]] = (
            "absent" if number < absent else "late"
        )
    return states


def _signed(session: Row, heads: Rows, department: str, state: str) -> Row:
    on = session["held_on"]
    if not isinstance(on, date):
        raise TypeError(on)
    reason: Cell = REASONS.get(state)
    return {
        "session": session["session"],
        "held_on": on,
        "forum": session["forum"],
        "person": head_on(heads, department, on),
        "department": department,
        "attendance": state,
        "reason": reason,
    }
