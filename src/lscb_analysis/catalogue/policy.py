"""Policy: the thresholds of disclosure control and of statistics, each set in one place."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lscb_analysis.catalogue.toml_file import CatalogueError, entry, one_of, read_toml

AS_PUBLISHED = "as_published"  # of official statistics: nothing is withheld by us
# Below these no file may set a threshold; each profile but the published one has to protect.
FLOORS = {"dfe": 5, "rounded": 7, "deaths": 7}
LOWEST_BASE = 20


@dataclass(frozen=True)
class Profile:
    """What one disclosure profile withholds: counts from `smallest` to `threshold`."""

    id: str
    title: str
    legend: str
    threshold: int
    shows_zeros: bool
    round_to: int = 0
    pooled_years: int = 0
    protects: bool = True

    @property
    def range_words(self) -> str:
        """The counts that are withheld for their own sake: `1 to 5`."""
        return f"{1 if self.shows_zeros else 0} to {self.threshold}"

    @property
    def legend_text(self) -> str:
        """What `[c]` stands for, with the threshold in force."""
        return self.legend.format(threshold=self.threshold)


@dataclass(frozen=True)
class Policy:
    """The settings that briefings state: all may be made stricter, none can be switched off."""

    profiles: dict[str, Profile]
    percentage_base: int
    percentage_bands: tuple[int, ...]
    longest_seconds: int
    confidence_level: str
    chart_points: int
    trial_limits_points: int
    all_rules_points: int
    reconciliation: dict[str, float]


@functools.cache
def policy() -> Policy:
    """The policy in force, from policy.toml."""
    tables = read_toml("policy.toml")
    profiles = {
        name: entry(Profile, f"policy.toml [profiles.{name}]", table, id=name)
        for name, table in tables.pop("profiles").items()
    }
    return checked_policy(entry(Policy, "policy.toml", tables, profiles=profiles))


def checked_policy(limits: Policy) -> Policy:
    """The policy itself; CatalogueError where it is below a floor or protection is switched off."""
    for name, profile in limits.profiles.items():
        where = f"policy.toml [profiles.{name}]"
        if name == AS_PUBLISHED:
            continue
        if not profile.protects:
            raise CatalogueError(f"{where}: only '{AS_PUBLISHED}' may go without protection")
        _raised(where, "threshold", profile.threshold, FLOORS.get(name, min(FLOORS.values())))
    _raised("policy.toml", "percentage_base", limits.percentage_base, LOWEST_BASE)
    return limits


def raised_policy(thresholds: Mapping[str, int], where: str) -> Policy:
    """The policy with a board's own thresholds, by profile (and `percentage_base`).

    Raises CatalogueError where a profile does not exist, does not protect, or where a
    threshold is below the floor, which nothing can lower.
    """
    limits = policy()
    profiles, base = dict(limits.profiles), limits.percentage_base
    for name, threshold in thresholds.items():
        if name == "percentage_base":
            base = _raised(where, name, threshold, base)
            continue
        one_of(where, "profile", name, [key for key, item in profiles.items() if item.protects])
        found = profiles[name]
        profiles[name] = replace(found, threshold=_raised(where, name, threshold, found.threshold))
    return replace(limits, profiles=profiles, percentage_base=base)


def _raised(where: str, name: str, asked: object, floor: int) -> int:
    if type(asked) is not int or asked < floor:
        raise CatalogueError(
            f"{where}: '{name}' is {asked!r}: a threshold is a whole number of {floor} or more; it "
            "can be raised, never lowered"
        )
    return asked
