"""Children looked after: periods of care, placements, and the visits and reviews in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lscb_analysis.demo import planted
from lscb_analysis.demo.people import Child, People, age_on, birthday
from lscb_analysis.demo.social_care import END, START, Lives, add_working_days
from lscb_analysis.periods import quarter_of

FIRST_STOCK = 588
REASONS_YOUNG = {"E11": 8, "E12": 7, "E4A": 30, "E4B": 9, "E45": 9, "E46": 4, "E47": 5, "E41": 8,
                 "E8": 10, "E3": 3}  # fmt: skip
REASONS_16 = {"E5": 30, "E6": 14, "E4A": 16, "E8": 24, "E9": 5, "E7": 5}


@dataclass(frozen=True)
class Period:
    """One period of care; `ceased` is None while it lasts."""

    child: str
    started: date
    ceased: date | None
    reason: str
    need: str
    legal: str
    placements: tuple[tuple[date, date | None, str, str, str], ...]  # from, to, code, provider, in


@dataclass
class Care:
    """The periods of care and what was logged in them."""

    periods: list[Period] = field(default_factory=list)
    reviews: list[tuple] = field(default_factory=list)  # child, started, review
    visits: list[tuple] = field(default_factory=list)  # child, started, visit
    health: list[tuple] = field(default_factory=list)  # child, started, date, kind
    missing: list[tuple] = field(default_factory=list)  # child, start, end, kind
    asylum_seeking: frozenset[str] = frozenset()


def look_after(people: People, lives: Lives, chance: Random) -> Care:
    """Five years of care: children start as their lives say, and the caseload grows slowly."""
    asylum = _asylum_seeking(people, chance)
    starts = sorted([*_starts(people, lives, chance), *asylum], key=lambda s: (s[1], s[0]))
    care = Care(asylum_seeking=frozenset(child for child, _ in asylum))
    for child, started, ceased, reason in _spans(people, starts, chance):
        alone = child in care.asylum_seeking
        period = _period(people.children[child], started, ceased, reason, alone, chance)
        care.periods.append(period)
        _log(care, people.children[child], period, chance)
    care.periods += _short_breaks(people, chance)
    care.missing = _missing(people, care.periods, chance)
    return care


def _starts(people: People, lives: Lives, chance: Random) -> list[tuple[str, date]]:
    stock = []
    for _ in range(FIRST_STOCK):
        years = min(chance.expovariate(1 / 3.6), 14)
        age = min(17.6, max(years + 0.1, chance.triangular(0, 17.6, 12)))
        child = people.new_child(START, age, age + 0.01)
        stock.append((child.child, START - timedelta(days=1 + int(years * 365))))
    return stock + [(child, day) for child, day in lives.into_care if day <= END]


def _asylum_seeking(people: People, chance: Random) -> list[tuple[str, date]]:
    """Young people who came alone, with the day each was first looked after: one in 18 days."""
    days = (START + timedelta(days=18 * step + chance.randint(0, 9)) for step in range(100))
    return [(people.new_child(day, 15, 17).child, day) for day in days]


def _target(day: date, chance: Random) -> float:
    years = (day - START).days / 365.25
    return 588 + 12 * years + chance.uniform(-8, 8)


def _spans(people: People, starts: list, chance: Random) -> list[tuple]:
    """Each start with its end, so that month by month the stock follows its slow growth."""
    open_since: dict[str, date] = {}
    ended: list[tuple] = []
    last_end: dict[str, date] = {}
    waiting = list(starts)
    month = START
    while month <= END:
        after = (month + timedelta(days=32)).replace(day=1)
        while waiting and waiting[0][1] < after:
            child, day = waiting.pop(0)
            fits = age_on(people.children[child].born, day) < 17.5 and day > last_end.get(
                child, date(1900, 1, 1)
            )
            if child not in open_since and fits and day >= people.children[child].born:
                open_since[child] = day
        leaving = _leavers(people, open_since, month, after, chance)
        for child, day, reason in leaving:
            ended.append((child, open_since.pop(child), day, reason))
            last_end[child] = day
        month = after
    ended += [(child, started, None, "") for child, started in open_since.items()]
    return sorted(ended, key=lambda span: (span[1], span[0]))


def _leavers(people: People, open_since: dict, month: date, after: date, chance: Random) -> list:
    leaving = []
    for child in sorted(open_since):
        grown = birthday(people.children[child].born, 18)
        if grown < after:
            leaving.append((child, max(grown, month), _pick(chance, REASONS_16)))
    gone = {child for child, _, _ in leaving}
    rest = [child for child in sorted(open_since) if child not in gone]
    surplus = len(open_since) - len(leaving) - round(_target(month, chance))
    weights = [3.0 if (month - open_since[c]).days < 400 else 1.0 for c in rest]
    for _ in range(max(0, surplus)):
        child = chance.choices(rest, weights)[0]
        place = rest.index(child)
        rest.pop(place)
        weights.pop(place)
        day = month + timedelta(days=chance.randint(0, (after - month).days - 1))
        day = max(day, open_since[child] + timedelta(days=1))
        age = age_on(people.children[child].born, day)
        reason = _pick(chance, REASONS_16 if age >= 16 else REASONS_YOUNG)
        if reason in ("E11", "E12") and age > 6:
            reason = "E4A"
        leaving.append((child, day, reason))
    return leaving


def _period(
    child: Child, started: date, ceased: date | None, reason: str, alone: bool, chance: Random
) -> Period:
    need = "N8" if alone else chance.choices(("N1", "N3", "N4", "N5", "N8"), (66, 4, 8, 14, 8))[0]
    legal = "V2" if alone else chance.choices(("C1", "C2", "E1", "V2"), (16, 44, 9, 31))[0]
    return Period(
        child.child, started, ceased, reason, need, legal,
        tuple(_placements(child, started, ceased, reason, chance)),
    )  # fmt: skip


def _placements(child: Child, started: date, ceased: date | None, reason: str, chance: Random):
    unsettled = chance.random() < 0.16
    day, number = started, 0
    until = ceased or END + timedelta(days=1)
    while day < until:
        number += 1
        if unsettled:
            length = 20 + int(chance.expovariate(1 / 130))
        elif number == 1 and chance.random() < 0.42:
            length = 25 + int(chance.expovariate(1 / 110))
        else:
            length = 700 + int(chance.expovariate(1 / 3000))
        ends = day + timedelta(days=length)
        code, provider = _placement_type(age_on(child.born, day), chance)
        if reason in ("E11", "E12") and ends >= until:
            code, provider = "A3", "PR1"
        inside = "In" if chance.random() < 0.58 else "Out"
        yield (day, ends if ends < until else ceased, code, provider, inside)
        day = ends


def _placement_type(age: int, chance: Random) -> tuple[str, str]:
    if age >= 16:
        code = chance.choices(("U4", "U6", "K2", "H5", "P2", "U1"), (28, 22, 14, 18, 12, 6))[0]
    else:
        weights = (40, 32, 10, 9, 7, 2)
        code = chance.choices(("U4", "U6", "U1", "K2", "P1", "S1"), weights)[0]
    provider = "PR0" if code == "P1" else chance.choices(("PR1", "PR4"), (60, 40))[0]
    return code, provider


def _log(care: Care, child: Child, period: Period, chance: Random) -> None:
    until = min(period.ceased or END, END)
    name, started = period.child, period.started
    day = add_working_days(started, chance.randint(10, 20 if chance.random() < 0.94 else 32))
    gap = (70, 91)
    while day <= until:
        care.reviews.append((name, started, day))
        late = chance.random() < 0.05
        day += timedelta(days=gap[1] + chance.randint(5, 30) if late else chance.randint(*gap))
        gap = (130, 181)
    day = started + timedelta(days=chance.randint(1, 7 if chance.random() < 0.94 else 14))
    while day <= until:
        care.visits.append((name, started, day))
        late = chance.random() < 0.06
        day += timedelta(days=chance.randint(43, 60) if late else chance.randint(26, 42))
    _health(care, child, period, until, chance)


def _health(care: Care, child: Child, period: Period, until: date, chance: Random) -> None:
    due = add_working_days(period.started, 20)
    on_time = 0.34 if quarter_of(due) >= planted.LATE_HEALTH_FROM else 0.76
    days = chance.randint(9, 20) if chance.random() < on_time else chance.randint(21, 60)
    day = add_working_days(period.started, days)
    kind = "Initial"
    while day <= until:
        care.health.append((period.child, period.started, day, kind))
        kind = "Review"
        usual = 175 if age_on(child.born, day) < 5 else 355
        late = chance.random() < 0.12
        day += timedelta(days=usual + (chance.randint(15, 90) if late else -chance.randint(0, 25)))


def _short_breaks(people: People, chance: Random) -> list[Period]:
    made = []
    for _ in range(15):
        child = people.new_child(START, 4, 11)
        started = START + timedelta(days=chance.randint(0, 900))
        placement = ((started, None, "U6", "PR1", "In"),)
        made.append(Period(child.child, started, None, "", "N2", "V4", placement))
    return made


def _missing(people: People, periods: list[Period], chance: Random) -> list[tuple]:
    found: list[tuple] = []
    for period in periods:
        until = min(period.ceased or END, END)
        age = age_on(people.children[period.child].born, until)
        if age < 12 or period.legal == "V4" or chance.random() > 0.235:
            continue
        day = max(period.started, START) + timedelta(days=chance.randint(5, 300))
        often = chance.choice((20, 50, 110, 190))
        while day < until and len(found) < 20_000:
            back = day + timedelta(days=chance.choice((0, 0, 1, 1, 2, 5)))
            kind = "M" if chance.random() < 0.8 else "A"
            found.append((period.child, day, min(back, until), kind))
            day = back + timedelta(days=1 + int(chance.expovariate(1 / often)))
    return found


def _pick(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
