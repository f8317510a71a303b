"""The manifest: what went in, what came out, byte for byte; no times, no hosts."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lawkpi.result import Assessment
from lawkpi.run.layout import RunFolder

PACKAGES = ("lawkpi", "pandas", "numpy", "pyarrow", "xlsxwriter", "matplotlib", "chinesecalendar")
STABLE = (".xlsx", ".parquet", ".json", ".png")
"""Files that are equal in two runs on equal input; notebooks carry times and are left out."""


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def basis(assessment: Assessment, templates: Path) -> dict[str, Any]:
    """What decides the products: inputs, stage, versions, the code and the notebooks themselves."""
    package = Path(__file__).resolve().parents[1]
    sources = [*sorted(package.rglob("*.py")), *sorted(templates.glob("*.ipynb"))]
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return {
        "assessment": assessment.settings.id,
        "stage": assessment.settings.stage,
        "as_of": assessment.settings.as_of.isoformat(),
        "inputs": dict(sorted(assessment.inputs.items())),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "packages": {name: version(name) for name in PACKAGES},
        "code": code,
    }


def write_manifest(
    run_folder: RunFolder, basis: Mapping[str, Any], departments: Mapping[str, str]
) -> None:
    """Write manifest.json.

    Parameters
    ----------
    departments : code to `done` or the reason of its failure
    """
    files = sorted(
        path
        for path in run_folder.path.rglob("*")
        if path.suffix in STABLE and path not in (run_folder.manifest, run_folder.appeals)
    )
    content = {
        **basis,
        "departments": dict(departments),
        "files": {path.relative_to(run_folder.path).as_posix(): digest(path) for path in files},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    run_folder.manifest.write_text(text + "\n", encoding="utf-8", newline="\n")


def is_reusable(run_folder: RunFolder, former: Mapping[str, Any], path: Path) -> bool:
    """Whether a former run's file still stands as the manifest says."""
    name = path.relative_to(run_folder.path).as_posix()
    return path.is_file() and former.get("files", {}).get(name) == digest(path)
