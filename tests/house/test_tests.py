"""The tests themselves: collected, mirrored, without tolerances."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PACKAGE, TESTS, dotted, modules, relative, texts, tree

ROOMS = "PARAMS|CALENDAR|LAW|LEDGER|RUBRIC|SCORING|RESULT|WORKBOOK|RUN|NOTEBOOK|USAGE|ASSESSMENT|JUDGED|SUBMISSION"
CODE = re.compile(rf"({ROOMS})(_[A-Z]+)+")
WITHOUT_MIRROR = {
    "lawkpi.__main__": "run in a process of its own: tests/cli/test_app.py",
    "lawkpi.api": "used as lawkpi.open and lawkpi.load by tests/worked, tests/run and tests/cli",
    "lawkpi.rubric.effects": "models of YAML: tests/rubric/test_model.py, tests/scoring/test_items.py",
}
"""Modules that no test names, each with where it is tested all the same."""
TOLERANCE = re.compile(
    "|".join(
        (
            "appr" + r"ox\(",
            "is" + "close",
            "all" + "close",
            "almost" + "_equal",
            r"\brt" + "ol",
            r"\bat" + "ol",
        )
    )
)
SKIPPING = re.compile(
    "|".join((r"mark\.sk" + "ip", r"pytest\.sk" + "ip", "import" + "orskip", r"mark\.xf" + "ail"))
)


def named_tests(path: Path) -> list[str]:
    return [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and re.match(r"test_|Test[A-Z]", node.name)
    ]


def test_every_test_stands_in_a_file_that_is_collected() -> None:
    lost = [
        relative(path)
        for path in modules(TESTS)
        if named_tests(path) and not path.name.startswith("test_")
    ]
    assert lost == []


def test_every_collected_file_holds_a_test() -> None:
    empty = [
        relative(path)
        for path in modules(TESTS)
        if path.name.startswith("test_") and not named_tests(path)
    ]
    assert empty == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Two files of one name in two folders would otherwise hide each other."""
    folders = {path.parent for path in modules(TESTS)}
    assert [
        relative(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()
    ] == []


def test_no_two_tests_of_a_file_have_the_same_name() -> None:
    wrong = []
    for path in modules(TESTS):
        names = [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]
        wrong += [f"{relative(path)} {name}" for name in set(names) if names.count(name) > 1]
    assert wrong == []


def test_no_test_has_a_tolerance() -> None:
    assert list(lines_with(TOLERANCE)) == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    assert list(lines_with(SKIPPING)) == []


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    for name, lines in texts():
        if name.startswith("tests/") and name.endswith(".py"):
            yield from (
                f"{name}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)
            )


def test_every_module_has_a_test_of_its_room_or_a_test_that_uses_it() -> None:
    """tests/<room>/test_<module>.py, that of its package, or an import of what the module defines."""
    used = {name for path in modules(TESTS) for name in imported(path)}
    own = [dotted(path) for path in modules() if path.stem != "__init__"]
    alone = [name for name in own if not (has_mirror(name) or is_used(name, used))]
    assert [name for name in alone if name not in WITHOUT_MIRROR] == []
    assert [name for name in WITHOUT_MIRROR if name not in own] == []


def has_mirror(module: str) -> bool:
    """Whether the module has its test file, or the package inside a room that it is part of."""
    *room, name = module.split(".")[1:]
    inside = len(room) > 1 and (
        TESTS.joinpath(*room[:-1], f"test_{room[-1]}.py").is_file()
        or any(TESTS.joinpath(*room).glob("test_*.py"))
    )
    return inside or TESTS.joinpath(*room, f"test_{name}.py").is_file()


def is_used(module: str, used: set[str]) -> bool:
    """Whether a test imports the module, or from its room a name that the module defines."""
    room = module.rpartition(".")[0]
    path = PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")
    names = {
        node.name for node in tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    wanted = {module} | {f"{room}.{name}" for name in names}
    return any(one in wanted or one.startswith(f"{module}.") for one in used)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_code_of_an_error_or_finding_is_provoked_by_a_test() -> None:
    """Refusals are tests too; a code that nobody provokes is a promise that nobody kept."""
    said = "".join("\n".join(lines) for name, lines in texts() if name.startswith("tests/"))
    codes = {text for path in modules() for text in constants(path) if CODE.fullmatch(text)}
    assert len(codes) > 60
    assert sorted(code for code in codes if code not in said) == []


def constants(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
