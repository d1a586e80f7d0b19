"""A full disk, a reports folder that cannot be written: told, and the next run ends well."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lscb_analysis.recording.runs import list_runs
from lscb_analysis.releasing import verify_file

ROOT = Path(__file__).resolve().parents[2]
LEICESTER = "E06000016"
ASKED = ("run", "--area", LEICESTER, "--theme", "child_deaths", "--theme", "child_protection")

pytestmark = pytest.mark.slow


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Leicester alone, with its official statistics."""
    for name in ("notebooks", "data/raw/published"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "lscb.toml", tmp_path)
    return tmp_path


def _run(workspace: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lscb_analysis", *ASKED],
        env=os.environ | {"LSCB_WORKSPACE": str(workspace)},
        capture_output=True,
        text=True,
        check=False,
    )


def _ends_well(workspace: Path) -> None:
    done = _run(workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = sorted((workspace / "reports" / LEICESTER).rglob("child_*.html"))
    assert len(pages) == 2
    assert all(verify_file(workspace, page).is_released for page in pages)


@contextmanager
def _full(folder: Path) -> Iterator[None]:
    """The folder on a disk of its own with room for one small page."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser makes a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_reports_folder_that_is_full_is_told_and_holds_no_half_page(workspace):
    with _full(workspace / "reports"):
        done = _run(workspace)
        assert done.returncode == 1
        assert "No space left on device" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        assert not list((workspace / "reports").rglob("*.partial"))
        for page in (workspace / "reports").rglob("*.html"):
            assert page.read_text("utf-8").rstrip().endswith("</html>")
        assert list_runs(workspace, 1)[0].exit_code == 1
    _ends_well(workspace)


def test_a_reports_folder_that_cannot_be_written_is_told(workspace):
    (workspace / "reports").write_text("in the way", "utf-8")
    done = _run(workspace)
    assert done.returncode == 1
    assert "cannot be" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert list_runs(workspace, 1)[0].exit_code == 1
    (workspace / "reports").unlink()
    _ends_well(workspace)


def test_a_state_folder_that_is_full_releases_nothing(workspace):
    with _full(workspace / ".lscb"):
        done = _run(workspace)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stdout + done.stderr
        assert "No space left" in done.stdout + done.stderr or "full" in done.stdout + done.stderr
    _ends_well(workspace)
