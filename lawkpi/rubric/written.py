"""The rubric written out: its canonical plain form, and that form as YAML.

Equal rubrics give equal text: fields in the models' order under the names that YAML uses, nothing that
only repeats a default, numbers as quoted text, a rate made from a named rate by its name again.
What is written reads back as the same rubric.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from lawkpi.errors import RubricError
from lawkpi.params import points_text
from lawkpi.rubric.measures import NamedUse, RateMeasure, TwoSided
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.predicate import (
    EVERY_ROW,
    AllOf,
    AnyOf,
    Compared,
    Predicate,
    Related,
    predicate_yaml,
)

MOST_FLOW = 110
"""Longest mapping or list, in characters, that is written on one line."""
BLOCKS = ("grades", "sections", "items", "rules")
"""Lists whose every entry begins a line."""
BEHIND: tuple[type[BaseModel], ...] = (TwoSided,)
"""Models whose fields come behind those of the measures that they are part of."""
_NUMBER = re.compile(r"[0-9][0-9.,:%-]*")
_WORDS = ("yes", "no", "true", "false", "null", "")
"""Texts that some readers of YAML take for something else."""


def plain_rubric(rubric: Rubric) -> dict[str, Any]:
    """The canonical plain form: mappings, lists, texts, whole numbers, true and false.

    Example
    -------
    >>> from lawkpi.rubric.conventions import Floors
    >>> plain_model(Floors(item="0", total="none"))
    {'item': '0', 'total': 'none'}
    """
    return plain_model(rubric)


def plain_model(model: BaseModel) -> dict[str, Any]:
    """One model of a rubric in canonical plain form."""
    dumped = model.model_dump(mode="json", by_alias=True)
    written: dict[str, Any] = {}
    for name, field in fields_of(type(model)).items():
        value = getattr(model, name)
        is_default = not field.is_required() and value == field.get_default(
            call_default_factory=True
        )
        if value is None or is_default:
            continue
        if isinstance(value, RateMeasure) and value.named is not None:
            written["named_rate"] = plain_model(_named_use(value))
        else:
            alias = field.alias or name
            written[alias] = _plain(value, dumped[alias])
    return written


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model in the order in which they are written."""
    behind = {name for base in BEHIND if issubclass(model, base) for name in base.model_fields}
    fields = model.model_fields
    order = sorted(fields, key=lambda name: name in behind)
    return {name: fields[name] for name in order}


def _named_use(measure: RateMeasure) -> NamedUse:
    """What a rubric says of a rate that was made from a named one."""
    named = measure.named
    if named is None:
        raise AssertionError
    return NamedUse(
        rate=named.rate,
        counting_rule=named.chosen,
        charged_by=measure.charged_by,
        window=measure.window,
        empty=measure.empty,
        min_base=measure.min_base,
        below_base=measure.below_base,
    )


def _plain(value: Any, dumped: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain_model(value)
    if isinstance(value, Compared | AllOf | AnyOf | Related):
        return plain_predicate(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one, dumped[str(key)]) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one, text) for one, text in zip(value, dumped, strict=True)]
    return dumped


def plain_predicate(predicate: Predicate) -> dict[str, Any]:
    """A condition in canonical plain form: what `related` leaves to its defaults is left out."""
    match predicate:
        case AllOf(parts):
            return {"all": [plain_predicate(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [plain_predicate(part) for part in parts]}
        case Related():
            return {"related": _plain_related(predicate)}
        case Compared():
            return predicate_yaml(predicate)


def _plain_related(related: Related) -> dict[str, Any]:
    written: dict[str, Any] = {"ledger": related.ledger, "by": related.by}
    if related.to != related.by:
        written["to"] = related.to
    if related.where != EVERY_ROW:
        written["where"] = plain_predicate(related.where)
    if related.sum:
        written["sum"] = related.sum
    if related.sum or related.at_least != 1:
        written["at_least"] = points_text(related.at_least)
    return written


def rubric_yaml(rubric: Rubric) -> str:
    """The canonical YAML text of a rubric; equal rubrics give equal text."""
    yaml = YAML(typ="rt")
    yaml.width = 1_000_000
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_laid_out(plain_rubric(rubric), is_block=True), stream)
    return stream.getvalue()


def write_rubric_yaml(rubric: Rubric, path: Path) -> Path:
    """Write a rubric as YAML.

    Raises
    ------
    RubricError RUBRIC_FILE_UNWRITABLE : the folder is not there, or may not be written to
    """
    try:
        path.write_text(rubric_yaml(rubric), encoding="utf-8", newline="\n")
    except OSError as error:
        raise RubricError(
            "RUBRIC_FILE_UNWRITABLE",
            "不能写入考核细则文件",
            where=path.name,
            todo="检查文件夹是否存在、有无写入权限后重试",
        ) from error
    return path


def _laid_out(value: Any, *, is_block: bool = False) -> Any:
    """A value with its layout: what is short stands on one line, unless it has to be a block."""
    if isinstance(value, Mapping):
        laid: Any = CommentedMap(
            (_scalar(key), _laid_out(one, is_block=key in BLOCKS)) for key, one in value.items()
        )
    elif isinstance(value, list):
        laid = CommentedSeq(_laid_out(one, is_block=is_block and "id" in one) for one in value)
    else:
        return _scalar(value)
    if not value or (not is_block and _length(value) <= MOST_FLOW):
        laid.fa.set_flow_style()
    return laid


def _scalar(value: Any) -> Any:
    """A text in double quotes where YAML could read it as a number, a day or yes and no."""
    return DoubleQuotedScalarString(value) if _is_quoted(value) else value


def _is_quoted(value: Any) -> bool:
    return isinstance(value, str) and (value in _WORDS or bool(_NUMBER.fullmatch(value)))


def _length(value: Any) -> int:
    """How long a value is on one line."""
    if isinstance(value, Mapping):
        return sum(len(str(key)) + 4 + _length(one) for key, one in value.items())
    if isinstance(value, list):
        return 2 + sum(2 + _length(one) for one in value)
    return len(str(value)) + (2 if _is_quoted(value) else 0)
