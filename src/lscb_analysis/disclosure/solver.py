"""Which counts to withhold: a linear programme for each small one, a give-back, an audit.

For each small count and direction, one minimum-cost linear programme moves it to the end
of the legend that it must be able to reach; every count that moves with it is withheld.
Then each that the audit does not need is given back, the dearest first. The integer
audit must pass at the end, or nothing may be released.
(Fischetti and Salazar 2000; Kelly, Golden and Assad 1992; the audit and give-back are ours.)
"""

from __future__ import annotations

from time import monotonic

import numpy as np
import scipy

from lscb_analysis.disclosure.attacker import exposed, is_protected, reachable
from lscb_analysis.disclosure.problem import Problem, linked, part, parts_of
from lscb_analysis.disclosure.solved import Solved

FREE = 1e-6
MOVED = 1e-6
ZERO = 1e5


class ProtectionError(RuntimeError):
    """A small count that cannot be protected: nothing of it may be released."""


def withheld_cells(
    problem: Problem, longest_seconds: float = np.inf, solved: Solved | None = None
) -> np.ndarray:
    """Which cells to withhold (boolean by cell); the same problem always gives the same.

    A part that `solved` knows is audited, and not solved again.

    Raises ProtectionError where a small count cannot be protected whatever is withheld, or
    not within `longest_seconds`: then nothing is released.
    """
    withheld = problem.is_small | problem.is_hidden
    began = monotonic()
    for cells in parts_of(problem):
        if monotonic() - began > longest_seconds:
            raise ProtectionError(
                f"the release cannot be protected within {longest_seconds:.0f} seconds, so nothing "
                "of it is released: run it when the machine is less busy, or with fewer breakdowns"
            )
        withheld[cells] = _recalled(part(problem, cells), solved)
    return withheld


def _recalled(problem: Problem, solved: Solved | None) -> np.ndarray:
    if solved is None:
        return _withheld(problem)
    known = solved.recall(problem)
    needed = problem.is_small | problem.is_hidden
    is_whole = known is not None and (known | ~needed).all() and not (known & problem.is_out).any()
    if known is not None and is_whole and next(exposed(problem, known), None) is None:
        return known
    found = _withheld(problem)
    solved.remember(problem, found)
    return found


def _withheld(problem: Problem) -> np.ndarray:
    withheld = problem.is_small | problem.is_hidden
    for cell in _largest_first(problem):
        if not is_protected(problem, withheld, cell):
            withheld |= _moved(problem, withheld, cell)
    best = _given_back(problem, _repaired(problem, withheld))
    if next(exposed(problem, best), None) is not None:
        raise ProtectionError("a small count is not protected after the last pass")
    return best


def _largest_first(problem: Problem) -> list[int]:
    small = np.flatnonzero(problem.is_small)
    return [int(cell) for cell in small[np.argsort(-problem.counts[small], kind="stable")]]


def _moved(problem: Problem, withheld: np.ndarray, cell: int) -> np.ndarray:
    """The cells that move when the count goes to either end of the legend, most cheaply."""
    moved = np.zeros(len(problem.counts), bool)
    count = int(problem.counts[cell])
    lowest, highest = reachable(problem, cell)
    for step in (highest - count, lowest - count):
        if step:
            moved |= _moved_by(problem, withheld | moved, cell, step)
    return moved


def _moved_by(problem: Problem, withheld: np.ndarray, cell: int, step: int) -> np.ndarray:
    size = len(problem.counts)
    can_move = ~problem.is_out
    # a 0 is withheld only where nothing else can hide what it would complete
    zeros = (problem.counts == 0) & (problem.least > 0) & ~problem.is_hidden
    cost = np.where(withheld, FREE, problem.weights + FREE + ZERO * zeros)
    most = float(max(problem.threshold.max(), problem.counts.max())) * 4.0 + abs(step)
    up = np.where(can_move, most, 0.0)
    down = np.where(can_move, problem.counts - problem.floors, 0.0)
    down, up = down.astype(float), up.astype(float)
    low = np.zeros(2 * size)
    if step > 0:
        low[cell], up[cell], down[cell] = step, step, 0.0
    else:
        low[size + cell], down[cell], up[cell] = -step, -step, 0.0
    answer = scipy.optimize.linprog(
        np.concatenate([cost, cost]),
        A_eq=scipy.sparse.hstack([problem.sums, -problem.sums]).tocsr()
        if problem.sums.shape[0]
        else None,
        b_eq=np.zeros(problem.sums.shape[0]) if problem.sums.shape[0] else None,
        bounds=np.column_stack([low, np.concatenate([up, down])]),
        method="highs",
    )
    if answer.x is None:
        raise ProtectionError("a small count cannot be protected: what is out gives it back")
    return (answer.x[:size] + answer.x[size:]) > MOVED


def _repaired(problem: Problem, withheld: np.ndarray) -> np.ndarray:
    """The withheld cells and as many more, the cheapest first, as the audit needs."""
    for cell in _largest_first(problem):
        while not is_protected(problem, withheld, cell):
            near = linked(problem, withheld, cell)
            rows = np.flatnonzero(abs(problem.sums[:, near]).sum(axis=1) > 0)
            tied = np.flatnonzero(abs(problem.sums[rows]).sum(axis=0) > 0)
            free = [int(each) for each in tied if not withheld[each] and not problem.is_out[each]]
            if not free:
                raise ProtectionError("a small count cannot be protected: nothing is left")
            withheld = withheld.copy()
            withheld[min(free, key=lambda each: _price(problem, each))] = True
    return withheld


def _price(problem: Problem, cell: int) -> tuple[bool, float, int]:
    is_zero = problem.counts[cell] == 0 and problem.least[cell] > 0
    return bool(is_zero), float(problem.weights[cell]), cell


def _given_back(problem: Problem, withheld: np.ndarray) -> np.ndarray:
    """The withheld cells without those that the audit does not need, the dearest first."""
    kept = withheld.copy()
    secondary = np.flatnonzero(kept & ~problem.is_small & ~problem.is_hidden)
    for cell in secondary[np.argsort(-problem.weights[secondary], kind="stable")]:
        tried = kept.copy()
        tried[cell] = False
        near = linked(problem, kept, int(cell))
        small = near[problem.is_small[near]]
        if next(exposed(problem, tried, small), None) is None:
            kept = tried
    return kept
