"""What a run that was ended from outside left half-made: taken away before the next begins."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PLACES = ("reports", "data/processed", ".lscb")
PARTIAL = ".partial"


def sweep(workspace: Path) -> list[Path]:
    """The half-written files and working folders that were taken away.

    Call it under the workspace's lock: nobody else writes there then. What cannot be taken away
    stays, and is in nobody's way.
    """
    found = [*_working_folders(workspace), *_half_written(workspace)]
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    return [path for path in found if not path.exists()]


def _working_folders(workspace: Path) -> list[Path]:
    return [path for path in (workspace / ".lscb").glob("*/run-*") if path.is_dir()]


def _half_written(workspace: Path) -> Iterator[Path]:
    for place in PLACES:
        for folder, _, names in os.walk(workspace / place):
            for name in names:
                if name.endswith(PARTIAL):
                    yield Path(folder, name)
