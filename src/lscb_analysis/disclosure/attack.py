"""What a reader can work out: the narrowest range for a withheld count, in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from lscb_analysis.disclosure.cells import Cell, Equation, matrix

LARGEST = 10_000_000.0


class AttackError(RuntimeError):
    """The attacker's problem could not be solved: nothing may be released on it."""


def linked(cell: Cell, equations: list[Equation], withheld: set[Cell]) -> list[Cell]:
    """The withheld cells that sums tie to this one, itself included, in order."""
    found, waiting = {cell}, [cell]
    while waiting:
        here = waiting.pop()
        for equation in equations:
            cells = (equation.whole, *equation.parts)
            if here in cells:
                new = {each for each in cells if each in withheld} - found
                found |= new
                waiting += new
    return sorted(found)


def bounds_of(
    cell: Cell,
    counts: Mapping[Cell, int],
    equations: list[Equation],
    withheld: set[Cell],
    floors: Mapping[Cell, int],
    ceilings: Mapping[Cell, int] | None = None,
) -> tuple[int, int]:
    """The least and the most that a withheld count can be, to someone with the release.

    The attacker knows every count that is printed, every sum, that counts are whole
    numbers, for each withheld cell the floor given (1 where zeros are printed), and
    the ceiling of those that are printed as a band.
    Raises AttackError where the solver gives no answer.
    """
    cells = linked(cell, equations, withheld)
    coefficients, touching = matrix(equations, cells)
    known = np.array([_known(equation, counts, set(cells)) for equation in touching])
    goal = np.array([1.0 if each == cell else 0.0 for each in cells])
    within = Bounds(
        lb=np.array([float(floors[each]) for each in cells]),
        ub=np.array([float((ceilings or {}).get(each, LARGEST)) for each in cells]),
    )
    sums = [LinearConstraint(coefficients, known, known)] if len(touching) else []
    ends = []
    for sign in (1.0, -1.0):
        answer = milp(sign * goal, integrality=np.ones(len(cells)), bounds=within, constraints=sums)
        if answer.x is None:
            raise AttackError(f"the check of a withheld figure failed: {answer.message}")
        ends.append(round(float(goal @ answer.x)))
    return ends[0], ends[1]


def _known(equation: Equation, counts: Mapping[Cell, int], unknown: set[Cell]) -> float:
    whole = 0 if equation.whole in unknown else counts[equation.whole]
    parts = sum(counts[part] for part in equation.parts if part not in unknown)
    return float(parts - whole)
