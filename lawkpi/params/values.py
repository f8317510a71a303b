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

    start: Day = Field(alias="from", title="起日")
    end: Day = Field(alias="to", title="止日")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError("考核周期的止日早于起日")
        return self

    @property
    def text(self) -> str:
        """The period in words, such as 2022年5月1日至12月31日."""
        first, last = self.start, self.end
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"

    @property
    def names(self) -> dict[str, Any]:
        """The period's ends under the names predicates use."""
        return {"period_start": self.start, "period_end": self.end}
