"""Where the sockets of warm kernels are: a folder a server or pool, for its user alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
import time
from pathlib import Path

SOCKET_NAME, PREFIX = "kernels", "lscb-warm-"
LONGEST_PATH = 80  # of a folder for sockets: the system takes 107 for one of them
STALE_SECONDS, OLD_SECONDS = 60, 7 * 86_400


def new_folder() -> Path:
    """A new folder for this user alone, its path short enough for sockets."""
    place = tempfile.gettempdir()
    if len(place) > LONGEST_PATH - 2 * len(PREFIX) and os.path.isdir("/tmp"):
        place = "/tmp"
    _remove_stale(Path(place))
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))


def _remove_stale(place: Path) -> None:
    """Nothing: what is left of servers and pools that were killed with their owners goes."""
    for folder in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_stale(folder, time.time() - folder.stat().st_mtime):
                shutil.rmtree(folder, ignore_errors=True)


def _is_stale(folder: Path, age: float) -> bool:
    """Whether no server listens there; a pool does not listen, and is only known by its age."""
    if not hasattr(os, "getuid") or folder.stat().st_uid != os.getuid():
        return False
    if not (folder / SOCKET_NAME).exists():
        return age > OLD_SECONDS
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(1)
        try:
            link.connect(str(folder / SOCKET_NAME))
        except ConnectionRefusedError:
            return age > STALE_SECONDS
    return False
