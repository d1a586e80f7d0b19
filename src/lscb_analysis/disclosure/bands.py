"""Bands: what may stand for a withheld percentage, once the attacker has been asked."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.catalogue import Policy, Profile
from lscb_analysis.disclosure.attack import linked
from lscb_analysis.disclosure.cells import Cell, Equation
from lscb_analysis.disclosure.suppression import is_protected, primary_cells

Band = tuple[float, float]


def safe_bands(
    counts: Mapping[Cell, int],
    equations: list[Equation],
    withheld: set[Cell],
    profile: Profile,
    policy: Policy,
) -> dict[int, Band]:
    """The band for each row whose percentage is withheld and may be shown as one.

    Only 95 % or more, 90 % or more, 80 % or more (policy), and their mirror images,
    exist. A band is given only where its narrow side could still hold any count of the
    legend, and where the attacker who knows it narrows no small count that its sums reach.
    Rows are taken in order, so the same input gives the same bands.
    """
    primary = primary_cells(counts, profile)
    bands: dict[int, Band] = {}
    ceilings: dict[Cell, int] = {}
    for row, band, side, reach in _candidates(counts, withheld, profile, policy):
        if row in bands:
            continue
        tried = ceilings | {(row, side): reach}
        near = set(linked((row, side), equations, withheld)) & primary
        if all(
            is_protected(cell, counts, equations, withheld, profile, tried) for cell in sorted(near)
        ):
            bands[row], ceilings = band, tried
    return bands


def _candidates(
    counts: Mapping[Cell, int], withheld: set[Cell], profile: Profile, policy: Policy
) -> list[tuple[int, Band, str, int]]:
    rows = sorted({row for row, kind in withheld if kind in ("numerator", "complement")})
    found: list[tuple[int, Band, str, int]] = []
    for row in rows:
        below = counts.get((row, "denominator"), 0)
        if below < policy.percentage_base or (row, "denominator") in withheld:
            continue
        for edge in policy.percentage_bands:
            reach = (100 - edge) * below // 100
            if reach <= profile.threshold:
                continue
            if counts[row, "complement"] <= reach:
                found.append((row, (float(edge), 100.0), "complement", reach))
            if counts[row, "numerator"] <= reach:
                found.append((row, (0.0, float(100 - edge)), "numerator", reach))
    return found
