"""Conduct: what makes a rule contestable before anything is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawkpi.ledger.departments import Department
from lawkpi.ledger.schema import Schema
from lawkpi.rubric.lint.faults import (
    Around,
    Fault,
    PlacedRule,
    error,
    notice,
    placed_items,
    placed_rules,
    warning,
)
from lawkpi.rubric.measures import Counted, JudgedMeasure
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.rule import DIVIDING
from lawkpi.rubric.shapes import Each


def conduct_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Rules after the event, without clause or basis, without a date or an answer to who is charged."""
    yield from _issued(rubric, around)
    yield from _own_unit(rubric, around)
    for place, _, item in placed_items(rubric):
        if not item.clause.strip():
            yield error(
                "RUBRIC_CLAUSE_MISSING",
                (*place, "clause"),
                f"第{item.id}项没有评分标准原文",
                "印发文件中该项的原文",
            )
        if not item.basis:
            yield error(
                "RUBRIC_BASIS_MISSING",
                (*place, "basis"),
                f"第{item.id}项没有依据",
                "文件名称和条款",
            )
    for placed in placed_rules(rubric):
        measure = placed.rule.measure.measure
        if isinstance(measure, Counted) and measure.ledger in around.schemas:
            yield from _counted(placed, measure, around)


def _issued(rubric: Rubric, around: Around) -> Iterator[Fault]:
    if rubric.issued_on is None:
        yield notice(
            "RUBRIC_ISSUED_UNKNOWN",
            ("document_number",),
            "细则没有写明印发日期，不能确认先于考核周期",
            "印发日期",
        )
    elif around.settings and rubric.issued_on > around.settings.period.start:
        yield warning(
            "RUBRIC_ISSUED_LATE",
            ("issued_on",),
            f"细则于{rubric.issued_on.isoformat()}印发，晚于考核周期起日，属事后立规",
            "印发日期不晚于考核周期起日",
        )


def _own_unit(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Offices that would score their own unit: refused where they judge, doubtful where records decide."""
    for place, _, item in placed_items(rubric):
        for unit in around.register.assessed if around.register else ():
            offices = rubric.offices_for(item, unit)
            if not (item.applies_to.includes(unit.code, unit.group) and _is_own(offices, unit)):
                continue
            judged = any(isinstance(one.measure.measure, JudgedMeasure) for one in item.rules)
            yield (error if judged else warning)(
                "RUBRIC_OWN_UNIT",
                (*place, "scored_by"),
                f"第{item.id}项由{unit.name}为本单位评分，没有指定回避时由谁评分",
                "写明 recusal（回避时评分单位），不得是被考核单位自身",
            )


def _is_own(offices: Sequence[str], unit: Department) -> bool:
    return any(unit.is_called(office) for office in offices)


def _counted(placed: PlacedRule, measure: Counted, around: Around) -> Iterator[Fault]:
    schema = around.schemas[measure.ledger]
    yield from _dates(placed, measure, schema)
    yield from _shares(placed, measure, schema)
    if placed.rule.measure.rate and schema.kind == "event" and schema.source == "department":
        yield notice(
            "RUBRIC_DUE_NOT_REGISTER",
            placed.at("measure"),
            f"{placed.name}：应计取自单位自报的《{schema.title}》，少报即少计",
            "应计取自名册或有权机关的台账",
        )


def _dates(placed: PlacedRule, measure: Counted, schema: Schema) -> Iterator[Fault]:
    """Records that cannot be put in the period, or in its parts."""
    dated = measure.period_by or schema.period_by
    if measure.window is not None and (dated or "none") == "none":
        yield error(
            "RUBRIC_WINDOW_WITHOUT_DATE",
            placed.at("measure"),
            f"{placed.name}写明了统计期间 window，但《{schema.title}》没有据以划入期间的日期",
            "写明 period_by，或删去 window",
        )
    if placed.rule.periods is not None and (dated or "none") == "none":
        yield error(
            "RUBRIC_WINDOW_WITHOUT_DATE",
            placed.at("periods"),
            f"{placed.name}分期计分，但《{schema.title}》没有据以划入各期的日期",
            "写明 period_by，或删去 periods",
        )
    if schema.kind == "event" and dated is None and _is_undated(placed):
        yield notice(
            "RUBRIC_PERIOD_UNDECLARED",
            placed.at("measure"),
            f"{placed.name}：《{schema.title}》没有据以划入考核周期的日期，各年记录都计入",
            "写明 period_by；确不分年的写 period_by: none",
        )


def _shares(placed: PlacedRule, measure: Counted, schema: Schema) -> Iterator[Fault]:
    """Joint records of which nobody says how they fall on departments."""
    if len(measure.charged_by or ()) > 1 and measure.share is None:
        yield error(
            "RUBRIC_SHARE_UNDECLARED",
            placed.at("measure"),
            f"{placed.name}的记录计入几个单位，没有写明如何分担",
            "share：each_full、equal、lead_only 或 by_share",
        )
    if measure.share == "by_share" and len(schema.charged.shares) < len(
        measure.charged_by or schema.charged.columns
    ):
        yield error(
            "RUBRIC_SHARE_UNDECLARED",
            placed.at("measure"),
            f"{placed.name}按比例分担，但《{schema.title}》没有各责任单位的比例列",
            "台账声明 charged.shares，每个责任单位一列",
        )
    shape = placed.rule.shape.shape if placed.rule.shape else None
    is_divided = measure.share is None and schema.charged.share in DIVIDING
    if is_divided and shape is not None and not isinstance(shape, Each):
        yield error(
            "RUBRIC_SHARE_UNDECLARED",
            placed.at("measure"),
            f"《{schema.title}》的共同责任逐条分担，{placed.name}的计分方式不能分份",
            "写明 share: each_full 或 lead_only，或改为逐条计分的 each",
        )


def _is_undated(placed: PlacedRule) -> bool:
    """Whether its conditions look at no date at all."""
    days = {"on_or_before", "on_or_after", "before_column", "after_column"}
    return not days & placed.rule.words
