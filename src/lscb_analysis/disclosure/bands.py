"""Bands: what may stand for a withheld percentage, once the attacker has been asked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lscb_analysis.catalogue import Policy, Profile
from lscb_analysis.disclosure.attacker import LARGEST, is_protected
from lscb_analysis.disclosure.cells import Cell
from lscb_analysis.disclosure.joint import Release
from lscb_analysis.disclosure.problem import linked

Band = tuple[float, float]


def safe_bands(
    release: Release, withheld: np.ndarray, profiles: Mapping[int, Profile], policy: Policy
) -> dict[int, Band]:
    """The band for each row whose percentage is withheld and may be shown as one.

    Only 95 % or more, 90 % or more, 80 % or more (policy), and their mirror images,
    exist. A band is given only where its narrow side could still hold any count of the
    legend, and where the attacker who knows it narrows no small count that its sums reach.
    `profiles` are those of the rows. Rows are taken in order, so the same release always
    has the same bands.
    """
    problem = release.problem
    ceilings = np.full(len(problem.counts), LARGEST)
    bands: dict[int, Band] = {}
    for row, band, side, reach in _candidates(release, withheld, profiles, policy):
        if row in bands:
            continue
        tried = ceilings.copy()
        tried[side] = min(tried[side], reach)
        near = linked(problem, withheld, side)
        small = near[problem.is_small[near]]
        if all(is_protected(problem, withheld, int(cell), tried) for cell in small):
            bands[row], ceilings = band, tried
    return bands


def _candidates(
    release: Release, withheld: np.ndarray, profiles: Mapping[int, Profile], policy: Policy
) -> list[tuple[int, Band, int, int]]:
    place, counts = release.place, release.problem.counts
    found: list[tuple[int, Band, int, int]] = []
    for row in sorted({row for row, kind in place if kind == "complement"}):
        above, below = place[row, "numerator"], place[row, "denominator"]
        left = place[row, "complement"]
        is_hidden = withheld[above] or withheld[left]
        if not is_hidden or withheld[below] or counts[below] < policy.percentage_base:
            continue
        for edge in policy.percentage_bands:
            reach = int((100 - edge) * counts[below] // 100)
            if reach <= profiles[row].threshold:
                continue
            if counts[left] <= reach:
                found.append((row, (float(edge), 100.0), left, reach))
            if counts[above] <= reach:
                found.append((row, (0.0, float(100 - edge)), above, reach))
    return found


def hidden_cells(release: Release, withheld: np.ndarray) -> set[Cell]:
    """The cells of the values that are withheld: what is above the line and what is left of
    it give each other back, so a row loses both."""
    hidden = {cell for cell, at in release.place.items() if withheld[at]}
    rows = {row for row, kind in hidden if kind in ("numerator", "complement", "denominator")}
    pairs = {(row, kind) for row in rows for kind in ("numerator", "complement")}
    return hidden | {cell for cell in pairs if cell in release.place}
