"""Synthetic children looked after, and their SSDA903 episodes: placements, legal status, ends."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from drawing import NEEDS, YEAR_END, YEAR_START, day_first, pick

LEGAL = {"C2": 52, "C1": 20, "V2": 22, "E1": 4, "J1": 1, "V4": 1}
NEXT_LEGAL = {"V2": "C1", "C1": "C2", "C2": "E1"}
PLACES = {  # place: (weight, providers, least age)
    "U6": (38, ("PR1", "PR4"), 0), "U4": (12, ("PR1", "PR4"), 0), "U3": (9, ("PR1",), 0),
    "U1": (6, ("PR1",), 0), "K2": (12, ("PR1", "PR4"), 8), "P1": (7, ("PR0",), 0),
    "R1": (1, ("PR4",), 10), "R3": (1, ("PR4",), 0), "S1": (1, ("PR4", "PR5"), 8),
    "H5": (6, ("PR4",), 16), "K3": (5, ("PR4",), 16), "P2": (2, ("PR1", "PR4"), 16),
}  # fmt: skip
WITHOUT_URN = ("P1", "P2", "A3", "A5")
CHANGES = {"P": 55, "L": 22, "B": 9, "T": 8, "U": 6}
CHANGE_REASONS = ("CARPL", "CREQB", "LAREQ", "CHILD", "STAND", "PLACE", "OTHER")
ENDS = {"E4A": 30, "E4B": 6, "E5": 12, "E8": 22, "E3": 3, "E41": 5, "E47": 6, "E13": 10, "E9": 1}
POSTCODES = (
    "LE1 1FZ", "LE1 7RH", "LE1 9BH", "LE3 8RA", "LE1 5WW", "LE3 9QP", "LE5 4PW", "LE11 3TU",
    "LE15 6HP", "LE19 2EP", "LE2 7FL", "LE4 5NS",
)  # fmt: skip


@dataclass(frozen=True)
class Child:
    """One child's header and the part of their care that this return covers."""

    number: str
    born: date
    sex: str
    is_leaver: bool
    is_unaccompanied: bool
    started: date
    ended: date | None

    def age(self, day: date) -> int:
        """Full years at a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    @property
    def last_day(self) -> date:
        """The last day of care in the year."""
        return self.ended or YEAR_END

    @property
    def birth(self) -> str:
        """Date of birth as the return writes it."""
        return day_first(self.born)


def place_for(draw: random.Random, age: int, *other_than: str) -> tuple[str, str]:
    """A placement and its provider that a child of this age may have."""
    fit = {
        place: weight
        for place, (weight, _, least) in PLACES.items()
        if age >= least and place not in other_than
    }
    place = pick(draw, fit)
    return place, draw.choice(PLACES[place][1])


def another_postcode(draw: random.Random, *other_than: str) -> str:
    """A postcode that is none of these."""
    return draw.choice([postcode for postcode in POSTCODES if postcode not in other_than])


def placement(draw: random.Random, place: str, provider: str, home: str) -> list[str]:
    """Place, provider, placement postcode and the provider's URN."""
    postcode = home if place == "P1" else another_postcode(draw, home)
    urn = "" if place in WITHOUT_URN else f"{draw.randrange(1_000_000, 3_000_000)}"
    return [place, provider, postcode, urn]


def why_ended(draw: random.Random, place: str, age: int) -> str:
    """Why care ended: adoption from an adoptive placement, independence only from 14."""
    if place == "A3":
        return "E11"
    reason = "E5" if age > 17 else pick(draw, ENDS)
    return "E4A" if reason == "E5" and age < 14 else reason


def change_days(draw: random.Random, child: Child, count: int) -> list[date]:
    """Days in the year on which an episode ends and the next begins, at least three apart."""
    first, span = max(child.started, YEAR_START) + timedelta(3), 3
    room = (child.last_day - timedelta(3) - first).days // span
    count = min(count, max(0, room))
    return [first + timedelta(span * step) for step in sorted(draw.sample(range(room), count))]


def episode_rows(draw: random.Random, child: Child, mean: float) -> list[list[str]]:
    """Episodes: the first starts care, each later one starts the day the one before ends."""
    changes = 0
    while draw.random() < (mean - 1) / mean and changes < 30:
        changes += 1
    days = [child.started, *change_days(draw, child, changes)]
    is_adopted = child.age(YEAR_END) < 8 and child.ended is not None and draw.random() < 0.25
    legal = "V2" if child.is_unaccompanied else pick(draw, LEGAL)
    if child.age(child.started) < 12 and legal == "J1":
        legal = "C1"
    may_adopt = child.age(YEAR_END) < 6
    if legal == "E1" and not may_adopt:
        legal = "C2"
    if is_adopted:
        legal = "E1"
    need, home = pick(draw, NEEDS), draw.choice(POSTCODES)
    not_here = ("P1",) if legal == "V2" else ()
    where = placement(draw, *place_for(draw, child.age(child.started), *not_here), home)
    rows: list[list[str]] = []
    for position, day in enumerate(days):
        kind = pick(draw, CHANGES) if position else "S"
        is_last = position == len(days) - 1
        if is_adopted and is_last and position:
            kind, where = "P", ["A3", "PR1", another_postcode(draw, home), ""]
        elif kind in "LBU" and (legal not in NEXT_LEGAL or (legal == "C2" and not may_adopt)):
            kind = "P"
        if kind in "LBU":
            legal = NEXT_LEGAL[legal]
        if kind in "PB" and not where[0].startswith("A"):
            where = placement(draw, *place_for(draw, child.age(day), where[0], *not_here), home)
        elif kind in "TU":
            where = [*where[:2], another_postcode(draw, home, where[2]), where[3]]
        if rows and kind in "PBTU":
            rows[-1][9] = draw.choice(CHANGE_REASONS)
        end = child.ended if is_last else days[position + 1]
        reason = "X1" if end and not is_last else ""
        if end and is_last:
            reason = why_ended(draw, where[0], child.age(end))
        place, provider, postcode, urn = where
        rows.append(
            [child.number, day_first(day), kind, legal, need, place, provider, day_first(end),
             reason, "", *(("", "") if child.is_unaccompanied else (home, postcode)), urn]
        )  # fmt: skip
    return rows
