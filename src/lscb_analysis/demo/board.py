"""The example board's invented facts, all in one place for those who write them down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from lscb_analysis.demo import planted
from lscb_analysis.demo.care import Care, Period, look_after
from lscb_analysis.demo.people import People, age_on, birthday
from lscb_analysis.demo.social_care import START, Lives, live

SUITABLE, UNSUITABLE = (
    {"U": 30, "D": 24, "Z": 18, "B": 18, "E": 10},
    {"S": 3, "V": 3, "W": 3, "X": 6},
)
ACTIVITIES = {"F1": 6, "F2": 18, "F3": 18, "P2": 2, "P3": 8, "G4": 12, "G5": 28, "G6": 8}


@dataclass(frozen=True)
class CareLeaver:
    """A young person who left care, and how they are doing; codes are those of SSDA903."""

    child: str
    since: date
    is_in_touch: bool
    is_suitable: bool
    home: str
    activity: str


@dataclass(frozen=True)
class Board:
    """The people, what happened to them, and the seed that it all follows from."""

    seed: int
    people: People
    lives: Lives
    care: Care
    care_leavers: list[CareLeaver]

    @property
    def asylum_seeking(self) -> frozenset[str]:
        """The children who came alone to seek asylum."""
        return self.care.asylum_seeking

    @cached_property
    def missing(self) -> defaultdict[str, list[tuple]]:
        """Missing episodes by child."""
        found: defaultdict[str, list[tuple]] = defaultdict(list)
        for episode in self.care.missing:
            found[episode[0]].append(episode)
        return found

    @cached_property
    def by_child(self) -> defaultdict[str, defaultdict[str, list[tuple]]]:
        """What happened to each child, by kind of event, without the child's identifier."""
        found: defaultdict[str, defaultdict[str, list[tuple]]]
        found = defaultdict(lambda: defaultdict(list))
        for kind in ("assessments", "enquiries", "plans", "cp_reviews"):
            for child, *facts in getattr(self.lives, kind):
                found[child][kind].append(tuple(facts))
        return found

    def on_plan(self, day: date) -> set[str]:
        """The children on a plan on a day."""
        return {plan[0] for plan in self.lives.plans if plan[1] <= day < plan[2]}

    def in_care(self, day: date) -> set[str]:
        """The children looked after on a day."""
        return {
            each.child
            for each in self.care.periods
            if each.started <= day and (each.ceased is None or each.ceased > day)
        }

    @cached_property
    def _logs(self) -> dict[str, dict[tuple, list[date]]]:
        logs: dict[str, dict[tuple, list[date]]] = {}
        for kind, rows in (
            ("review", self.care.reviews),
            ("visit", self.care.visits),
            ("health", [row[:3] for row in self.care.health]),
        ):
            found = defaultdict(list)
            for child, started, day in rows:
                found[child, started].append(day)
            logs[kind] = found
        return logs

    def last_logged(self, period: Period, day: date) -> dict[str, date | None]:
        """The last review, visit and health assessment of a period by a day."""
        key = (period.child, period.started)
        return {
            kind: max((each for each in found.get(key, ()) if each <= day), default=None)
            for kind, found in self._logs.items()
        }


def make_board(seed: int) -> Board:
    """The board that follows from a seed: the same seed, the same board."""
    people = People(Random(f"{seed}-people"))
    lives = live(people, Random(f"{seed}-{planted.LIVES_STREAM}"))
    care = look_after(people, lives, Random(f"{seed}-care"))
    leavers = _care_leavers(people, care, Random(f"{seed}-leavers"))
    return Board(seed, people, lives, care, leavers)


def _care_leavers(people: People, care: Care, chance: Random) -> list[CareLeaver]:
    earlier = [people.new_child(START, 15.5, 20.5).child for _ in range(150)]
    left = {child: birthday(people.children[child].born, 17) for child in earlier}
    for period in care.periods:
        qualifies = chance.random() < 0.8  # looked after for long enough
        old = period.ceased and age_on(people.children[period.child].born, period.ceased) >= 17
        if qualifies and period.ceased and old:
            left[period.child] = period.ceased
    return [_care_leaver(child, since, chance) for child, since in left.items()]


def _care_leaver(child: str, since: date, chance: Random) -> CareLeaver:
    is_suitable = chance.random() < 0.88
    homes = SUITABLE if is_suitable else UNSUITABLE
    return CareLeaver(
        child,
        since,
        is_in_touch=chance.random() < 0.91,
        is_suitable=is_suitable,
        home=chance.choices(list(homes), list(homes.values()))[0],
        activity=chance.choices(list(ACTIVITIES), list(ACTIVITIES.values()))[0],
    )
