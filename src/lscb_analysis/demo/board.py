"""The example board's invented facts, all in one place for those who write them down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from lscb_analysis.demo.care import Care, Period, look_after
from lscb_analysis.demo.people import People, age_on, birthday
from lscb_analysis.demo.social_care import START, Lives, live


@dataclass(frozen=True)
class Board:
    """The people, what happened to them, and the seed that it all follows from."""

    seed: int
    people: People
    lives: Lives
    care: Care
    care_leavers: list[tuple]  # child, since, in touch, home, activity
    asylum_seeking: frozenset[str]

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
    lives = live(people, Random(f"{seed}-lives"))
    care = look_after(people, lives, Random(f"{seed}-care"))
    asylum = frozenset(
        each.child
        for each in care.periods
        if each.started >= START
        and 15 <= age_on(people.children[each.child].born, each.started) < 17
        and len(people.families[people.children[each.child].family]) == 1
        and each.legal == "V2"
    )
    leavers = _care_leavers(people, care, Random(f"{seed}-leavers"))
    return Board(seed, people, lives, care, leavers, asylum)


def _care_leavers(people: People, care: Care, chance: Random) -> list[tuple]:
    earlier = [people.new_child(START, 15.5, 20.5).child for _ in range(150)]
    left = [(child, birthday(people.children[child].born, 17)) for child in earlier]
    for period in care.periods:
        if period.ceased and age_on(people.children[period.child].born, period.ceased) >= 17:
            left.append((period.child, period.ceased))
    made = []
    for child, since in left:
        touch = "Yes" if chance.random() < 0.93 else "No"
        home = "Suitable" if chance.random() < 0.87 else "Unsuitable"
        doing = chance.choices(
            ("F1", "F2", "F4", "F5", "P5", "G4", "G5", "G6"), (6, 18, 6, 14, 8, 12, 28, 8)
        )[0]
        made.append((child, since, touch, home, doing))
    return made
