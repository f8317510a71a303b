"""What holds from one day to another: versions of a text, in order, at most one on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from pydantic import Field, model_validator

from lawkpi.params.base import Strict
from lawkpi.params.values import Day, Period


class Dated(Strict):
    """Something that holds from one day to another, both included; without an end it still holds."""

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.end is not None and self.end < self.start:
            raise ValueError("失效日早于施行日")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def holds_in(self, period: Period) -> bool:
        """Whether it holds on any day of a period."""
        return self.start <= period.end and (self.end is None or self.end >= period.start)


DatedOne = TypeVar("DatedOne", bound=Dated)


def on_day(versions: Sequence[DatedOne], day: dt.date) -> DatedOne | None:
    """The version that holds on a day, or None."""
    return next((one for one in versions if one.holds_on(day)), None)


def refuse_overlap(versions: Sequence[Dated]) -> None:
    """Refuse versions that overlap or do not follow one another.

    Raises
    ------
    ValueError : a version begins before the one before it has ended
    """
    for earlier, later in pairwise(versions):
        if earlier.end is None or earlier.end >= later.start:
            raise ValueError(f"自{later.start}起的版本与前一版本重叠")
