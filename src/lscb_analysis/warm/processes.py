"""Processes of this machine: whose children they are, what memory they hold, their end."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
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
    """Bytes of memory that a process holds, not counting files; 0 where that cannot be told.

    Memory that it shares with others counts, and so does what has been swapped out.
    """
    return _sum_of(PROC / str(pid) / "status", ("RssAnon:", "RssShmem:", "VmSwap:")) or 0


def _sum_of(path: Path, names: tuple[str, ...]) -> int | None:
    """The bytes that some lines of a process's file tell; None where it tells none."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return None
    told = [int(line.split()[1]) for line in lines if line.startswith(names)]
    return sum(told) * 1024 if told else None


def fair_memory_of(pid: int) -> int:
    """The same with each page shared among those who share it: exact, and dear to ask for."""
    told = _sum_of(PROC / str(pid) / "smaps_rollup", ("Pss_Anon:", "Pss_Shmem:", "SwapPss:"))
    return memory_of(pid) if told is None else told


def is_over(pid: int, limit: int) -> bool:
    """Whether a process and its descendants hold more bytes than the limit."""
    family = list(descendants(pid))
    if sum(map(memory_of, family)) <= limit:
        return False
    return sum(map(fair_memory_of, family)) > limit


def end(pids: Iterable[int]) -> bool:
    """Whether none of the processes, which are killed, belongs to another user."""
    are_own = True
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        except PermissionError:
            are_own = False
    return are_own


def end_children() -> None:
    """Nothing: every child of this process is killed and waited for, and what they left too.

    One that runs for another user (sudo) cannot be killed, and is not waited for.
    """
    while True:
        are_own = end(children(os.getpid()))
        try:
            pid, _ = os.waitpid(-1, 0 if are_own else os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
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
