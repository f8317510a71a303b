"""The totals that equal the published report, counted from the made rows."""

from __future__ import annotations

from example.given import Ledgers, Rows


def figures(ledgers: Ledgers) -> dict[str, int]:
    """Name to figure, in the order of the report."""
    cases, sessions = ledgers["litigation"], ledgers["study_sessions"]
    matters, contracts = ledgers["reconsideration"], ledgers["contracts"]
    trained = [row for row in ledgers["training"] if row["organiser"] != "107"]
    return {
        "党工委理论学习中心组学法（场）": _count(sessions, forum="theory_group"),
        "主任办公会学法（场）": _count(sessions, forum="director_meeting"),
        "自行组织执法培训的执法部门（个）": len({row["organiser"] for row in trained}),
        "执法培训内容（类）": len({row["subject"] for row in ledgers["training"]}),
        "行政诉讼案件（件，按案号）": len({row["case_number"] for row in cases}),
        "市局季度备案（次）": _count(ledgers["case_filings"], level="zone"),
        "被申请人复议案件（件）": _count(matters, role="respondent"),
        "审理的复议案件（件）": _count(matters, role="authority"),
        "行政赔偿、补偿申请（件）": len(ledgers["claims"]),
        "依法履职申请（件）": len(ledgers["duty_requests"]),
        "合法性审核文件（件）": len(ledgers["legality_reviews"]),
        "其中规范性文件（件）": _count(ledgers["legality_reviews"], kind="normative"),
        "合法性审核合同（份）": len(contracts),
        "其中签订合同（份）": _count(contracts, signed="yes"),
        "新办执法证（人）": sum("2022-" in str(row["certificate"]) for row in ledgers["enforcers"]),
    }


def _count(rows: Rows, **wanted: str) -> int:
    return sum(all(row[name] == value for name, value in wanted.items()) for row in rows)
