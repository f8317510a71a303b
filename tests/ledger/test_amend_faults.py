"""How faults of amendments are said: at their place, without contents of personal columns."""

from __future__ import annotations

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.amend_faults import WITHDRAW, Faults, amendment_finding
from lawkpi.ledger.amendments import Amendment, CellChange, Place
from lawkpi.ledger.cells import Cell
from tests.support.tiny import SCHEMAS

PLACE = Place("登记表.xlsx", "更正", 7)
CELL = CellChange("姓名", "张三丰", "李四光", PLACE)
ONE = Amendment(
    number="3", ledger="enforcers", record="P1", kind="change", status="approved",
    cells=(CELL,), place=PLACE,
)  # fmt: skip


def test_a_fault_is_an_error_at_the_place_of_the_amendment_unless_said_otherwise() -> None:
    found = amendment_finding(ONE, PLACE, "AMENDMENT_STALE", "不符", found="甲")
    assert found.place == "登记表.xlsx“更正” 第7行"
    assert (found.severity, found.what, found.found, found.todo) == (
        Severity.ERROR, "第3号更正：不符", "甲", WITHDRAW,
    )  # fmt: skip
    said = amendment_finding(ONE, PLACE, "AMENDMENT_PROPOSED", "未批准", severity=Severity.WARNING)
    assert said.severity is Severity.WARNING


def test_names_and_masked_contents_are_never_quoted() -> None:
    findings: list[Finding] = []
    faults = Faults(SCHEMAS["enforcers"], findings)
    faults.stale(ONE, CELL, "name", ("王五岳", False))
    faults.unreadable(ONE, CELL, "certificate", Cell(code="X", problem="无法识别"))
    said = "".join(one.message for one in findings)
    assert len(findings) == 2
    assert not any(name in said for name in ("张三丰", "李四光", "王五岳"))


def test_contents_of_other_columns_are_quoted() -> None:
    findings: list[Finding] = []
    Faults(SCHEMAS["enforcers"], findings).stale(ONE, CELL, "department", ("", False))
    assert (findings[0].found, findings[0].expected) == ("（空）", "张三丰")
