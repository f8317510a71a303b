"""The amendments of an assessment: both forms gathered, checked for what no ledger need be read for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.amend import Amending
from lawkpi.ledger.amend_faults import amendment_finding
from lawkpi.ledger.amendment_register import registered
from lawkpi.ledger.amendments import Amendment
from lawkpi.ledger.departments import fold
from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.run.folder import AssessmentFolder
from lawkpi.workbook.scoring_sheets.records import FIELDS

NEEDED = {"reason": "理由", "document": "依据文书", "person": "批准人", "approved_on": "批准日期"}
"""What an approved amendment says, whichever form declares it."""


def declared_amendments(
    folder: AssessmentFolder, register: Ledger | None, findings: list[Finding]
) -> tuple[Amendment, ...]:
    """All declared amendments, ledgers by id; what is wrong with them is added to `findings`.

    Parameters
    ----------
    register : the register of amendments (台账更正登记表), where the assessment keeps one
    """
    declared = folder.amendments + (registered(register, findings) if register else ())
    names = _names(folder.schemas)
    made = tuple(replace(one, ledger=names.get(fold(one.ledger), one.ledger)) for one in declared)
    findings.extend(_repeated(made))
    for one in made:
        findings.extend(_faults(folder, one))
    return made


def amending(declared: tuple[Amendment, ...], ledger: str) -> Amending:
    """The approved amendments of one ledger, to be carried out while it is read."""
    return Amending([one for one in declared if one.is_approved and one.ledger == ledger])


def _names(schemas: Mapping[str, Schema]) -> dict[str, str]:
    """Id and title of every ledger that may be amended; scoring sheets are the offices' own to change."""
    own = {name: schema for name, schema in schemas.items() if name not in FIELDS}
    return {fold(text): name for name, schema in own.items() for text in (name, schema.title)}


def _repeated(declared: tuple[Amendment, ...]) -> Iterator[Finding]:
    """Numbers that stand for several amendments, in one form or in both."""
    counts = Counter(one.number for one in declared)
    for one in declared:
        if counts[one.number] > 1:
            yield amendment_finding(
                one,
                one.place,
                "AMENDMENT_NUMBER_REPEATED",
                "编号重复",
                found=one.number,
                expected="每项更正一个编号（amendments.yaml 和登记表合并编号）",
                todo="另编一个编号",
            )


def _faults(folder: AssessmentFolder, one: Amendment) -> Iterator[Finding]:
    if one.status == "withdrawn":
        return
    if one.ledger not in folder.schemas or one.ledger in FIELDS:
        titles = [schema.title for name, schema in folder.schemas.items() if name not in FIELDS]
        yield amendment_finding(
            one,
            one.place,
            "AMENDMENT_LEDGER_UNKNOWN",
            "没有这个台账，或该表由评分单位直接更正",
            found=one.ledger,
            expected="、".join(titles),
            todo="更正台账名称",
        )
    yield from _proposed(folder, one) if one.status == "proposed" else _approved(folder, one)


def _proposed(folder: AssessmentFolder, one: Amendment) -> Iterator[Finding]:
    schema = folder.schemas.get(one.ledger)
    yield amendment_finding(
        one,
        one.place,
        "AMENDMENT_PROPOSED",
        "尚未批准，未计入，仍按所报内容计分",
        severity=Severity.WARNING,
        found=f"《{schema.title if schema else one.ledger}》{one.record}",
        todo="批准后将状态改为已批准，不予更正的改为撤回",
    )


def _approved(folder: AssessmentFolder, one: Amendment) -> Iterator[Finding]:
    blank = [title for name, title in NEEDED.items() if not getattr(one, name)]
    if blank:
        titles = "、".join(blank)
        yield amendment_finding(
            one,
            one.place,
            "AMENDMENT_INCOMPLETE",
            f"已批准的更正没有写明{titles}",
            expected=titles,
            todo="补填，或将状态改为拟更正",
        )
    as_of = folder.settings.as_of
    if one.approved_on and one.approved_on > as_of:
        yield amendment_finding(
            one,
            one.place,
            "AMENDMENT_APPROVED_LATER",
            "批准日期晚于数据截止日，已计入",
            severity=Severity.WARNING,
            found=one.approved_on.isoformat(),
            expected=f"不晚于{as_of.isoformat()}，或因申诉、复核而在其后批准",
            todo="核对批准日期",
        )
