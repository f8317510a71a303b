"""Executing notebooks: a fresh kernel each, the verdict from the raised exception.

The notebook file cannot be asked whether it succeeded: after a dead kernel or a timeout papermill
saves every cell as completed. Only what is raised counts.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from lawkpi.errors import RunError

TIMEOUT_SECONDS = 600
QUIET = "--IPKernelApp.log_level=ERROR"
"""Kernels here talk over the loopback address only; their warning about it says nothing to users."""
START_TRIES = 2
"""Ports are chosen, released and bound again: two kernels that start together can collide."""


def templates_folder(given: Path | None = None) -> Path:
    """Where the notebooks to be executed are.

    Raises
    ------
    RunError NOTEBOOK_FOLDER_MISSING
    """
    folder = given or Path(__file__).resolve().parents[2] / "notebooks"
    if not folder.is_dir():
        raise RunError(
            "NOTEBOOK_FOLDER_MISSING",
            "找不到笔记本模板文件夹 notebooks",
            where=folder.name,
            todo="用 --templates 指定，或在项目文件夹中安装运行",
        )
    return folder


def check_parameters(template: Path, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that a notebook does not declare.

    Raises
    ------
    RunError NOTEBOOK_MISSING : there is no such notebook
    RunError NOTEBOOK_PARAMETER_UNKNOWN : its tagged cell declares no such parameter
    """
    if not template.is_file():
        raise RunError(
            "NOTEBOOK_MISSING", f"没有笔记本 {template.name}", todo="检查 notebooks 文件夹"
        )
    declared = papermill.inspect_notebook(str(template))
    unknown = [name for name in parameters if name not in declared]
    if unknown:
        raise RunError(
            "NOTEBOOK_PARAMETER_UNKNOWN",
            f"笔记本不认识参数 {'、'.join(unknown)}",
            where=template.name,
            expected="、".join(declared),
            todo="改正参数名称",
        )


def execute(template: Path, target: Path, parameters: Mapping[str, Any], *, base: Path) -> None:
    """Execute a notebook with parameters and save it, evidence included, whatever happens.

    Parameters
    ----------
    base : folder whose absolute path is written as relative to the notebook in the saved file

    Raises
    ------
    RunError NOTEBOOK_FAILED : a cell raised; the saved notebook shows where
    RunError NOTEBOOK_DIED : the kernel died or ran out of time
    """
    check_parameters(template, parameters)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _execute(template, target, parameters)
    except PapermillExecutionError as error:
        raise RunError(
            "NOTEBOOK_FAILED",
            f"笔记本第{error.exec_count}个单元出错：{error.ename}: {error.evalue}",
            where=target.name,
            todo="打开该笔记本查看出错的单元",
        ) from None
    except (DeadKernelError, CellTimeoutError) as error:
        raise RunError(
            "NOTEBOOK_DIED",
            f"笔记本内核中止或超时：{type(error).__name__}",
            where=target.name,
            todo="检查内存，或减少 --workers 后重试",
        ) from None
    finally:
        if target.is_file():
            _tidy(target, base)


def _execute(template: Path, target: Path, parameters: Mapping[str, Any]) -> None:
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    for attempt in range(START_TRIES):
        try:
            papermill.execute_notebook(
                str(template),
                str(target),
                parameters=dict(parameters),
                progress_bar=False,
                request_save_on_cell_execute=False,
                shutdown_kernel="immediate",
                execution_timeout=TIMEOUT_SECONDS,
                extra_arguments=[QUIET],
            )
        except (PapermillExecutionError, DeadKernelError, CellTimeoutError):
            raise
        except RuntimeError:
            if attempt + 1 == START_TRIES:
                raise
        else:
            return


def _tidy(target: Path, base: Path) -> None:
    """Relative paths only: the saved notebook names no folder of the machine it ran on."""
    notebook = json.loads(target.read_text(encoding="utf-8"))
    notes = notebook.get("metadata", {}).get("papermill", {})
    for name in ("input_path", "output_path"):
        notes[name] = Path(str(notes.get(name, ""))).name
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    code = Path(__file__).resolve().parents[2]
    shown = {base: "..", code: "lawkpi", Path(sys.prefix): "python"}
    for place, name in sorted(shown.items(), key=lambda one: -len(str(one[0]))):
        for form in {str(place), place.as_posix(), json.dumps(str(place))[1:-1]}:
            text = text.replace(form, name)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")


def canonical(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """A notebook without what differs from run to run: times, durations, versions, cell ids.

    Two runs on equal input give equal canonical notebooks.
    """
    cells = [
        {
            "cell_type": cell["cell_type"],
            "source": cell["source"],
            "outputs": cell.get("outputs", []),
            "tags": cell.get("metadata", {}).get("tags", []),
        }
        for cell in notebook["cells"]
    ]
    return {"nbformat": notebook["nbformat"], "cells": cells}
