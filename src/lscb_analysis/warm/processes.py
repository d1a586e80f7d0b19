"""Processes of this machine: whose children they are, what memory they hold, their end."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
DEATH_SIGNAL, ADOPTS_ORPHANS = 1, 36  # Linux's names of these: PR_SET_...


def die_with_parent(parent: int) -> None:
    """Nothing: on Linux the process is killed where its parent dies, whatever it is doing."""
    if _prctl(DEATH_SIGNAL, signal.SIGKILL) and os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> bool:
    """Whether what a child leaves behind becomes a child of this process (on Linux)."""
    return _prctl(ADOPTS_ORPHANS, 1)


def _prctl(option: int, value: int) -> bool:
    import ctypes
    import sys

    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)


def children(pid: int) -> list[int]:
    """The processes that this one has started and that have not been waited for."""
    found: list[int] = []
    try:
        for task in (PROC / str(pid) / "task").iterdir():
            found += [int(each) for each in (task / "children").read_text().split()]
    except FileNotFoundError:
        return _children_by_search(pid)
    except OSError:
        return found
    return found


def _children_by_search(pid: int) -> list[int]:
    """The same where the system does not list them: every process names its parent."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        if parent == str(pid):
            found.append(int(folder.name))
    return found


def descendants(pid: int) -> Iterator[int]:
    """The process and all that came of it."""
    yield pid
    for child in children(pid):
        yield from descendants(child)


def memory_of(pid: int) -> int:
    """Bytes of memory of its own that a process holds; 0 where that cannot be told."""
    try:
        _, resident, shared = (PROC / str(pid) / "statm").read_text().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def fair_memory_of(pid: int) -> int:
    """The same with each page shared among those who share it: exact, and dear to ask for."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return memory_of(pid)
    told = [line.split()[1] for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:"))]
    return sum(map(int, told)) * 1024 if told else memory_of(pid)


def is_over(pid: int, limit: int) -> bool:
    """Whether a process and its descendants hold more bytes than the limit."""
    family = list(descendants(pid))
    if sum(map(memory_of, family)) <= limit:
        return False
    return sum(map(fair_memory_of, family)) > limit


def end_children() -> None:
    """Nothing: every child of this process is killed and waited for, and what they left too."""
    while True:
        for pid in children(os.getpid()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def signal_group(pid: int, number: int) -> None:
    """Nothing: the signal goes to the process's group, or to it alone where it has none."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
