"""The process that kernels are forked from: it imports once, starts no thread, forks, waits.

Started as `python -m lscb_analysis.warm.server SOCKET_FD LIFELINE_FD FOLDER [MODULE...]`. It
ends, and ends all kernels, when the lifeline's other end closes: however its owner ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys

if sys.path[0] in ("", os.getcwd()):
    del sys.path[0]  # a notebook's own modules are not the packages to import beforehand

from lscb_analysis.warm.keeper import keep
from lscb_analysis.warm.preloading import Preloaded, PreloadError, preload
from lscb_analysis.warm.processes import adopt_orphans, children, end
from lscb_analysis.warm.request import NO_FORK
from lscb_analysis.warm.waiting import ready

NO_PROCESS = -1


def main(arguments: list[str]) -> int:
    """The exit code, when the lifeline has closed and every kernel has ended.

    NO_FORK where what was imported forbids to fork: to start another would not help.
    """
    listening = socket.socket(fileno=int(arguments[0]))
    lifeline, folder = int(arguments[1]), arguments[2]
    for each in (listening.fileno(), lifeline):
        os.set_inheritable(each, False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    os.chdir(folder)  # a matplotlibrc of the owner's folder is not every notebook's
    try:
        loaded = preload(tuple(arguments[3:]))
    except PreloadError as error:
        print(f"Warm kernels cannot be forked, plain ones are started: {error}", file=sys.stderr)
        return NO_FORK
    if serve(listening, lifeline, loaded):
        shutil.rmtree(folder, ignore_errors=True)  # an owner that lives does so itself
    return 0


def serve(listening: socket.socket, lifeline: int, loaded: Preloaded) -> bool:
    """Whether its owner is gone, when it is to end and all who were forked have ended."""
    mine, others = os.pipe()  # closes with this process: every keeper watches it
    woken, waker = socket.socketpair()
    for each in (woken, waker):
        each.setblocking(False)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    keepers: set[int] = set()
    told, is_alone = b"", False
    while not is_alone and not {signal.SIGTERM, signal.SIGHUP} & set(told):
        come = ready([listening, lifeline, woken])
        is_alone = lifeline in come
        if woken in come:
            told = woken.recv(4096)
            _reap(keepers)
        if listening in come and not is_alone:
            link, _ = listening.accept()
            pid = _forked()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                for open_one in (listening, woken, waker):
                    open_one.close()
                os.close(others)
                os.close(lifeline)
                keep(link, mine, loaded)
            link.close()
            keepers |= {pid} - {NO_PROCESS}
    listening.close()
    os.close(others)
    for pid in keepers:
        os.kill(pid, signal.SIGCONT)
        os.waitpid(pid, 0)
    signal.set_wakeup_fd(-1)
    return is_alone


def _forked() -> int:
    """The new process, 0 in that itself; none where the system has no more to give."""
    try:
        return os.fork()
    except OSError as error:
        print(f"Warm kernels: no process can be forked ({error.strerror})", file=sys.stderr)
        return NO_PROCESS


def _reap(keepers: set[int]) -> None:
    """Nothing: keepers that have ended are waited for; what one left that was killed is ended.

    A keeper that a notebook has stopped goes on: else nobody would watch its kernel.
    """
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
        except ChildProcessError:
            break
        if pid == 0:
            break
        if os.WIFSTOPPED(status):
            os.kill(pid, signal.SIGCONT)
        else:
            keepers.discard(pid)
    end(set(children(os.getpid())) - keepers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
