from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from lawkpi.params import Period
from lawkpi.params.values import parse_day


@pytest.mark.parametrize(
    "given", ["2022-03-01", dt.date(2022, 3, 1), dt.datetime(2022, 3, 1, 8, 30)], ids=repr
)
def test_a_day_is_read_from_iso_text_or_a_date(given: object) -> None:
    assert parse_day(given) == dt.date(2022, 3, 1)


@pytest.mark.parametrize("wrong", ["2022-3-1", "2022年3月1日", "", 44621, None])
def test_what_is_no_day_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="应为日期"):
        parse_day(wrong)


def test_a_period_may_be_one_day_and_may_not_end_before_it_begins() -> None:
    assert Period.model_validate({"from": "2022-01-01", "to": "2022-01-01"}).names == {
        "period_start": dt.date(2022, 1, 1), "period_end": dt.date(2022, 1, 1),
    }  # fmt: skip
    with pytest.raises(ValidationError, match="早于起日"):
        Period.model_validate({"from": "2022-01-02", "to": "2022-01-01"})
