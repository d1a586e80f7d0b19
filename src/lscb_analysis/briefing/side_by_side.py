"""Pages made side by side: each in a process of its own where there is a fork, here where not."""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from lscb_analysis.briefing.making import Outcome, Wanted, make_pages
from lscb_analysis.briefing.run import PLAIN, SHOWING, usual_engine
from lscb_analysis.catalogue import themes

TOLD_SECONDS = 0.3
NO_ROOM = 74  # the exit code of a process that could not write what came


def made_side_by_side(
    wanted: Sequence[Wanted], at_a_time: int, doing: Callable[[str], None]
) -> Iterator[Outcome]:
    """The outcome of each page, as they are done; so many `at_a_time`.

    The processes are forked from the server of warm kernels, which has imported all they
    need; where it refuses, the page is made in this one. `doing` is told now and then which
    cell each notebook has come to, and how long the rest may take.
    """
    if at_a_time < 2 or len(wanted) < 2:
        for each in wanted:
            doing(f"{_title(each)} ...")
            yield from make_pages(each)
        return
    begun: dict[str, float] = {}
    with ThreadPoolExecutor(at_a_time) as pool:
        waiting: dict[Future[list[Outcome]], Wanted] = {
            pool.submit(_made_apart, each, begun): each for each in wanted
        }
        while waiting:
            done = wait(waiting, TOLD_SECONDS, FIRST_COMPLETED).done
            for task in done:
                del waiting[task]
                yield from task.result()
            if waiting:
                doing(under_way(list(waiting.values()), begun, time.monotonic(), at_a_time))


def under_way(
    waiting: Sequence[Wanted], begun: Mapping[str, float], now: float, at_a_time: int
) -> str:
    """Which cell each notebook that runs has come to, and how long the rest may take."""
    cells = [
        f"{_title(each)}{f': cell {at}' if (at := _cell(each)) else ' ...'}"
        for each in waiting
        if each.theme in begun
    ]
    left = seconds_left(
        {each.theme: each.seconds for each in waiting},
        {theme: now - since for theme, since in begun.items()},
        at_a_time,
    )
    told = "time left not known" if left is None else f"about {max(round(left), 1)} s left"
    return "; ".join([*cells, told])


def seconds_left(
    expected: Mapping[str, float], spent: Mapping[str, float], at_a_time: int
) -> float | None:
    """How long the rest may take, by what each page took the last time; None where one is new.

    >>> seconds_left({"a": 6.0, "b": 4.0, "c": 4.0}, {"a": 2.0, "b": 5.0}, 2)
    4.0
    >>> seconds_left({"a": 6.0, "b": 0.0}, {}, 2) is None
    True
    """
    if not all(expected.values()):
        return None
    rest = [max(seconds - spent.get(theme, 0.0), 0.0) for theme, seconds in expected.items()]
    return max([sum(rest) / at_a_time, *rest])


def _cell(wanted: Wanted) -> str:
    """The cell that a notebook has come to, as `5 of 13`; nothing where that is not told."""
    try:
        return wanted.cell.read_text("utf-8").replace(" ", " of ")
    except OSError:
        return ""


def _title(wanted: Wanted) -> str:
    return themes()[wanted.theme].title


def _made_apart(wanted: Wanted, begun: dict[str, float]) -> list[Outcome]:
    """What came of a page, and what goes with it, in a process of its own."""
    from lscb_analysis.warm.ended import told
    from lscb_analysis.warm.folders import SOCKET_NAME
    from lscb_analysis.warm.inherited import inherited
    from lscb_analysis.warm.kept import KernelRefused
    from lscb_analysis.warm.kernels import SHARED, SOCKET_VARIABLE, has_fork
    from lscb_analysis.warm.request import MEMORY_MB, Request

    begun[wanted.theme] = time.monotonic()
    if (wanted.settings.engine or usual_engine()) == PLAIN or not has_fork():
        return make_pages(wanted, is_asked=False)  # the environment is shared with the others here
    asked, came = (wanted.made / f"{wanted.theme}.{name}" for name in ("asked", "came"))
    try:
        asked.write_bytes(pickle.dumps(wanted))
    except OSError as error:
        return _lost(wanted, f"{wanted.made} cannot be written ({error.strerror})")
    try:
        kernels = SHARED.kernels(modules=SHOWING)
        environment = os.environ | {SOCKET_VARIABLE: str(kernels.folder / SOCKET_NAME)}
        request = Request(
            (str(asked), str(came)),
            os.getcwd(),
            environment,
            inherited=inherited(),
            module=__name__,
        )
        process = kernels.start(request)
    except (KernelRefused, OSError):
        return make_pages(wanted, is_asked=False)
    try:
        process.wait()
    finally:
        process.close()
    if came.is_file():
        outcomes: list[Outcome] = pickle.loads(came.read_bytes())
        return outcomes
    ended = process.ending
    if ended is not None and ended.code == NO_ROOM:
        return _lost(wanted, f"{wanted.made} cannot be written: is the disk full?")
    return _lost(wanted, f"{told(ended, MEMORY_MB)}: run again")


def _lost(wanted: Wanted, why: str) -> list[Outcome]:
    """A page that was not made: what an earlier run made of it goes as well."""
    with suppress(OSError):
        (wanted.folder / f"{wanted.theme}.html").unlink(missing_ok=True)
    return [Outcome(wanted.theme, None, [why])]


def main(arguments: list[str]) -> int:
    """The exit code of a process that makes one page: what is wanted read, what came written."""
    asked, came = map(Path, arguments)
    wanted: Wanted = pickle.loads(asked.read_bytes())
    outcomes = make_pages(wanted)
    partial = came.with_suffix(".partial")
    try:
        partial.write_bytes(pickle.dumps(outcomes))
        partial.replace(came)
    except OSError:
        return NO_ROOM
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
