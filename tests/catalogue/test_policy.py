"""The floors of disclosure control hold whatever a file says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lscb_analysis.catalogue.policy import checked_policy, policy
from lscb_analysis.catalogue.toml_file import CatalogueError


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("dfe", {"threshold": 4}),
        ("rounded", {"threshold": 5}),
        ("deaths", {"protects": False}),
        ("a new one", {"threshold": 4}),
    ],
)
def test_no_file_sets_a_threshold_below_its_floor_or_switches_protection_off(name, change):
    found = policy()
    profile = found.profiles.get(name, found.profiles["dfe"])
    profiles = found.profiles | {name: replace(profile, **change)}
    with pytest.raises(CatalogueError, match=r"can be raised|without protection"):
        checked_policy(replace(found, profiles=profiles))


def test_no_file_lowers_the_base_of_percentages():
    with pytest.raises(CatalogueError, match="20 or more"):
        checked_policy(replace(policy(), percentage_base=10))
