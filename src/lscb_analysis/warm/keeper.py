"""One small process beside each forked kernel: it starts, watches and ends it, and tells.

Forked from the server for one connection. What ends the kernel: its own end, its owner's word
or death (the connection closes), the server's death (the lifeline closes), too much memory.
Nothing that the kernel started outlives it.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from lscb_analysis.warm.becoming import become_kernel
from lscb_analysis.warm.inherited import out_of_reach
from lscb_analysis.warm.preloading import Preloaded, shadowed
from lscb_analysis.warm.processes import (
    adopt_orphans,
    die_with_parent,
    end_children,
    is_over,
    signal_group,
)
from lscb_analysis.warm.request import Ending, Request, read_at_start, read_request, to_line
from lscb_analysis.warm.waiting import Watched, ready

LOOKS_SECONDS = 0.1
MB = 1_000_000


def keep(link: socket.socket, lifeline: int, loaded: Preloaded) -> NoReturn:
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
        _keep(link, lifeline, loaded, (woken, waker))
        code = 0
    except ConnectionError:
        code = 1  # the owner is gone: there is nobody to tell
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        try:
            end_children()
        finally:
            os._exit(code)


def _keep(
    link: socket.socket,
    lifeline: int,
    loaded: Preloaded,
    waking: tuple[socket.socket, socket.socket],
) -> None:
    lines = Lines(link)
    first = _first(lines, lifeline)
    if first is None:
        return
    try:
        request = read_request(first)
        refused = why_not(request, loaded)
        pid = 0 if refused else _forked(request, loaded, (link, *waking), lifeline)
    except ValueError as error:
        refused = str(error)
    except OSError as error:
        refused = f"no process can be forked ({error.strerror})"
    if refused:
        link.sendall(to_line({"refused": refused}))
        return
    link.sendall(to_line({"started": pid}))
    ending = _watch(pid, lines, lifeline, waking[0], request.memory_mb * MB)
    end_children()
    link.sendall(to_line({"ended": {"code": ending.code, "why": ending.why}}))


def _forked(
    request: Request, loaded: Preloaded, own: tuple[socket.socket, ...], lifeline: int
) -> int:
    """The kernel's process, which has none of what is this one's own."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        for each in own:
            each.close()
        os.close(lifeline)
        os.setsid()
        die_with_parent(parent)
        # matplotlib's folder, where home cannot be written, is the server's to remove
        atexit.unregister(shutil.rmtree)
        become_kernel(request, loaded.has_set)
    return pid


def why_not(request: Request, loaded: Preloaded) -> str:
    """Why a fork of this process would not be the kernel asked for, or nothing."""
    if read_at_start(loaded.found) != read_at_start(request.environment):
        return "its environment has variables that are read where an interpreter starts"
    if not os.path.isdir(request.folder):
        return "its folder is not there"
    hidden = shadowed(request.folder, loaded.names)
    if hidden:
        return f"its folder has a module named {hidden}"
    return out_of_reach(request.inherited)


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
        come = ready([lines.link, lifeline])
        if lifeline in come:
            return None
        for line in lines.come():
            return line
    return None


def _watch(pid: int, lines: Lines, lifeline: int, woken: socket.socket, limit: int) -> Ending:
    """How the kernel ended; it is ended here where its owner, the server or its memory says so."""
    why = ""
    while True:
        watched: list[Watched] = [woken] if why else [lines.link, lifeline, woken]
        come = ready(watched, LOOKS_SECONDS)
        if woken in come:
            woken.recv(4096)
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return Ending(os.waitstatus_to_exitcode(status), why)
        why = why or _reason(pid, come, lines, lifeline, limit)
        if why:
            signal_group(pid, signal.SIGKILL)


def _reason(pid: int, come: Sequence[Watched], lines: Lines, lifeline: int, limit: int) -> str:
    """Why the kernel has to end now, or nothing; signals that its owner sends are passed on."""
    if lifeline in come:
        return "server"
    if lines.link in come:
        for line in lines.come():
            number = int(json.loads(line)["signal"])
            if number == signal.SIGKILL:
                return "asked"
            signal_group(pid, number)
        if not lines.is_open:
            return "asked"
    return "memory" if limit and is_over(pid, limit) else ""
