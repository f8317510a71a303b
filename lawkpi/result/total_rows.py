"""Rows of totals: sums, rank within the group, proposed grade, converted figure."""

from __future__ import annotations

from fractions import Fraction

import lawkpi.result.frames as frames
from lawkpi.result.scene import Row, Scene
from lawkpi.scoring import Candidate, converted, grades, ranks


class TotalRows:
    """The rows of `totals`, one per department in printing order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def totals(self) -> list[Row]:
        """Rows of `totals`."""
        sums, rank = self.scene.scored.sums, self.scene.rubric.rank
        printed = [Fraction(int(one)) for one in sums.total]
        figures = printed if rank.on == "printed" else sums.exact
        values = {
            code: (figures[place], *self._breakers(place))
            for place, code in enumerate(self.scene.codes)
        }
        order = ranks(values, self.scene.groups, rank.ties)
        unit = 10**self.scene.places
        candidates = [
            Candidate(printed[place] / unit, self.scene.groups[code], self._grade_limit(place))
            for place, code in enumerate(self.scene.codes)
        ]
        labels = grades(candidates, self.scene.rubric.bands)
        return [
            self._total(place, order[code], labels[place])
            for place, code in enumerate(self.scene.codes)
        ]

    def _breakers(self, place: int) -> list[Fraction]:
        """The points that decide between equal totals, in declared order."""
        items = {scores.item.id: scores.points for scores in self.scene.scored.items}
        known = {**items, **self.scene.scored.sums.sections}
        return [Fraction(int(known[name][place])) for name in self.scene.rubric.rank.tie_breakers]

    def _total(self, place: int, rank: int, grade: str) -> Row:
        code, sums = self.scene.codes[place], self.scene.scored.sums
        total = Fraction(int(sums.total[place]), 10**self.scene.places)
        conversion = self.scene.inputs.settings.conversion
        figure = converted(total, grade, self.scene.rubric, conversion)
        vetoed = "；".join(veto.item.title for veto in self.scene.scored.vetoes_of(place))
        open_items = {one.item.id for one in self.scene.scored.undecided(place)}
        return {
            "department": code,
            "group": self.scene.groups[code],
            "base": self.scene.points(sums.base[place]),
            "bonus": self.scene.points(sums.bonus[place]),
            "malus": self.scene.points(sums.malus[place]),
            "total": self.scene.points(sums.total[place]),
            "rank": rank,
            "grade": grade,
            "veto": vetoed or None,
            "pending_count": sums.pending_count[place] + len(open_items),
            "pending_points": self.scene.points(sums.pending[place]),
            "converted": frames.points(int(figure * 10**conversion.places), conversion.places),
        }

    def _grade_limit(self, place: int) -> str | None:
        """The lowest grade that a veto limits a department to."""
        vetoes = (veto.rule.effect.veto for veto in self.scene.scored.vetoes_of(place))
        limits = [veto.grade_at_most for veto in vetoes if veto and veto.grade_at_most]
        labels = [band.grade for band in self.scene.rubric.grades]
        return max(limits, key=labels.index, default=None)
