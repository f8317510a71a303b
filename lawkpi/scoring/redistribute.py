"""Where the points of items that do not apply go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from lawkpi.rubric.conventions import Treatment
from lawkpi.rubric.model import Item, Rubric, Section
from lawkpi.scoring.exact import Whole, largest_remainder
from lawkpi.scoring.items import ItemState

States = dict[str, list[ItemState]]
Units = dict[str, int]


def effective_full_points(
    rubric: Rubric, states: States, groups: Sequence[str]
) -> dict[str, Whole]:
    """Each base item's full points per department, in units, after redistribution.

    Points of items that do not apply go where the item, or the rubric, says: to the section's or to
    the rubric's other items in proportion to their full points, by largest remainder, so that sums
    stay; to one other item; out of the base; or they stay, as points earned. A section without any
    applying item hands its points to the whole rubric, or leaves the base, as declared.
    """
    items = [item for section in rubric.base_sections for item in section.items]
    size = len(next(iter(states.values())))
    full = {item.id: np.zeros(size, dtype=object) for item in items}
    for place, group in enumerate(groups):
        units = {item.id: int(item.full_for(group) / rubric.unit) for item in items}
        applies = {
            item_id: states[item_id][place] is not ItemState.NOT_APPLICABLE for item_id in units
        }
        spread = _Spread(rubric, units, applies).spread()
        for item_id, value in spread.items():
            full[item_id][place] = value
    return full


class _Spread:
    """One department's points on their way from items that do not apply."""

    def __init__(self, rubric: Rubric, units: Units, applies: Mapping[str, bool]) -> None:
        self.rubric, self.units, self.applies = rubric, units, applies
        self.kept = {item_id: own if applies[item_id] else 0 for item_id, own in units.items()}

    def spread(self) -> Units:
        """Everyone's full points."""
        if all(self.applies.values()):
            return self.units
        everywhere = 0
        for section in self.rubric.base_sections:
            everywhere += self._section(section)
        self._add(list(self.kept), everywhere)
        return self.kept

    def _section(self, section: Section) -> int:
        """Fill up one section; the points that go to the whole rubric."""
        freed = dict.fromkeys(("redistribute_section", "redistribute_rubric"), 0)
        for item in section.items:
            if not self.applies[item.id]:
                self._free(item, freed)
        ids = [item.id for item in section.items]
        if any(self.applies[item_id] for item_id in ids):
            self._add(ids, freed["redistribute_section"])
            return freed["redistribute_rubric"]
        orphaned = freed["redistribute_section"]
        if self.rubric.not_applicable.empty_section != "redistribute_rubric":
            orphaned = 0
        return freed["redistribute_rubric"] + orphaned

    def _free(self, item: Item, freed: Units) -> None:
        own = item.not_applicable
        treatment: Treatment = self.rubric.not_applicable.default
        if own is not None and own.treatment is not None:
            treatment = own.treatment
        if own is not None and own.to is not None and self.applies.get(own.to):
            self.kept[own.to] += self.units[item.id]
        elif treatment == "full":
            self.kept[item.id] = self.units[item.id]
        elif treatment in freed:
            freed[treatment] += self.units[item.id]

    def _add(self, ids: Sequence[str], freed: int) -> None:
        weights = [
            Fraction(self.kept[item_id]) if self.applies[item_id] else Fraction(0)
            for item_id in ids
        ]
        if not freed or not any(weights):
            return
        for item_id, share in zip(ids, largest_remainder(weights, freed), strict=True):
            self.kept[item_id] += share
