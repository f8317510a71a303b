"""Personal columns as results show them: a surname, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from lawkpi.ledger.table import Ledger

HIDDEN = "（已隐去）"
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")


def masked(ledger: Ledger) -> Ledger:
    """The ledger with its masked columns made unrecognisable; a new ledger."""
    columns = {
        name: _masked(ledger.frame[name], is_name=column.personal == "name")
        for name, column in ledger.schema.columns.items()
        if column.personal in ("name", "masked")
    }
    return replace(ledger, frame=ledger.frame.assign(**columns)) if columns else ledger


def _masked(values: pd.Series, *, is_name: bool) -> pd.Series:
    return values.map(lambda text: _mask(str(text), is_name=is_name), na_action="ignore")


def masked_text(text: str, personal: str | None) -> str:
    """A text as results show it, by what its column is: a name by its surname, what is masked not at all."""
    return _mask(text, is_name=personal == "name") if personal in ("name", "masked") else text


def shown_name(text: str) -> str:
    """A person's name as results show it: the surname."""
    return _mask(text, is_name=True)


def _mask(text: str, *, is_name: bool) -> str:
    return f"{text[0]}某某" if is_name and _NAME.fullmatch(text) else HIDDEN
