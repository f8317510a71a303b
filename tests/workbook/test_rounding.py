"""Rounding in formulas: halves by size, shares to a tenth of a per cent."""

import pytest

from lawkpi.workbook.rounding import half_up, half_up_formula, share, share_formula


@pytest.mark.parametrize(
    ("top", "bottom", "whole"), [(5, 2, 3), (4, 3, 1), (-5, 2, -3), (-4, 3, -1), (0, 7, 0)]
)
def test_halves_go_up_by_size(top: int, bottom: int, whole: int) -> None:
    assert half_up(top, bottom) == whole


def test_only_a_signed_formula_looks_at_the_sign() -> None:
    assert half_up_formula("A1", "B1") == "QUOTIENT(2*A1+B1,2*B1)"
    assert half_up_formula("A1", "3", signed=True) == (
        "IF(A1<0,-QUOTIENT(3-2*A1,2*3),QUOTIENT(2*A1+3,2*3))"
    )


@pytest.mark.parametrize(
    ("points", "full", "expected"),
    [(0, 1, 0.0), (1, 3, 0.333), (2, 3, 0.667), (1, 16, 0.063), (9, 9, 1.0)],
)
def test_a_share_is_half_up_to_a_tenth_of_a_per_cent(
    points: int, full: int, expected: float
) -> None:
    assert share(points, full) == expected
    assert share_formula("A1", "B1") == "QUOTIENT(2000*A1+B1,2*B1)/1000"


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        share(1, 0)
