from __future__ import annotations

import pytest
from pydantic import ValidationError

from lawkpi.params import Strict


class One(Strict):
    name: str


def test_a_parameter_cannot_be_changed_after_it_was_read() -> None:
    one = One(name="a")
    with pytest.raises(ValidationError, match="frozen"):
        one.name = "b"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize("wrong", [{"name": "a", "more": 1}, {"name": 1}, {}])
def test_unknown_keys_numbers_for_texts_and_gaps_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        One.model_validate(wrong)
