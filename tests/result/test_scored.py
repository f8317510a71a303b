"""Scoring all rules at once keeps every department in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawkpi.errors import RubricError
from lawkpi.result.inputs import Inputs
from lawkpi.result.scored import scored_all
from lawkpi.run.check import checked
from lawkpi.run.folder import open_folder
from tests.support.tiny import tiny_folder

from .test_totals import entry


def inputs(folder: Path, **rows: list[dict[str, object]]) -> Inputs:
    found = checked(open_folder(tiny_folder(folder, rows)))
    opened = found.folder
    return Inputs(opened.settings, opened.register, opened.rubric, found.ledgers, opened.reckoner)


def test_a_veto_holds_for_its_department_only(folder: Path) -> None:
    scored = scored_all(inputs(folder, daily_log=[entry(1, "refusal", "甲区市监局")]))
    assert [len(scored.vetoes_of(place)) for place in range(3)] == [0, 1, 0]


def test_items_come_in_printing_order(folder: Path) -> None:
    scored = scored_all(inputs(folder))
    assert [one.item.id for one in scored.items] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]


def test_a_rule_over_a_ledger_that_is_not_there_is_refused(folder: Path) -> None:
    given = inputs(folder)
    ledgers = {name: one for name, one in given.ledgers.items() if name != "daily_log"}
    with pytest.raises(RubricError) as caught:
        scored_all(Inputs(given.settings, given.register, given.rubric, ledgers, given.reckoner))
    assert caught.value.code == "RUBRIC_LEDGER_UNKNOWN"
