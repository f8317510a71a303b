"""合法性审核: documents and contracts sent for review, and the register of what was issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from example.days import day, last_of, natural_after, rolled, worked, working_after
from example.given import GENERAL_OFFICE, LAW_OFFICE, Given, Row, Rows, dice, nth, numbered

START = date(2022, 1, 5)
DOCUMENT_DAYS = 334
CONTRACT_DAYS = 315
FILING_DAYS = 30


def legality_reviews(given: Given) -> Rows:
    """文件合法性审核台账, numbered in the order they were sent."""
    rng = dice()
    rows = [_normative(*line) for line in given.plan["normative"]]
    for department, plan in given.plan["reviews"].items():
        known = sum(row["department"] == department for row in rows)
        rows += list(_general(given, department, _less(plan, known), rng))
    rows.sort(key=lambda row: (str(row["sent_on"]), str(row["department"])))
    return numbered(rows, "document", "文2022-{:03d}")


def _less(plan: dict[str, int], known: int) -> dict[str, int]:
    return plan | {"all": plan["all"] - known, "meeting": plan["meeting"] - known}


def _normative(*line: Any) -> Row:
    department, title, sent, opinion, meeting, issued, filed, number = line
    return {
        "title": title,
        "kind": "normative",
        "department": department,
        "reviewer": LAW_OFFICE,
        "sent_on": day(sent),
        "complete_on": day(sent),
        "returned": 0,
        "urgent": "no",
        "opinion_on": day(opinion),
        "adoption": "adopted",
        "meeting_on": day(meeting),
        "issued_on": day(issued),
        "filed_on": day(filed),
        "filing_number": number,
    }


def _general(given: Given, department: str, plan: dict[str, int], rng: Random) -> Iterator[Row]:
    """A department's other documents; which of them have a fault is drawn."""
    number = plan["all"]
    order = rng.sample(range(number), number)
    marks = _marks(order, plan)
    for place in range(number):
        sent = rolled(natural_after(START, (2 * place + 1) * DOCUMENT_DAYS // (2 * number)))
        told = {name for name, places in marks.items() if place in places}
        row = _document(given, department, place, rng)
        yield row | {"sent_on": sent} | _dates(sent, told, rng)


def _marks(order: list[int], plan: dict[str, int]) -> dict[str, set[int]]:
    """Places by mark: short and urgent ones go to a meeting, unissued ones stand last."""
    short, urgent, last = plan["short"], plan["urgent"], len(order) - plan["unissued"]
    return {
        "meeting": set(order[: plan["meeting"]]),
        "short": set(order[:short]),
        "urgent": set(order[short : short + urgent]),
        "ignored": set(order[short + urgent : short + urgent + plan["ignored"]]),
        "returned": set(order[last - plan["returned"] : last]),
        "unissued": set(order[last:]),
    }


def _document(given: Given, department: str, place: int, rng: Random) -> Row:
    kind = given.words("documents")[rng.randrange(10)]
    return {
        "title": f"{given.departments[department]['short']}{kind}（{place + 1}）",
        "kind": "general",
        "department": department,
        "reviewer": GENERAL_OFFICE if department == LAW_OFFICE else LAW_OFFICE,
    }


def _dates(sent: date, told: set[str], rng: Random) -> Row:
    complete = working_after(sent, 1) if "returned" in told else sent
    opinion = working_after(complete, 1 if told & {"short", "urgent"} else 1 + rng.randrange(3))
    lead = 2 + rng.randrange(3) if told & {"short", "urgent"} else 5 + rng.randrange(5)
    meeting = working_after(sent, lead) if "meeting" in told else None
    issued = working_after(meeting or opinion, 1 + rng.randrange(5))
    return {
        "complete_on": complete,
        "returned": int("returned" in told),
        "urgent": "yes" if "urgent" in told else "no",
        "opinion_on": opinion,
        "adoption": "ignored" if "ignored" in told else _adoption(rng),
        "meeting_on": meeting,
        "issued_on": None if "unissued" in told else issued,
    }


def _adoption(rng: Random) -> str:
    return rng.choice(["none_raised", "none_raised", "adopted", "adopted", "adopted", "reasoned"])


def documents(given: Given) -> Rows:
    """发文登记簿: what was issued, reviewed or not."""
    reviews = legality_reviews(given)
    wanted = ("document", "title", "kind", "department", "issued_on")
    rows = [{name: row[name] for name in wanted} for row in reviews if row["issued_on"]]
    first = len(reviews) + 1
    for place, (department, title, issued) in enumerate(given.plan["unreviewed"]):
        number = f"文2022-{first + place:03d}"
        values = (number, title, "general", department, day(issued))
        rows.append(dict(zip(wanted, values, strict=True)))
    return sorted(rows, key=lambda row: (str(row["issued_on"]), str(row["document"])))


def contracts(given: Given) -> Rows:
    """合同合法性审核台账, numbered in the order they were sent."""
    rng = dice()
    plan = given.plan["contracts"]
    rows: Rows = []
    for department, number in plan["number"].items():
        told = _told(plan, department)
        for place in range(number):
            offset = (2 * place + 1) * CONTRACT_DAYS // (2 * number) + int(department) % 11
            sent = rolled(natural_after(START, offset))
            mine = {name for name, count in told.items() if place < count}
            row = _contract(given, department, place) | {"sent_on": sent}
            rows.append(row | _contract_dates(sent, mine, rng))
    rows.sort(key=lambda row: (str(row["sent_on"]), str(row["department"])))
    return numbered(rows, "contract", "合2022-{:03d}")


def _told(plan: dict[str, Any], department: str) -> dict[str, int]:
    names = ("unsigned", "returned", "ignored", "late_review")
    return {name: plan[name].get(department, 0) for name in names}


def _contract(given: Given, department: str, place: int) -> Row:
    kind = nth(given.words("contracts"), place + int(department))
    return {
        "title": f"{given.departments[department]['short']}{kind}",
        "department": department,
        "reviewer": LAW_OFFICE,
    }


def _contract_dates(sent: date, told: set[str], rng: Random) -> Row:
    complete = working_after(sent, 2) if "returned" in told else sent
    opinion = working_after(complete, 17 if "late_review" in told else 3 + rng.randrange(8))
    signed = None if "unsigned" in told else working_after(opinion, 2 + rng.randrange(8))
    filed = signed and worked(signed, 4 + rng.randrange(28), last_of(signed, FILING_DAYS))
    return {
        "complete_on": complete,
        "returned": int("returned" in told),
        "opinion_on": opinion,
        "adoption": "ignored" if "ignored" in told else _adoption(rng),
        "signed": "yes" if signed else "no",
        "signed_on": signed,
        "filed_on": filed,
    }
