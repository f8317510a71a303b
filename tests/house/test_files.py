"""Committed files: portable, parsed strictly, nobody's real records among them."""

from __future__ import annotations

import re

import pytest

from lawkpi.ledger import load_schemas
from lawkpi.params import read_yaml
from tests.house.sources import ROOT, committed, relative, texts

PARAMS = ROOT / "params"
YAMLS = [path for path in committed() if path.is_relative_to(PARAMS) and path.suffix == ".yaml"]
MACHINE = re.compile(
    "|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w", r"[A-Z]:\\\\?Us" + "ers"))
)
REGISTRY = re.compile(
    "|".join(("py" + r"pi\.", "files.python" + "hosted", "index" + "-url", r"/sim" + "ple/"))
)


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number} {match[0]}"
        for name, lines in texts()
        for number, line in enumerate(lines, 1)
        if (match := pattern.search(line))
    ]


def test_no_file_names_a_folder_of_somebody_s_machine() -> None:
    assert found(MACHINE) == []


def test_no_file_names_a_package_registry_which_is_the_machine_s_own_business() -> None:
    assert found(REGISTRY) == []


def test_the_search_for_such_names_would_find_them() -> None:
    assert MACHINE.search("cd /wo" + "rk/main")
    assert REGISTRY.search("https://py" + "pi.org/sim" + "ple/")


@pytest.mark.parametrize("path", YAMLS, ids=relative)
def test_every_parameter_file_is_strict_yaml_without_tabs(path: object) -> None:
    from pathlib import Path

    file = Path(str(path))
    assert "\t" not in file.read_text("utf-8")
    assert read_yaml(file) is not None


def test_every_declared_ledger_loads() -> None:
    files = sorted(path.stem for path in (PARAMS / "ledgers").glob("*.yaml"))
    assert sorted(load_schemas(PARAMS / "ledgers")) == files


def test_ledgers_with_different_ids_have_different_titles() -> None:
    """Officials know a ledger by its title; submissions name it so."""
    titles = [schema.title for schema in load_schemas(PARAMS / "ledgers").values()]
    assert [title for title in set(titles) if titles.count(title) > 1] == []


def test_the_only_workbooks_in_the_repository_are_the_example_s_ledgers() -> None:
    """Real ledgers are never committed."""
    kinds = (".xlsx", ".xls", ".xlsm", ".csv", ".et", ".parquet", ".db")
    elsewhere = [
        relative(path)
        for path in committed()
        if path.suffix.lower() in kinds
        and not path.is_relative_to(PARAMS / "gaoxin-2022" / "ledgers")
    ]
    assert elsewhere == []


def test_text_files_end_lines_the_same_way_on_every_machine() -> None:
    wrong = [
        relative(path)
        for path in committed()
        if path.suffix in (".py", ".yaml", ".yml", ".md", ".toml", ".txt", ".ipynb")
        and b"\r\n" in path.read_bytes()
    ]
    assert wrong == []
