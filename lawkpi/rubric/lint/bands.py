"""Bands: grades and tiers without gaps, overlaps, or lines that nobody reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from lawkpi.params import points_text
from lawkpi.rubric.lint.faults import Around, Fault, PlacedRule, error, placed_rules, warning
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.shapes import Each, Steps, Tier, Versus
from lawkpi.rubric.shapes.tiers import is_nested, tier_text


def band_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Grades in disorder or out of reach, grades that a veto or a conversion does not know, broken tiers."""
    yield from _grades(rubric)
    yield from _unreachable(rubric)
    for rule in placed_rules(rubric):
        yield from _veto(rubric, rule)
        yield from _tiers(rule)
    yield from _conversion(rubric, around)


def _grades(rubric: Rubric) -> Iterator[Fault]:
    lines = [band.order for band in rubric.bands]
    if lines != sorted(set(lines), reverse=True):
        yield error(
            "RUBRIC_GRADES_DISORDERED", ("grades",), "等次界限没有从高到低排列或有重复", "从高到低"
        )
    if not lines or rubric.grades[-1].line != 0 or rubric.grades[-1].above is not None:
        yield error(
            "RUBRIC_GRADES_GAP", ("grades",), "最低等次没有覆盖到0分", '最后一档 at_least 为 "0"'
        )


def _unreachable(rubric: Rubric) -> Iterator[Fault]:
    """Grades above everything that can be won."""
    bonus = [section for section in rubric.sections if section.kind == "bonus"]
    if any(section.cap is None for section in bonus):
        return
    most = rubric.full_points + sum((section.cap or Fraction(0) for section in bonus), Fraction(0))
    for number, band in enumerate(rubric.bands):
        beyond = band.line > most or (band.above is not None and band.line >= most)
        has_no_seat = band.quota is not None and band.quota.count == 0
        if beyond or has_no_seat:
            yield warning(
                "RUBRIC_GRADE_UNREACHABLE",
                ("grades", number),
                f"等次“{band.grade}”无人能够达到（最高可得{points_text(most)}分）",
                "界限不高于最高可得分，名额不为0",
            )


def _veto(rubric: Rubric, placed: PlacedRule) -> Iterator[Fault]:
    labels = [band.grade for band in rubric.grades]
    veto = placed.rule.effect.veto
    if veto and veto.grade_at_most and veto.grade_at_most not in labels:
        yield error(
            "RUBRIC_GRADE_UNKNOWN",
            placed.at("effect"),
            f"第{placed.item.id}项的等次“{veto.grade_at_most}”不在等次之列",
            "、".join(labels),
        )


def _conversion(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """A conversion by grade must price every grade."""
    if around.settings is None or around.settings.conversion.method != "by_grade":
        return
    known = around.settings.conversion.amounts
    missing = [band.grade for band in rubric.grades if band.grade not in known]
    if missing:
        yield error(
            "CONVERSION_GRADE_MISSING",
            ("grades",),
            f"按等次折算没有写明等次{'、'.join(missing)}的折算分",
            "assessment.yaml 的 conversion.amounts 覆盖全部等次",
        )


def _tiers(placed: PlacedRule) -> Iterator[Fault]:
    shape = placed.rule.shape.shape if placed.rule.shape else None
    tiers: Sequence[Tier] = ()
    if isinstance(shape, Steps | Versus):
        tiers = shape.tiers or ()
    elif isinstance(shape, Each) and shape.by is not None:
        tiers = shape.by.tiers or ()
    if len(tiers) < 2 or is_nested(tiers):
        return
    unit = placed.rule.measure.measure.unit
    whole = placed.rule.measure.kind == "count" or isinstance(shape, Each)
    for lower, upper in pairwise(sorted(tiers, key=_start)):
        yield from _between(placed, lower, upper, unit, is_whole=whole)


def _start(tier: Tier) -> tuple[bool, Fraction, bool]:
    low = tier.low
    return (low is not None, low.value if low else Fraction(0), tier.above is not None)


def _between(
    placed: PlacedRule, lower: Tier, upper: Tier, unit: str, *, is_whole: bool
) -> Iterator[Fault]:
    """Two neighbouring ranges: whether both hold a figure, or none holds what lies between."""
    names = f"“{tier_text(lower, unit)}”与“{tier_text(upper, unit)}”"
    high, low = lower.high, upper.low
    if high is None or low is None:
        yield error(
            "RUBRIC_TIERS_OVERLAP",
            placed.at("shape"),
            f"{placed.name}：{names}重叠",
            "各档互不重叠",
        )
        return
    ends_in, begins_in = lower.at_most is not None, upper.at_least is not None
    touching = high.value == low.value
    if high.value > low.value or (touching and ends_in and begins_in):
        yield error(
            "RUBRIC_TIERS_OVERLAP",
            placed.at("shape"),
            f"{placed.name}：{names}重叠",
            "各档互不重叠",
        )
    elif (touching and not (ends_in or begins_in)) or (
        not touching and not (is_whole and low.value - high.value == 1 and ends_in and begins_in)
    ):
        yield warning(
            "RUBRIC_TIERS_GAP",
            placed.at("shape"),
            f"{placed.name}：{names}之间没有规定",
            "各档相接",
        )
