"""Annex A, Lists 1 to 7: contacts, early help, referrals, assessments, enquiries, cases, plans."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from lscb_analysis.demo import annex_a_codes as codes
from lscb_analysis.demo import planted
from lscb_analysis.demo.annex_a_codes import yes
from lscb_analysis.demo.board import Board
from lscb_analysis.demo.people import Child, age_on
from lscb_analysis.periods import Quarter

Window = tuple[date, date]
List = tuple[tuple[str, ...], list[list[object]]]
COMMON = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
TEAM = ("Allocated Team", "Allocated Worker")
DISABILITY = "Does the Child have a Disability"


def common(child: Child, window: Window) -> list[object]:
    """The five columns that the lists begin with; age -1 before birth."""
    age = age_on(child.born, window[1])
    sex = codes.SEX_NOT_STATED if age < 0 else codes.SEXES[child.sex]
    return [child.child, sex, codes.ETHNICITIES[child.ethnicity], child.born, age]


def disabled(child: Child) -> str:
    """Whether the child has a disability."""
    return yes(child.disability != "NONE")


def worker(child: str) -> list[object]:
    """The team and the worker, numbered."""
    number = int(child[2:]) // 7
    return [f"Team {number % 9 + 1}", f"Worker {number % 83 + 1}"]


def within(day: date | None, window: Window) -> bool:
    """Whether a day falls in the window."""
    return day is not None and window[0] <= day <= window[1]


def known_by(day: date | None, window: Window) -> date | None:
    """The day, if the window's last day has it behind it."""
    return day if day is not None and day <= window[1] else None


def contacts(board: Board, window: Window) -> List:
    """List 1: the contacts that led to referrals, and some that did not; alike in every extract."""
    rows = []
    for child, day, source, _ in board.lives.referrals:
        chance = Random(f"{board.seed}-contacts-{child}-{day}")
        for _ in range(chance.choice((1, 1, 1, 2, 2))):
            when = day - timedelta(days=chance.choice((0, 0, 1, 5, 20)))
            if within(when, window):
                person = board.people.children[child]
                rows.append([*common(person, window), when, codes.SOURCES[source]])
    return (*COMMON, "Date of Contact", "Contact Source"), rows


def early_help(board: Board, window: Window) -> List:
    """List 2: early help assessments, which follow one referral in eight."""
    rows = []
    for number, (child, day, _, _) in enumerate(board.lives.referrals):
        start = day + timedelta(days=45)
        if number % 8 == 0 and within(start, window):
            done = known_by(start + timedelta(days=30 + number % 40), window)
            person = board.people.children[child]
            rows.append([*common(person, window), start, done, "Children's centre"])
    columns = ("Assessment start date", "Assessment completion date",
               "Organisation completing assessment")  # fmt: skip
    return (*COMMON, *columns), rows


def referrals(board: Board, window: Window) -> List:
    """List 3: the number of earlier ones is that before the child's latest."""
    dates = _dates((child, day) for child, day, _, _ in board.lives.referrals if day <= window[1])
    rows: list[list[object]] = [
        [*common(board.people.children[child], window), day, codes.SOURCES[source], yes(nfa),
         _year_before_latest(dates[child]), *worker(child)]
        for child, day, source, nfa in board.lives.referrals
        if within(day, window)
    ]  # fmt: skip
    columns = ("Date of referral", "Referral Source", "Referral NFA?",
               "Number of Referrals in Last 12 Months")  # fmt: skip
    return (*COMMON, *columns, *TEAM), rows


def _dates(events) -> defaultdict[str, list[date]]:
    dates: defaultdict[str, list[date]] = defaultdict(list)
    for child, day in events:
        dates[child].append(day)
    return dates


def _year_before_latest(days: list[date]) -> int:
    if not days:
        return 0
    latest = max(days)
    return sum(latest - timedelta(days=365) <= day < latest for day in days)


def assessments(board: Board, window: Window) -> List:
    """List 4: open on the last day, or authorised in the window."""
    rows = []
    for child, start, authorised, _ in board.lives.assessments:
        done = known_by(authorised, window)
        if start <= window[1] and (done is None or done >= window[0]):
            person = board.people.children[child]
            support = yes(int(child[2:]) % 3 != 0) if done else ""
            seen = yes(done is not None or start < window[1] - timedelta(days=10))
            rows.append(
                [*common(person, window), disabled(person), start, seen, done, support,
                 *worker(child)]
            )  # fmt: skip
    columns = (DISABILITY, "Continuous Assessment Start Date",
               "Child Seen During Continuous Assessment",
               "Continuous Assessment Date of Authorisation",
               "Was the child assessed as requiring LA children’s social care "
               "support?")  # fmt: skip
    return (*COMMON, *columns, *TEAM), rows


