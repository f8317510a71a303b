"""Wrong use of the command line, said in Chinese: what Typer would say in English of its own accord."""

from __future__ import annotations

import re
from typing import Any

from lawkpi.errors import UsageError

_QUOTED = re.compile(r"'([^']*)'|\(([^()]*)\)$")
_ENGLISH = re.compile(r"(?<=[。）])\s*[A-Z].*", re.DOTALL)
"""The English line behind the Chinese one of every help text."""


def wrong_use(error: Exception) -> UsageError | None:
    """An error of the command line's own parser as one of ours; None for any other."""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    if "UsageError" not in kinds or isinstance(error, UsageError):
        return None
    code, what = _said(error, kinds)
    return UsageError(
        code,
        what,
        expected=_expected(error),
        todo=f"用 {_command(error)} --help 查看说明",
    )


def _said(error: Any, kinds: list[str]) -> tuple[str, str]:
    """A code, and what was wrong."""
    message = str(getattr(error, "message", ""))
    named = next((one or two for one, two in _QUOTED.findall(message)), "")
    option, param = getattr(error, "option_name", named), _param(error)
    said = {
        "MissingParameter": ("USAGE_ARGUMENT_MISSING", f"缺少参数 {param}"),
        "NoSuchOption": ("USAGE_OPTION_UNKNOWN", f"没有选项 {option}"),
        "BadOptionUsage": ("USAGE_VALUE_MISSING", f"选项 {option} 后面没有值"),
        "BadParameter": ("USAGE_VALUE_WRONG", f"{param} 的值不合要求"),
    }
    if found := next((said[kind] for kind in kinds if kind in said), None):
        return found
    if message.startswith("No such command"):
        return "USAGE_COMMAND_UNKNOWN", f"没有命令 {named}"
    return "USAGE_ARGUMENTS_MANY", f"多出的内容：{named or message}"


def _param(error: Any) -> str:
    """The option, or the place of an argument, as the help names it."""
    param = getattr(error, "param", None)
    options = [one for one in getattr(param, "opts", ()) if one.startswith("-")]
    return options[0] if options else str(getattr(param, "name", ""))


def _expected(error: Any) -> str:
    """What should have stood there: the parameter's own help, or options and commands that are alike."""
    param = getattr(error, "param", None)
    if param is not None:
        return _ENGLISH.sub("", getattr(param, "help", None) or "").strip().removesuffix("。")
    if alike := getattr(error, "possibilities", None):
        return "、".join(alike)
    group = getattr(getattr(error, "ctx", None), "command", None)
    return "、".join(getattr(group, "commands", ()))


def _command(error: Any) -> str:
    return str(getattr(getattr(error, "ctx", None), "command_path", "lawkpi"))
