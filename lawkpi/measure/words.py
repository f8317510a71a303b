"""Predicates and cells in Chinese: what a rule looks at, and what it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from lawkpi.law.states import TimeState
from lawkpi.ledger.schema import Schema
from lawkpi.params import points_text
from lawkpi.rubric.measures import Counted
from lawkpi.rubric.predicate import AllOf, AnyOf, Compared, Predicate, Related
from lawkpi.rubric.rule import Rule
from lawkpi.rubric.shapes import Words

_PHRASES = {
    "below": "小于{}",
    "at_most": "不大于{}",
    "above": "大于{}",
    "at_least": "不小于{}",
    "on_or_before": "不晚于{}",
    "on_or_after": "不早于{}",
    "same_as": "与“{}”相同",
    "before_column": "早于“{}”",
    "after_column": "晚于“{}”",
}
_DAY_PHRASES = {
    "below": "早于{}",
    "at_most": "不晚于{}",
    "above": "晚于{}",
    "at_least": "不早于{}",
}
_NAMED_DAYS = {"period_start": "考核周期起日", "period_end": "考核周期止日", "as_of": "数据截止日"}


def predicate_text(predicate: Predicate, schema: Schema, schemas: Mapping[str, Schema]) -> str:
    """A predicate as a Chinese clause; 全部记录 for one without conditions."""
    match predicate:
        case Compared():
            return f"{schema.title_of(predicate.column)}{_comparison(predicate, schema)}"
        case AllOf(()):
            return "全部记录"
        case AllOf(parts):
            return "，且".join(predicate_text(part, schema, schemas) for part in parts)
        case AnyOf(parts):
            return "（" + "，或".join(_within(part, schema, schemas) for part in parts) + "）"
        case Related():
            return _related(predicate, schema, schemas)


def _within(part: Predicate, schema: Schema, schemas: Mapping[str, Schema]) -> str:
    """A way among others, in brackets of its own where it is more than one condition."""
    text = predicate_text(part, schema, schemas)
    several = isinstance(part, AllOf) and len(part.parts) > 1
    return f"〔{text}〕" if several else text


def rule_words(rule: Rule, schemas: Mapping[str, Schema]) -> Words:
    """The words of a rule's ledger, for shapes that name columns."""
    measure, amounting = rule.measure.measure, rule.effect.amounting
    if not isinstance(measure, Counted):
        return Words()
    schema = schemas[measure.ledger]
    times = amounting.multipliers if amounting else ()
    same = amounting.same_matter if amounting else None
    names = [*rule.columns, *([same.by] if same else [])]
    return Words(
        titles={name: schema.title_of(name) for name in names},
        labels={name: schema.labels_of(name) for name in names},
        times=tuple(predicate_text(one.when, schema, schemas) for one in times),
    )


def _related(related: Related, schema: Schema, schemas: Mapping[str, Schema]) -> str:
    other = schemas[related.ledger]
    where = predicate_text(related.where, other, schemas)
    within = f"《{other.title}》中{schema.title_of(related.by)}相同的记录"
    among = "" if where == "全部记录" else f"（{where}）"
    if related.sum is None:
        return f"{within}{among}不少于{points_text(related.at_least)}条"
    total = f"“{other.title_of(related.sum)}”合计"
    return f"{within}{among}的{total}不小于{points_text(related.at_least)}"


def _comparison(compared: Compared, schema: Schema) -> str:
    if compared.word == "missing":
        return "为空" if compared.operand else "已填"
    if isinstance(compared.operand, tuple):
        words = "、".join(f"“{_label(compared, word, schema)}”" for word in compared.operand)
        return f"为{words}之一" if compared.word == "in" else f"不为{words}"
    text = str(compared.operand)
    if compared.word in ("is", "not"):
        return f"{'为' if compared.word == 'is' else '不为'}“{_label(compared, text, schema)}”"
    if compared.word in ("same_as", "before_column", "after_column"):
        return _PHRASES[compared.word].format(schema.title_of(text))
    day = _NAMED_DAYS.get(text) or _day_text(text)
    is_date = schema.all_types.get(compared.column) == "date"
    phrase = _DAY_PHRASES.get(compared.word) if is_date else None
    return (phrase or _PHRASES[compared.word]).format(day)


def _day_text(text: str) -> str:
    """A written day as officials write it; any other operand as it stands."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _label(compared: Compared, code: str, schema: Schema) -> str:
    return code_label(schema, compared.column, code)


def code_label(schema: Schema, column: str, code: str) -> str:
    """The word an official reads for a code."""
    if schema.all_types.get(column) == "state":
        return TimeState(code).label if code in set(TimeState) else code
    return schema.labels_of(column).get(code, code)


def value_text(
    schema: Schema, column: str, value: Any, names: Mapping[str, str] | None = None
) -> str:
    """One cell as a reader sees it; `names` turns department codes into names."""
    if pd.isna(value):
        return "（空）"
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return points_text(Fraction(f"{value:.{schema.places_of(column)}f}"))
    kind = schema.all_types.get(column)
    if kind == "department" and names:
        return names.get(str(value), str(value))
    return code_label(schema, column, str(value))
