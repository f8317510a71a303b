"""行政诉讼: cases with their instances, and the quarterly filings that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from example.days import day, last_of, natural_after, rolled, worked
from example.given import AS_OF, BODY, LAW_OFFICE, Given, Row, Rows, dice, nth

REPLY_DAYS = 15
FILING_DAYS = 15
APPEAL_DAYS = 25
START = date(2022, 1, 5)
AT_ONCE = ("withdrawn", "mediated")
QUARTERS = {1: "一", 2: "二", 3: "三", 4: "四"}
KINDS = {"cases": "served_on", "judgments": "decided_on"}
COURTS = {"first": ("01", "初"), "second": ("02", "终")}


def litigation(given: Given) -> Rows:
    """行政诉讼台账, numbered by court in the order of service."""
    rng = dice()
    matters = list(_first_instance(given, rng))
    matters.sort(
        key=lambda pair: (str(pair[0]["served_on"]), str(pair[0]["responsible_department"]))
    )
    rows: Rows = []
    for place, (row, case) in enumerate(matters):
        both = {"chain": f"L2022-{place + 1:02d}", "cause": nth(given.words("causes"), place * 3)}
        rows += [row | both, *(other | both for other in _others(row, case, rng))]
    return _numbered(rows)


def _first_instance(given: Given, rng: Random) -> Iterator[tuple[Row, dict[str, Any]]]:
    for department, cases in given.plan["litigation"].items():
        for place, case in enumerate(cases):
            offset = (2 * place + 1) * 160 // len(cases) + rng.randrange(8)
            served = case.get("served", rolled(natural_after(START, offset)).isoformat())
            sued = BODY if place % 4 == 1 or case["seen"] == "entrusted" else department
            yield (
                _suit({"defendant": sued, "responsible_department": department}, served, case, rng),
                case,
            )


def _others(row: Row, case: dict[str, Any], rng: Random) -> Iterator[Row]:
    """The same case under a second department, and its second instance."""
    if joint := case.get("joint"):
        yield row | {"defendant": joint, "responsible_department": joint}
    if second := case.get("second"):
        decided = row["decided_on"]
        if not isinstance(decided, date):
            raise TypeError(decided)
        served = rolled(natural_after(decided, APPEAL_DAYS)).isoformat()
        parties = {name: row[name] for name in ("defendant", "responsible_department")}
        yield _suit(parties | {"instance": "second"}, served, second, rng)


def _suit(parties: Row, served_text: str, case: dict[str, Any], rng: Random) -> Row:
    served = day(served_text)
    return {
        "instance": "first",
        **parties,
        "served_on": served,
        "served_proof": rng.choice(["receipt", "receipt", "signature", "system"]),
        **_papers(served, case.get("days"), rng),
        **_course(served, case, rng, is_second="instance" in parties),
    }


def _papers(served: date, days: int | None, rng: Random) -> Row:
    """Reply, evidence and mandate, never after the last day."""
    last = last_of(served, REPLY_DAYS)
    reply = days or 7 + rng.randrange(8)
    return {
        "reply_on": worked(served, reply, last),
        "evidence_on": worked(served, reply + (rng.randrange(3) if days is None else 0), last),
        "mandate_on": worked(served, 5 + rng.randrange(4), last),
    }


def _course(served: date, case: dict[str, Any], rng: Random, *, is_second: bool) -> Row:
    """Hearing, judgment, effect and performance."""
    held = case["seen"] != "none"
    hearing = rolled(natural_after(served, 42 + rng.randrange(12)))
    end = rolled(natural_after(hearing, 18 + rng.randrange(14)))
    row: Row = {"hearing_held": "yes" if held else "no"}
    row |= _seen(hearing, case["seen"]) if held else {}
    decided = None if case["outcome"] == "pending" else day(case.get("decided", end.isoformat()))
    row |= {"outcome": case["outcome"], "decided_on": decided}
    is_final = is_second or case["outcome"] in AT_ONCE
    return row | _effect(decided, case, rng, is_final=is_final) | _performed(case)


def _seen(hearing: date, seen: str) -> Row:
    excused = seen == "excused"
    counted = seen in ("head", "deputy", "in_charge")
    return {
        "hearing_on": hearing,
        "attended_in_time": "yes",
        "excused": None if counted else "yes" if excused else "no",
        "appeared_as": "staff" if excused else seen,
    }


def _effect(decided: date | None, case: dict[str, Any], rng: Random, *, is_final: bool) -> Row:
    wait = 3 + rng.randrange(4) if is_final else 18 + rng.randrange(6)
    if decided is None or "second" in case:
        return {"effective": "no"}
    on = day(case.get("effective", natural_after(decided, wait).isoformat()))
    return {"effective": "yes", "effective_on": on} if on <= AS_OF else {"effective": "no"}


def _performed(case: dict[str, Any]) -> Row:
    return {name: day(case[name]) for name in ("perform_by", "performed_on") if name in case}


def _numbered(rows: Rows) -> Rows:
    """Case numbers by court; the rows of a joint case share theirs."""
    numbers: dict[tuple[str, str], str] = {}
    for instance, (court, mark) in COURTS.items():
        mine = sorted(
            (str(row["served_on"]), str(row["chain"]))
            for row in rows
            if row["instance"] == instance
        )
        for place, (_, chain) in enumerate(dict.fromkeys(mine)):
            numbers[instance, chain] = f"（2022）示{court}行{mark}{place + 1}号"
    return [_under(numbers[str(row["instance"]), str(row["chain"])], row) for row in rows]


def _under(number: str, row: Row) -> Row:
    return {"case_number": number, **row}


def case_filings(given: Given) -> Rows:
    """诉讼案件与裁判文书季度备案台账: the zone's eight, then the departments'."""
    rng = dice()
    rows = [
        _filing(LAW_OFFICE, quarter, kind, 8 + rng.randrange(6)) | {"level": "zone"}
        for quarter in QUARTERS
        for kind in KINDS
    ]
    late = set(given.plan["late_filings"])
    for department, quarter, kind in _due(litigation(given)):
        row = _filing(department, quarter, kind, 4 + rng.randrange(8)) | {"level": "department"}
        is_late = f"{department}/{row['quarter']}/{kind}" in late
        later = _filing(department, quarter, kind, FILING_DAYS + 8)
        rows.append(row | {"filed_on": later["filed_on"]} if is_late else row)
    return rows


def _due(cases: Rows) -> list[tuple[str, int, str]]:
    """Department, quarter and kind of what happened within the year."""
    found: set[tuple[str, int, str]] = set()
    for row in cases:
        for kind, column in KINDS.items():
            on = row[column]
            if isinstance(on, date) and on.year == 2022:
                found.add((str(row["responsible_department"]), (on.month + 2) // 3, kind))
    return sorted(found)


def _filing(department: str, quarter: int, kind: str, days: int) -> Row:
    end = natural_after(date(2022 + quarter // 4, quarter * 3 % 12 + 1, 1), -1)
    return {
        "department": department,
        "quarter": f"2022年第{QUARTERS[quarter]}季度",
        "kind": kind,
        "quarter_end": end,
        "filed_on": rolled(natural_after(end, days)),
    }
