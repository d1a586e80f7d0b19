"""Policy: the thresholds of disclosure control and of statistics, each set in one place."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from lscb_analysis.catalogue.toml_file import entry, read_toml


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


@dataclass(frozen=True)
class Policy:
    """The settings that briefings state: all may be made stricter, none can be switched off."""

    profiles: dict[str, Profile]
    percentage_base: int
    percentage_bands: tuple[int, ...]
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
    return entry(Policy, "policy.toml", tables, profiles=profiles)
