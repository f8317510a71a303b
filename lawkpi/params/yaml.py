"""Reading YAML 1.2 strictly, with file and line in every refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from lawkpi.errors import Finding, LawkpiError, ParamsError, Severity

Model = TypeVar("Model", bound=BaseModel)

MOST_QUOTED = 40
"""How much of a wrong value is quoted."""
_WHAT = {
    "extra_forbidden": "未知的项",
    "missing": "缺少必填项",
    "string_type": "应为加引号的文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "dict_type": "应为若干“项: 值”",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "model_type": "应为若干“项: 值”",
    "model_attributes_type": "应为若干“项: 值”",
    "union_tag_not_found": "派生列的写法不能识别",
    "union_tag_invalid": "派生列的写法不能识别",
    "greater_than_equal": "数字过小",
    "less_than_equal": "数字过大",
}
_EXPECTED = {
    "extra_forbidden": "删去该项，或改为已知的名称",
    "missing": "补上该项",
}


_AGAIN = re.compile('duplicate key "([^"]*)"')


def read_yaml(path: Path) -> Any:
    """The content of a YAML 1.2 file, not to be changed; maps remember the line of each key.

    Raises
    ------
    ParamsError PARAMS_FILE_MISSING : there is no such file
    ParamsError PARAMS_KEY_REPEATED : a key stands twice in one map
    ParamsError PARAMS_YAML_UNREADABLE : the file is not YAML
    """
    if not path.is_file():
        raise ParamsError(
            "PARAMS_FILE_MISSING", "找不到参数文件", where=path.name, todo="检查文件夹和文件名"
        )
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"))
    except DuplicateKeyError as error:
        raise _marked("PARAMS_KEY_REPEATED", "同一项写了两次", path, error) from None
    except MarkedYAMLError as error:
        raise _marked("PARAMS_YAML_UNREADABLE", "参数文件无法读取", path, error) from None
    except (YAMLError, UnicodeDecodeError):
        raise ParamsError(
            "PARAMS_YAML_UNREADABLE",
            "参数文件不是 UTF-8 编码的文字，或者含有控制字符",
            where=path.name,
            todo="用文本编辑器另存为 UTF-8 编码",
        ) from None


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:
    """A document by its text: a rubric is read for its model and again for the lines that lint names."""
    return YAML(typ="rt").load(text)


def load_model(path: Path, model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """A YAML file as a frozen model; every fault with its line, all at once.

    Parameters
    ----------
    context : what validators of the model may ask, such as the named rates

    Raises
    ------
    ParamsError PARAMS_INVALID : the file does not fit the model
    """
    if context is None and path.is_file():
        try:
            return cast("Model", _known(path.read_bytes(), model))
        except (YAMLError, UnicodeDecodeError, ValidationError):
            pass  # Said below, with file and line.
    content = read_yaml(path)
    try:
        return model.model_validate(content, context=dict(context) if context else None)
    except ValidationError as error:
        raise ParamsError(
            "PARAMS_INVALID",
            f"参数文件有 {error.error_count()} 处不符合要求",
            where=path.name,
            findings=[_finding(path, content, fault, model) for fault in error.errors()],
        ) from None


@lru_cache(maxsize=512)
def _known(content: bytes, model: type[BaseModel]) -> BaseModel:
    """A model by its text. Models are frozen: an analyst who opens folder after folder reads each text once."""
    return model.model_validate(_parsed(content.decode("utf-8-sig")))


def load_each(
    folder: Path, model: type[Model], code: str, what: str, error: type[LawkpiError] = ParamsError
) -> dict[str, Model]:
    """Every file of a folder as a model, by the `id` that its name has to be; none if there is none.

    Parameters
    ----------
    code, what, error : how a file whose name is not its id is refused; `what` is Chinese

    Raises
    ------
    ParamsError PARAMS_INVALID : a file does not fit
    """
    found: dict[str, Model] = {}
    for path in sorted(folder.glob("*.yaml")):
        one = load_model(path, model)
        name = str(getattr(one, "id", ""))
        if name != path.stem:
            raise error(
                code,
                f"{what}的 id “{name}”与文件名不一致",
                where=path.name,
                expected=f"id: {path.stem}",
            )
        found[name] = one
    return found


def line_of(content: Any, place: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest known key on a path into a loaded YAML document."""
    line = 1
    for step in place:
        marks = getattr(content, "lc", None)
        known = getattr(marks, "data", None) or {}
        if step not in known:
            continue
        line = known[step][0] + 1
        content = content[step]
    return line


def _finding(path: Path, content: Any, fault: Any, model: type[BaseModel]) -> Finding:
    kind = str(fault["type"])
    known = "、".join(known_keys(model, fault["loc"][:-1])) if kind == "extra_forbidden" else ""
    return Finding(
        code="PARAMS_KEY_UNKNOWN" if kind == "extra_forbidden" else "PARAMS_VALUE_INVALID",
        severity=Severity.ERROR,
        what=_what(kind, fault),
        file=path.name,
        cell=f"第{line_of(content, fault['loc'])}行",
        found=".".join(str(step) for step in fault["loc"]),
        expected=f"{known}之一" if known else _EXPECTED.get(kind, ""),
    )


def known_keys(model: Any, place: Sequence[str | int]) -> list[str]:
    """The keys that may stand at a place of a document, as YAML names them; none where models differ."""
    for step in place:
        if isinstance(step, int):
            continue
        inner = _models_in(_fields(model)[step].annotation) if step in _fields(model) else []
        if len(inner) != 1:
            return []
        model = inner[0]
    return list(_fields(model))


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models_in(hint: Any) -> list[type[BaseModel]]:
    """The models that a type is made from."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return [hint]
    return [one for part in get_args(hint) for one in _models_in(part)]


def _what(kind: str, fault: Any) -> str:
    """What is wrong, in Chinese; our own validators say it themselves."""
    if kind == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    known = _WHAT.get(kind, str(fault["msg"]))
    if kind == "literal_error":
        known = (
            f"应为下列之一：{fault['ctx']['expected'].replace(' or ', '、').replace(', ', '、')}"
        )
    return known if kind in _EXPECTED else f"{known}，写的是 {_short(fault['input'])}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


def _marked(code: str, what: str, path: Path, error: Exception) -> ParamsError:
    mark = getattr(error, "problem_mark", None)
    line = f" 第{mark.line + 1}行" if mark else ""
    detail = str(getattr(error, "problem", None) or error)
    return ParamsError(code, what, where=f"{path.name}{line}", expected="", todo=_mending(detail))


def _mending(problem: str) -> str:
    """What to do about a fault that the parser tells in English."""
    if again := _AGAIN.search(problem):
        return f"同一处的 {again[1]} 只留一个"
    if "\\t" in problem or "\t" in problem:
        return "缩进用空格，不用制表符"
    return "检查该行和上一行的缩进、冒号后的空格、成对的引号和括号"
