"""What a ledger may declare as derived; what is computed from it: test_dates, test_sequence, test_derive."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from lawkpi.ledger.derived_columns import DERIVED_KINDS, DerivedColumn, LaterColumn, wanted_types
from lawkpi.ledger.schema import Schema
from tests.ledger.given import events_schema
from tests.support.tiny import SCHEMAS

LATER = {"title": "应报日", "later_than": "start_on"}
ELAPSED = {"title": "迟延", "elapsed_from": "due_on", "elapsed_to": "end_on"}
KINDS: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "later": ({**LATER, "years": 1, "months": 3}, "date", ("start_on",)),
    "elapsed": (
        {**ELAPSED, "unit": "months", "parts": "up", "open": "as_of"},
        "integer",
        ("due_on", "end_on"),
    ),
    "difference": ({"title": "差", "difference": ["hours", "done"]}, "number", ("hours", "done")),
    "occurrence": (
        {"title": "次序", "occurrence_of": ["department", "kind"], "by": "happened_on"},
        "integer",
        ("department", "kind", "happened_on"),
    ),
    "since_previous": (
        {"title": "间隔", "since_previous": ["department"], "by": "happened_on"},
        "integer",
        ("department", "happened_on"),
    ),
}


def declared(column: dict[str, Any]) -> Schema:
    return events_schema({"made": column})


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_told_by_its_own_key_and_has_a_type_a_title_and_inputs(kind: str) -> None:
    raw, column_type, inputs = KINDS[kind]
    schema = declared(raw)
    assert schema.all_types["made"] == column_type
    assert schema.title_of("made") == raw["title"]
    assert tuple(schema.derived_inputs) == inputs


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_written_out_is_read_back_as_the_same_kind(kind: str) -> None:
    schema = declared(KINDS[kind][0])
    again = Schema.model_validate(schema.model_dump(mode="json", exclude_none=True))
    assert again == schema


def test_every_kind_has_a_key_of_its_own() -> None:
    models = [get_args(one)[0] for one in get_args(get_args(DerivedColumn)[0])]
    own = {key: [model for model in models if key in model.model_fields] for key in DERIVED_KINDS}
    assert len(models) == len(DERIVED_KINDS) == len(set(DERIVED_KINDS.values()))
    assert {key: len(found) for key, found in own.items()} == dict.fromkeys(DERIVED_KINDS, 1)


def test_every_derived_column_of_the_project_reads_columns_of_the_type_it_wants() -> None:
    wrong = [
        (schema.id, name, one)
        for schema in SCHEMAS.values()
        for name, column in schema.derived.items()
        for one, types in wanted_types(column).items()
        if schema.all_types[one] not in types
    ]
    assert wrong == []


def test_a_difference_has_the_decimals_of_the_finer_column() -> None:
    assert declared(KINDS["difference"][0]).places_of("made") == 2
    whole = {"title": "差", "difference": ["planned", "held"]}
    assert declared(whole).places_of("made") == 0


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ({"days": 30}, "30日"),
        ({"working_days": 5}, "5个工作日"),
        ({"years": 1, "months": 3}, "1年3个月"),
        ({"months": 1, "days": 10}, "1个月10日"),
    ],
)
def test_how_much_later_is_said_in_words(time: dict[str, int], text: str) -> None:
    assert LaterColumn.model_validate({**LATER, **time}).length == text


@pytest.mark.parametrize(
    ("column", "named"),
    [
        (LATER, "至少一个"),
        ({**LATER, "days": 0}, "days"),
        ({**LATER, "months": -1}, "months"),
        ({**LATER, "days": "1.5"}, "days"),
        ({**LATER, "days": 3, "working_days": 3}, "只能写一个"),
        ({**LATER, "weeks": 2}, "weeks"),
        ({**LATER, "later_than": "sent_on", "days": 3}, "sent_on"),
    ],
    ids=["nothing", "zero", "earlier", "a part", "both days", "weeks", "unknown column"],
)
def test_a_later_day_without_a_clear_time_is_refused(column: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        declared(column)


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        ({"unit": "months", "open": "blank"}, "parts"),
        ({"unit": "years", "open": "blank"}, "parts"),
        ({"unit": "months", "parts": "up"}, "open"),
        ({"unit": "months", "parts": "half", "open": "blank"}, "parts"),
        ({"unit": "weeks", "parts": "up", "open": "blank"}, "unit"),
        ({"unit": "days", "open": "today"}, "open"),
    ],
)
def test_elapsed_time_that_leaves_open_how_it_counts_is_refused(
    terms: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValidationError, match=named):
        declared({**ELAPSED, **terms})


def test_days_have_no_parts_and_need_not_say_them() -> None:
    assert declared({**ELAPSED, "unit": "days", "open": "blank"}).all_types["made"] == "integer"


@pytest.mark.parametrize("names", [["hours"], ["hours", "done", "planned"], ["hours", "absent"]])
def test_a_difference_of_other_than_two_known_columns_is_refused(names: list[str]) -> None:
    with pytest.raises(ValidationError):
        declared({"title": "差", "difference": names})


@pytest.mark.parametrize("key", ["occurrence_of", "since_previous"])
def test_an_order_among_rows_of_no_contents_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match=key):
        declared({"title": "次", key: [], "by": "happened_on"})


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ({**LATER, "later_than": "matter", "days": 3}, "matter"),
        ({**ELAPSED, "elapsed_to": "held", "unit": "days", "open": "blank"}, "held"),
        ({"title": "差", "difference": ["hours", "kind"]}, "kind"),
        ({"title": "次", "occurrence_of": ["kind"], "by": "matter"}, "matter"),
        ({"title": "次", "since_previous": ["kind"], "by": "held"}, "held"),
        ({"title": "状态", "compare": "end_on", "to": "held"}, "held"),
    ],
)
def test_a_column_of_the_wrong_type_is_refused_and_named(
    column: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValidationError, match=f"made：{named} 应为"):
        declared(column)


def test_a_derived_column_may_read_one_that_stands_before_it() -> None:
    columns = {
        "last_on": {**LATER, "days": 30},
        "state": {"title": "状态", "compare": "end_on", "to": "last_on"},
    }
    assert events_schema(columns).all_types["state"] == "state"


@pytest.mark.parametrize("reads", ["last_on", "state_on"], ids=["a later one", "itself"])
def test_a_derived_column_that_reads_one_not_yet_computed_is_refused(reads: str) -> None:
    columns = {
        "state_on": {**LATER, "later_than": reads, "days": 1},
        "last_on": {**LATER, "days": 30},
    }
    with pytest.raises(ValidationError, match=reads):
        events_schema(columns)
