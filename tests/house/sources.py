"""The repository as these tests see it: files git would commit, modules, functions."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lawkpi"
TESTS = ROOT / "tests"
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Named(NamedTuple):
    """A function and where it stands."""

    path: str
    node: Function

    @property
    def place(self) -> str:
        return f"{self.path}:{self.node.lineno} {self.node.name}"


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is in the repository or would be with the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603 - our own words
    names = (name for name in listed.decode("utf-8").split("\0") if name)
    return tuple(sorted(path for path in map(ROOT.joinpath, names) if path.is_file()))


def texts() -> Iterator[tuple[str, list[str]]]:
    """Committed files that are text, by lines."""
    for path in committed():
        try:
            yield relative(path), path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(folder: Path = PACKAGE) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def functions(folder: Path = PACKAGE) -> Iterator[Named]:
    for path in modules(folder):
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield Named(relative(path), node)


def dotted(path: Path) -> str:
    """A module's import name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
