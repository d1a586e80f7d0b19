"""A kernel's owner's side: one forked kernel, with the manners of a Popen."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time

from lscb_analysis.warm.request import Ending, to_line
from lscb_analysis.warm.waiting import ready

REAPED = "a kernel of the warm server"


class KernelRefused(RuntimeError):
    """A warm kernel that cannot be the one asked for; the message says why."""


class Kept:
    """A kernel that a keeper forked for this connection; it lives no longer than that.

    `poll`, `wait`, `send_signal`, `kill`, `terminate`, `pid` and `returncode` are as of a
    Popen; `ending` also says who ended it.
    """

    stdin = stdout = stderr = None

    def __init__(self, link: socket.socket, pid: int) -> None:
        self.pid = pid
        self.ending: Ending | None = None
        self._link = link
        self._rest = b""

    @property
    def returncode(self) -> int | None:
        """The exit code, None while it runs."""
        return None if self.ending is None else self.ending.code

    def poll(self) -> int | None:
        """The exit code where the kernel has ended, else None."""
        if self.ending is None:
            self._read(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended; raises TimeoutError where it goes on."""
        until = None if timeout is None else time.monotonic() + timeout
        while self.ending is None:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError(f"kernel {self.pid} has not ended")
            self._read(left)
        return self.ending.code

    def send_signal(self, number: int) -> None:
        """Nothing: the kernel's process group gets the signal."""
        if self.poll() is None:
            with contextlib.suppress(ConnectionError):
                self._link.sendall(to_line({"signal": int(number)}))

    def kill(self) -> None:
        """Nothing: the kernel and all it started are killed."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Nothing: the kernel is asked to end."""
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Nothing: the connection is closed, which ends the kernel."""
        self._link.close()
        self.ending = self.ending or Ending(-signal.SIGKILL, "asked")

    def _read(self, seconds: float | None) -> None:
        """Nothing: what the keeper has told is taken note of."""
        if not ready([self._link], seconds):
            return
        line, self._rest = read_line(self._link, self._rest)
        told = json.loads(line).get("ended", {}) if line else None
        if told is None:
            self.ending = Ending(-signal.SIGKILL, "lost")
        elif told:
            self.ending = Ending(int(told["code"]), str(told["why"]))
        if self.ending is not None:
            self._link.close()


def read_line(link: socket.socket, rest: bytes = b"") -> tuple[bytes, bytes]:
    """The next line and what came after it; no line where the other end is gone."""
    while b"\n" not in rest:
        try:
            read = link.recv(65536)
        except ConnectionError:
            read = b""
        if not read:
            return b"", b""
        rest += read
    line, _, rest = rest.partition(b"\n")
    return line, rest
