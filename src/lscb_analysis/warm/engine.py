"""papermill's way in: an engine that runs any notebook on a warm kernel, and writes it once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from papermill.engines import Engine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from lscb_analysis.warm.client import BoundedClient, WarmNotebookClient
from lscb_analysis.warm.ended import KernelEnded, told

SAVED_SECONDS = 5.0


class SparingManager(NotebookExecutionManager):
    """papermill's record of a run, written now and then instead of twice a cell.

    papermill itself writes a notebook that has run to its end, or to a cell's error; one that
    is broken off is written here.
    """

    nb: Any
    is_broken_off = False
    told = ""

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Nothing: that the cell begins is noted, and written where somebody wants to be told."""
        super().cell_start(cell, cell_index, **kwargs)
        if self.told:
            with suppress(OSError):  # a notebook runs though nobody can be told
                Path(self.told).write_text(f"{(cell_index or 0) + 1} {len(self.nb.cells)}")

    def save(self, **kwargs: Any) -> None:
        """Nothing: the notebook is written where it is broken off, or a while has passed."""
        self.nb = kwargs.get("nb") or self.nb
        waited = (self.now() - self.last_save_time).total_seconds()
        if self.is_broken_off or waited >= SAVED_SECONDS:
            super().save()


class WarmEngine(Engine):
    """Notebooks on kernels that are forked from a server, or wait in a pool.

    A notebook whose kernel ended by no fault of a cell runs once more, on a plain kernel.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        told: str = "",
        **kwargs: Any,
    ) -> Any:
        """The notebook with its outputs; raises KernelEnded where no kernel saw its end.

        The file `told` holds which cell it has come to, and of how many.
        """
        manager = SparingManager(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )
        manager.told = told
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **kwargs)
        except BaseException:
            manager.is_broken_off = True
            raise
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        way: str = "",
        memory_mb: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """The notebook run: on a warm kernel, and once more on a plain one where that is fair."""
        options = merge_kwargs(
            remove_args(["input_path", "timeout", "startup_timeout"], **kwargs),
            timeout=execution_timeout if execution_timeout else kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
        )
        client = WarmNotebookClient(nb_man, way=way, memory_mb=memory_mb, **options)
        ending = client.run()
        if ending is None:
            return nb_man.nb
        if ending.is_by_the_cell:
            raise KernelEnded(f"{client.place}: {told(ending, client.memory_mb)}")
        logger.warning(
            "%s: %s; the notebook runs once more, on a plain kernel",
            client.place,
            told(ending, client.memory_mb),
        )
        nb_man.notebook_start()
        again = BoundedClient(nb_man, **options)
        if again.run() is not None:
            raise KernelEnded(f"{again.place}: its kernel ended, for the second time")
        return nb_man.nb
