from __future__ import annotations

import pandas as pd
import pytest

from lawkpi.ledger.schema import Schema
from lawkpi.ledger.table import Ledger
from lawkpi.result.mask import HIDDEN, masked


def ledger(title: str, personal: str | None, *values: str | None) -> Ledger:
    schema = Schema.model_validate(
        {
            "id": "people",
            "title": "名册",
            "kind": "register",
            "source": "department",
            "key": ["name"],
            "label": "{name}",
            "charged": {"by": "name", "share": "each_full"},
            "columns": {"name": {"title": title, "type": "text", "personal": personal}},
        }
    )
    return Ledger(schema, pd.DataFrame({"name": pd.Series(values, dtype="str")}))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张某某"), ("欧阳修文", "欧某某"), ("买买提·艾力", "买某某"), ("Li Lei", HIDDEN)],
)
def test_a_name_keeps_its_first_character(name: str, shown: str) -> None:
    assert masked(ledger("姓名", "name", name)).frame["name"].tolist() == [shown]


@pytest.mark.parametrize("title", ["执法证号", "缺席或请假事由"])
def test_what_is_no_name_is_hidden_whole(title: str) -> None:
    found = masked(ledger(title, "masked", "因病", "甲A001", None)).frame["name"]
    assert found.tolist()[:2] == [HIDDEN, HIDDEN]
    assert found.isna().tolist() == [False, False, True]


@pytest.mark.parametrize("personal", ["surrogate", None])
def test_surrogates_and_other_columns_stay(personal: str | None) -> None:
    given = ledger("人员编号", personal, "P001")
    assert masked(given) is given


def test_the_ledger_that_was_handed_in_keeps_its_names() -> None:
    given = ledger("姓名", "name", "张三")
    masked(given)
    assert given.frame["name"].tolist() == ["张三"]
