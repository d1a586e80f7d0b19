"""Lifelines in social care: referrals, assessments, enquiries, conferences and plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import numpy as np

from lscb_analysis.demo import planted
from lscb_analysis.demo.people import Child, People, age_on
from lscb_analysis.periods import bank_holidays, quarter_of

START, END = date(2012, 4, 1), date(2017, 3, 31)
FAMILIES_A_DAY = 9.0
NO_FURTHER_ACTION = 0.1
ENQUIRY, CONFERENCE, PLAN = 0.45, 0.37, 0.85
SOURCES = {
    "1A": 9, "1D": 3, "2A": 18, "2B": 2, "3A": 2, "3B": 4, "3D": 4, "3E": 5, "4": 3, "5A": 10,
    "5B": 4, "6": 26, "7": 2, "8": 5, "9": 3,
}  # fmt: skip
CATEGORIES = {"NEG": 49, "EMO": 28, "PHY": 19, "SAB": 3, "MUL": 1}
FACTORS = {
    "1B": 12, "2B": 13, "3A": 8, "3B": 34, "3C": 5, "4A": 6, "4B": 26, "5A": 4, "6A": 4, "7A": 2,
    "10A": 3, "11A": 4, "14A": 6, "15A": 4, "16A": 18, "17A": 16, "18A": 10, "19A": 4, "20": 9,
}  # fmt: skip


@dataclass
class Lives:
    """What happened to the invented children, event by event; every row a tuple of facts."""

    referrals: list[tuple] = field(default_factory=list)  # child, date, source, is_nfa
    assessments: list[tuple] = field(default_factory=list)  # child, start, authorised, factors
    enquiries: list[tuple] = field(default_factory=list)  # child, start|None, conference, has_plan
    plans: list[tuple] = field(default_factory=list)  # child, start, end, initial, latest, before
    cp_reviews: list[tuple] = field(default_factory=list)  # child, plan start, review
    cases: list[tuple] = field(default_factory=list)  # child, start, end, need
    into_care: list[tuple] = field(default_factory=list)  # child, date
    plans_due: float = 0.0  # children whom the usual share would have brought, less those who came


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after a day."""
    moved = np.busday_offset(np.datetime64(day), count, "backward", holidays=bank_holidays())
    return moved.astype(object)


def live(people: People, chance: Random) -> Lives:
    """Five years of referrals and what came of them, the first two to fill the caseload."""
    lives = Lives()
    seen: dict[int, date] = {}
    recent: list[tuple[date, int]] = []
    busy: defaultdict[str, date] = defaultdict(lambda: date(1900, 1, 1))
    day = START
    while day <= END:
        if day.weekday() < 5:
            season = planted.REFERRAL_SEASON[quarter_of(day).number]
            for _ in range(_poisson(chance, FAMILIES_A_DAY * season)):
                children = _family(people, chance, day, recent, seen)
                free = [c for c in children if busy[c.child] < day and age_on(c.born, day) < 18]
                if free:
                    _refer(lives, chance, free, day, busy)
                    recent.append((day, free[0].family))
                    seen[free[0].family] = day
        day += timedelta(days=1)
    return lives


def _family(
    people: People, chance: Random, day: date, recent: list, seen: dict[int, date]
) -> list[Child]:
    if recent and chance.random() < 0.35:
        for _ in range(6):
            when, family = recent[max(0, len(recent) - 1 - int(chance.expovariate(1 / 1100)))]
            if (day - when).days > 30 and seen[family] == when:
                return people.families[family]
    return people.new_family(day)


def _refer(lives: Lives, chance: Random, children: list[Child], day: date, busy) -> None:
    source = _pick(chance, SOURCES)
    is_nfa = chance.random() < NO_FURTHER_ACTION
    for child in children:
        lives.referrals.append((child.child, day, source, is_nfa))
        busy[child.child] = day + timedelta(days=14)
    if is_nfa:
        return
    start = day + timedelta(days=chance.choice((0, 0, 1, 2)))
    authorised = add_working_days(start, _assessment_days(chance, day))
    factors = sorted({_pick(chance, FACTORS) for _ in range(chance.choice((0, 1, 1, 2, 2, 3)))})
    closes = authorised + timedelta(days=int(chance.expovariate(1 / 45)))
    need = chance.choices(("N1", "N2", "N4", "N5", "N6"), (62, 8, 10, 16, 4))[0]
    for child in children:
        lives.assessments.append((child.child, start, authorised, ",".join(factors)))
    ends = closes
    if chance.random() < ENQUIRY:
        ends = max(ends, _enquire(lives, chance, children, day))
    for child in children:
        if chance.random() < 0.055:
            lives.into_care.append((child.child, day + timedelta(days=chance.randint(0, 40))))
        lives.cases.append((child.child, day, ends, need))
        busy[child.child] = ends


