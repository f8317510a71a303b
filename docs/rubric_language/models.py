"""The models of the language: which there are, and their fields as a table."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from lawkpi.params import Day, Percent, Points, points_text
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import EVERY_ROW, PredicateField
from lawkpi.rubric.shapes.lines import Line, LineField

Model = type[BaseModel]
_PLAIN = {str: "text", bool: "true or false", int: "whole number", Any: "anything"}
_NAMED = (
    (Points, "points"),
    (Percent, "per cent"),
    (LineField, "number or per cent"),
    (PredicateField, "[condition](#conditions)"),
    (Day, "day"),
)
"""Types that are written in a way of their own."""


def language_models() -> list[Model]:
    """Every model that a rubric is written in, each once, in the order in which they are met."""
    found: dict[Model, None] = {}
    _collect(Rubric, found)
    return list(found)


def _collect(model: Model, found: dict[Model, None]) -> None:
    if model in found:
        return
    for base in reversed(model.__mro__[1:]):
        if isinstance(base, type) and issubclass(base, BaseModel) and own_fields(base):
            found.setdefault(base, None)
    found[model] = None
    for hint in get_type_hints(model, include_extras=True).values():
        for other in _models_in(hint):
            _collect(other, found)


def _models_in(hint: Any) -> Iterator[Model]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for part in get_args(hint):
        yield from _models_in(part)


def own_fields(model: Model) -> dict[str, FieldInfo]:
    """The fields that a model adds to those of its bases."""
    declared = inspect.get_annotations(model)
    return {name: one for name, one in model.model_fields.items() if name in declared}


def bases_with_fields(model: Model) -> list[Model]:
    """The models whose fields a model has as well, the farthest first."""
    bases = [one for one in model.__mro__[1:] if issubclass(one, BaseModel)]
    return [one for one in reversed(bases) if own_fields(one)]


def written(name: str, field: FieldInfo) -> str:
    """A field's name in YAML."""
    return field.alias or name


class Fields:
    """Tables of fields; `meanings` says what docstrings do not, `places` where a model's table stands."""

    def __init__(
        self, meanings: Mapping[str, Mapping[str, str]], places: Mapping[str, str]
    ) -> None:
        self.meanings = meanings
        self.places = places

    def table(self, model: Model) -> str:
        """The fields that a model adds, one row each, under its name."""
        bases = bases_with_fields(model)
        also = ", ".join(self._link(base.__name__) for base in bases)
        head = f"Fields of `{model.__name__}`" + (f", besides those of {also}" if also else "")
        own = own_fields(model)
        if not own:
            return f"{head}: none of its own."
        rows = "\n".join(self._row(model, name, field) for name, field in own.items())
        return f"{head}:\n\n| field | 中文 | written as | required | meaning |\n|---|---|---|---|---|\n{rows}"

    def _row(self, model: Model, name: str, field: FieldInfo) -> str:
        hint = get_type_hints(model, include_extras=True)[name]
        cells = (
            f"`{written(name, field)}`",
            field.title or "",
            self._type(hint),
            _required(field),
            self.meaning(model, name),
        )
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    def meaning(self, model: Model, name: str) -> str:
        """What a field means: as the page says, or its model's docstring, or its own type's."""
        field = model.model_fields[name]
        own = self.meanings.get(model.__name__, {}).get(written(name, field)) or field.description
        if own:
            return own
        for part in _parts(model.__doc__):
            if f"`{written(name, field)}`" in part or f"`{name}`" in part:
                return part
        hint = get_type_hints(model, include_extras=True)[name]
        inner = next(iter(_models_in(hint)), None)
        return _first(inner.__doc__) if inner is not None else ""

    def _type(self, hint: Any) -> str:
        named = next((text for known, text in _NAMED if hint == known), None)
        if named is not None:
            return named
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self._link(hint.__name__)
        return self._composed(hint) if get_args(hint) else _PLAIN.get(hint, str(hint))

    def _composed(self, hint: Any) -> str:
        """A type made from others, or from codes."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Literal:
            return ", ".join(f"`{one}`" for one in args)
        if origin is Annotated:
            return self._type(args[0])
        inner = [self._type(one) for one in args if one not in (type(None), ...)]
        if origin is dict:
            return "map of {} to {}".format(*inner)
        if origin is tuple:
            return f"list of {inner[0]}"
        return " or ".join(inner)

    def _link(self, name: str) -> str:
        place = self.places.get(name)
        return f"[`{name}`](#{place})" if place else f"`{name}`"


def _required(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default = field.get_default(call_default_factory=True)
    text = _default_text(default)
    return f"no: `{text}`" if text else "no"


def _default_text(value: Any) -> str:
    if value in (None, (), {}, "", PydanticUndefined) or value == EVERY_ROW:
        return ""
    if isinstance(value, Line):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, BaseModel):
        return ""
    return str(value) if isinstance(value, str | int) else points_text(value)


def _parts(text: str | None) -> list[str]:
    """A docstring's sentences, and the parts of one between semicolons."""
    flat = " ".join((text or "").split())
    found = re.split(r"(?<=[.;:])\s+(?=[`A-Z])", flat)
    return [one.rstrip(";") for one in found if one]


def _first(text: str | None) -> str:
    flat = " ".join((text or "").split())
    return re.split(r"(?<=\.)\s", flat, maxsplit=1)[0]
