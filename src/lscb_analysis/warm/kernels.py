"""Where warm kernels come from: a server that forks them, or a pool that is started early."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from pathlib import Path
from typing import Protocol

from lscb_analysis.warm.folders import new_folder
from lscb_analysis.warm.forkserver import ForkServer, OthersServer
from lscb_analysis.warm.kept import Kept
from lscb_analysis.warm.pool import Pool, Spawned
from lscb_analysis.warm.request import Request

WAYS = ("fork", "pool")
SOCKET_VARIABLE = "LSCB_WARM_SOCKET"
WAY_VARIABLE, MODULES_VARIABLE = "LSCB_WARM_WAY", "LSCB_WARM_MODULES"


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

    def forget(self) -> None:
        """Nothing: in a process that has been forked from the owner, they are not its own."""


def has_fork() -> bool:
    """Whether kernels are forked here by default: on Linux; macOS' frameworks forbid it."""
    return sys.platform == "linux"


def way_of(asked: str = "") -> str:
    """The way asked for, or that of the environment, or what the system allows: fork or pool.

    Raises ValueError where it is neither.
    """
    chosen = asked or os.environ.get(WAY_VARIABLE) or ("fork" if has_fork() else "pool")
    if chosen not in WAYS:
        raise ValueError(f"there is no way '{chosen}' to warm kernels: use {' or '.join(WAYS)}")
    return chosen


def start_kernels(way: str = "", modules: tuple[str, ...] = ()) -> Kernels:
    """Warm kernels in the way asked for (fork or pool), by default as the system allows."""
    chosen = way_of(way)
    given = os.environ.get(SOCKET_VARIABLE, "")
    if chosen == "fork" and given and Path(given).exists():
        return OthersServer(Path(given))
    named = modules or tuple(os.environ.get(MODULES_VARIABLE, "").split())
    return ForkServer(named) if chosen == "fork" else Pool(new_folder(), named)


class Shared:
    """This process's own kernels of each way, started when first asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kernels: dict[str, Kernels] = {}
        self._ended: list[Kernels] = []

    def kernels(self, way: str = "", modules: tuple[str, ...] = ()) -> Kernels:
        """The kernels of a way; those that have ended are started anew."""
        chosen = way_of(way)
        with self._lock:
            found = self._kernels.get(chosen)
            if found is not None and found.is_alive:
                return found
            if found is not None:
                del self._kernels[chosen]
                found.forget()
                self._ended.append(found)  # notebooks still have their connections in its folder
            self._kernels[chosen] = start_kernels(chosen, modules)
            return self._kernels[chosen]

    def close(self) -> None:
        """Nothing: all of them end."""
        with self._lock:
            for each in [*self._kernels.values(), *self._ended]:
                each.close()
            self._kernels.clear()
            self._ended.clear()

    def forget(self) -> None:
        """Nothing: a process that has been forked from this one has none yet."""
        for each in self._kernels.values():
            each.forget()
        self._lock = threading.Lock()
        self._kernels, self._ended = {}, []


SHARED = Shared()
atexit.register(SHARED.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=SHARED.forget)
