"""What was solved before: a part of a release that has not changed is not solved again."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lscb_analysis.disclosure.problem import Problem

VERSION = b"solved 1"  # a new one for every change of the solver
FILE = "solved.json"


@dataclass
class Solved:
    """The cells withheld in parts solved before, by a keyed hash of all that made the problem.

    No count is kept: the hash cannot be turned back without the area's key. `used` are those of
    this release; only they are remembered for the next. What is remembered is audited again
    before anything is released, so a changed file can cost time and never protection.
    """

    key: bytes
    known: dict[str, list[int]] = field(default_factory=dict)
    used: dict[str, list[int]] = field(default_factory=dict)

    def recall(self, problem: Problem) -> np.ndarray | None:
        """The cells withheld in the same problem before (boolean by cell), or None."""
        name = self._name(problem)
        cells = self.known.get(name, self.used.get(name))
        size = len(problem.counts)
        if cells is None or any(not 0 <= cell < size for cell in cells):
            return None
        self.used[name] = cells
        withheld = np.zeros(size, bool)
        withheld[cells] = True
        return withheld

    def remember(self, problem: Problem, withheld: np.ndarray) -> None:
        """Keep what was found for the problem."""
        self.used[self._name(problem)] = [int(cell) for cell in np.flatnonzero(withheld)]

    def _name(self, problem: Problem) -> str:
        told = hmac.new(self.key, VERSION, hashlib.sha256)
        sums = problem.sums.tocsr()
        for array in (
            *(problem.counts, problem.totals, problem.weights, problem.is_small),
            *(problem.is_out, problem.is_hidden, problem.least, problem.threshold),
            *(sums.data, sums.indices, sums.indptr),
        ):
            told.update(str((array.dtype.str, array.shape)).encode())
            told.update(np.ascontiguousarray(array).tobytes())
        return told.hexdigest()


def read_solved(folder: Path, key: bytes) -> Solved:
    """What is remembered in an area's state; nothing where the file is missing or not ours."""
    try:
        held = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return Solved(key)
    if not isinstance(held, dict):
        return Solved(key)
    known = {
        str(name): cells
        for name, cells in held.items()
        if isinstance(cells, list) and all(type(cell) is int for cell in cells)
    }
    return Solved(key, known)


def write_solved(folder: Path, solved: Solved) -> None:
    """Remember what this release needed, and nothing older."""
    partial = folder / f"{FILE}.partial"
    partial.write_text(json.dumps(solved.used, separators=(",", ":")), "utf-8")
    partial.replace(folder / FILE)
