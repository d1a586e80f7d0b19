"""A kernel manager and client for warm kernels: the same protocol with less waiting."""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from traitlets import Integer, Unicode

from lscb_analysis.warm.kernels import SHARED
from lscb_analysis.warm.provisioner import LOOKS_SECONDS, WarmProvisioner, is_own_ipykernel
from lscb_analysis.warm.request import MEMORY_MB

PLACE = ("connection_file", "transport", "ip", "kernel_id")
OUTPUT_SECONDS = 0.05
LISTENS_SECONDS = 60


class WarmClient(AsyncKernelClient):
    """A client that knows a kernel is ready when it says so, instead of by a pause."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing, when the kernel has answered and its outputs arrive here."""
        until = time.monotonic() + (timeout or float("inf"))
        while True:
            self.kernel_info()
            try:
                self._handle_kernel_info_reply(await self.shell_channel.get_msg(timeout=1))
                await self.iopub_channel.get_msg(timeout=OUTPUT_SECONDS)
                return
            except Empty:  # what was published before it knew of this client is lost: once more
                if not await self._async_is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
                if time.monotonic() > until:
                    raise RuntimeError(f"Kernel didn't respond in {timeout} seconds") from None

    wait_for_ready = _async_wait_for_ready


class WarmManager(AsyncKernelManager):
    """A manager of one warm kernel, over sockets of files where the system has them."""

    way = Unicode("")
    memory_mb = Integer(MEMORY_MB)

    def _client_factory_default(self) -> Any:
        return WarmClient

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        """The command and its options; other kernels, and all on a full disk, start as ever."""
        if not is_own_ipykernel(self.format_kernel_cmd()):
            return await super()._async_pre_start_kernel(**kw)
        usual = {name: getattr(self, name) for name in PLACE}
        try:
            self._take_a_place()
            return await super()._async_pre_start_kernel(**kw)
        except OSError as why:
            self.log.warning("A plain kernel is started: %s", why.strerror)
            self.provisioner = None
            for name, value in usual.items():
                setattr(self, name, value)
            return await super()._async_pre_start_kernel(**kw)

    def _take_a_place(self) -> None:
        """Nothing: connections are in the folder of the server or pool, over files if it can be."""
        folder = SHARED.kernels(self.way).folder
        self.kernel_id = self.kernel_id or str(uuid.uuid4())
        self.connection_file = str(folder / f"{self.kernel_id[:8]}.json")
        if sys.platform != "win32":
            self.transport = "ipc"
            self.ip = str(folder / self.kernel_id[:8])
        if self.provisioner is None:
            self.provisioner = WarmProvisioner(
                kernel_id=self.kernel_id,
                kernel_spec=self.kernel_spec,
                parent=self,
                way=self.way,
                memory_mb=self.memory_mb,
            )

    pre_start_kernel = _async_pre_start_kernel

    async def _async_post_start_kernel(self, **kw: Any) -> None:
        """Nothing, when the kernel listens: who connects earlier waits for the next attempt."""
        last = Path(f"{self.ip}-{self.hb_port}")
        until = time.monotonic() + LISTENS_SECONDS
        while self.transport == "ipc" and not last.exists() and time.monotonic() < until:
            if not await self._async_is_alive():
                break
            await asyncio.sleep(LOOKS_SECONDS)
        await super()._async_post_start_kernel(**kw)

    post_start_kernel = _async_post_start_kernel

    async def _async_wait(self, pollinterval: float = LOOKS_SECONDS) -> None:
        while await self._async_is_alive():
            await asyncio.sleep(LOOKS_SECONDS)
