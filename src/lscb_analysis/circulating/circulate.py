"""Sending each group its own briefings and no others: one area, one quarter, one way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lscb_analysis.catalogue import find_area
from lscb_analysis.circulating.enclosures import Enclosed, data_pack, enclosed
from lscb_analysis.circulating.lock import only_one
from lscb_analysis.circulating.message import Parcel
from lscb_analysis.circulating.pages import is_official_only, latest_quarter, released_page
from lscb_analysis.circulating.planning import Bundle, Plan, bundles_of, groups_of, plan_of
from lscb_analysis.circulating.sent_log import SENT, Key, gone, in_doubt, read_sent, write_sent
from lscb_analysis.circulating.ways import Way
from lscb_analysis.periods import Quarter
from lscb_analysis.recipients import Group
from lscb_analysis.settings import Settings
from lscb_analysis.state import StateError

DRY = "mail"  # a dry run tells what would go by mail
Say = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """What was asked for: the quarter (the newest where none), groups, the way, and if again.

    Without a way nothing goes: what would go is told.
    """

    quarter: Quarter | None = None
    groups: tuple[str, ...] = ()
    way: Way | None = None
    is_again: bool = False


@dataclass(frozen=True)
class Outcome:
    """Whether anything was refused or did not arrive; whether the mail server was silent."""

    has_failed: bool = False
    is_silent: bool = False

    def with_failure(self, has_failed: bool) -> Outcome:
        """The same, failed where it had or has now."""
        return Outcome(self.has_failed or has_failed, self.is_silent)


def circulate(settings: Settings, areas: Sequence[str], asked: Asked, say: Say) -> bool:
    """Whether every group of every area got all of its briefings; the others go on past one."""
    outcome = Outcome()
    for area_code in areas:
        try:
            holding = only_one(settings.workspace, area_code) if asked.way else nullcontext()
            with holding:
                outcome = _area(settings, area_code, asked, say, outcome)
        except (StateError, OSError) as error:
            told = error.strerror if isinstance(error, OSError) else error
            say(f"{find_area(area_code).area}: FAILED {told}")
            outcome = outcome.with_failure(True)
    return not outcome.has_failed


def _area(settings: Settings, area_code: str, asked: Asked, say: Say, outcome: Outcome) -> Outcome:
    area, workspace = find_area(area_code).area, settings.workspace
    groups = groups_of(settings.groups.values(), area_code, asked.groups)
    if not groups:
        return outcome
    quarter = asked.quarter or latest_quarter(workspace, area_code)
    if quarter is None:
        say(f"{area}: REFUSED nothing has been released yet: make it with lscb run")
        return outcome.with_failure(True)
    say(f"{area}, {quarter.label}")
    made: dict[str, Enclosed] = {}
    page_of = functools.cache(functools.partial(released_page, workspace, area_code, quarter))
    for group in groups:
        is_official = is_official_only(workspace, area_code, quarter, group.audience)
        plan = plan_of(group, quarter, is_official, page_of)
        outcome = _group(workspace, area_code, plan, asked, made, say, outcome)
    return outcome


def _group(
    workspace: Path,
    area_code: str,
    plan: Plan,
    asked: Asked,
    made: dict[str, Enclosed],
    say: Say,
    outcome: Outcome,
) -> Outcome:
    group = plan.group
    to = asked.way.addressees(group) if asked.way else group.addresses
    say(f"  {group.title}, for the {group.audience}: {', '.join(to) or 'no addresses'}")
    for line in plan.refused:
        say(f"    REFUSED    {line}")
    for line in plan.waiting:
        say(f"    waits      {line}")
    outcome = outcome.with_failure(bool(plan.refused))
    lines = read_sent(workspace, area_code)
    how = asked.way.how if asked.way else DRY
    went, doubted = gone(lines), in_doubt(lines)
    if not asked.is_again:
        outcome = outcome.with_failure(_told_of(plan, how, to, went, doubted, say))
    never = {} if asked.is_again else {**went, **doubted}
    bundles = bundles_of(plan, how, to, never)
    if asked.way is None:
        for bundle in bundles or ([] if to else [Bundle((), plan.pages)]):
            for page in bundle.pages:
                say(f"    would get  {page.manifest.title}{_whom(bundle.to, to)}")
        return outcome
    for bundle in bundles:
        outcome = _goes(workspace, group, bundle, asked.way, made, lines, say, outcome)
    return outcome


def _goes(
    workspace: Path,
    group: Group,
    bundle: Bundle,
    way: Way,
    made: dict[str, Enclosed],
    lines: Sequence[Mapping[str, Any]],
    say: Say,
    outcome: Outcome,
) -> Outcome:
    """One message made, taken to its addressees, and told of."""
    has_failed = False
    for page in bundle.pages:
        if page.digest not in made:
            made[page.digest] = enclosed(workspace, page)
            for why in made[page.digest].lacks:
                say(f"    note       {why}")
        has_failed = has_failed or made[page.digest].is_wrong
    first = bundle.pages[0]
    parcel = Parcel(
        group,
        first.area_code,
        find_area(first.area_code).area,
        first.quarter,
        bundle.to,
        tuple(made[page.digest] for page in bundle.pages),
        tuple(data_pack(bundle.pages, group.themes)),
    )

    def note(facts: Mapping[str, Any]) -> None:
        write_sent(workspace, first.area_code, facts)

    came = way.go(parcel, _times(lines, parcel, way.how), note, outcome.is_silent)
    for page in bundle.pages if came.went else ():
        say(f"    {SENT:<10} {page.manifest.title}{_whom(came.went, parcel.to)}")
    for why in came.failed:
        say(f"    FAILED     {why}")
    return Outcome(outcome.has_failed or has_failed or bool(came.failed), came.is_silent)


def _told_of(
    plan: Plan,
    how: str,
    to: Sequence[str],
    went: Mapping[Key, str],
    doubted: Mapping[Key, str],
    say: Say,
) -> bool:
    """Say what has gone already, and what nobody knows of; whether there is any such."""
    is_any_doubted = False
    for page in plan.pages:
        keys = {each: Key(how, each.casefold(), page.digest) for each in to}
        had = [each for each, key in keys.items() if key in went]
        unsure = [each for each, key in keys.items() if key in doubted]
        if had:
            day = max(went[keys[each]] for each in had)
            say(f"    has        {page.manifest.title}{_whom(had, to)}: it went on {day}")
        if unsure:
            is_any_doubted = True
            day = max(doubted[keys[each]] for each in unsure)
            say(
                f"    IN DOUBT   {page.manifest.title}: since {day} nobody knows if it reached "
                f"{', '.join(unsure)}: ask, and send it once more with --again"
            )
    return is_any_doubted


def _whom(some: Sequence[str], every: Sequence[str]) -> str:
    """`, to …` where it is not everybody."""
    return "" if tuple(some) == tuple(every) else f", to {', '.join(some)}"


def _times(lines: Sequence[Mapping[str, Any]], parcel: Parcel, how: str) -> int:
    """How many times the same went to the group already."""
    return sum(
        (line["state"], line["how"], line.get("group")) == (SENT, how, parcel.group.id)
        and line["pages"] == parcel.digests
        for line in lines
    )
