"""papermill's notebook client, with limits: of time, of output, and of waiting for the dead."""

from __future__ import annotations

import asyncio
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from traitlets import Integer

from lscb_analysis.warm.ended import KernelEnded
from lscb_analysis.warm.manager import WarmManager
from lscb_analysis.warm.provisioner import memory_asked_for
from lscb_analysis.warm.request import MEMORY_MB, Ending

OUTPUT_MB = 10
LOOKS_SECONDS = 0.1
MB = 1_000_000
SHOWN = ("stream", "display_data", "execute_result", "error")


class BoundedClient(PapermillNotebookClient):
    """A client that keeps at most so much of a cell's output, and says how a run broke off."""

    output_mb = Integer(OUTPUT_MB)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cell = -1
        self._size = 0

    @property
    def place(self) -> str:
        """Where the run is: before the first cell, or in a cell."""
        return f"cell {self._cell + 1}" if self._cell >= 0 else "before its first cell"

    def run(self) -> Ending | None:
        """None where the notebook ran to its end or to a cell's error; how its kernel ended.

        Raises KernelEnded where a cell took longer than it may.
        """
        try:
            self.execute()
        except CellTimeoutError as error:
            raise KernelEnded(
                f"{self.place}: it took more than {self.timeout} s and was stopped"
            ) from error
        except (DeadKernelError, RuntimeError) as error:
            return self._ending() or self._unexplained(error)
        return None

    def _ending(self) -> Ending | None:
        return None

    def _unexplained(self, error: Exception) -> Ending:
        """Lost, where the kernel is known to have ended; other errors go on."""
        if isinstance(error, DeadKernelError) or "Kernel d" in str(error):
            return Ending(-1, "lost")
        raise error

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **kw: Any) -> Any:
        """The cell as it ran; a kernel that hangs is not waited for afterwards."""
        self._cell, self._size = cell_index, 0
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **kw)
        except (CellTimeoutError, DeadKernelError):
            self.shutdown_kernel = "immediate"
            raise

    def execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        """The same, for callers that do not wait by themselves."""
        from jupyter_core.utils import run_sync

        return run_sync(self.async_execute_cell)(cell, cell_index, *args, **kwargs)

    async def _async_poll_kernel_alive(self) -> None:
        """Nothing, when the kernel has ended: the cell is then not waited for."""
        while True:
            await asyncio.sleep(LOOKS_SECONDS)
            try:
                await self._async_check_alive()
            except DeadKernelError:
                assert self.task_poll_for_reply is not None
                self.task_poll_for_reply.cancel()
                return

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """The output that the message adds; beyond the limit none, but once a line that says so."""
        if msg["msg_type"] == "clear_output":
            self._size = 0
        if msg["msg_type"] in SHOWN:
            limit = self.output_mb * MB
            if self._size > limit:
                return None
            size = _size(msg["content"])
            self._size += size
            if self._size > limit:
                self._cut(msg, size - (self._size - limit))
        return super().process_message(msg, cell, cell_index)

    def _cut(self, msg: Any, left: int) -> None:
        """Nothing: of text that is too long the beginning stays, other output goes."""
        note = f"\n[The rest is not kept: this cell's output is more than {self.output_mb} MB.]\n"
        text = str(msg["content"].get("text", ""))[: max(left, 0)]
        name = str(msg["content"].get("name", "stderr"))
        msg["msg_type"] = msg["header"]["msg_type"] = "stream"
        msg["content"] = {"name": name, "text": text + note}


class WarmNotebookClient(BoundedClient):
    """The same on a warm kernel."""

    def __init__(
        self, nb_man: Any, way: str = "", memory_mb: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(nb_man, **kwargs)
        self.way = way
        self.memory_mb = memory_asked_for(MEMORY_MB) if memory_mb is None else memory_mb
        self._provisioner: tuple[Ending | None] | None = None

    def create_kernel_manager(self) -> Any:
        """The manager of a warm kernel of the notebook's name."""
        self.km = WarmManager(
            kernel_name=self.kernel_name or "python3",
            way=self.way,
            memory_mb=self.memory_mb,
            config=self.config,
        )
        return self.km

    async def _async_cleanup_kernel(self) -> None:
        assert self.km is not None
        provisioner: Any = self.km.provisioner
        if provisioner is not None and self._provisioner is None:
            self._provisioner = (getattr(provisioner, "ending", None),)  # another's may tell none
        await super()._async_cleanup_kernel()

    def _cleanup_kernel(self) -> None:
        from jupyter_core.utils import run_sync

        run_sync(self._async_cleanup_kernel)()

    def _ending(self) -> Ending | None:
        return self._provisioner[0] if self._provisioner else None


def _size(content: Any) -> int:
    """The characters of an output, about."""
    if "text" in content:
        return len(content["text"])
    if "data" in content:
        return sum(len(str(each)) for each in content["data"].values())
    return sum(len(str(each)) for each in content.get("traceback", ()))
