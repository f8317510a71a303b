"""JupyterLab in a browser: an analyst opens the notebook, runs all cells, and sees charts and tables."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.full.conftest import ROOT, program

pytestmark = pytest.mark.full

TOKEN = "an-analyst"  # noqa: S105 - a local server for one test
START_SECONDS = 120
RUN_SECONDS = 240
OPEN_SECONDS = 30
NUMBERED = re.compile(r"\[\d+\]")
RUNNING = "[*]"
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def lab(example_run: Path, tmp_path: Path) -> Iterator[str]:
    """A JupyterLab over a copy of the notebooks, the example and its run; its address."""
    for name in ("notebooks", "params"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(example_run, tmp_path / "outputs" / "gaoxin-2022")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={tmp_path}",
    ]  # fmt: skip
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "RUNTIME")}
    server = subprocess.Popen(command, env={**os.environ, **own}, stderr=subprocess.DEVNULL)  # noqa: S603 - our own server
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status?token={TOKEN}")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError("JupyterLab did not start")


def run_all(page: Page, address: str, notebook: str) -> None:
    """Open a notebook and run it; opened again while JupyterLab shows too few of its cells."""
    end, opened = time.monotonic() + RUN_SECONDS, 0.0
    wanted = code_cells(notebook)
    while sum(bool(NUMBERED.search(text)) for text in prompts(page)) < wanted:
        assert time.monotonic() < end, prompts(page)
        # On a busy machine JupyterLab loses a notebook while it sets up its workspace.
        if len(prompts(page)) < wanted:
            if time.monotonic() > opened + OPEN_SECONDS:
                opened = time.monotonic()
                place = f"{address}/lab/tree/notebooks/{notebook}?token={TOKEN}&reset"
                page.goto(place, wait_until="domcontentloaded")
        # Or a notebook opens before its kernel is known, and JupyterLab asks.
        elif page.locator(".jp-Dialog").count():
            page.click(".jp-Dialog .jp-mod-accept")
        # Run before the kernel is ready, all cells but the first are given up: nothing waits any more.
        elif not any(RUNNING in text for text in prompts(page)):
            click_run_all(page)
        time.sleep(2)


def prompts(page: Page) -> list[str]:
    """What stands before every code cell: [ ], [*] or [number]."""
    return page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()


def click_run_all(page: Page) -> None:
    """Run > Run All Cells; clicked too early, JupyterLab does nothing, so the caller looks again."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.click('.lm-Menu-item[data-command="runmenu:run-all"]')


def code_cells(name: str) -> int:
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    return sum(cell.cell_type == "code" for cell in notebook.cells)


def test_an_analyst_runs_the_first_hour_in_the_browser(lab: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program("chromium"), args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1400, "height": 12_000})
        run_all(page, lab, "40-explore.ipynb")
        shown = len(prompts(page))
        errors = page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').all_inner_texts()
        pictures = page.locator(".jp-OutputArea-output img").count()
        tables = page.locator(".jp-OutputArea-output table").count()
        if target := os.environ.get("LAWKPI_SCREENSHOT"):
            page.screenshot(path=target)
        browser.close()
    assert shown == code_cells("40-explore.ipynb")
    assert errors == []
    assert pictures >= 1
    assert tables >= 3
