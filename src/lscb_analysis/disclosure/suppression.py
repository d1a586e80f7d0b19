"""Which cells are withheld: the small ones, and enough others that no sum gives one back."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.catalogue import Profile
from lscb_analysis.disclosure.attack import bounds_of
from lscb_analysis.disclosure.cells import Cell, Equation

TOTAL_WEIGHT = 1_000_000


class ProtectionError(RuntimeError):
    """A small count that cannot be protected: nothing of it may be released."""


def smallest_known(profile: Profile) -> int:
    """The least a withheld count can be, to a reader who knows the profile's legend."""
    return 1 if profile.shows_zeros else 0


def is_small(count: int, profile: Profile) -> bool:
    """Whether a count is withheld for its own sake under the profile."""
    return profile.protects and smallest_known(profile) <= count <= profile.threshold


def primary_cells(counts: Mapping[Cell, int], profile: Profile) -> set[Cell]:
    """The cells that are withheld for their own sake."""
    return {cell for cell, count in counts.items() if is_small(count, profile)}


def withheld_cells(
    counts: Mapping[Cell, int],
    equations: list[Equation],
    profile: Profile,
    totals: set[int],
) -> set[Cell]:
    """All cells to withhold: after it, each small count could still be any in the legend.

    The whole-number attacker (`attack.bounds_of`) is asked about every small cell until
    none is narrowed to less than the legend; each time he succeeds, the cheapest printed
    cell that a sum ties to it goes too. `totals` are rows that are withheld last.
    The same input withholds the same cells. Raises ProtectionError where nothing is left.
    """
    primary = sorted(primary_cells(counts, profile))
    withheld = {each for cell in primary for each in _together(cell, counts)}
    for cell in primary:
        while not is_protected(cell, counts, equations, withheld, profile):
            chosen = _cheapest(cell, counts, equations, withheld, totals)
            withheld |= _together(chosen, counts)
    if not all(is_protected(cell, counts, equations, withheld, profile) for cell in primary):
        raise ProtectionError("a small count is not protected after the last pass")
    return withheld


def _together(cell: Cell, counts: Mapping[Cell, int]) -> set[Cell]:
    """The cells of a row that go with one: what is above the line and what is left of it
    give each other back; with what they are out of, both go."""
    row, kind = cell
    kinds: tuple[str, ...] = ("numerator", "complement")
    if kind == "denominator":
        kinds += ("denominator",)
    return {(row, each) for each in kinds if (row, each) in counts} | {cell}


def is_protected(
    cell: Cell,
    counts: Mapping[Cell, int],
    equations: list[Equation],
    withheld: set[Cell],
    profile: Profile,
    ceilings: Mapping[Cell, int] | None = None,
) -> bool:
    """Whether a withheld small count could still be any number in the legend."""
    least = smallest_known(profile)
    floors = {each: min(least, counts[each]) for each in withheld}
    low, high = bounds_of(cell, counts, equations, withheld, floors, ceilings)
    return low <= _unavoidable(cell, equations, floors, least) and high >= profile.threshold


def _unavoidable(
    cell: Cell, equations: list[Equation], floors: Mapping[Cell, int], least: int
) -> int:
    """The least the legend leaves: a whole is known to hold its withheld, non-zero parts."""
    made_of = [
        sum(floors.get(part, 0) for part in equation.parts)
        for equation in equations
        if equation.whole == cell
    ]
    return max([least, *made_of])


def _cheapest(
    cell: Cell,
    counts: Mapping[Cell, int],
    equations: list[Equation],
    withheld: set[Cell],
    totals: set[int],
) -> Cell:
    tied = _tied(cell, equations, withheld)
    candidates = [
        (counts[each] + (TOTAL_WEIGHT if each[0] in totals else 0), each)
        for each in tied
        if each not in withheld and counts[each] > 0
    ] or [(0, each) for each in tied if each not in withheld]
    if not candidates:
        raise ProtectionError("a small count cannot be protected: every figure is withheld")
    return min(candidates)[1]


def _tied(cell: Cell, equations: list[Equation], withheld: set[Cell]) -> set[Cell]:
    """The cells of every sum that the withheld cells around this one stand in."""
    reached, waiting = {cell}, [cell]
    while waiting:
        here = waiting.pop()
        for equation in equations:
            cells = {equation.whole, *equation.parts}
            if here in cells:
                new = cells - reached
                reached |= new
                waiting += [each for each in new if each in withheld]
    return reached
