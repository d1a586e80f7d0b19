"""A server that kernels are forked from, seen by who asks it: one's own, or another's."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from lscb_analysis.warm.folders import SOCKET_NAME, new_folder
from lscb_analysis.warm.kept import Kept, KernelRefused, read_line
from lscb_analysis.warm.request import NO_FORK, ONE_THREAD, UNHEARD, Request, to_line

ENDING_SECONDS = 10
ANSWER_SECONDS = 90  # a server that has just been started first imports


class ForkServer:
    """A server process and the folder with its socket; both end with this process."""

    def __init__(self, modules: tuple[str, ...] = ()) -> None:
        self.folder = new_folder()
        watched, self._lifeline = os.pipe()
        try:
            with socket.socket(socket.AF_UNIX) as listening:
                listening.bind(str(self.folder / SOCKET_NAME))
                listening.listen(64)
                ends = (listening.fileno(), watched)
                command = [sys.executable, "-m", f"{__package__}.server", *map(str, ends)]
                self.process = subprocess.Popen(
                    [*command, str(self.folder), *modules],
                    env=os.environ | ONE_THREAD | UNHEARD,
                    stdin=subprocess.DEVNULL,
                    pass_fds=ends,
                    start_new_session=True,
                )
        except BaseException:
            self.forget()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        finally:
            os.close(watched)

    @property
    def is_alive(self) -> bool:
        """Whether the server runs, or there is no use in starting another."""
        return self.process.poll() in (None, NO_FORK)

    def start(self, request: Request) -> Kept:
        """A kernel forked from the server; raises KernelRefused where it cannot be."""
        if self.process.poll() == NO_FORK:
            raise KernelRefused("what is imported beforehand does not let the server fork")
        self._go_on()
        return kernel_from(self.folder / SOCKET_NAME, request)

    def close(self) -> None:
        """Nothing: the server and its kernels end, and the folder goes."""
        if self._lifeline >= 0:
            self.forget()
            self._go_on()
            self.process.terminate()
            try:
                self.process.wait(ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self) -> None:
        """Nothing: a process that its owner forked lets go of it, and does not keep it alive."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def _go_on(self) -> None:
        """Nothing: a server that a notebook has stopped works again."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)


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

    def forget(self) -> None:
        """Nothing: there is nothing of it here."""


def kernel_from(path: Path, request: Request) -> Kept:
    """A kernel from the server that listens there; raises KernelRefused with the reason."""
    link = socket.socket(socket.AF_UNIX)
    try:
        link.settimeout(ANSWER_SECONDS)
        link.connect(str(path))
        link.sendall(to_line(request))
        line, _ = read_line(link)
        link.settimeout(None)
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
