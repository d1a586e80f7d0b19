"""Pages made side by side: each in a process of its own where there is a fork, here where not."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path

from lscb_analysis.briefing.making import Outcome, Wanted, make_pages
from lscb_analysis.briefing.run import PLAIN, SHOWING, usual_engine


def made_side_by_side(wanted: Sequence[Wanted], at_a_time: int) -> Iterator[Outcome]:
    """The outcome of each page, as they are done; so many `at_a_time`.

    The processes are forked from the server of warm kernels, which has imported all they
    need; where it refuses, the page is made in this one.
    """
    if at_a_time < 2 or len(wanted) < 2:
        for each in wanted:
            yield from make_pages(each)
        return
    with ThreadPoolExecutor(at_a_time) as pool:
        waiting: list[Future[list[Outcome]]] = [pool.submit(_made_apart, each) for each in wanted]
        for task in as_completed(waiting):
            yield from task.result()


def _made_apart(wanted: Wanted) -> list[Outcome]:
    """What came of a page, and what goes with it, in a process of its own."""
    from lscb_analysis.warm.kept import KernelRefused
    from lscb_analysis.warm.kernels import SHARED, SOCKET_NAME, SOCKET_VARIABLE, has_fork
    from lscb_analysis.warm.request import Request

    if (wanted.settings.engine or usual_engine()) == PLAIN or not has_fork():
        return make_pages(wanted, is_asked=False)  # the environment is shared with the others here
    asked, came = (wanted.made / f"{wanted.theme}.{name}" for name in ("asked", "came"))
    asked.write_bytes(pickle.dumps(wanted))
    try:
        kernels = SHARED.kernels(modules=SHOWING)
        environment = os.environ | {SOCKET_VARIABLE: str(kernels.folder / SOCKET_NAME)}
        request = Request((str(asked), str(came)), os.getcwd(), environment, module=__name__)
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
    (wanted.folder / f"{wanted.theme}.html").unlink(missing_ok=True)
    told = f"the process that made it was ended ({process.ending}): run again"
    return [Outcome(wanted.theme, None, [told])]


def main(arguments: list[str]) -> int:
    """The exit code of a process that makes one page: what is wanted read, what came written."""
    asked, came = map(Path, arguments)
    outcomes = make_pages(pickle.loads(asked.read_bytes()))
    partial = came.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(outcomes))
    partial.replace(came)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
