"""Sums: items, sections, weights and groups' own points have to add up as they are issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from lawkpi.params import points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.lint.faults import Around, Fault, Place, error, placed_items
from lawkpi.rubric.model import Item, Rubric, Section


def sum_faults(rubric: Rubric, around: Around) -> Iterator[Fault]:
    """Points that do not add up, are too fine, or numbers that stand twice."""
    groups = sorted(around.register.groups) if around.register else []
    named = {group for _, item in rubric.lines for group in item.full_points_for}
    for number, section in enumerate(rubric.sections):
        if section.kind == "base":
            yield from _section(("sections", number, "full_points"), section, named & {*groups})
    yield from _whole(rubric)
    yield from _weights(rubric)
    yield from _too_fine(rubric)
    yield from _repeated(rubric)


def _section(place: tuple[str | int, ...], section: Section, groups: set[str]) -> Iterator[Fault]:
    declared = section.full_points or Fraction(0)
    found = _sum(item.full_points or Fraction(0) for item in section.items)
    if found != declared:
        yield error(
            "RUBRIC_POINTS_NOT_ADDING_UP",
            place,
            f"第{section.id}部分各项分值合计{points_text(found)}分",
            f"与该部分满分{points_text(declared)}分相等",
        )
    for group in sorted(groups):
        own = _sum(item.full_for(group) for item in section.items if _is_for(item, group))
        if own != declared:
            yield error(
                "RUBRIC_POINTS_NOT_ADDING_UP",
                place,
                f"第{section.id}部分对{group}组的各项分值合计{points_text(own)}分",
                f"与该部分满分{points_text(declared)}分相等",
            )


def _is_for(item: Item, group: str) -> bool:
    return not item.applies_to.groups or group in item.applies_to.groups


def _whole(rubric: Rubric) -> Iterator[Fault]:
    """Sections, folded by their weights, make up the rubric; a list of deductions has none."""
    if not rubric.base_sections:
        return
    whole = _sum(
        (section.full_points or Fraction(0)) * rubric.weight_of(section)
        for section in rubric.base_sections
    )
    if whole != rubric.full_points:
        yield error(
            "RUBRIC_POINTS_NOT_ADDING_UP",
            ("full_points",),
            f"各部分满分合计{points_text(whole)}分",
            f"与细则满分{points_text(rubric.full_points)}分相等",
        )


def _weights(rubric: Rubric) -> Iterator[Fault]:
    """Weights, where there are any, stand on every section and make a hundred per cent."""
    weights = [section.weight for section in rubric.base_sections]
    if not any(weight is not None for weight in weights):
        return
    whole = _sum(weight or Fraction(0) for weight in weights)
    if whole != 1 or None in weights:
        yield error(
            "RUBRIC_WEIGHTS_NOT_SUMMING",
            ("sections",),
            f"各部分折算权重合计{percent_text(whole)}",
            "每一部分都写明权重，合计100%",
        )
    treatments = [rubric.not_applicable.default, rubric.not_applicable.empty_section]
    if "redistribute_rubric" in treatments:
        yield error(
            "RUBRIC_WEIGHTS_REDISTRIBUTED",
            ("not_applicable",),
            "各部分按权重折算，不适用指标的分值不能跨部分分配",
            "改为在本部分内分配，或不计入满分",
        )


def _too_fine(rubric: Rubric) -> Iterator[Fault]:
    for place, _, item in placed_items(rubric):
        finest = [item.full_points or Fraction(0), *item.full_points_for.values()]
        if any((points / rubric.unit).denominator != 1 for points in finest):
            yield error(
                "RUBRIC_POINTS_TOO_FINE",
                (*place, "full_points"),
                f"第{item.id}项分值的小数位数多于计分位数",
                f"最多{rubric.rounding.item_places}位小数",
            )


def _repeated(rubric: Rubric) -> Iterator[Fault]:
    ids = Counter([section.id for section in rubric.sections])
    ids += Counter([item.id for _, item in rubric.lines])
    again = {name for name, count in ids.items() if count > 1}
    places: dict[str, Place] = {}
    for place, section, item in placed_items(rubric):
        own = ((section.id, (*place[:2], "id")), (item.id, (*place, "id")))
        places |= {name: where for name, where in own if name in again}
    for name, where in places.items():
        yield _twice(where, name, ids[name])


def _twice(place: tuple[str | int, ...], name: str, count: int) -> Fault:
    return error("RUBRIC_ID_REPEATED", place, f"编号 {name} 出现{count}次", "编号不重复")


def _sum(values: Iterator[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
