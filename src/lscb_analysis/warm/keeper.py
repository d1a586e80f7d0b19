"""One small process beside each forked kernel: it starts, watches and ends it, and tells.

Forked from the server for one connection. What ends the kernel: its own end, its owner's word
or death (the connection closes), the server's death (the lifeline closes), too much memory.
Nothing that the kernel started outlives it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
from typing import Any, NoReturn

from lscb_analysis.warm.becoming import become_kernel
from lscb_analysis.warm.preloading import shadowed
from lscb_analysis.warm.processes import (
    adopt_orphans,
    die_with_parent,
    end_children,
    is_over,
    signal_group,
)
from lscb_analysis.warm.request import (
    ONE_THREAD,
    Ending,
    Request,
    read_at_start,
    read_request,
    to_line,
)

LOOKS_SECONDS = 0.1
MB = 1_000_000


def keep(link: socket.socket, lifeline: int, loaded: tuple[str, ...]) -> NoReturn:
    """Never: one kernel is kept from its request to its end, and the process with it."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        woken, waker = socket.socketpair()
        for each in (woken, waker):
            each.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        adopt_orphans()
        _keep(link, lifeline, loaded, woken)
        code = 0
    except ConnectionError:
        code = 1  # the owner is gone: there is nobody to tell
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        end_children()
        os._exit(code)


def _keep(
    link: socket.socket, lifeline: int, loaded: tuple[str, ...], woken: socket.socket
) -> None:
    lines = Lines(link)
    first = _first(lines, lifeline)
    if first is None:
        return
    try:
        request = read_request(first)
        refused = why_not(request, loaded)
    except ValueError as error:
        refused = str(error)
    if refused:
        link.sendall(to_line({"refused": refused}))
        return
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for each in (link, woken):
            each.close()
        os.close(lifeline)
        os.setsid()
        die_with_parent(parent)
        become_kernel(request)
    link.sendall(to_line({"started": pid}))
    ending = _watch(pid, lines, lifeline, woken, request.memory_mb * MB)
    end_children()
    link.sendall(to_line({"ended": {"code": ending.code, "why": ending.why}}))


def why_not(request: Request, loaded: tuple[str, ...]) -> str:
    """Why a fork of this process would not be the kernel asked for, or nothing."""
    own = {name: value for name, value in os.environ.items() if name not in ONE_THREAD}
    if read_at_start(own) != read_at_start(request.environment):
        return "its environment has variables that are read where an interpreter starts"
    if not os.path.isdir(request.folder):
        return "its folder is not there"
    hidden = shadowed(request.folder, loaded)
    return f"its folder has a module named {hidden}" if hidden else ""


class Lines:
    """The lines that have come over a connection, as far as they are whole."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.is_open = True
        self._rest = b""

    def come(self) -> list[bytes]:
        """Those of one reading; none and `is_open` false where the other end is gone."""
        try:
            read = self.link.recv(65536)
        except ConnectionError:
            read = b""
        if not read:
            self.is_open = False
            return []
        *whole, self._rest = (self._rest + read).split(b"\n")
        return whole


def _first(lines: Lines, lifeline: int) -> bytes | None:
    """The first line, or None where the owner or the server is gone before it has come."""
    while lines.is_open:
        ready = _ready([lines.link, lifeline])
        if lifeline in ready:
            return None
        for line in lines.come():
            return line
    return None


def _watch(pid: int, lines: Lines, lifeline: int, woken: socket.socket, limit: int) -> Ending:
    """How the kernel ended; it is ended here where its owner, the server or its memory says so."""
    why = ""
    while True:
        watched: list[Any] = [woken] if why else [lines.link, lifeline, woken]
        ready = _ready(watched, LOOKS_SECONDS)
        if woken in ready:
            woken.recv(4096)
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return Ending(os.waitstatus_to_exitcode(status), why)
        why = why or _reason(pid, ready, lines, lifeline, limit)
        if why:
            signal_group(pid, signal.SIGKILL)


def _reason(pid: int, ready: list, lines: Lines, lifeline: int, limit: int) -> str:
    """Why the kernel has to end now, or nothing; signals that its owner sends are passed on."""
    if lifeline in ready:
        return "server"
    if lines.link in ready:
        for line in lines.come():
            number = int(json.loads(line)["signal"])
            if number == signal.SIGKILL:
                return "asked"
            signal_group(pid, number)
        if not lines.is_open:
            return "asked"
    return "memory" if limit and is_over(pid, limit) else ""


def _ready(watched: list[Any], seconds: float | None = None) -> list[Any]:
    """Those of the sockets and descriptors that have something to read."""
    return list(select.select(watched, [], [], seconds)[0])
