"""Points and per cent: quoted decimal text in YAML, exact fractions inside.

A bare YAML number is refused: 0.1 would already be another number by the time it is read.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
"""Never below zero: a malus or a deduction is written as a positive amount."""


def _decimal(text: object, suffix: str, example: str) -> Fraction:
    if isinstance(text, Fraction):
        return text
    if not isinstance(text, str) or not text.endswith(suffix):
        raise ValueError(f'应为加引号的数字，例如 "{example}"，实际为 {text!r}')
    digits = text.removesuffix(suffix) if suffix else text
    if not _DECIMAL.fullmatch(digits):
        raise ValueError(f'应为加引号的数字，例如 "{example}"，实际为 {text!r}')
    return Fraction(digits)


def parse_points(text: object) -> Fraction:
    """Exact points from quoted decimal text such as "0.5"."""
    return _decimal(text, "", "0.5")


def parse_percent(text: object) -> Fraction:
    """Exact share (95/100) from quoted text such as "95%"."""
    value = _decimal(text, "%", "95%")
    return value if isinstance(text, Fraction) else value / 100


@lru_cache(maxsize=4096)
def points_text(value: Fraction) -> str:
    """The shortest decimal text of a fraction whose denominator divides a power of ten.

    Raises
    ------
    ValueError : the fraction has no finite decimal form
    """
    places, power = 0, 1
    while (value * power).denominator != 1:
        places, power = places + 1, power * 10
        if places > 12:
            raise ValueError(f"{value} has no finite decimal form")
    whole = abs(int(value * power))
    sign = "-" if value < 0 else ""
    if places == 0:
        return f"{sign}{whole}"
    digits = str(whole).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def percent_text(value: Fraction) -> str:
    """A share as per cent text: 19/20 gives "95%"."""
    return points_text(value * 100) + "%"


_SCHEMA = WithJsonSchema({"type": "string"})
Points = Annotated[Fraction, BeforeValidator(parse_points), PlainSerializer(points_text), _SCHEMA]
Percent = Annotated[
    Fraction, BeforeValidator(parse_percent), PlainSerializer(percent_text), _SCHEMA
]
