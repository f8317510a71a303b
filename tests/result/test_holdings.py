"""What one department holds is what counting its own rows alone would give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.ledger.table import Ledger
from lawkpi.measure import Facts, measured, rule_input
from lawkpi.measure.truth import related_units
from lawkpi.result import Assessment
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.predicate import Related, parse_predicate
from lawkpi.scoring.worth import worth
from tests.workbook.drawn import numbers
from tests.workbook.drawn import world as drawn_world
from tests.workbook.given import CODES, World, world


@pytest.fixture(scope="module")
def small() -> World:
    return world(3)


def own_ledger(assessment: Assessment, name: str, code: str) -> Ledger:
    """The rows that name a department in a column by which any rule charges."""
    ledger = assessment.ledgers[name]
    columns = assessment.holdings.charging(ledger.schema)
    rows = (ledger.frame[columns] == code).fillna(False).any(axis=1).to_numpy(dtype=bool)
    unknown = {column: flags[rows] for column, flags in ledger.unknown.items()}
    return replace(ledger, frame=ledger.frame[rows].reset_index(drop=True), unknown=unknown)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_counts_are_those_of_the_department_s_own_rows_among_all_records(seed: int) -> None:
    """Each rule is counted a second time, over a ledger that holds the department's rows only."""
    assessment = drawn_world(numbers(seed)).assessment()
    code = CODES[seed % 3]
    for _, item in assessment.rubric.lines:
        for rule in item.rules:
            found = assessment.holdings.counts(item, rule, code)
            name = rule.measure.ledger
            ledgers = {**assessment.ledgers}
            if name in ledgers:
                ledgers[name] = own_ledger(assessment, name, code)
            facts = Facts(ledgers, assessment.facts.names)
            alone = measured(rule_input(item, rule, [code]), facts)
            times = found.scale // alone.scale
            assert found.done == int(alone.done[0]) * times
            assert found.due == int(alone.due[0]) * (times if rule.measure.completion else 1)
            assert found.is_pending == bool(alone.pending[0])
            assert found.state_code == alone.state_code[0]
            if alone.marks is not None and found.marks is not None:
                assert found.marks.due.tolist() == alone.marks.due.tolist()
                assert found.marks.done.tolist() == alone.marks.done.tolist()
                assert found.marks.unknown.tolist() == alone.marks.unknown.tolist()
                assert found.marks.charged.tolist() == alone.marks.charges.of(code).tolist()
            if found.worth is not None and not rule.periods and found.worth.counted:
                records = worth(rule, alone, facts, [code]).records.get(0, ())
                assert {one.row for one in records} == set(found.worth.counted)
                assert all(found.worth.counted[one.row] in (one.points, 0) for one in records)


def related(**more: object) -> Related:
    raw = {"ledger": "hours", "by": "person", "where": {"present": {"is": "yes"}}, **more}
    made = parse_predicate({"related": raw})
    assert isinstance(made, Related)
    return made


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("more", [{}, {"sum": "hours", "at_least": "5"}], ids=["number", "sum"])
def test_related_records_of_the_department_s_own_are_told_from_those_of_others(
    code: str, more: dict[str, str]
) -> None:
    assessment = world(5, unknown={"hours": {"present": [0, 3], "hours": [2, 7]}}).assessment()
    held, one = assessment.holdings, related(**more)
    own = {name: own_ledger(assessment, name, code) for name in ("people", "hours")}
    facts = Facts({**assessment.ledgers, **own}, assessment.facts.names)
    expected = related_units(one, own["people"], facts)
    found = held.own_amounts(held.rows("people", code), one, code)
    for kind in ("sure", "open", "unread"):
        assert getattr(found, kind).tolist() == getattr(expected, kind).tolist()
    whole = held.amounts("people", one).at(held.rows("people", code).rows)
    assert (whole.less(found).sure >= 0).all()


def test_every_charged_row_is_held_by_someone_and_none_by_a_stranger(small: World) -> None:
    held = small.assessment().holdings
    rows = [held.rows("people", code).rows for code in CODES]
    assert len(np.unique(np.concatenate(rows))) == sum(map(len, rows))
    assert len(held.rows("people", "ZX000")) == 0


def test_counts_of_a_body_that_is_not_assessed_are_refused(small: World) -> None:
    assessment = small.assessment()
    _, item = next(iter(assessment.rubric.lines))
    with pytest.raises(KeyError, match="ZX000"):
        assessment.holdings.counts(item, item.rules[0], "ZX000")


def test_measures_over_a_ledger_that_no_rule_reads_are_none(small: World) -> None:
    assert list(small.assessment().holdings.measures("self_assessments")) == []


def test_all_measures_over_a_ledger_are_found(small: World) -> None:
    held = small.assessment().holdings
    rules = [rule for _, item in held.rubric.lines for rule in item.rules]
    counted = [one.measure.measure for one in rules if isinstance(one.measure.measure, Counted)]
    found = [one for name in ("cases", "people", "hours") for one in held.measures(name)]
    assert sorted(map(repr, found)) == sorted(map(repr, counted))
