"""A box takes exactly one of its names, and says which there are."""

from __future__ import annotations

from typing import ClassVar

import pytest

from lawkpi.params import OneOf


class Box(OneOf):
    box: ClassVar[str] = "colour"
    red: str | None = None
    blue: str | None = None


def test_a_box_knows_the_name_it_was_written_under() -> None:
    assert Box(red="x").name == "red"


@pytest.mark.parametrize("given", [{}, {"red": "x", "blue": "y"}])
def test_none_and_two_are_refused_with_the_names_there_are(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="colour 应当且只能写一种：red、blue"):
        Box.model_validate(given)
