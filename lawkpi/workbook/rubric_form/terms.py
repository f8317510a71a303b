"""The Chinese words of the form: what choices are called, and which cells name something declared."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from lawkpi.params import Strict, load_model
from lawkpi.rubric.predicate import WORDS

TERMS = "terms"
"""The folder of words inside params/."""
FILE = "rubric.yaml"
MISSING, RELATED, EVERY = "missing", "related", "every"
MISSING_WORDS = {f"{MISSING}_yes": True, f"{MISSING}_no": False}
"""`missing` is two words to a reader: 为空 and 已填."""
WORD_NAMES = (*(word for word in WORDS if word != MISSING), *MISSING_WORDS, RELATED, EVERY)
"""Everything that can stand where a condition says how it compares."""
JOINS = ("all", "any")


class GuideSection(Strict):
    """One table of the sheet 填写说明: what about, and what is said."""

    title: str
    lines: dict[str, str]


class Guide(Strict):
    """The prose of the sheet 填写说明."""

    opening: str
    sections: tuple[GuideSection, ...]


class Terms(Strict):
    """Words by `Model.field`, or by the field alone where fields of one name share them.

    `names` says what the text of a field names: a ledger, a column of it, a state, a rate, ...; a field that
    is not listed holds plain text. A choice without a word is shown by its code.
    """

    choices: dict[str, dict[str, str]]
    yes_no: dict[Literal["yes", "no"], str]
    words: dict[str, str]
    joins: dict[str, str]
    days: dict[str, str]
    every_period: str
    names: dict[str, str]
    keys: dict[str, str]
    ways: dict[str, str]
    guide: Guide

    def of(self, field: str, codes: tuple[str, ...]) -> dict[str, str]:
        """Code to word of a field, written as `Model.field`."""
        known = self.choices.get(field) or self.choices.get(field.rpartition(".")[2]) or {}
        return {code: known.get(code, code) for code in codes}


def load_terms(params: Path) -> Terms:
    """The words of a params folder.

    Raises
    ------
    ParamsError PARAMS_FILE_MISSING, PARAMS_INVALID
    """
    return load_model(params / TERMS / FILE, Terms)
