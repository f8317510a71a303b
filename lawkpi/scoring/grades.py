"""Grades: bands of the total, limits by vetoes, and quotas within each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lawkpi.rubric.conventions import Band, Quota
from lawkpi.scoring.exact import half_up


@dataclass(frozen=True)
class Candidate:
    """One department on its way to a grade; `at_most` is the best grade a veto leaves it."""

    total: Fraction
    group: str
    at_most: str | None = None


def grade_of(total: Fraction, bands: Sequence[Band], *, at_most: str | None = None) -> str:
    """The grade of a total by its line alone. A veto limits it."""
    return bands[_place(total, bands, at_most)].grade


def _place(total: Fraction, bands: Sequence[Band], at_most: str | None) -> int:
    labels = [band.grade for band in bands]
    reached = (place for place, band in enumerate(bands) if _reaches(total, band))
    place = next(reached, len(labels) - 1)
    return max(place, labels.index(at_most)) if at_most else place


def _reaches(total: Fraction, band: Band) -> bool:
    return total >= band.line if band.above is None else total > band.line


def grades(candidates: Sequence[Candidate], bands: Sequence[Band]) -> list[str]:
    """Everyone's grade: by line, then within the quotas of each group, the highest totals first.

    Who finds no place in a grade falls to the next one, and competes there by total with the rest.
    """
    places = [_place(one.total, bands, one.at_most) for one in candidates]
    for group in dict.fromkeys(one.group for one in candidates):
        members = [number for number, one in enumerate(candidates) if one.group == group]
        for place, band in enumerate(bands[:-1]):
            if band.quota is None:
                continue
            inside = [number for number in members if places[number] == place]
            totals = [candidates[number].total for number in inside]
            free = seats(band.quota, len(members))
            for number in _over(inside, totals, free, band.quota.ties):
                places[number] = place + 1
    return [bands[place].grade for place in places]


def seats(quota: Quota, members: int) -> int:
    """How many of a group's members a quota lets into a grade."""
    if quota.count is not None:
        return quota.count
    exact = (quota.share or Fraction(0)) * members
    match quota.rounding:
        case "up":
            return -(-exact.numerator // exact.denominator)
        case "half_up":
            return half_up(exact)
    return exact.numerator // exact.denominator


def _over(numbers: Sequence[int], totals: Sequence[Fraction], seats: int, ties: str) -> list[int]:
    """Who is beyond the seats: all below the last seat, and its equals where they fall out."""
    if len(numbers) <= seats:
        return []
    falling = sorted(totals, reverse=True)
    if seats == 0:
        return list(numbers)
    edge = falling[seats - 1]
    is_split = falling[seats] == edge
    pairs = list(zip(numbers, totals, strict=True))
    if is_split and ties == "out":
        return [number for number, total in pairs if total <= edge]
    return [number for number, total in pairs if total < edge]
