"""Which counts are small: those that a profile's legend withholds for their own sake."""

from __future__ import annotations

from lscb_analysis.catalogue import Profile


def smallest_known(profile: Profile) -> int:
    """The least a withheld count can be, to a reader who knows the profile's legend."""
    return 1 if profile.shows_zeros else 0


def is_small(count: int, profile: Profile) -> bool:
    """Whether a count is withheld for its own sake under the profile.

    >>> from lscb_analysis.catalogue import policy
    >>> [is_small(count, policy().profiles["dfe"]) for count in (0, 1, 5, 6)]
    [False, True, True, False]
    """
    return profile.protects and smallest_known(profile) <= count <= profile.threshold
