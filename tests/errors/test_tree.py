from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import lawkpi.errors
from lawkpi.errors import Finding, LawkpiError, LedgerError, Severity

PACKAGE = Path(lawkpi.errors.__file__).parents[1]
KINDS = [one for one in vars(lawkpi.errors).values() if isinstance(one, type)]
KINDS = [one for one in KINDS if issubclass(one, LawkpiError) and one is not LawkpiError]


def test_an_error_is_one_message_of_what_where_expected_and_what_to_do() -> None:
    error = LedgerError(
        "LEDGER_X", "缺少台账", where="a.xlsx", expected="一个文件", todo="放入文件"
    )
    assert str(error) == "[LEDGER_X] 缺少台账\n位置：a.xlsx\n应为：一个文件\n处理：放入文件"
    assert error.code == "LEDGER_X"


def test_an_error_carries_every_single_fault() -> None:
    fault = Finding(code="Y", severity=Severity.ERROR, what="缺列", cell="A1")
    error = LawkpiError("X", "多处", findings=[fault])
    assert error.findings == (fault,)
    assert str(error) == "[X] 多处\n  - [Y] 缺列；位置：A1"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_error_is_drawn_in_the_tree_and_can_be_caught_as_one(
    kind: type[LawkpiError],
) -> None:
    assert kind.__name__ in (lawkpi.errors.__doc__ or "")
    with pytest.raises(LawkpiError):
        raise kind("X", "错")


def raised() -> list[tuple[str, int, str]]:
    """File, line and code of every error and finding that the package makes."""
    names = {kind.__name__ for kind in KINDS} | {"Finding"}
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in names
            ):
                given = [one.value for one in node.keywords if one.arg == "code"] or node.args[:1]
                found += [
                    (path.name, node.lineno, one.value)
                    for one in given
                    if isinstance(one, ast.Constant)
                ]
    return found


def test_every_code_is_capitals_and_names_its_room_first() -> None:
    assert len(raised()) > 40
    assert [line for line in raised() if not re.fullmatch(r"[A-Z]+(_[A-Z]+)+", line[2])] == []
