"""Themes and breakdowns: the frame that indicators hang in."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from lscb_analysis.catalogue.toml_file import entry, read_toml


@dataclass(frozen=True)
class Theme:
    """One briefing: its title, disclosure profile, question, and the figures it opens with.

    One that `is_yearly` is of a whole financial year and made with its fourth quarter alone.
    """

    id: str
    title: str
    profile: str
    question: str
    leads: tuple[str, ...]
    groups: tuple[str, ...] = ()
    has_indicators: bool = True
    is_yearly: bool = False


@dataclass(frozen=True)
class Breakdown:
    """One way to divide children: its records column and its categories, in order.

    Where categories are `overlapping` (one client, several needs) they do not add up to a total.
    """

    id: str
    title: str
    column: str
    categories: tuple[str, ...]
    overlapping: bool = False


@functools.cache
def themes() -> dict[str, Theme]:
    """The themes by id, in the order of the briefings' index."""
    tables = read_toml("themes.toml")
    return {name: entry(Theme, f"themes.toml [{name}]", t, id=name) for name, t in tables.items()}


def measured_themes() -> dict[str, Theme]:
    """The themes that indicators belong to: not those about the data or the whole year."""
    return {name: theme for name, theme in themes().items() if theme.has_indicators}


@functools.cache
def breakdowns() -> dict[str, Breakdown]:
    """The breakdowns by id."""
    tables = read_toml("breakdowns.toml")
    return {
        name: entry(Breakdown, f"breakdowns.toml [{name}]", t, id=name)
        for name, t in tables.items()
    }
