"""A second process beside this one, for work that would otherwise wait its turn."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, TypeVar

LOG = logging.getLogger(__name__)
Made = TypeVar("Made")


class SecondProcess:
    """At most one process, started with its first work and ended with the `with` block.

    Work is a function of a module, its arguments and what it gives picklable. Where there is
    one core, or this process is itself one of several, there is none: `is_there` is false.
    """

    def __init__(self) -> None:
        self.is_there = (os.cpu_count() or 1) > 1 and multiprocessing.parent_process() is None
        self._pool: Any = None

    def __enter__(self) -> SecondProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, kill_workers=kind is not None)

    def begin(self, work: Callable[..., Made], *arguments: object) -> Future[Made]:
        """The work, begun; its result raises Lost where the process was ended meanwhile."""
        if self._pool is None:
            from joblib.externals.loky import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(max_workers=1)
        begun: Future[Made] = self._pool.submit(work, *arguments)
        return begun


def lost() -> type[BaseException]:
    """What the result of work raises whose process was ended."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    found: type[BaseException] = BrokenProcessPool
    return found
