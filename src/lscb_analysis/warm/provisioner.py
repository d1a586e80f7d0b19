"""jupyter_client's way in: a kernel provisioner whose kernels are warm where they can be."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from traitlets import Integer, Unicode, default

from lscb_analysis.warm.inherited import inherited
from lscb_analysis.warm.kept import Kept, KernelRefused
from lscb_analysis.warm.kernels import SHARED
from lscb_analysis.warm.pool import Spawned
from lscb_analysis.warm.request import Ending, Request

LAUNCHED = ["-m", "ipykernel_launcher"]
FOR_DEBUGGERS = "-Xfrozen_modules=off"  # ipykernel's own kernelspec may say so; nobody debugs here
MEMORY_VARIABLE = "LSCB_WARM_MEMORY_MB"
LOOKS_SECONDS = 0.005


class WarmProvisioner(LocalProvisioner):
    """Kernels of this Python's ipykernel, forked or pre-started; all others are as ever."""

    way = Unicode("", help="fork or pool; by default what the system allows").tag(config=True)
    memory_mb = Integer(help="the most memory of a kernel; 0: any").tag(config=True)
    refused = ""

    @default("memory_mb")
    def _memory_mb_default(self) -> int:
        return memory_asked_for(0)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """The connection's facts, of a kernel that runs."""
        self.refused = ""
        if not is_own_ipykernel(cmd):
            self.refused = "it is not an ipykernel of this Python"
            return await super().launch_kernel(cmd, **kwargs)
        environment = dict(kwargs.get("env") or os.environ)
        arguments = tuple(arguments_of(cmd) or ())
        try:
            folder = _folder(kwargs.get("cwd"))
            request = Request(arguments, folder, environment, self.memory_mb, inherited())
            kernel = await _in_thread(partial(_started, self.way, request))
        except KernelRefused as why:
            self.refused = str(why)
            self.log.debug("A plain kernel is started: %s", why)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]
        self.pid, self.pgid, self.cwd = kernel.pid, None, Path(folder)  # type: ignore[assignment]
        return self.connection_info

    @property
    def ending(self) -> Ending | None:
        """How the kernel ended, warm or plain; None where it runs."""
        process: Any = self.process
        if process is None or isinstance(process, Kept | Spawned):
            return None if process is None else process.ending
        code = process.poll()
        return None if code is None else Ending(code)

    async def wait(self) -> int | None:
        """The exit code, when the kernel has ended."""
        process: Any = self.process
        if not isinstance(process, Kept | Spawned):
            return await super().wait()
        while process.poll() is None:
            await asyncio.sleep(LOOKS_SECONDS)
        self.process = None
        return process.returncode

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing: the connection to the kernel is closed, which ends it where it still runs."""
        process: Any = self.process
        if isinstance(process, Kept | Spawned) and not restart:
            process.close()
            self.process = None
        await super().cleanup(restart=restart)


def is_own_ipykernel(command: list[str]) -> bool:
    """Whether a command starts the ipykernel of this very Python."""
    python = os.path.abspath(command[0]) == os.path.abspath(sys.executable)
    return python and arguments_of(command) is not None


def arguments_of(command: list[str]) -> list[str] | None:
    """What a command gives to ipykernel, None where it starts something else."""
    given = [each for each in command[1:3] if each != FOR_DEBUGGERS] + command[3:]
    return given[len(LAUNCHED) :] if given[: len(LAUNCHED)] == LAUNCHED else None


def memory_asked_for(usual: int) -> int:
    """The memory limit of the environment, in MB, else the usual one.

    Raises ValueError where the environment gives something else than a whole number.
    """
    given = os.environ.get(MEMORY_VARIABLE, "").strip()
    if not given:
        return usual
    if not given.isdecimal():
        raise ValueError(
            f"{MEMORY_VARIABLE} is '{given}': give a whole number of MB, or 0 for no limit"
        )
    return int(given)


def _folder(given: Any) -> str:
    """A kernel's folder, with its whole path; raises KernelRefused where it has gone."""
    try:
        return os.path.abspath(given or ".")
    except OSError as error:
        raise KernelRefused("its folder has gone") from error


async def _in_thread(work: Callable[[], Any]) -> Any:
    """What the work comes to, while others go on.

    The loop's own threads would not be there in a process that its owner has forked.
    """
    future: Future[Any] = Future()

    def body() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=body, daemon=True).start()
    while not future.done():
        await asyncio.sleep(LOOKS_SECONDS)
    return future.result()


def _started(way: str, request: Request) -> Kept | Spawned:
    try:
        return SHARED.kernels(way).start(request)
    except OSError as error:
        raise KernelRefused(f"no server can be started ({error.strerror})") from error
