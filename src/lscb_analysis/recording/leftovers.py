"""Leftovers: what a run that was ended left half-written, taken away by the next."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

RUN_FOLDERS = "run-*"  # what `briefing.release.brief` works in
PARTIAL = ".partial"
_OF_PROCESS = re.compile(r"\.(\d+)\.partial$")
# where runs write; what partners sent is never touched, whatever it is called
_WRITTEN = (".lscb", "reports", "data/processed", "data/raw/*/findings")


def sweep_leftovers(workspace: Path) -> int:
    """How many half-written files and folders of ended runs were taken away.

    Call it under the workspace's lock: nothing that is there then is still being written, but
    for files with the number of a process that is alive. What cannot be removed stays.
    """
    found = [*(workspace / ".lscb").glob(f"*/{RUN_FOLDERS}"), *_partials(workspace)]
    return sum(_removed(path) for path in found)


def _partials(workspace: Path) -> Iterator[Path]:
    for place in _WRITTEN:
        for folder in workspace.glob(place):
            yield from (path for path in folder.rglob(f"*{PARTIAL}") if _is_left(path))


def _is_left(path: Path) -> bool:
    import psutil

    of_process = _OF_PROCESS.search(path.name)
    is_alive = of_process is not None and psutil.pid_exists(int(of_process[1]))
    return path.is_file() and not is_alive


def _removed(path: Path) -> bool:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True
