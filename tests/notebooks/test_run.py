"""Every notebook runs on the example, and fails readably on what is wrong."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

import lawkpi
from lawkpi.result import store_assessment

ROOT = Path(__file__).parents[2]

EXAMPLE = ROOT / "params" / "gaoxin-2022"
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "check": ("10-check-ledgers", {"folder": str(EXAMPLE)}),
    "warned": ("10-check-ledgers", {"folder": str(EXAMPLE), "as_of": "2022-09-28"}),
    "department": ("20-department", {"department": "201"}),
    "by-name": ("20-department", {"department": "示例第五办事处"}),
    "summary": ("30-summary", {}),
    "explore": ("40-explore", {"folder": str(EXAMPLE)}),
    "unknown-department": ("20-department", {"department": "999"}),
    "no-run": ("30-summary", {"run_folder": "nowhere"}),
    "no-folder": ("10-check-ledgers", {"folder": "nowhere"}),
}
GOOD = ["check", "warned", "department", "by-name", "summary", "explore"]


def execute(case: str, folder: Path) -> Path:
    name, parameters = CASES[case]
    target = folder / "notebooks" / f"{case}.ipynb"
    given = {} if name == "10-check-ledgers" else {"run_folder": str(folder)}
    papermill.execute_notebook(
        str(ROOT / "notebooks" / f"{name}.ipynb"), str(target), parameters=given | parameters,
        progress_bar=False, request_save_on_cell_execute=False, shutdown_kernel="immediate",
    )
    return target


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Path]]:
    """All notebooks executed, three at a time, on one stored run of the example."""
    folder = tmp_path_factory.mktemp("run")
    store_assessment(lawkpi.open(EXAMPLE).score(), folder / "data")
    (folder / "notebooks").mkdir()
    with ThreadPoolExecutor(3) as pool:
        return {case: pool.submit(execute, case, folder) for case in CASES}


def outputs(path: Path) -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [one for cell in notebook["cells"] for one in cell.get("outputs", [])]


def spoken(path: Path) -> str:
    parts = []
    for one in outputs(path):
        shown = one.get("data", {})
        parts += one.get("text", []), *(shown.get(kind, []) for kind in ("text/markdown", "text/html"))
    return "".join("".join(part) for part in parts)


@pytest.mark.parametrize("case", GOOD)
def test_it_runs_and_nothing_is_said_on_the_error_stream(
    runs: dict[str, Future[Path]], case: str
) -> None:
    path = runs[case].result()
    assert [one for one in outputs(path) if one.get("name") == "stderr"] == []


@pytest.mark.parametrize(("case", "count"), [("department", 2), ("summary", 3), ("explore", 1)])
def test_figures_are_pictures(runs: dict[str, Future[Path]], case: str, count: int) -> None:
    shown = [one.get("data", {}) for one in outputs(runs[case].result())]
    assert sum("image/png" in one for one in shown) == count


@pytest.mark.parametrize("case", ["department", "summary"])
def test_the_page_says_stage_and_illustrative_data(
    runs: dict[str, Future[Path]], case: str
) -> None:
    text = spoken(runs[case].result())
    assert "初评" in text
    assert "示例数据，非真实考核结果" in text


def test_the_check_lists_what_falls_due_when_a_day_is_given(
    runs: dict[str, Future[Path]],
) -> None:
    assert "截至2022年9月28日，30日内：逾期未办" in spoken(runs["warned"].result())
    assert "未写明日期" in spoken(runs["check"].result())


def test_an_analyst_sees_every_counting_rule_and_which_one_gives_a_printed_rate(
    runs: dict[str, Future[Path]],
) -> None:
    text = spoken(runs["explore"].result())
    assert "经法院准许不出庭" in text
    assert "81.6%可以复算" in text
    assert "口径为“律师代理÷收案”" in text


def test_a_department_is_found_by_its_name(runs: dict[str, Future[Path]]) -> None:
    assert "# 示例第五办事处" in spoken(runs["by-name"].result())


def test_a_departments_page_names_no_other_department_and_no_rank(
    runs: dict[str, Future[Path]],
) -> None:
    text = spoken(runs["department"].result())
    others = {one.name for one in lawkpi.open(EXAMPLE).folder.register.assessed} - {"示例城市管理局"}
    assert [name for name in others if f"# {name}" in text] == []
    assert "名次" not in text
    assert "建议等次：" not in text


@pytest.mark.parametrize(("case", "file"), [
    ("department", "departments"), ("summary", "summary.xlsx"),
])
def test_the_workbook_is_written_and_linked(
    runs: dict[str, Future[Path]], case: str, file: str
) -> None:
    path = runs[case].result()
    assert (path.parents[1] / file).exists()
    assert f"](<{path.parents[1]}/{file}" in spoken(path)


@pytest.mark.parametrize(("case", "code"), [
    ("unknown-department", "RESULT_DEPARTMENT_UNKNOWN"),
    ("no-run", "RESULT_FOLDER_INCOMPLETE"),
    ("no-folder", "PARAMS_FOLDER_MISSING"),
])
def test_what_is_wrong_is_said_with_its_code_and_the_notebook_is_kept(
    runs: dict[str, Future[Path]], case: str, code: str
) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        runs[case].result()
    assert caught.value.evalue.startswith(f"[{code}]")
