"""Where warm kernels come from: a server that forks them, or a pool that is started early."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Protocol

from lscb_analysis.warm.kept import Kept, KernelRefused, read_line
from lscb_analysis.warm.pool import Pool, Spawned
from lscb_analysis.warm.request import ONE_THREAD, UNHEARD, Request, to_line

WAYS = ("fork", "pool")
SOCKET_NAME, PREFIX = "kernels", "lscb-warm-"
SOCKET_VARIABLE = "LSCB_WARM_SOCKET"
WAY_VARIABLE, MODULES_VARIABLE = "LSCB_WARM_WAY", "LSCB_WARM_MODULES"
LONGEST_PATH = 80  # of a folder for sockets: the system takes 107 for one of them
STALE_SECONDS, OLD_SECONDS = 60, 7 * 86_400
ENDING_SECONDS = 10


class Kernels(Protocol):
    """What starts warm kernels."""

    folder: Path

    @property
    def is_alive(self) -> bool:
        """Whether kernels can still be asked for."""

    def start(self, request: Request) -> Kept | Spawned:
        """A kernel that has been asked for; raises KernelRefused where it cannot be warm."""

    def close(self) -> None:
        """Nothing: no more kernels; those that run end."""


class ForkServer:
    """A server process and the folder with its socket; both end with this process."""

    def __init__(self, modules: tuple[str, ...] = ()) -> None:
        self.folder = _folder()
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(self.folder / SOCKET_NAME))
        listening.listen(64)
        watched, self._lifeline = os.pipe()
        ends = (listening.fileno(), watched)
        command = [sys.executable, "-m", f"{__package__}.server", *map(str, ends)]
        self.process = subprocess.Popen(
            [*command, str(self.folder), *modules],
            env=os.environ | ONE_THREAD | UNHEARD,
            stdin=subprocess.DEVNULL,
            pass_fds=ends,
            start_new_session=True,
        )
        listening.close()
        os.close(watched)

    @property
    def is_alive(self) -> bool:
        """Whether the server runs."""
        return self.process.poll() is None

    def start(self, request: Request) -> Kept:
        """A kernel forked from the server; raises KernelRefused where it cannot be."""
        return kernel_from(self.folder / SOCKET_NAME, request)

    def close(self) -> None:
        """Nothing: the server and its kernels end, and the folder goes."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
            self.process.terminate()
            try:
                self.process.wait(ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class OthersServer:
    """A server that another process started and keeps: `python -m lscb_analysis.warm COMMAND`."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._path = path

    @property
    def is_alive(self) -> bool:
        """Whether its socket is there."""
        return self._path.exists()

    def start(self, request: Request) -> Kept:
        """A kernel forked from the server; raises KernelRefused where it cannot be."""
        return kernel_from(self._path, request)

    def close(self) -> None:
        """Nothing: it is for its owner to end."""


def kernel_from(path: Path, request: Request) -> Kept:
    """A kernel from the server that listens there; raises KernelRefused with the reason."""
    link = socket.socket(socket.AF_UNIX)
    try:
        link.connect(str(path))
        link.sendall(to_line(request))
        line, _ = read_line(link)
        told = json.loads(line) if line else {"refused": "the server of warm kernels has ended"}
        if "refused" in told:
            raise KernelRefused(str(told["refused"]))
        return Kept(link, int(told["started"]))
    except OSError as error:
        link.close()
        raise KernelRefused("the server of warm kernels does not answer") from error
    except BaseException:
        link.close()
        raise


def has_fork() -> bool:
    """Whether kernels are forked here by default: on Linux; macOS' frameworks forbid it."""
    return sys.platform == "linux"


def start_kernels(way: str = "", modules: tuple[str, ...] = ()) -> Kernels:
    """Warm kernels in the way asked for (fork or pool), by default as the system allows."""
    chosen = way or os.environ.get(WAY_VARIABLE) or ("fork" if has_fork() else "pool")
    if chosen not in WAYS:
        raise ValueError(f"there is no way '{chosen}' to warm kernels: use {' or '.join(WAYS)}")
    given = os.environ.get(SOCKET_VARIABLE, "")
    if chosen == "fork" and given and Path(given).exists():
        return OthersServer(Path(given))
    named = modules or tuple(os.environ.get(MODULES_VARIABLE, "").split())
    return ForkServer(named) if chosen == "fork" else Pool(_folder(), named)


class Shared:
    """This process's own kernels of each way, started when first asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kernels: dict[str, Kernels] = {}

    def kernels(self, way: str = "", modules: tuple[str, ...] = ()) -> Kernels:
        """The kernels of a way; those that have ended are started anew."""
        with self._lock:
            found = self._kernels.get(way)
            if found is not None and found.is_alive:
                return found
            if found is not None:
                found.close()
            self._kernels[way] = start_kernels(way, modules)
            return self._kernels[way]

    def close(self) -> None:
        """Nothing: all of them end."""
        with self._lock:
            for each in self._kernels.values():
                each.close()
            self._kernels.clear()


SHARED = Shared()
atexit.register(SHARED.close)


def _folder() -> Path:
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
        try:
            link.connect(str(folder / SOCKET_NAME))
        except ConnectionRefusedError:
            return age > STALE_SECONDS
    return False
