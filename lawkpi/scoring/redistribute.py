"""Where the points of items that do not apply go."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.scoring.exact import Whole, largest_remainder
from lawkpi.scoring.items import ItemState

States = dict[str, list[ItemState]]


def effective_full_points(rubric: Rubric, states: States) -> dict[str, Whole]:
    """Each base item's full points per department, in units, after redistribution.

    `redistribute_section`: points of items that do not apply go to the section's other items in
    proportion to their full points, by largest remainder, so that the section keeps its sum; a
    section without any applying item hands its points to the whole rubric, or leaves the base, as
    declared. `leave_base` and `none` leave the points out; `full` keeps them (as points earned).
    """
    units = {item.id: _units(item.full_points, rubric) for item in _base_items(rubric)}
    size = len(next(iter(states.values())))
    full = {item_id: np.full(size, value, dtype=object) for item_id, value in units.items()}
    for place in range(size):
        applies = {
            item_id: states[item_id][place] is not ItemState.NOT_APPLICABLE for item_id in units
        }
        for item_id, value in _spread(rubric, units, applies).items():
            full[item_id][place] = value
    return full


def _units(points: Fraction | None, rubric: Rubric) -> int:
    return int((points or Fraction(0)) / rubric.unit)


def _base_items(rubric: Rubric) -> list[Item]:
    return [item for section in rubric.base_sections for item in section.items]


def _spread(rubric: Rubric, units: dict[str, int], applies: dict[str, bool]) -> dict[str, int]:
    default = rubric.not_applicable.default
    if default == "full":
        return units
    kept = {item_id: value if applies[item_id] else 0 for item_id, value in units.items()}
    if default != "redistribute_section" or all(applies.values()):
        return kept
    orphaned = 0
    for section in rubric.base_sections:
        orphaned += _spread_section(section, units, applies, kept)
    if orphaned and rubric.not_applicable.empty_section == "redistribute_rubric":
        _add(kept, list(kept), orphaned)
    return kept


def _spread_section(
    section: Section, units: dict[str, int], applies: dict[str, bool], kept: dict[str, int]
) -> int:
    """Fill up one section; the points it cannot place, where none of its items applies."""
    ids = [item.id for item in section.items]
    freed = sum(units[item_id] for item_id in ids if not applies[item_id])
    if not any(applies[item_id] for item_id in ids):
        return freed
    _add(kept, ids, freed)
    return 0


def _add(kept: dict[str, int], ids: list[str], freed: int) -> None:
    weights = [Fraction(kept[item_id]) for item_id in ids]
    if not freed or not any(weights):
        return
    for item_id, share in zip(ids, largest_remainder(weights, freed), strict=True):
        kept[item_id] += share
