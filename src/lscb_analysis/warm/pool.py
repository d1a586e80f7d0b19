"""Where there is no fork: kernels' processes started before they are asked for.

Each imports what notebooks use, then waits on its standard input for one request. A process is
one notebook's, as a plain kernel is; the pool saves the waiting, not the work.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

from lscb_analysis.warm.kept import KernelRefused
from lscb_analysis.warm.preloading import PRELOADED, shadowed
from lscb_analysis.warm.request import ONE_THREAD, UNHEARD, Ending, Request, read_at_start, to_line

AT_HAND = 2
MB = 1_000_000
LOOKS_SECONDS = 0.5


class Waiting(NamedTuple):
    """A process that waits, and the environment that it was started in."""

    process: subprocess.Popen[bytes]
    found: dict[str, str]


class Spawned:
    """One kernel of the pool, with the manners of a Popen; `ending` also says who ended it."""

    stdin = stdout = stderr = None

    def __init__(self, process: subprocess.Popen[bytes], memory_mb: int) -> None:
        self.pid = process.pid
        self.process = process
        self._limit = memory_mb * MB
        self._why = ""
        self._looked = time.monotonic()

    @property
    def returncode(self) -> int | None:
        """The exit code, None while it runs."""
        return self.process.poll()

    @property
    def ending(self) -> Ending | None:
        """How it ended, None while it runs."""
        code = self.poll()
        return None if code is None else Ending(code, self._why)

    def poll(self) -> int | None:
        """The exit code where the kernel has ended, else None; one that has grown is ended."""
        code = self.process.poll()
        if code is None and time.monotonic() - self._looked > LOOKS_SECONDS:
            self._looked = time.monotonic()
            if self._limit and _memory(self.pid) > self._limit:
                self._why = "memory"
                self._end_all()
        if code is not None:
            self.close()
        return code

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended; raises TimeoutError where it goes on."""
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"kernel {self.pid} has not ended") from error
        finally:
            if self.process.poll() is not None:
                self.close()

    def send_signal(self, number: int) -> None:
        """Nothing: the kernel's process group gets the signal, where there are groups."""
        if self.process.poll() is not None:
            return
        if number == getattr(signal, "SIGKILL", None):
            self.kill()
        elif os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)
        elif number != signal.SIGINT:  # an interrupt reaches a whole console there
            self.process.send_signal(number)

    def kill(self) -> None:
        """Nothing: the kernel and all it started are killed."""
        self._why = self._why or "asked"
        self._end_all()

    def terminate(self) -> None:
        """Nothing: the kernel is asked to end."""
        self.process.terminate()

    def close(self) -> None:
        """Nothing: the kernel is ended where it runs, its request's pipe closed."""
        if self.process.poll() is None:
            self.kill()
            self.process.wait()
        elif os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)  # what it left in its group
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()

    def _end_all(self) -> None:
        import psutil

        with contextlib.suppress(psutil.NoSuchProcess):
            for each in psutil.Process(self.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self.process.kill()


class Pool:
    """Processes that wait, each for one notebook; one more is started for each that is taken."""

    def __init__(self, folder: Path, modules: tuple[str, ...] = (), at_hand: int = AT_HAND) -> None:
        self.folder = folder
        self._modules = modules
        self._lock = threading.Lock()
        self._is_open = True
        self._taken: list[Spawned] = []
        self._waiting: list[Waiting] = []
        for _ in range(at_hand):
            self._waiting.append(self._spawned())

    @property
    def is_alive(self) -> bool:
        """Whether it has not been closed."""
        return self._is_open

    def start(self, request: Request) -> Spawned:
        """A kernel in a process that waited; raises KernelRefused where it cannot be."""
        names = tuple(sorted({name.partition(".")[0] for name in PRELOADED + self._modules}))
        hidden = shadowed(request.folder, names)
        if hidden:
            raise KernelRefused(f"its folder has a module named {hidden}")
        with self._lock:
            if not self._is_open:
                raise KernelRefused("the pool has been closed")
            self._taken = [each for each in self._taken if each.returncode is None]
            self._waiting.append(self._spawned())
            process, found = self._waiting.pop(0)
            kernel = Spawned(process, request.memory_mb)
            self._taken.append(kernel)
        if read_at_start(found) != read_at_start(request.environment):
            kernel.close()
            raise KernelRefused("its environment has variables that are read at the start")
        assert process.stdin is not None
        try:
            process.stdin.write(to_line(request))
            process.stdin.flush()
        except OSError as error:
            kernel.close()
            raise KernelRefused("a process of the pool has ended") from error
        return kernel

    def close(self) -> None:
        """Nothing: all processes end, and the folder goes."""
        with self._lock:
            self._is_open = False
            for process, _ in self._waiting:
                Spawned(process, 0).close()
            for kernel in self._taken:
                kernel.close()
            self._waiting, self._taken = [], []
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self) -> None:
        """Nothing: a process that its owner forked does not keep those that wait alive."""
        for process in [process for process, _ in self._waiting] + [
            each.process for each in self._taken
        ]:
            if process.stdin is not None:
                process.stdin.close()

    def _spawned(self) -> Waiting:
        command = [sys.executable, "-m", f"{__package__}.spawned", str(self.folder)]
        found = dict(os.environ)
        process = subprocess.Popen(
            [*command, *self._modules],
            env=found | ONE_THREAD | UNHEARD,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        return Waiting(process, found)


def _memory(pid: int) -> int:
    """Bytes that a process and what came of it hold, without pages of files."""
    import psutil

    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        facts = [each.memory_info() for each in family]
    except psutil.NoSuchProcess:
        return 0
    return sum(each.rss - getattr(each, "shared", 0) for each in facts)
