"""What a reader can work out: the narrowest range of a withheld count, in whole numbers.

The attacker knows every count that is printed, every sum, that counts are whole numbers
and that zeros are printed (so that what is withheld is not one). Solved with SciPy's
HiGHS as an integer programme; every variable has a large finite bound, without which an
integer attacker can keep the solver for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy

from lscb_analysis.disclosure.problem import Problem, linked

LARGEST = 10_000_000.0
SECONDS = 20.0


class AttackError(RuntimeError):
    """The attacker's problem could not be solved in time: nothing may be released on it."""


def bounds_of(
    problem: Problem,
    withheld: np.ndarray,
    cell: int,
    ceilings: np.ndarray | None = None,
    known: np.ndarray | None = None,
) -> tuple[int, int]:
    """The least and the most that a withheld count can be, to someone with the release.

    `ceilings` are those of cells printed as a band; `known` marks withheld cells that this
    reader knows besides (an agency knows its own). Raises AttackError where the solver
    gives no answer.
    """
    hidden = withheld if known is None else withheld & ~known
    cells = linked(problem, hidden, cell)
    part = problem.sums[:, cells]
    touching = np.flatnonzero(abs(part).sum(axis=1) > 0)
    limits = np.full(len(cells), LARGEST) if ceilings is None else ceilings[cells]
    within = scipy.optimize.Bounds(lb=problem.floors[cells].astype(float), ub=limits)
    left = part[touching]
    right = left @ problem.counts[cells].astype(float)
    sums = [scipy.optimize.LinearConstraint(left.toarray(), right, right)] if len(touching) else []
    goal = (cells == cell).astype(float)
    ends = []
    for sign in (1.0, -1.0):
        answer = scipy.optimize.milp(
            sign * goal,
            integrality=np.ones(len(cells)),
            bounds=within,
            constraints=sums,
            options={"time_limit": SECONDS},
        )
        if answer.x is None or answer.status != 0:
            raise AttackError(f"the check of a withheld figure failed: {answer.message}")
        ends.append(round(float(goal @ answer.x)))
    return ends[0], ends[1]


def reachable(problem: Problem, cell: int) -> tuple[int, int]:
    """The ends of the legend that a small count can be made to reach by withholding more.

    A total whose parts are known not to be 0 is at least as many as they are, and what is
    out for ever bounds what is tied to it: no withholding can hide that.
    """
    if cell not in problem.reach:
        low, high = bounds_of(problem, ~problem.is_out, cell)
        least, most = int(problem.least[cell]), int(problem.threshold[cell])
        problem.reach[cell] = max(low, least), min(high, most)
    return problem.reach[cell]


def is_protected(
    problem: Problem,
    withheld: np.ndarray,
    cell: int,
    ceilings: np.ndarray | None = None,
    known: np.ndarray | None = None,
) -> bool:
    """Whether a withheld small count could still be any number of the legend.

    Of the legend, as far as any withholding could hide it (`reachable`).
    """
    low, high = bounds_of(problem, withheld, cell, ceilings, known)
    if low <= problem.least[cell] and high >= problem.threshold[cell]:
        return True
    lowest, highest = reachable(problem, cell)
    return low <= lowest and high >= highest


def exposed(
    problem: Problem, withheld: np.ndarray, cells: np.ndarray | None = None
) -> Iterator[int]:
    """The small counts that a reader can narrow to less than the legend, in order."""
    for cell in np.flatnonzero(problem.is_small) if cells is None else cells:
        if not is_protected(problem, withheld, int(cell)):
            yield int(cell)


def given_away(problem: Problem, withheld: np.ndarray) -> list[int]:
    """The small counts that a reader knows exactly, because of what is out for ever.

    Nothing that is withheld now could hide them; who releases must be told.
    """
    if not problem.is_out.any():
        return []
    return [
        int(cell)
        for cell in np.flatnonzero(problem.is_small & ~problem.is_hidden)
        if len(set(bounds_of(problem, withheld, int(cell)))) == 1
    ]
