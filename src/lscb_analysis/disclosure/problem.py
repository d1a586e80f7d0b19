"""A protection problem: counts, the sums between them, and what must stay unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Sums = Sequence[tuple[Mapping[int, int], int]]


@dataclass(frozen=True)
class Problem:
    """Counts in cells and everything that links them.

    `counts` are whole numbers from 0; `sums` has a row for each sum that a reader can form
    and a column for each cell (+1, -1): sums @ counts == totals. `weights` say what
    withholding a cell costs, by how far it must be able to move. `is_small` marks the
    counts that are withheld for their own sake; `is_out` those that are printed for ever
    and can no longer be withheld; `is_hidden` differences that nobody prints and that a
    reader can form. By cell, the reader knows that a withheld count is at least `least`
    where it is not 0, and the legend says `least` to `threshold`: no withheld small count
    may be narrowed to less than that. `reach` remembers how far each count could move if
    all that can be withheld were (`attacker.reachable`).
    """

    counts: np.ndarray
    sums: csr_array
    totals: np.ndarray
    weights: np.ndarray
    is_small: np.ndarray
    is_out: np.ndarray
    is_hidden: np.ndarray
    least: np.ndarray
    threshold: np.ndarray
    reach: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def floors(self) -> np.ndarray:
        """The least that each count can be, to a reader who sees that it is withheld."""
        return np.where(self.is_hidden, 0, np.minimum(self.counts, self.least))


def make_problem(
    counts: Sequence[int],
    sums: Sums,
    *,
    threshold: int | Sequence[int],
    least: int | Sequence[int] = 1,
    weights: Sequence[float] | None = None,
    is_out: Sequence[bool] | None = None,
    is_hidden: Sequence[bool] | None = None,
) -> Problem:
    """The problem of these counts; each sum gives the sign of its cells, and what they make.

    Raises ValueError where a sum does not hold, or a count is not a whole number from 0.

    >>> make_problem([3, 9, 12], [({0: 1, 1: 1, 2: -1}, 0)], threshold=5).is_small.tolist()
    [True, False, False]
    """
    numbers = np.asarray(counts, dtype=np.int64)
    if (numbers < 0).any():
        raise ValueError("a count is below 0")
    rows, columns, signs = [], [], []
    for row, (cells, _) in enumerate(sums):
        for cell, sign in cells.items():
            rows.append(row)
            columns.append(cell)
            signs.append(float(sign))
    matrix = csr_array((signs, (rows, columns)), shape=(len(sums), len(numbers)))
    totals = np.array([total for _, total in sums], dtype=np.float64)
    if len(sums) and (np.abs(matrix @ numbers - totals) > 0.5).any():
        raise ValueError("a sum does not hold for these counts")
    lowest = np.broadcast_to(np.asarray(least, dtype=np.int64), numbers.shape)
    highest = np.broadcast_to(np.asarray(threshold, dtype=np.int64), numbers.shape)
    small = (numbers >= lowest) & (numbers <= highest)
    out = np.zeros(len(numbers), bool) if is_out is None else np.asarray(is_out, bool)
    hidden = np.zeros(len(numbers), bool) if is_hidden is None else np.asarray(is_hidden, bool)
    cost = np.ones(len(numbers)) if weights is None else np.asarray(weights, float)
    return Problem(numbers, matrix, totals, cost, small & ~out, out, hidden, lowest, highest)


def parts_of(problem: Problem) -> list[np.ndarray]:
    """The cells that sums tie together, a set of numbers for each part with a small count.

    What is in one part tells nothing about another, so each is a problem of its own.
    """
    size = len(problem.counts)
    rows, columns = problem.sums.nonzero()
    links = csr_array(
        (np.ones(len(rows)), (rows, columns + problem.sums.shape[0])),
        shape=(problem.sums.shape[0] + size,) * 2,
    )
    _, labels = connected_components(links, directed=False)
    of_cells = labels[problem.sums.shape[0] :]
    wanted = np.unique(of_cells[problem.is_small])
    return [np.flatnonzero(of_cells == label) for label in wanted]


def part(problem: Problem, cells: np.ndarray) -> Problem:
    """The problem of these cells alone, with the sums that touch them."""
    sums = problem.sums[:, cells]
    touching = np.flatnonzero(abs(sums).sum(axis=1) > 0)
    return Problem(
        problem.counts[cells],
        csr_array(sums[touching]),
        problem.totals[touching],
        problem.weights[cells],
        problem.is_small[cells],
        problem.is_out[cells],
        problem.is_hidden[cells],
        problem.least[cells],
        problem.threshold[cells],
    )


def linked(problem: Problem, withheld: np.ndarray, cell: int) -> np.ndarray:
    """The withheld cells that sums tie to this one, itself included, by number.

    What is tied only through printed cells tells nothing about it.
    """
    reached = np.zeros(len(problem.counts), bool)
    reached[cell] = True
    structure = abs(problem.sums)
    waiting = reached.copy()
    while waiting.any():
        touching = (structure @ waiting) > 0
        near = (structure.T @ touching.astype(float)) > 0
        waiting = near & withheld & ~reached
        reached |= waiting
    return np.flatnonzero(reached)
