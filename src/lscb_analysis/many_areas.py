"""Many areas: each is one unit of work, run in its own process, here or on a cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lscb_analysis.briefing.index import write_top_index
from lscb_analysis.periods import Quarter
from lscb_analysis.running import AreaOutcome, run_area
from lscb_analysis.settings import Settings

LOG = logging.getLogger(__name__)
HERE, CLUSTER = "loky", "dask"
BACKENDS = (HERE, CLUSTER)
TRIES = 2  # a unit whose process was ended is done once more: what it made stands or is remade


class ClusterError(ValueError):
    """A cluster that cannot be used; the message says what to do."""


def run_areas(
    settings: Settings,
    area_codes: Sequence[str],
    asked: Quarter | None,
    themes: Sequence[str],
    at_once: int,
    *,
    scheduler: str = "",
    force: bool = False,
) -> Iterator[tuple[str, AreaOutcome]]:
    """Each area's code and what came of it, as they are done; some `at_once`.

    In processes of this machine (joblib's loky), or where `scheduler` is given on the cluster
    of dask.distributed that it schedules for: its workers need the workspace at the same
    path. Only codes and settings travel, never records. A unit whose process was ended is
    done once more, since a run carries on where it was. Raises ClusterError where
    the cluster cannot be reached or its package is not installed.
    """
    waiting = list(area_codes)
    with _workers(scheduler) as backend:
        for _ in range(TRIES):
            done = set()
            for code, outcome in _tried(settings, waiting, asked, themes, at_once, backend, force):
                done.add(code)
                yield code, outcome
            waiting = [code for code in waiting if code not in done]
            if not waiting:
                break
            LOG.warning("a process was ended; done once more: %s", ", ".join(waiting))
    for code in waiting:
        told = f"{code}: the process that made it was ended {TRIES} times: see the system's log"
        yield code, AreaOutcome([told], True)
    write_top_index(settings)


def _tried(
    settings: Settings,
    area_codes: Sequence[str],
    asked: Quarter | None,
    themes: Sequence[str],
    at_once: int,
    backend: str,
    force: bool,
) -> Iterator[tuple[str, AreaOutcome]]:
    from joblib import Parallel, delayed, parallel_config
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    is_here = backend == HERE
    how = "generator_unordered" if is_here else "list"
    with parallel_config(backend=backend, n_jobs=at_once if is_here else -1):
        work = Parallel(return_as=how, max_nbytes=None, batch_size=1)
        try:
            yield from work(
                delayed(_unit)(settings, code, asked, themes, force) for code in area_codes
            )
        except TerminatedWorkerError:
            return


def _unit(
    settings: Settings, area_code: str, asked: Quarter | None, themes: Sequence[str], force: bool
) -> tuple[str, AreaOutcome]:
    if os.name == "posix":
        os.umask(0o077)
    return area_code, run_area(
        settings, area_code, asked, themes, lambda _: None, force=force, at_a_time=1
    )


@contextmanager
def _workers(scheduler: str) -> Iterator[str]:
    """The name of joblib's backend, with its workers at hand."""
    if not scheduler:
        yield HERE
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "dask.distributed is not installed: pip install lscb-analysis[cluster]"
        ) from error
    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no scheduler answers at {scheduler}: start it with  dask scheduler  and its "
            "workers with  dask worker ADDRESS"
        ) from error
    with client:
        yield CLUSTER
