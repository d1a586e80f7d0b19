"""Counts and shares about the data themselves, as coarse as a page may print them.

They stand in no register, so they are printed in classes that are wider than any legend:
from one release to the next a reader sees that a class was left, never by how many.
"""

from __future__ import annotations

from lscb_analysis.catalogue import Policy, Profile

CLASSES = (
    (10, "fewer than 10"),
    (50, "10 to 49"),
    (100, "50 to 99"),
    (500, "100 to 499"),
)
MOST = "500 or more"
EDGES = (95, 90, 80, 50)


def coarse_count(count: int) -> str:
    """The class of a count of rows or files.

    >>> [coarse_count(count) for count in (1, 10, 99, 500)]
    ['fewer than 10', '10 to 49', '50 to 99', '500 or more']
    """
    return next((told for below, told in CLASSES if count < below), MOST)


def coarse_share(known: int, of: int, profile: Profile, limits: Policy) -> str:
    """The class of a share of records, each wide enough to hold more counts than the legend.

    Somebody who knows of how many records it is narrows what is missing no further than the
    profile's threshold does. `[u]` where there are too few records for any class.

    >>> from lscb_analysis.catalogue import policy
    >>> dfe = policy().profiles["dfe"]
    >>> [coarse_share(n, 200, dfe, policy()) for n in (200, 197, 188, 150, 3)]
    ['all', '95 % or more', '90 % to 94 %', '50 % to 79 %', 'under 50 %']
    >>> [coarse_share(n, 40, dfe, policy()) for n in (39, 25)], coarse_share(9, 10, dfe, policy())
    (['80 % or more', '50 % to 79 %'], '[u]')
    """
    if of < limits.percentage_base:
        return "[u]"
    if known == of and profile.shows_zeros:
        return "all"
    top = 100
    for edge in EDGES:
        if (top - edge) * of / 100 <= profile.threshold + 1:
            continue
        if known * 100 >= edge * of:
            return f"{edge} % or more" if top == 100 else f"{edge} % to {top - 1} %"
        top = edge
    return f"under {top} %" if top * of / 100 > profile.threshold + 1 and top < 100 else "[u]"
