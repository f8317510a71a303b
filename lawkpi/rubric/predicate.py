"""Predicates: which rows count, from a closed list of words.

One tree, used four times: as a mask over a ledger, as a row formula, as a Chinese clause and to name
the rows. Written in YAML as ``{column: {word: operand}}``, joined by ``all`` and ``any`` (two levels),
and by ``related`` along declared columns. Never a string of code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from lawkpi.params.numbers import parse_points, points_text

ORDER_WORDS = ("below", "at_most", "above", "at_least")
DATE_WORDS = ("on_or_before", "on_or_after")
SET_WORDS = ("in", "not_in")
COLUMN_WORDS = ("same_as", "before_column", "after_column")
WORDS = ("is", "not", *SET_WORDS, *ORDER_WORDS, *DATE_WORDS, "missing", *COLUMN_WORDS)
NAMED_DAYS = ("period_start", "period_end", "as_of")
"""Days that a comparison may name instead of writing them."""
MOST_LEVELS = 2


@dataclass(frozen=True)
class Compared:
    """One column, one word, one operand.

    The operand is text, a tuple of texts, True or False (`missing`), or another column's name.
    """

    column: str
    word: str
    operand: str | tuple[str, ...] | bool


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True)
class Related:
    """Rows of another ledger that carry the same value of `by`.

    Holds when the number of those rows that satisfy `where`, or the sum of their column `sum`, is
    at least `at_least`. `by` names the column here, `to` the column there.
    """

    ledger: str
    by: str
    to: str
    where: Predicate
    sum: str | None
    at_least: Fraction


Predicate = Compared | AllOf | AnyOf | Related
EVERY_ROW = AllOf(())


def parse_predicate(raw: Any, level: int = 0) -> Predicate:
    """A predicate from its YAML form.

    Raises
    ------
    ValueError : an unknown word, a wrong operand, or more than two levels
    """
    if isinstance(raw, Compared | AllOf | AnyOf | Related):
        return raw
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise ValueError(f"条件应写作 {{列: {{词: 值}}}}，实际为 {raw!r}{_line(raw)}")
    ((name, inner),) = raw.items()
    if name in ("all", "any"):
        return _joined(str(name), inner, level)
    if name == "related":
        return _related(inner)
    return _compared(str(name), inner)


def _joined(name: str, inner: Any, level: int) -> Predicate:
    if level >= MOST_LEVELS:
        raise ValueError(f"all/any 最多两层，更复杂的条件应写成台账的派生列{_line(inner)}")
    if not isinstance(inner, list) or (name == "any" and not inner):
        raise ValueError(f"{name} 之后应为条件列表，any 至少一项{_line(inner)}")
    parts = tuple(parse_predicate(part, level + 1) for part in inner)
    return AllOf(parts) if name == "all" else AnyOf(parts)


def _related(inner: Any) -> Related:
    known = {"ledger", "by", "to", "where", "sum", "at_least"}
    if not isinstance(inner, Mapping) or not {"ledger", "by"} <= set(inner) <= known:
        raise ValueError(f"related 应含 ledger、by，可含 to、where、sum、at_least{_line(inner)}")
    if "sum" in inner and "at_least" not in inner:
        raise ValueError(f"related 写明 sum 时应写明 at_least{_line(inner)}")
    return Related(
        ledger=str(inner["ledger"]),
        by=str(inner["by"]),
        to=str(inner.get("to", inner["by"])),
        where=parse_predicate(inner["where"], 1) if "where" in inner else EVERY_ROW,
        sum=str(inner["sum"]) if "sum" in inner else None,
        at_least=parse_points(inner.get("at_least", "1")),
    )


def _compared(column: str, inner: Any) -> Compared:
    if not isinstance(inner, Mapping) or len(inner) != 1:
        raise ValueError(f"列 {column} 之后应为一个词和一个值{_line(inner)}")
    ((word, operand),) = inner.items()
    if word not in WORDS:
        raise ValueError(f"未知的词 {word}（可用：{'、'.join(WORDS)}）{_line(inner)}")
    return Compared(column, str(word), _operand(column, str(word), operand))


def _operand(column: str, word: str, operand: Any) -> str | tuple[str, ...] | bool:
    if word == "missing":
        if not isinstance(operand, bool):
            raise ValueError(f"列 {column} 的 missing 之后应为 true 或 false")
        return operand
    if word in SET_WORDS:
        texts = isinstance(operand, list) and all(isinstance(one, str) for one in operand)
        if not texts or not operand:
            raise ValueError(f"列 {column} 的 {word} 之后应为文字列表，至少一项")
        return tuple(str(one) for one in operand)
    if not isinstance(operand, str):
        raise ValueError(f"列 {column} 的 {word} 之后应为加引号的文字，实际为 {operand!r}")
    return str(operand)


def _line(raw: Any) -> str:
    marks = getattr(raw, "lc", None)
    return f"（第{marks.line + 1}行）" if marks is not None else ""


def predicate_yaml(predicate: Predicate) -> dict[str, Any]:
    """A predicate in its YAML form, equal to what was read."""
    match predicate:
        case AllOf(parts):
            return {"all": [predicate_yaml(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [predicate_yaml(part) for part in parts]}
        case Related():
            return {"related": _related_yaml(predicate)}
        case Compared(column, word, operand):
            return {column: {word: list(operand) if isinstance(operand, tuple) else operand}}


def _related_yaml(related: Related) -> dict[str, Any]:
    written: dict[str, Any] = {"ledger": related.ledger, "by": related.by, "to": related.to}
    if related.where != EVERY_ROW:
        written["where"] = predicate_yaml(related.where)
    if related.sum:
        written["sum"] = related.sum
    return written | {"at_least": points_text(related.at_least)}


def compared_parts(predicate: Predicate) -> Iterator[Compared]:
    """Every comparison over the ledger's own columns (not inside `related`)."""
    match predicate:
        case Compared():
            yield predicate
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from compared_parts(part)
        case Related():
            return


def related_parts(predicate: Predicate) -> Iterator[Related]:
    """Every `related` part."""
    match predicate:
        case Related():
            yield predicate
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from related_parts(part)
        case Compared():
            return


def both(*parts: Predicate) -> Predicate:
    """All of several predicates, flattened."""
    flat: list[Predicate] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AllOf) else (part,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


PredicateField = Annotated[
    Predicate, BeforeValidator(parse_predicate), PlainSerializer(predicate_yaml)
]
