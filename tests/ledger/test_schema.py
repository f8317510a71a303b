from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from lawkpi.errors import ParamsError
from lawkpi.ledger import Schema, load_schemas
from tests.ledger.given import CASES
from tests.support.tiny import PARAMS, SCHEMAS

RAW = CASES.model_dump(mode="json", by_alias=True, exclude_none=True)


def changed(**parts: Any) -> dict[str, Any]:
    return {**deepcopy(RAW), **parts}


def test_every_declared_ledger_of_the_project_loads_under_its_own_name() -> None:
    assert set(SCHEMAS) == {path.stem for path in (PARAMS / "ledgers").glob("*.yaml")}


def test_a_file_that_is_not_named_like_its_ledger_is_refused(tmp_path: Path) -> None:
    text = (PARAMS / "ledgers" / "claims.yaml").read_text(encoding="utf-8")
    (tmp_path / "others.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_schemas(tmp_path)
    assert (caught.value.code, caught.value.where) == ("LEDGER_SCHEMA_NAME", "others.yaml")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"key": ["number", "instance"]}, "instance"),
        ({"charged": {"by": "owner", "share": "each_full"}}, "owner"),
        ({"period_by": "closed_on"}, "closed_on"),
        ({"label": "{number}{title}"}, "title"),
        ({"derived": {"last": {"title": "末", "latest": ["reply_on", "sent_on"]}}}, "sent_on"),
        ({"derived": {"hours": {"title": "重", "latest": ["reply_on"]}}}, "hours"),
        ({"derived": {"row_id": {"title": "重", "latest": ["reply_on"]}}}, "row_id"),
    ],
    ids=["key", "charged", "period", "label", "derived input", "derived twice", "origin column"],
)
def test_a_ledger_that_names_an_unknown_or_taken_column_is_refused(
    parts: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValidationError, match=named):
        Schema.model_validate(changed(**parts))


def test_a_choice_without_choices_is_refused() -> None:
    raw = changed()
    raw["columns"]["number"] = {"title": "案号", "type": "choice"}
    with pytest.raises(ValidationError, match="choices"):
        Schema.model_validate(raw)


def test_who_shares_a_joint_row_has_no_default() -> None:
    with pytest.raises(ValidationError, match="share"):
        Schema.model_validate(changed(charged={"by": "department"}))


def test_derived_columns_have_types_and_titles_like_declared_ones() -> None:
    types = CASES.all_types
    wanted = {"papers_on": "date", "due_on": "date", "state": "state", "well_rated": "yes_no",
              "lead_days": "integer"}  # fmt: skip
    assert {name: types[name] for name in wanted} == wanted
    assert CASES.title_of("due_on") == "届满日"
    assert CASES.labels_of("well_rated") == {"yes": "是", "no": "否"}
    assert CASES.places_of("hours") == 1
    assert CASES.places_of("good") == 0
