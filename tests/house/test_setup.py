"""What is installed: pyproject.toml, environment.yml and constraints.txt say the same."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

from tests.house.sources import ROOT

PIN = re.compile(r"[A-Za-z0-9_.-]+==[^\s;@/]+")


@cache
def project() -> dict[str, Any]:
    loaded = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: dict[str, Any] = loaded["project"]
    return found


def bounds(lines: list[str]) -> dict[str, str]:
    """Name to version bound of requirement lines."""
    parsed = map(Requirement, lines)
    return {canonicalize_name(one.name): str(one.specifier) for one in parsed}


def environment() -> tuple[list[str], list[str]]:
    """Requirements of the conda part and of its pip part."""
    loaded = YAML(typ="safe").load((ROOT / "environment.yml").read_text("utf-8"))
    own = [one for one in loaded["dependencies"] if isinstance(one, str)]
    [inner] = [one["pip"] for one in loaded["dependencies"] if isinstance(one, dict)]
    return own, inner


def pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in found}


def test_the_conda_form_has_the_same_packages_and_lower_bounds_as_the_pip_form() -> None:
    own, inner = environment()
    conda = bounds([one for one in own if one != "pip"] + [one for one in inner if one != "-e ."])
    python = conda.pop("python")
    assert conda == bounds(project()["dependencies"])
    assert python == project()["requires-python"]
    assert inner[-1] == "-e ."


def test_every_dependency_has_a_lower_bound() -> None:
    everything = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    assert [name for name, bound in bounds(everything).items() if not bound] == []


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    pinned = pins()
    everything = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    wrong = [
        line
        for line, one in ((line, Requirement(line)) for line in everything)
        if canonicalize_name(one.name) not in pinned
        or pinned[canonicalize_name(one.name)] not in one.specifier
    ]
    assert wrong == []


def test_the_constraints_are_plain_pins_sorted_without_any_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    names = [canonicalize_name(line.split("==")[0]) for line in lines]
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_make_knows_the_four_targets_of_the_contract() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, flags=re.MULTILINE))
    assert {"demo", "test", "full", "bench"} <= targets