def enquiries(board: Board, window: Window, quarter: Quarter) -> List:
    """List 5: section 47 enquiries and conferences; a transfer in has no enquiry."""
    listed = board.lives.enquiries
    started = _dates((c, start) for c, start, _, _ in listed if start and start <= window[1])
    met = _dates((c, held) for c, _, held, _ in listed if held and held <= window[1])
    rows = []
    for number, (child, start, conference, has_plan) in enumerate(listed):
        held = known_by(conference, window)
        if not (within(start, window) or within(held, window)):
            continue
        late = (
            quarter == planted.REVISED_QUARTER
            and within(held, (quarter.start, quarter.end))
            and number % planted.REVISED_ONE_IN == 0
        )
        plan = None if held is None or late else has_plan
        unnecessary = yes(conference is None) if start else ""
        person = board.people.children[child]
        rows.append(
            [*common(person, window), disabled(person), start, unnecessary, held, yes(plan),
             _year_before_latest(started[child]), _year_before_latest(met[child]),
             *worker(child)]
        )  # fmt: skip
    columns = (DISABILITY, "Strategy discussion initiating Section 47 Enquiry Start Date",
               "Was an Initial Child Protection Conference deemed unnecessary?",
               "Date of Initial Child Protection Conference",
               "Did the Initial Child Protection Conference Result in a Child Protection Plan",
               "Number of Section 47 Enquiries in the last 12 months",
               "Number of ICPCs in the last 12 months")  # fmt: skip
    return (*COMMON, *columns, *TEAM), rows


def children_in_need(board: Board, window: Window) -> List:
    """List 6: open cases and those closed in the window, each child once; all in care too."""
    latest = {}
    for case in board.lives.cases:
        if case[1] <= window[1] and case[2] >= window[0]:
            latest[case[0]] = case
    for period in board.care.periods:
        is_open = period.ceased is None or period.ceased > window[1]
        need = latest.get(period.child)
        if period.started <= window[1] and is_open and (need is None or need[2] <= window[1]):
            until = period.ceased or date.max
            latest[period.child] = (period.child, period.started, until, period.need)
    on_plan, in_care = board.on_plan(window[1]), board.in_care(window[1])
    assessed = {c for c, start, done, _ in board.lives.assessments if start <= window[1] < done}
    rows = []
    for child, start, end, need in latest.values():
        closed = known_by(end, window)
        status = ("closed" if closed else "care" if child in in_care
                  else "plan" if child in on_plan else "assessment" if child in assessed
                  else "need")  # fmt: skip
        reason = codes.CLOSURES["RC8" if (end - start).days < 70 else "RC7"] if closed else ""
        person = board.people.children[child]
        rows.append(
            [*common(person, window), disabled(person), start, codes.NEEDS[need],
             min(end, window[1]), closed, reason, codes.STATUSES[status], *worker(child)]
        )  # fmt: skip
    columns = (DISABILITY, "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen",
               "CIN Closure Date", "Reason for Closure", "Case status")  # fmt: skip
    return (*COMMON, *columns, *TEAM), rows


def plans(board: Board, window: Window) -> List:
    """List 7: plans open on the last day, and those that ended in the window."""
    reviews: defaultdict[tuple, list[date]] = defaultdict(list)
    for child, start, day in board.lives.cp_reviews:
        if day <= window[1]:
            reviews[child, start].append(day)
    rows = []
    for child, start, end, initial, latest, before in board.lives.plans:
        if start <= window[1] and end >= window[0]:
            until = min(end, window[1])
            visit = max(start, until - timedelta(days=int(child[2:]) // 7 % 19))
            person = board.people.children[child]
            rows.append(
                [*common(person, window), disabled(person), start, codes.ABUSE[initial],
                 codes.ABUSE[latest], visit, yes(int(child[2:]) % 11 != 0),
                 max(reviews.get((child, start), ()), default=None), known_by(end, window),
                 yes(int(child[2:]) % 29 == 0), before, *worker(child)]
            )  # fmt: skip
    columns = (DISABILITY, "Child Protection Plan Start Date", "Initial Category of Abuse",
               "Latest Category of Abuse", "Date of the Last Statutory Visit",
               "Was the Child Seen Alone?", "Date of latest review conference",
               "Child Protection Plan End Date",
               "Subject to Emergency Protection Order or Protected Under Police Powers in Last "
               "Six Months (Y/N)", "Number of Previous Child Protection Plans")  # fmt: skip
    return (*COMMON, *columns, *TEAM), rows
