"""The lock of a workspace: two runs never meet, and one whose process is gone is taken over."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "lock"
HALF_WRITTEN = 60  # seconds after which a lock without its holder is one that was never finished
SAME = 2.0  # seconds by which the start of one process is told differently


class LockedError(RuntimeError):
    """Another run is at work in the workspace; the message says which, and what to do."""


@dataclass(frozen=True)
class Holder:
    """The process that holds a lock: its number, its computer, and when it started."""

    pid: int
    host: str
    started: float


def this_process() -> Holder:
    """The process that asks."""
    return Holder(os.getpid(), socket.gethostname(), _started(os.getpid()) or time.time())


@contextmanager
def only_run(workspace: Path) -> Iterator[str]:
    """Hold the workspace's lock; gives what is to be told of one that was left behind, or nothing.

    Raises LockedError where another run holds it: on this computer one that is alive, on
    another any, since whether it is alive cannot be known from here.
    """
    path = workspace / ".lscb" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    told = ""
    while not _taken(path):
        refusal = _refusal(path)
        if refusal:
            raise LockedError(refusal)
        told = "the last run was ended before it had finished: this one carries on"
        path.unlink(missing_ok=True)
    try:
        yield told
    finally:
        path.unlink(missing_ok=True)


def _taken(path: Path) -> bool:
    """Whether the lock is ours now; made whole or not at all, so that two can never have it."""
    partial = path.with_name(f"{FILE}.{os.getpid()}.partial")
    partial.write_text(json.dumps(asdict(this_process())), "utf-8")
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        return _created(path, partial.read_text("utf-8"))
    finally:
        partial.unlink(missing_ok=True)
    return True


def _created(path: Path, text: str) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _refusal(path: Path) -> str:
    """Why the lock may not be taken over; blank where its process is gone."""
    try:
        held = json.loads(path.read_text("utf-8"))
        holder = Holder(int(held["pid"]), str(held["host"]), float(held["started"]))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError):
        return _half_written(path)
    when = time.strftime("%d %B %Y, %H:%M", time.localtime(holder.started))
    if holder.host != socket.gethostname():
        return (
            f"a run is at work here from another computer ({holder.host}, since {when}): wait for "
            f"it; if that computer was switched off since, delete {path} and run again"
        )
    started = _started(holder.pid)
    if started is None or abs(started - holder.started) > SAME:
        return ""
    return f"a run is at work here already (process {holder.pid}, since {when}): wait for it"


def _half_written(path: Path) -> str:
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return ""
    if age > HALF_WRITTEN:
        return ""
    return "a run has just begun here: wait for it, or try again in a minute"


def _started(pid: int) -> float | None:
    """When a process of this computer started, in seconds since 1970; None where it is gone."""
    import psutil

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return float(process.create_time())
    except psutil.Error:
        return None
