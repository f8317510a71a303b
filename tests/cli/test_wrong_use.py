"""A call that makes no sense is answered in Chinese: what, what was expected, what to do."""

from __future__ import annotations

import re

import pytest

from lawkpi.cli.wrong_use import wrong_use
from lawkpi.errors import UsageError
from tests.cli.conftest import Call

CASES = [
    ("due", "USAGE_ARGUMENT_MISSING", "缺少参数 limit", "期限编号", "lawkpi due --help"),
    ("due LIT-REPLY", "USAGE_ARGUMENT_MISSING", "缺少参数 start", "日期", "lawkpi due --help"),
    ("chek", "USAGE_COMMAND_UNKNOWN", "没有命令 chek", "check", "lawkpi --help"),
    ("feedback reed", "USAGE_COMMAND_UNKNOWN", "没有命令 reed", "read", "lawkpi feedback --help"),
    ("check a --all", "USAGE_OPTION_UNKNOWN", "没有选项 --all", "", "lawkpi check --help"),
    ("run a --worker 2", "USAGE_OPTION_UNKNOWN", "没有选项 --worker", "--workers", "lawkpi run"),
    ("check a --days", "USAGE_VALUE_MISSING", "选项 --days 后面没有值", "", "--help"),
    ("run a --workers 0", "USAGE_VALUE_WRONG", "--workers 的值不合要求", "", "lawkpi run --help"),
    ("run a --workers x", "USAGE_VALUE_WRONG", "--workers 的值不合要求", "", "lawkpi run --help"),
    ("run a b c", "USAGE_ARGUMENTS_MANY", "多出的内容：b c", "", "lawkpi run --help"),
]


@pytest.mark.parametrize(("words", "code", "what", "expected", "todo"), CASES)
def test_wrong_use_is_one_message_in_chinese(
    lawkpi: Call, words: str, code: str, what: str, expected: str, todo: str
) -> None:
    said = lawkpi(*words.split())
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"[{code}] {what}")
    assert expected in said.err
    assert todo in said.err
    assert not re.search("Missing|Invalid|No such|Usage|Got|should", said.err)


@pytest.mark.parametrize("error", [ValueError("x"), UsageError("USAGE_OPTION_VALUE", "x")], ids=str)
def test_any_other_error_is_left_as_it_is(error: Exception) -> None:
    assert wrong_use(error) is None
