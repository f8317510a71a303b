"""The fields of a model as parts of a form: what fills one cell, what is listed, what is a condition.

Everything is told by the models' own annotations and titles; a new field appears by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from inspect import get_annotations
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from lawkpi.params import Reference, points_text
from lawkpi.params.numbers import parse_percent, parse_points
from lawkpi.params.values import parse_day
from lawkpi.rubric.measures import Named
from lawkpi.rubric.predicate import parse_predicate
from lawkpi.rubric.shapes.lines import parse_line
from lawkpi.rubric.written import fields_of
from lawkpi.workbook.rubric_form.kinds import (
    Amount,
    Choice,
    Day,
    Either,
    Kind,
    Pairs,
    References,
    Share,
    Template,
    Text,
    Texts,
    Threshold,
    Whole,
)
from lawkpi.workbook.rubric_form.terms import Terms
from lawkpi.workbook.rubric_form.vocabulary import Vocabulary

Keys = tuple[str, ...]
Chosen = tuple[Keys, str]
"""A box and the alternative that has to be chosen in it."""
NUMBERS: dict[Any, Kind] = {
    parse_points: Amount(),
    parse_percent: Share(),
    parse_line: Threshold(),
    parse_day: Day(),
}
"""Kinds by the function that reads a field's text."""
PLAIN: dict[Any, Kind] = {str: Text(), int: Whole()}
LISTED: dict[Any, Kind] = {str: Texts(), Reference: References()}
TEMPLATE = "template"
"""The role of a text with columns in braces."""
DERIVED: tuple[type[BaseModel], ...] = (Named,)
"""What is made from other fields when a rubric is read, and never written."""


@dataclass(frozen=True)
class Leaf:
    """A field that fills one cell.

    `path` leads to it from its record; `required`: must be filled where its own model is there; `firm`: that
    model is there always (or whenever the alternative is chosen); `default` is plain, None for none.
    """

    path: Keys
    title: str
    kind: Kind
    role: str = ""
    required: bool = False
    firm: bool = True
    default: Any = None
    choice: Chosen | None = None


@dataclass(frozen=True)
class Box:
    """A choice of one among several models, each with its own fields."""

    path: Keys
    title: str
    required: bool
    alternatives: Vocabulary
    said: Mapping[str, str] = field(default_factory=dict)
    """What each alternative is, in one sentence."""


@dataclass(frozen=True)
class Side:
    """A condition; `indexed` where it belongs to one entry of a list."""

    path: Keys
    title: str
    required: bool
    choice: Chosen | None = None
    many: Keys | None = None


@dataclass(frozen=True)
class Many:
    """Several entries of one shape: a list, or with `is_named` a mapping by names.

    `leaves` are an entry's cells (a single one without a path where the entry is plain); `model` is the
    model of an entry, None for plain ones.
    """

    path: Keys
    title: str
    model: type[BaseModel] | None
    is_named: bool
    required: bool
    role: str = ""
    key: str = ""
    choice: Chosen | None = None
    leaves: tuple[Leaf, ...] = ()


Part = Leaf | Box | Side | Many


@dataclass(frozen=True)
class Bare:
    """An annotation without `None` and without its metadata, which is kept beside it."""

    core: Any
    readers: tuple[Callable[..., Any], ...] = ()


@dataclass(frozen=True)
class Walk:
    """Where the walk through a model stands: below which fields, in which alternative."""

    terms: Terms
    path: Keys = ()
    titles: Keys = ()
    firm: bool = True
    choice: Chosen | None = None
    in_cell: bool = False
    """Whether mappings of plain values stand in one cell; else they are listed."""

    def below(self, alias: str, title: str, *, firm: bool) -> Walk:
        """The walk inside a field that is a model."""
        return replace(
            self,
            path=(*self.path, alias),
            titles=(*self.titles, title),
            firm=self.firm and firm,
        )

    def title(self, own: str) -> str:
        """A field's title with those of the models around it, none said twice."""
        around = self.titles
        if around and own.startswith(around[-1]):
            around = around[:-1]
        return "·".join((*around, own))


def parts(model: type[BaseModel], walk: Walk) -> Iterator[Part]:
    """The parts of a model, in the order in which they are written."""
    for name, info in fields_of(model).items():
        yield from _part(model, name, info, walk)


def bare(annotation: Any, metadata: list[Any] | tuple[Any, ...] = ()) -> Bare:
    """An annotation's core and the functions that read it."""
    readers = tuple(one.func for one in metadata if isinstance(one, BeforeValidator))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = bare(args[0], args[1:])
        return Bare(inner.core, readers + inner.readers)
    if origin in (Union, UnionType):
        kept = tuple(one for one in args if one is not NoneType)
        if len(kept) == 1:
            inner = bare(kept[0])
            return Bare(inner.core, readers + inner.readers)
    return Bare(annotation, readers)


def owner_of(model: type[BaseModel], name: str) -> str:
    """A field by the class that declares it: Counted.ledger."""
    classes = (one for one in model.__mro__ if name in get_annotations(one))
    return f"{next(classes, model).__name__}.{name}"


