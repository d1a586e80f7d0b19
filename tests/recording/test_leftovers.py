"""Leftovers: the next run takes away what one that was ended left, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lscb_analysis.commands.recorded import alone, recorded
from lscb_analysis.recording.leftovers import sweep_leftovers


def gone_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def write(workspace: Path, name: str) -> Path:
    path = workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("half")
    return path


@pytest.fixture
def left(tmp_path: Path) -> list[Path]:
    """What a run that was killed may leave."""
    return [
        write(tmp_path, ".lscb/X06000001/run-ab12/child_protection.ipynb").parent,
        write(tmp_path, ".lscb/X06000001/made.json.partial"),
        write(tmp_path, f".lscb/lock.{gone_process()}.partial"),
        write(tmp_path, f"reports/X06000001/2016-17-Q4/partnership/a.{gone_process()}.partial"),
        write(tmp_path, "data/processed/X06000001/2016-17-Q4/partnership/values.partial"),
        write(tmp_path, "data/raw/X06000001/findings/2016-17-Q4/police.partial"),
    ]


@pytest.mark.parametrize("holding", [lambda path: recorded(path, "run"), alone])
def test_a_run_takes_away_what_one_that_was_killed_left(tmp_path: Path, left, holding):
    with holding(tmp_path):
        assert [path for path in left if path.exists()] == []


def test_nothing_else_is_touched(tmp_path: Path):
    kept = [
        write(tmp_path, "data/raw/X06000001/2016-17-Q4/police.csv.partial"),
        write(tmp_path, "data/raw/X06000001/2016-17-Q4/run-1/police.csv"),
        write(tmp_path, ".lscb/X06000001/made.json"),
        write(tmp_path, f"reports/index.{os.getpid()}.partial"),
        write(tmp_path, "reports/index.html"),
        write(tmp_path, "minutes.partial"),
    ]
    assert sweep_leftovers(tmp_path) == 0
    assert all(path.is_file() for path in kept)


def test_a_workspace_in_which_nothing_has_run_has_nothing_to_sweep(tmp_path: Path):
    assert sweep_leftovers(tmp_path) == 0
