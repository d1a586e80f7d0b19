"""Many areas at once: the same bytes as one by one, and a lost process costs nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lscb_analysis.many_areas import ClusterError, run_areas
from lscb_analysis.settings import FILE_NAME, Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]
THEME = "child_deaths"
AREAS = ("E06000016", "E06000015")
OTHERS = "\n".join(f'[area.{code}]\nneighbour_model = "May 2025"\n' for code in AREAS[1:])
pytestmark = pytest.mark.slow


def made(folder: Path) -> Settings:
    """A workspace of two cities with official statistics alone, and one theme."""
    folder.mkdir()
    given = (ROOT / FILE_NAME).read_text("utf-8")
    listed = ", ".join(f'"{code}"' for code in AREAS)
    given = given.replace('areas = ["X06000001", "E06000016"]', f"areas = [{listed}]")
    (folder / FILE_NAME).write_text(f"{given}\n{OTHERS}", "utf-8")
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / f"{THEME}.ipynb", folder / "notebooks")
    published = Path("data") / "raw" / "published"
    shutil.copytree(ROOT / published, folder / published)
    return read_settings(folder)


def hashes(settings: Settings) -> dict[str, str]:
    """Every page and every table of values, by its place."""
    folder = settings.workspace
    paths = [*folder.glob("reports/**/*.html"), *folder.glob("data/processed/**/*.parquet")]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one process makes of the two."""
    settings = made(tmp_path_factory.mktemp("serial") / "workspace")
    outcomes = dict(run_areas(settings, AREAS, None, [THEME], 1))
    assert not any(outcome.has_failed for outcome in outcomes.values())
    return hashes(settings)


def test_two_at_once_make_the_same_bytes_as_one(serial: dict[str, str], tmp_path: Path):
    settings = made(tmp_path / "workspace")
    outcomes = dict(run_areas(settings, AREAS, None, [THEME], 2))
    assert set(outcomes) == set(AREAS)
    assert not any(outcome.has_failed for outcome in outcomes.values())
    assert hashes(settings) == serial
    assert not list(settings.workspace.rglob("*.partial"))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds the workers in /proc")
def test_a_worker_that_is_killed_is_replaced_and_its_area_is_done(
    serial: dict[str, str], tmp_path: Path
):
    settings = made(tmp_path / "workspace")
    killer = threading.Thread(target=_kill, args=(settings.workspace, _workers))
    killer.start()
    outcomes = dict(run_areas(settings, AREAS, None, [THEME], 2))
    killer.join()
    assert not any(outcome.has_failed for outcome in outcomes.values())
    assert hashes(settings) == serial


def _kill(workspace: Path, among: Callable[[], list[int]]) -> None:
    """Kill the first of the processes once an area has been begun."""
    for _ in range(600):
        if list(workspace.glob(".lscb/*")) and among():
            os.kill(among()[0], signal.SIGKILL)
            return
        time.sleep(0.1)


def _workers() -> list[int]:
    return [pid for pid in _children(os.getpid()) if b"popen_loky" in _command(pid)]


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(each) for each in task.read_text().split()]
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(serial: dict[str, str], tmp_path: Path):
    distributed = pytest.importorskip("distributed")
    settings = made(tmp_path / "workspace")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        lost = local.workers[0].pid
        killer = threading.Thread(target=_kill, args=(settings.workspace, lambda: [lost]))
        killer.start()
        outcomes = dict(
            run_areas(settings, AREAS, None, [THEME], 2, scheduler=local.scheduler_address)
        )
        killer.join()
        assert local.workers[0].pid != lost
    assert not any(outcome.has_failed for outcome in outcomes.values())
    assert hashes(settings) == serial


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path):
    settings = made(tmp_path / "workspace")
    with pytest.raises(ClusterError, match="no scheduler answers"):
        list(run_areas(settings, AREAS, None, [THEME], 2, scheduler="tcp://127.0.0.1:9"))
