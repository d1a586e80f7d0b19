"""What a reader can work out: the narrowest range of a withheld count, in whole numbers.

The attacker knows every count that is printed, every sum, that counts are whole numbers
and that zeros are printed (so that what is withheld is not one). Solved with SciPy's
HiGHS as an integer programme; every variable has a large finite bound, without which an
integer attacker can keep the solver for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

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
    within = Bounds(lb=problem.floors[cells].astype(float), ub=limits)
    left = part[touching]
    right = left @ problem.counts[cells].astype(float)
    sums = [LinearConstraint(left.toarray(), right, right)] if len(touching) else []
    goal = (cells == cell).astype(float)
    ends = []
    for sign in (1.0, -1.0):
        answer = milp(
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


def lowest_possible(problem: Problem, cell: int) -> int:
    """The least that the legend leaves: a total is known to hold its parts that are not 0."""
    least = int(problem.floors[cell])
    for row in problem.sums[:, [cell]].nonzero()[0]:
        signs = problem.sums[[row], :].toarray()[0]
        others = np.flatnonzero(signs == -signs[cell])
        same = np.flatnonzero(signs == signs[cell])
        if len(same) == 1 and not problem.totals[row]:
            least = max(least, int(problem.floors[others].sum()))
    return least


def is_protected(
    problem: Problem,
    withheld: np.ndarray,
    cell: int,
    ceilings: np.ndarray | None = None,
    known: np.ndarray | None = None,
) -> bool:
    """Whether a withheld small count could still be any number of the legend."""
    low, high = bounds_of(problem, withheld, cell, ceilings, known)
    lowest = max(lowest_possible(problem, cell), int(problem.least[cell]))
    return low <= lowest and high >= problem.threshold[cell]


def exposed(
    problem: Problem, withheld: np.ndarray, cells: np.ndarray | None = None
) -> Iterator[int]:
    """The small counts that a reader can narrow to less than the legend, in order."""
    for cell in np.flatnonzero(problem.is_small) if cells is None else cells:
        if not is_protected(problem, withheld, int(cell)):
            yield int(cell)
