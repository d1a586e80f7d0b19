"""One at a time: two commands never send the same area's briefings at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lscb_analysis.state import StateError, state_folder


@contextmanager
def only_one(workspace: Path, area_code: str) -> Iterator[None]:
    """Hold the area's briefings for this command; the system lets go when it ends, however.

    Raises StateError where another command holds them.
    """
    path = state_folder(workspace, area_code) / "circulating.lock"
    with path.open("a+b") as file:
        try:
            _hold(file)
        except OSError:
            raise StateError(
                f"another lscb circulate is at work on {area_code}: wait until it has ended"
            ) from None
        yield


def _hold(file: IO[bytes]) -> None:
    """The file, locked until it is closed; OSError where somebody else holds it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
