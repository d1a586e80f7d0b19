"""A run that is killed at any moment leaves whole pages only, and the next one ends well."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lscb_analysis.recording.runs import INTERRUPTED, list_runs
from lscb_analysis.releasing import verify_file

ROOT = Path(__file__).resolve().parents[2]
LEICESTER = "E06000016"
MOMENTS = (1.0, 3.0, 5.0, 8.0)  # seconds after the start: reading, building, drawing, writing


def _command() -> list[str]:
    themes = ["--theme", "child_deaths", "--theme", "child_protection"]
    return [sys.executable, "-m", "lscb_analysis", "run", "--area", LEICESTER, *themes]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Leicester alone, with its official statistics."""
    for name in ("notebooks", "data/raw/published"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "lscb.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
def test_a_killed_run_leaves_whole_pages_and_the_next_carries_on(workspace):
    environment = os.environ | {"LSCB_WORKSPACE": str(workspace)}
    for moment in MOMENTS:
        run = subprocess.Popen(
            _command(), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        run.wait()
        for page in (workspace / "reports").rglob("*.html"):
            assert page.read_text("utf-8").rstrip().endswith("</html>")
    last = subprocess.run(_command(), env=environment, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stdout + last.stderr
    pages = sorted((workspace / "reports" / LEICESTER).rglob("child_*.html"))
    assert len(pages) == 2
    assert all(verify_file(workspace, page).is_released for page in pages)
    assert not list(workspace.rglob("*.partial"))
    assert not list((workspace / ".lscb").glob("*/run-*"))
    newest, *earlier = list_runs(workspace, 10)
    assert newest.exit_code == 0
    assert INTERRUPTED in {run.state for run in earlier}
