"""Who is to get what: the themes of a group, which of them may go, and to whom not yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lscb_analysis.circulating.pages import Page
from lscb_analysis.circulating.sent_log import Key
from lscb_analysis.periods import Quarter
from lscb_analysis.recipients import Group
from lscb_analysis.running import wanted_themes

PageOf = Callable[[str, str], Page]


@dataclass(frozen=True)
class Plan:
    """What one group is to get of one release: pages that may go, and a line for each other.

    `waiting` are those of whole years; `refused` may not go.
    """

    group: Group
    pages: tuple[Page, ...]
    refused: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """Pages that go together to the same addressees."""

    to: tuple[str, ...]
    pages: tuple[Page, ...]


def groups_of(groups: Iterable[Group], area_code: str, asked: Sequence[str]) -> list[Group]:
    """The groups that get an area's pages, of those asked for (all where none was)."""
    return [
        group
        for group in groups
        if (not group.areas or area_code in group.areas) and (not asked or group.id in asked)
    ]


def plan_of(group: Group, quarter: Quarter, is_official_only: bool, page_of: PageOf) -> Plan:
    """What the group is to get: its themes, for its audience, each released and unchanged.

    `page_of` gives the released page of an audience and theme, or refuses it.
    """
    wanted, waiting = wanted_themes(group.themes, quarter, is_official_only)
    pages, refused = [], []
    for theme in wanted:
        try:
            pages.append(page_of(group.audience, theme))
        except (ValueError, OSError) as error:
            refused.append(f"{theme}: {error}")
    return Plan(group, tuple(pages), tuple(refused), tuple(line.strip() for line in waiting))


def bundles_of(
    plan: Plan, how: str, to: Sequence[str], never_again: Mapping[Key, str]
) -> list[Bundle]:
    """The pages that go to each addressee, together for all those who get the same."""
    together: dict[tuple[int, ...], list[str]] = {}
    for each in to:
        places = tuple(
            place
            for place, page in enumerate(plan.pages)
            if Key(how, each.casefold(), page.digest) not in never_again
        )
        if places:
            together.setdefault(places, []).append(each)
    return [
        Bundle(tuple(whom), tuple(plan.pages[place] for place in places))
        for places, whom in together.items()
    ]
