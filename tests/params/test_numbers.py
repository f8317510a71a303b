from __future__ import annotations

from fractions import Fraction

import pytest

from lawkpi.params.numbers import parse_percent, parse_points, percent_text, points_text


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("0.1", Fraction(1, 10)),
        ("6", Fraction(6)),
        ("0.10", Fraction(1, 10)),
    ],
)
def test_points_are_exact(text: str, exact: Fraction) -> None:
    assert parse_points(text) == exact


@pytest.mark.parametrize(
    ("text", "exact"), [("95%", Fraction(19, 20)), ("0.1%", Fraction(1, 1000))]
)
def test_a_share_is_exact(text: str, exact: Fraction) -> None:
    assert parse_percent(text) == exact


@pytest.mark.parametrize("wrong", [0.1, 1, True, None, "", ".5", "5.", "1,5", "5%", "五", "-0.5"])
def test_points_are_quoted_decimals_and_nothing_else(wrong: object) -> None:
    with pytest.raises(ValueError, match="加引号"):
        parse_points(wrong)


@pytest.mark.parametrize("wrong", [0.95, 95, "95", "0.95", "95％", "95 %"])
def test_a_share_carries_its_per_cent_sign(wrong: object) -> None:
    with pytest.raises(ValueError, match="加引号"):
        parse_percent(wrong)


@pytest.mark.parametrize("text", ["0", "0.5", "100", "3.333333333333"])
def test_points_are_printed_as_they_were_written(text: str) -> None:
    assert points_text(parse_points(text)) == text


def test_points_are_printed_in_their_shortest_form() -> None:
    assert points_text(Fraction("2.50")) == "2.5"
    assert percent_text(Fraction(19, 20)) == "95%"


def test_a_third_has_no_decimal_text_and_is_not_cut_off() -> None:
    with pytest.raises(ValueError, match="finite"):
        points_text(Fraction(1, 3))
