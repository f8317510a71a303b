"""Why a department has its points, in Chinese, ending at clause and record."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from lawkpi.params import points_text
from lawkpi.result.adjusting import signed_points
from lawkpi.result.frames import KINDS
from lawkpi.rubric.model import Item, Section
from lawkpi.scoring import ItemState

if TYPE_CHECKING:
    from lawkpi.result.assessment import Assessment


def explained(assessment: Assessment, code: str, item_id: str | None) -> str:
    """The explanation of one item, or of the whole score."""
    department = assessment.department(code)
    if item_id is None:
        return _whole(assessment, department.code)
    section, item = assessment.line(item_id)
    lines = [f"{department.name}　第{item.id}项 {item.title}", f"评分标准：{item.clause}"]
    if section.kind == "base":
        lines += _base(assessment, department.code, item)
    else:
        lines += _outside(assessment, department.code, section, item)
    lines.append(f"依据：{item.basis_text}")
    return "\n".join(lines)


def _base(assessment: Assessment, code: str, item: Item) -> list[str]:
    score = _row(assessment.of("scores", code), item)
    lines = [_result(score)]
    lines += _counting_rule(assessment, item)
    lines += _rules(assessment, code, item)
    losses = assessment.of("losses", code)
    lines += _numbered(losses[losses["item"] == item.id])
    return lines


def _counting_rule(assessment: Assessment, item: Item) -> list[str]:
    """The counting rule of an item, and who counts under the definitions it asks."""
    said = [f"{name}：{rule}" for name, rule in item.counting_rules.items()]
    defined = assessment.definitions_of(item)
    said += [f"{title}：{text}" for title, text in defined.items()]
    return [f"口径：{'；'.join(said)}"] if said else []


def _rules(assessment: Assessment, code: str, item: Item) -> list[str]:
    """What each rule of an item counted and how it reads."""
    rules = assessment.of("rules", code)
    titles = {rule.id: rule.rate_title for rule in item.rules}
    return [
        f"规则{rule.rule}{_titled(titles[str(rule.rule)])}：{rule.sentence}"
        for rule in rules[rules["item"] == item.id].itertuples()
    ]


def _titled(rate: str) -> str:
    return f"（{rate}）" if rate else ""


def _outside(assessment: Assessment, code: str, section: Section, item: Item) -> list[str]:
    lines = _rules(assessment, code, item)
    adjustments = assessment.of("adjustments", code)
    own = adjustments[adjustments["item"] == item.id]
    if own.empty:
        return [*lines, f"{KINDS[section.kind]}：无相应记录。"]
    return lines + _numbered(own)


def _numbered(losses: pd.DataFrame) -> list[str]:
    return [f"{number}. {row.sentence}" for number, row in enumerate(losses.itertuples(), 1)]


def _row(frame: pd.DataFrame, item: Item) -> dict[str, Any]:
    found = frame[frame["item"] == item.id].iloc[0]
    return {str(name): None if pd.isna(value) else value for name, value in found.items()}


def _result(score: dict[str, Any]) -> str:
    full = _points(score["full_points"])
    state = ItemState(score["state"])
    if state is ItemState.NOT_APPLICABLE:
        return "结果：不适用，分值按细则另行处理。"
    if state is ItemState.PENDING:
        return f"结果：待核，{full}分暂不计入总分。"
    lost = score["full_points"] - score["points"]
    adjusted = score.get("adjusted")
    made = f"（其中核分调整{signed_points(Fraction(adjusted))}分）" if adjusted else ""
    return (
        f"结果：{state.label}，分值{full}分，扣{_points(lost)}分{made}，"
        f"得{_points(score['points'])}分。"
    )


def _whole(assessment: Assessment, code: str) -> str:
    total, scores = assessment.total(code), assessment.of("scores", code)
    lines = [
        f"{assessment.department(code).name}　{assessment.settings.title}（{assessment.settings.stage_title}）",
        f"得分{_points(total['total'])}分：基础分{_points(total['base'])}，"
        f"加分{_points(total['bonus'])}，减分{_points(total['malus'])}。",
    ]
    if total["pending_count"]:
        pending = _points(total["pending_points"])
        lines.append(f"尚有{total['pending_count']}项{pending}分待核，未计入得分。")
    if total["veto"]:
        lines.append(f"一票否决：{total['veto']}")
    lines += [
        f"第{item.id}项：{_result(_row(scores, item)).removeprefix('结果：')}"
        for section in assessment.rubric.base_sections
        for item in section.items
    ]
    return "\n".join(lines)


def _points(value: Any) -> str:
    return points_text(Fraction(value))
