"""Registers of people: principals who report, officers who enforce. Surrogate ids only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from example.days import day
from example.given import BODY, Given, Row, Rows, nth

FIRST_OFFICER = 101
LEVELS = {"subdistrict": "subdistrict", "internal": "internal", "enforcement": "internal"}


def principals(given: Given) -> Rows:
    """主要负责人名册."""
    return [_principal(given, place, *line) for place, line in enumerate(given.plan["principals"])]


def _principal(given: Given, place: int, *line: Any) -> Row:
    department, post, role, start, end, reason = line
    level = "committee" if department == BODY else LEVELS[given.group(department)]
    return {
        "person": f"P{place + 1:04d}",
        "name": f"{nth(given.words('surnames'), place)}某某",
        "department": department,
        "post": post,
        "role": role,
        "level": level,
        "from": day(start),
        "to": day(end) if end else None,
        "excused": "yes" if reason else "no",
        "excused_reason": reason,
    }


def head_on(heads: Rows, department: str, on: date) -> str:
    """The person who heads a department on a day."""
    found = [
        row["person"]
        for row in heads
        if row["department"] == department and row["role"] != "party" and in_post(row, on)
    ]
    return str(found[0])


def in_post(row: Row, on: date) -> bool:
    """Whether a register's row holds on a day."""
    start, end = row["from"], row["to"]
    if not isinstance(start, date) or not isinstance(end, date | None):
        raise TypeError(row)
    return start <= on and (end is None or on <= end)


def enforcers(given: Given) -> Rows:
    """执法人员名册, one row per officer and stay."""
    plan = given.plan["enforcers"]
    rows: Rows = []
    for department, number in plan["number"].items():
        first = FIRST_OFFICER + len(rows)
        rows += [_officer(given, department, place, first) for place in range(1, number + 1)]
    return rows + list(_moved(plan, rows))


def officer(rows: Rows, department: str, place: int) -> Row:
    """The officer with a number in a department's part of the register."""
    return [row for row in rows if row["department"] == department][place - 1]


def _officer(given: Given, department: str, place: int, first: int) -> Row:
    plan = given.plan["enforcers"]
    number = first + place - 1
    is_new = place in plan["new"].get(department, ())
    status = _status(plan, department, place)
    left = plan["left"].get(department, {}).get(place)
    proof = plan["exempt"].get(department, {}).get(place)
    return {
        "person": f"P{number:04d}",
        "name": f"{nth(given.words('surnames'), number * 7)}某某",
        "department": department,
        "status": status,
        "certificate": _certificate(number, is_new=is_new) if status != "assistant" else None,
        "from": date(2022, 1 + place % 2, 10 + place) if is_new else _joined(number),
        "to": day(left) if left else None,
        "exempt": "yes" if proof else "no",
        "exempt_proof": proof,
    }


def _status(plan: dict[str, Any], department: str, place: int) -> str:
    for status in ("assistant", "seconded"):
        if place in plan[status].get(department, ()):
            return status
    return "certified"


def _joined(number: int) -> date:
    return date(2012 + number % 10, 1 + number * 5 % 12, 1 + number * 11 % 28)


def _certificate(number: int, *, is_new: bool) -> str:
    year = 2022 if is_new else 2016 + number % 6
    return f"示执{year}-{number:03d}"


def _moved(plan: dict[str, Any], rows: Rows) -> Iterator[Row]:
    for move in plan["moved"]:
        before = officer(rows, move["from"], move["number"])
        yield before | {"department": move["to"], "from": day(move["on"]), "to": None}