def is_box(model: type[BaseModel]) -> bool:
    """Whether a model is a choice among models: every field an optional model."""
    cores = [bare(info.annotation).core for info in model.model_fields.values()]
    optional = not any(info.is_required() for info in model.model_fields.values())
    return optional and len(cores) > 1 and all(_is_model(core) for core in cores)


def _is_model(core: Any) -> bool:
    return isinstance(core, type) and issubclass(core, BaseModel)


def _part(model: type[BaseModel], name: str, info: FieldInfo, walk: Walk) -> Iterator[Part]:
    found = bare(info.annotation, info.metadata)
    alias, owner = info.alias or name, owner_of(model, name)
    path, title = (*walk.path, alias), walk.title(info.title or name)
    if found.core in DERIVED:
        return
    if parse_predicate in found.readers:
        yield Side(path, title, info.is_required(), walk.choice)
    elif _is_model(found.core) and is_box(found.core):
        yield from _box(found.core, info, walk, path)
    elif _is_model(found.core):
        firm = info.is_required() or info.default is not None
        yield from parts(found.core, walk.below(alias, info.title or name, firm=firm))
    else:
        kind = kind_of(found, owner, walk)
        if kind is None:
            yield _many(found.core, owner, info, walk, path)
        else:
            role, required = walk.terms.names.get(owner, ""), info.is_required()
            kind = Template() if role == TEMPLATE else kind
            default = plain_default(info)
            yield Leaf(path, title, kind, role, required, walk.firm, default, walk.choice)


def plain_default(info: FieldInfo) -> Any:
    """A default that can be shown in a cell; None for none."""
    value = None if info.is_required() else info.default
    if isinstance(value, Fraction):
        return points_text(value)
    return value if isinstance(value, bool | int) or (isinstance(value, str) and value) else None


def _box(model: type[BaseModel], info: FieldInfo, walk: Walk, path: Keys) -> Iterator[Part]:
    titles = {name: one.title or name for name, one in model.model_fields.items()}
    title = walk.title(info.title or path[-1])
    ways = walk.terms.ways
    said = {name: ways.get(f"{model.__name__}.{name}", "") for name in titles}
    yield Box(path, title, info.is_required(), Vocabulary(titles), said)
    for name, one in model.model_fields.items():
        core = bare(one.annotation).core
        inner = Walk(walk.terms, (*path, name), (), choice=(path, name))
        yield from parts(core, inner)


def _many(core: Any, owner: str, info: FieldInfo, walk: Walk, path: Keys) -> Many:
    """A list or a mapping whose entries have rows of their own."""
    is_named = get_origin(core) is dict
    entry = bare(get_args(core)[1 if is_named else 0])
    inner = Walk(walk.terms)
    if _is_model(entry.core):
        leaves = tuple(one for one in parts(entry.core, inner) if isinstance(one, Leaf))
        model = entry.core
    else:
        kind = kind_of(entry, owner, inner) or Text()
        title = "分值" if isinstance(kind, Amount) else "内容"
        leaves, model = (Leaf((), title, kind, required=True),), None
    return Many(
        path=path,
        title=walk.title(info.title or path[-1]),
        model=model,
        is_named=is_named,
        required=info.is_required(),
        role=walk.terms.names.get(owner, ""),
        key=walk.terms.keys.get(owner, ""),
        choice=walk.choice,
        leaves=leaves,
    )


def kind_of(found: Bare, owner: str, walk: Walk) -> Kind | None:
    """The kind of cell that holds a value; None where it takes more than a cell."""
    core, origin, args = found.core, get_origin(found.core), get_args(found.core)
    known = [NUMBERS[one] for one in found.readers if one in NUMBERS]
    if known or core in PLAIN:
        return known[0] if known else PLAIN[core]
    if core is bool or origin is Literal:
        return _choice(args, owner, walk.terms)
    if origin in (Union, UnionType):
        return _either([bare(one) for one in args if one is not NoneType], owner, walk)
    if origin is tuple:
        return LISTED.get(args[0])
    value = kind_of(bare(args[1]), owner, walk) if origin is dict and walk.in_cell else None
    return Pairs(value) if value else None


def _choice(codes: tuple[str, ...], owner: str, terms: Terms) -> Choice:
    """是 and 否, or the codes of a field with their words."""
    if not codes:
        return Choice(
            Vocabulary({str(one): word for one, word in terms.yes_no.items()}), (True, False)
        )
    return Choice(Vocabulary(terms.of(owner, codes)), codes)


def _either(options: list[Bare], owner: str, walk: Walk) -> Kind | None:
    kinds = [kind_of(one, owner, walk) for one in options]
    choice = next((one for one in kinds if isinstance(one, Choice)), None)
    number = next((one for one in kinds if one is not None and one is not choice), None)
    return Either(number, choice) if number and choice else None


def sides_of(many: Many, terms: Terms) -> Iterator[Side]:
    """The conditions that each entry of a list has."""
    if many.model is None:
        return
    for one in parts(many.model, Walk(terms)):
        if isinstance(one, Side):
            title = f"{many.title}·{one.title}"
            yield Side(one.path, title, one.required, many.choice, many.path)