def _assessment_days(chance: Random, day: date) -> int:
    on_time = 0.81 + 0.012 * (day.year - 2013)
    if chance.random() < on_time:
        return int(chance.triangular(3, 45, 32))
    return 46 + int(chance.expovariate(1 / 14))


def _enquire(lives: Lives, chance: Random, children: list[Child], day: date) -> date:
    start = day + timedelta(days=chance.randint(0, 10))
    has_plan = chance.random() < PLAN
    if not _is_conferenced(lives, chance, len(children), start, has_plan):
        for child in children:
            lives.enquiries.append((child.child, start, None, None))
        return start
    wait = chance.randint(8, 15) if chance.random() < 0.88 else chance.randint(16, 34)
    conference = add_working_days(start, wait)
    is_transfer = chance.random() < 0.03
    for child in children:
        began = None if is_transfer else start
        lives.enquiries.append((child.child, began, conference, has_plan))
    return _plan(lives, chance, children, conference) if has_plan else conference


def _is_conferenced(
    lives: Lives, chance: Random, children: int, start: date, has_plan: bool
) -> bool:
    """Whether a family comes to a conference: likelier where few plans were made of late."""
    to_be = quarter_of(start + timedelta(days=18))
    step = planted.STEP_FACTOR if to_be in planted.STEP_QUARTERS else 1.0
    share = CONFERENCE * step / planted.REFERRAL_SEASON[quarter_of(start).number]
    lives.plans_due += share * PLAN * children
    held = chance.random() < share * (1 + lives.plans_due / 20)
    lives.plans_due -= children if held and has_plan else 0
    return held


def _plan(lives: Lives, chance: Random, children: list[Child], start: date) -> date:
    category = _category(chance, start)
    latest = category if chance.random() < 0.92 else _category(chance, start)
    shorter = planted.SHORTER_FACTOR if quarter_of(start) >= planted.SHORTER_FROM else 1.0
    length = int(min(1300, max(40, shorter * chance.lognormvariate(5.79, 0.54))))
    for child in [each for each in children if age_on(each.born, start) < 17]:
        ends = min(start + timedelta(days=length), _turns_18(child))
        before = sum(plan[0] == child.child for plan in lives.plans[-6000:])
        before += chance.random() < 0.165
        lives.plans.append((child.child, start, ends, category, latest, int(before)))
        lives.cp_reviews += [(child.child, start, day) for day in _reviews(chance, start, ends)]
        if chance.random() < 0.19:
            into = start + timedelta(days=int(length * chance.uniform(0.4, 1.0)))
            lives.into_care.append((child.child, into))
    return start + timedelta(days=length)


def _reviews(chance: Random, start: date, ends: date) -> list[date]:
    held: list[date] = []
    day = start
    gap, latest = (70, 90), 25
    while True:
        late = chance.random() < 0.03
        day += timedelta(days=gap[1] + chance.randint(4, latest) if late else chance.randint(*gap))
        if day >= ends or day > END:
            return held
        held.append(day)
        gap = (140, 180)


def _category(chance: Random, day: date) -> str:
    small = planted.SMALL_CATEGORIES if quarter_of(day) >= planted.SMALL_FROM else ()
    return _pick(
        chance, {name: w * (0.25 if name in small else 1) for name, w in CATEGORIES.items()}
    )


def _turns_18(child: Child) -> date:
    return child.born + timedelta(days=int(18 * 365.25))


def _pick(chance: Random, weights: Mapping[str, float]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _poisson(chance: Random, mean: float) -> int:
    limit, count, product = np.exp(-mean), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count
