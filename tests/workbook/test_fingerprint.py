"""One short number for all inputs, so that a signed paper names exactly what it was made from."""

from __future__ import annotations

import re

import pytest

from lawkpi.workbook.fingerprint import fingerprint

INPUTS = {"rubric.yaml": "a" * 64, "ledgers/案件台账.xlsx": "b" * 64}


def test_it_is_sixteen_hexadecimal_digits() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", fingerprint(INPUTS))


def test_it_is_the_same_for_ever() -> None:
    """Papers that were signed years ago are compared with it."""
    assert fingerprint(INPUTS) == "a2554bf85ca8aae5"


def test_the_order_of_the_files_does_not_matter() -> None:
    assert fingerprint(dict(reversed(INPUTS.items()))) == fingerprint(INPUTS)


CHANGED = {
    "another content": {**INPUTS, "rubric.yaml": "a" * 63 + "c"},
    "another name": {"rubrics.yaml": "a" * 64, "ledgers/案件台账.xlsx": "b" * 64},
    "one more file": {**INPUTS, "x": ""},
    "one file less": {"rubric.yaml": "a" * 64},
    "contents exchanged": {"rubric.yaml": "b" * 64, "ledgers/案件台账.xlsx": "a" * 64},
    "nothing": {},
}


@pytest.mark.parametrize("name", list(CHANGED))
def test_no_change_of_the_inputs_leaves_it_as_it_was(name: str) -> None:
    assert fingerprint(CHANGED[name]) != fingerprint(INPUTS)


def test_a_name_cannot_stand_for_a_name_and_a_digest() -> None:
    assert fingerprint({'a": "b", "c': "d"}) != fingerprint({"a": "b", "c": "d"})
