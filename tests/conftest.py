"""The example board and Leicester, built and briefed once for all tests that look at them."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import chromium_program, is_required

ROOT = Path(__file__).resolve().parents[1]
LONGEST_BUILD = 540
# Tests that share something slow to make go to one worker, file by file (pytest-xdist's own
# groups have no effect with pytest 9: it renames tests, and pytest does not look).
TOGETHER = {
    "tests/test_whole_way.py": "board",
    "tests/test_notebooks.py": "board",
    "tests/browser/test_pages.py": "board",
    "tests/briefing/test_printing.py": "released_briefings",
    "tests/briefing/test_release.py": "released_briefings",
    "tests/briefing/test_audit_and_release.py": "audit_and_release",
    "tests/test_reissuing.py": "reissuing",
    "tests/release_check/test_canaries.py": "canaries",
    "tests/release_check/test_notebook_canaries.py": "canaries",
    "tests/browser/test_pdfs.py": "board",
    "tests/browser/test_states.py": "states",
    "tests/circulating/test_messages.py": "circulating",
    "tests/circulating/test_refusing.py": "circulating",
    "tests/circulating/test_resuming.py": "circulating",
    "tests/circulating/test_sending.py": "circulating",
    "tests/bad_input/test_command_line.py": "bad_input",
    "tests/bad_input/test_files.py": "bad_input",
}


@dataclass(frozen=True)
class Board:
    """A workspace with both areas' briefings of one run."""

    workspace: Path
    area: str
    real: str
    quarter: str


def _build(workspace: Path) -> None:
    from lscb_analysis.catalogue import themes
    from lscb_analysis.demo import AREA_CODE, write_example_board
    from lscb_analysis.running import run_area
    from lscb_analysis.settings import read_settings

    shutil.copy(ROOT / "lscb.toml", workspace)
    shutil.copytree(ROOT / "notebooks", workspace / "notebooks")
    published = Path("data") / "raw" / "published"
    shutil.copytree(ROOT / published, workspace / published)
    write_example_board(workspace / "data" / "raw" / AREA_CODE)
    settings = read_settings(workspace)
    for area in settings.areas:
        outcome = run_area(settings, area, None, list(themes()), lambda _: None)
        if outcome.has_failed:
            raise RuntimeError("\n".join(outcome.lines))


def _once(folder: Path, build: Callable[[Path], None]) -> Path:
    """The folder once it is built: by this worker, or by the one that came first."""
    workspace, ready, failed = folder / "workspace", folder / "ready", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(LONGEST_BUILD):
            if ready.exists():
                return workspace
            if failed.exists():
                pytest.fail(f"the example board could not be built: {failed.read_text()}")
            time.sleep(1)
        pytest.fail("the example board was not built in time")
    try:
        workspace.mkdir()
        build(workspace)
    except BaseException as error:
        failed.write_text(repr(error))
        raise
    ready.touch()
    return workspace


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """The example board and Leicester, built once however many workers there are."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    workspace = _once(shared / "board", _build)
    return Board(workspace, "X06000001", "E06000016", "2016-17-Q4")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; without one the tests that ask for it are not run, or fail."""
    found = chromium_program()
    if not found and is_required():
        pytest.fail("a browser is required (LSCB_REQUIRE_BROWSER) and there is none")
    if not found:
        pytest.skip("no Chromium on this machine: install it, or name it in CHROMIUM")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, by name, what takes minutes and is for CI, where LSCB_THOROUGH does not ask."""
    if not os.environ.get("LSCB_THOROUGH"):
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(pytest.mark.skip(reason="thorough: set LSCB_THOROUGH, as CI does"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests in any order on any worker, but those of one group of `TOGETHER` on one."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER.get(nodeid.partition("::")[0], nodeid)

    return Together(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each browser test that was not run, by name: pytest itself folds them into one line."""
    skipped = terminalreporter.stats.get("skipped", [])
    names = sorted({report.nodeid for report in skipped if "browser" in report.keywords})
    if names:
        terminalreporter.section(f"{len(names)} browser tests not run: no browser")
        for name in names:
            terminalreporter.write_line(f"not run: {name}")
