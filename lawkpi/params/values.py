"""Days and periods as YAML writes them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from lawkpi.params.base import Strict


def parse_day(value: object) -> dt.date:
    """A day from ISO text ("2022-03-01")."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'应为日期，例如 "2022-03-01"，实际为 {value!r}') from None


Day = Annotated[dt.date, BeforeValidator(parse_day), PlainSerializer(lambda day: day.isoformat())]


class Period(Strict):
    """An assessment period; both ends included."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError("考核周期的止日早于起日")
        return self

    @property
    def names(self) -> dict[str, Any]:
        """The period's ends under the names predicates use."""
        return {"period_start": self.start, "period_end": self.end}
