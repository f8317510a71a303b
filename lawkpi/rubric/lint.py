"""Lint: contradictions of a rubric that can be seen before any ledger is read.

Points that do not add up, ids that stand twice, ledgers, columns, groups and departments that do
not exist, grades without a floor, a rule issued after the events it scores. Nothing is rescaled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from string import Formatter

from lawkpi.errors import Finding, Severity
from lawkpi.ledger.departments import Register
from lawkpi.ledger.schema import Schema
from lawkpi.params import points_text
from lawkpi.rubric.assessment import AssessmentSettings
from lawkpi.rubric.measures import Counted, CountMeasure, RateMeasure, StateMeasure
from lawkpi.rubric.model import Item, Rubric, Rule
from lawkpi.rubric.predicate import COLUMN_WORDS, Predicate, compared_parts, related_parts


def lint_rubric(
    rubric: Rubric,
    schemas: Mapping[str, Schema],
    settings: AssessmentSettings,
    register: Register,
) -> list[Finding]:
    """Everything that contradicts itself in a rubric, all at once."""
    lines = [
        *_sums(rubric),
        *_repeated(rubric),
        *_grades(rubric),
        *_targets(rubric, register),
        *_late(rubric, settings),
        *_conversion(rubric, settings),
    ]
    for _, item in rubric.lines:
        for rule in item.rules:
            lines.extend(_rule(item, rule, schemas))
    return [
        Finding(
            code=code,
            severity=severity,
            what=what,
            file=settings.rubric,
            expected=expected,
            todo="改正考核细则",
        )
        for code, severity, what, expected in lines
    ]


Line = tuple[str, Severity, str, str]


def _error(code: str, what: str, expected: str) -> Line:
    return (code, Severity.ERROR, what, expected)


def _sums(rubric: Rubric) -> Iterator[Line]:
    """Items add up to their section, sections to the rubric."""
    for section in rubric.base_sections:
        declared = section.full_points or Fraction(0)
        found = sum((item.full_points or Fraction(0) for item in section.items), Fraction(0))
        if found != declared:
            yield _error(
                "RUBRIC_POINTS_NOT_ADDING_UP",
                f"第{section.id}部分各项分值合计{points_text(found)}分",
                f"与该部分满分{points_text(declared)}分相等",
            )
    whole = sum(
        (section.full_points or Fraction(0) for section in rubric.base_sections), Fraction(0)
    )
    if whole != rubric.full_points:
        yield _error(
            "RUBRIC_POINTS_NOT_ADDING_UP",
            f"各部分满分合计{points_text(whole)}分",
            f"与细则满分{points_text(rubric.full_points)}分相等",
        )
    for _, item in rubric.lines:
        if item.full_points and (item.full_points / rubric.unit).denominator != 1:
            yield _error(
                "RUBRIC_POINTS_TOO_FINE",
                f"第{item.id}项分值的小数位数多于计分位数",
                f"最多{rubric.rounding.places}位小数",
            )


def _repeated(rubric: Rubric) -> Iterator[Line]:
    ids = Counter([section.id for section in rubric.sections])
    ids += Counter([item.id for _, item in rubric.lines])
    for name, count in ids.items():
        if count > 1:
            yield _error("RUBRIC_ID_REPEATED", f"编号 {name} 出现{count}次", "编号不重复")


def _grades(rubric: Rubric) -> Iterator[Line]:
    lines = [band.at_least for band in rubric.grades]
    if lines != sorted(set(lines), reverse=True):
        yield _error("RUBRIC_GRADES_DISORDERED", "等次界限没有从高到低排列或有重复", "从高到低")
    if not lines or lines[-1] != 0:
        yield _error("RUBRIC_GRADES_GAP", "最低等次没有覆盖到0分", '最后一档 at_least 为 "0"')
    labels = {band.grade for band in rubric.grades}
    for _, item in rubric.lines:
        for rule in item.rules:
            veto = rule.effect.veto
            if veto and veto.grade_at_most not in labels:
                yield _error(
                    "RUBRIC_GRADE_UNKNOWN",
                    f"第{item.id}项的等次“{veto.grade_at_most}”不在等次之列",
                    "、".join(labels),
                )


def _conversion(rubric: Rubric, settings: AssessmentSettings) -> Iterator[Line]:
    """A conversion by grade must price every grade."""
    conversion = settings.conversion
    missing = [band.grade for band in rubric.grades if band.grade not in conversion.amounts]
    if conversion.method == "by_grade" and missing:
        yield _error(
            "CONVERSION_GRADE_MISSING",
            f"按等次折算没有写明等次{'、'.join(missing)}的折算分",
            "assessment.yaml 的 conversion.amounts 覆盖全部等次",
        )


def _targets(rubric: Rubric, register: Register) -> Iterator[Line]:
    """Groups and departments that an item names must exist."""
    for _, item in rubric.lines:
        wrong = [name for name in item.applies_to.groups if name not in register.groups]
        wrong += [code for code in item.applies_to.departments if code not in register.by_code]
        if wrong:
            yield _error(
                "RUBRIC_TARGET_UNKNOWN",
                f"第{item.id}项的适用对象 {'、'.join(wrong)} 不存在",
                "departments.yaml 中的组别或单位代码",
            )


def _late(rubric: Rubric, settings: AssessmentSettings) -> Iterator[Line]:
    if rubric.issued_on > settings.period.start:
        yield (
            "RUBRIC_ISSUED_LATE",
            Severity.WARNING,
            f"细则于{rubric.issued_on.isoformat()}印发，晚于考核周期起日，属事后立规",
            "印发日期不晚于考核周期起日",
        )


def _rule(item: Item, rule: Rule, schemas: Mapping[str, Schema]) -> Iterator[Line]:
    where = f"第{item.id}项规则{rule.id}"
    yield from _beyond(where, item, rule)
    if rule.measure.ledger not in schemas:
        yield _error(
            "RUBRIC_LEDGER_UNKNOWN",
            f"{where}的台账 {rule.measure.ledger} 不在本考核之内",
            "、".join(schemas),
        )
        return
    measure = rule.measure.measure
    if not isinstance(measure, Counted):
        return
    schema = schemas[measure.ledger]
    named = [measure.charged_by or "", (measure.period_by or "").replace("none", "")]
    named += [measure.column] if isinstance(measure, StateMeasure) else []
    named += [name or "" for _, name, _, _ in Formatter().parse(rule.fact or "")]
    yield from _columns(where, schema, [name for name in named if name])
    yield from _window(where, measure, schema)
    for predicate in _predicates(measure):
        yield from _predicate(where, predicate, schema, schemas)
    yield from _obligation(where, rule, schema)


def _beyond(where: str, item: Item, rule: Rule) -> Iterator[Line]:
    """A single rule that could take more than its whole item."""
    most = rule.shape.shape.most() if rule.shape else None
    cap = rule.effect.cap
    loss = most if cap is None or most is None else min(most, cap)
    if loss is not None and item.full_points is not None and loss > item.full_points:
        yield (
            "RUBRIC_LOSS_BEYOND_ITEM",
            Severity.WARNING,
            f"{where}最多扣{points_text(loss)}分，大于本项分值{points_text(item.full_points)}分",
            "不大于本项分值，或写明最多扣分",
        )


def _window(where: str, measure: Counted, schema: Schema) -> Iterator[Line]:
    """A part of the year needs a date that puts rows in it."""
    dated = (measure.period_by or schema.period_by or "none") != "none"
    if measure.window is not None and not dated:
        yield _error(
            "RUBRIC_WINDOW_WITHOUT_DATE",
            f"{where}写明了统计期间 window，但《{schema.title}》没有据以划入期间的日期",
            "写明 period_by，或删去 window",
        )


def _predicates(measure: Counted) -> list[Predicate]:
    if isinstance(measure, RateMeasure):
        return [measure.due, measure.done]
    return [measure.where] if isinstance(measure, CountMeasure | StateMeasure) else []


def _predicate(
    where: str, predicate: Predicate, schema: Schema, schemas: Mapping[str, Schema]
) -> Iterator[Line]:
    for part in compared_parts(predicate):
        beside = [str(part.operand)] if part.word in COLUMN_WORDS else []
        yield from _columns(where, schema, [part.column, *beside])
        labels = schema.labels_of(part.column) if part.column in schema.all_types else {}
        words = part.operand if isinstance(part.operand, tuple) else (part.operand,)
        if part.word in ("is", "not", "in", "not_in") and labels:
            for word in words:
                if word not in labels:
                    yield _error(
                        "RUBRIC_VALUE_UNKNOWN",
                        f"{where}：列 {part.column} 没有选项 {word}",
                        "、".join(labels),
                    )
    for related in related_parts(predicate):
        if related.ledger not in schemas:
            yield _error(
                "RUBRIC_LEDGER_UNKNOWN",
                f"{where}的关联台账 {related.ledger} 不存在",
                "、".join(schemas),
            )
            continue
        other = schemas[related.ledger]
        yield from _columns(where, schema, [related.by])
        yield from _columns(where, other, [related.to, *([related.sum] if related.sum else [])])
        yield from _predicate(where, related.where, other, schemas)


def _columns(where: str, schema: Schema, names: list[str]) -> Iterator[Line]:
    for name in names:
        if name not in schema.all_types:
            yield _error(
                "RUBRIC_COLUMN_UNKNOWN",
                f"{where}：《{schema.title}》没有列 {name}",
                "、".join(schema.all_types),
            )


def _obligation(where: str, rule: Rule, schema: Schema) -> Iterator[Line]:
    """A rate over departments' own event rows lets them shorten the list of what is due."""
    if rule.measure.rate and schema.kind == "event" and schema.source == "department":
        yield (
            "RUBRIC_DUE_NOT_REGISTER",
            Severity.NOTICE,
            f"{where}：应计取自单位自报的《{schema.title}》，少报即少计",
            "应计取自名册或有权机关的台账",
        )
