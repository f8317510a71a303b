"""Sizes, annotations, exceptions to the linters: rules of STYLE.md section 9."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from importlinter.cli import lint_imports

from tests.house.sources import PACKAGE, ROOT, Function, functions, modules, relative, texts

MOST_LINES = 400
MOST_BODY = 50
WITHOUT_REASON = {
    "lawkpi/cli/run.py": 2,  # Typer knows no Literal; the word was checked on the same line
}
"""Silenced lines without a reason behind them; the list may only grow shorter."""
_SILENCED = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)(?P<codes>:\s*[\w, ]+|\[[\w, -]+\])?(?P<rest>.*)"
)


def body_lines(node: Function) -> int:
    """Lines of a function without its head and docstring."""
    body = node.body
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        body = body[1:] or body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def unannotated(node: Function) -> list[str]:
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named += [one for one in (arguments.vararg, arguments.kwarg) if one]
    bare = [one.arg for one in named if one.annotation is None and one.arg not in ("self", "cls")]
    return bare + ([] if node.returns is not None else ["return"])


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {relative(path): path.read_text("utf-8").count("\n") for path in modules()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_body_is_longer_than_50_lines() -> None:
    lengths = {one.place: body_lines(one.node) for one in functions()}
    assert len(lengths) > 500
    assert {place: length for place, length in lengths.items() if length > MOST_BODY} == {}


def test_every_argument_and_return_is_annotated() -> None:
    bare = {one.place: unannotated(one.node) for one in functions()}
    assert {place: names for place, names in bare.items() if names} == {}


def test_a_silenced_line_says_which_rule_and_why() -> None:
    blank, silent = [], Counter[str]()
    for name, lines in texts():
        for number, line in enumerate(lines, 1):
            match = _SILENCED.search(line) if name.startswith("lawkpi/") else None
            if match and not match["codes"]:
                blank.append(f"{name}:{number}")
            elif match and not match["rest"].strip(" -#"):
                silent[name] += 1
    assert blank == []
    assert {
        name: count for name, count in silent.items() if count > WITHOUT_REASON.get(name, 0)
    } == {}


def test_no_private_name_of_another_module_is_imported() -> None:
    found = [
        f"{relative(path)}:{node.lineno} {alias.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lawkpi")
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert found == []


def test_nothing_is_validated_by_assert_which_vanishes_under_optimised_runs() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert found == []


def test_the_floors_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A room uses only rooms below it; the pure rooms neither read nor write."""
    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_no_room_imports_in_a_circle() -> None:
    graph = {relative(path): _imported(path) for path in modules()}
    reached = {name: _reach(graph, name) for name in graph}
    circles = {tuple(sorted({*(other for other in reached[name] if name in reached[other])}))
               for name in graph if name in reached[name]}  # fmt: skip
    assert circles == set()


def _imported(path: object) -> set[str]:
    from pathlib import Path

    found: set[str] = set()
    for node in ast.parse(Path(str(path)).read_text("utf-8")).body:
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            target = PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py")
            if name.startswith("lawkpi.") and target.is_file():
                found.add(relative(target))
    return found


def _reach(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        new = graph.get(todo.pop(), set()) - seen
        seen |= new
        todo.extend(new)
    return seen
