"""Annex A, Lists 1 to 9, of one quarter: six months to its last day, as Ofsted's form has it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random

from lscb_analysis.demo import planted
from lscb_analysis.demo.board import Board
from lscb_analysis.demo.care import Period
from lscb_analysis.demo.people import Child, age_on
from lscb_analysis.demo.workbooks import Sheet, write_workbook
from lscb_analysis.periods import Quarter

COMMON = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
TEAM = ("Allocated Team", "Allocated Worker")
SEXES = {"M": "a) Male", "F": "b) Female"}
ETHNICITY_CODES = (
    "WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN",
    "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
)  # fmt: skip
SOURCE_CODES = (
    "1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4", "5A", "5B",
    "5C", "6", "7", "8", "9", "10",
)  # fmt: skip
LETTERS = dict(zip(ETHNICITY_CODES, "abcdefghijklmnopqrss", strict=True))
SOURCE_LETTERS = dict(zip(SOURCE_CODES, "abcdefghijklmnopqrstu", strict=True))
CATEGORIES = {"NEG": "a) Neglect", "PHY": "b) Physical", "SAB": "c) Sexual", "EMO": "d) Emotional",
              "MUL": "e) Multiple/not recommended"}  # fmt: skip
NEEDS = dict(zip(["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"], "abcdefgh", strict=True))
LEGAL = {"C1": "C1: ICO", "C2": "C2: FCO", "E1": "E1: PO", "V2": "V2: S20", "V4": "V4"}


def write_annex_a(folder: Path, board: Board, quarter: Quarter) -> Path:
    """The quarter's workbook: title in row 1, headers in row 2, sheets List 1 to List 9."""
    window = (quarter.next(-1).start, quarter.end)
    lists = {
        "List 1": _contacts(board, window, quarter),
        "List 2": _early_help(board, window),
        "List 3": _referrals(board, window),
        "List 4": _assessments(board, window),
        "List 5": _enquiries(board, window, quarter),
        "List 6": _cases(board, window),
        "List 7": _plans(board, window),
        "List 8": _care(board, window),
        "List 9": _leavers(board, quarter),
    }
    if quarter == planted.DIRTY_QUARTER:
        _dirty(lists)
    sheets = {
        name: Sheet(header, rows, f"{name} - {planted.MARK}")
        for name, (header, rows) in lists.items()
    }
    return write_workbook(folder / f"Annex A {quarter.id}.xlsx", sheets)


def common(child: Child, at: date) -> list[object]:
    """The five columns that Lists 1 to 8 begin with."""
    unborn = child.born > at
    sex = "c) Not stated/recorded" if unborn else SEXES[child.sex]
    ethnicity = f"{LETTERS[child.ethnicity]}) {child.ethnicity}"
    return [child.child, sex, ethnicity, child.born, age_on(child.born, at)]


def yes(answer: object) -> str:
    """Ofsted's yes and no; nothing where it is not known."""
    return "" if answer is None else "a) Yes" if answer else "b) No"


def _within(day: date | None, window: tuple[date, date]) -> bool:
    return day is not None and window[0] <= day <= window[1]


def _known(day: date | None, window: tuple[date, date]) -> date | None:
    return day if day is not None and day <= window[1] else None


def _worker(child: str) -> list[object]:
    number = int(child[2:]) // 7
    return [f"Team {number % 9 + 1}", f"Worker {number % 83 + 1}"]


def _contacts(board: Board, window, quarter: Quarter) -> tuple:
    chance = Random(f"{board.seed}-contacts-{quarter.id}")
    rows = []
    for child, day, source, _ in board.lives.referrals:
        if _within(day, window):
            for _ in range(chance.choice((1, 1, 1, 2, 2))):
                when = max(window[0], day - timedelta(days=chance.choice((0, 0, 1, 5, 20))))
                person = board.people.children[child]
                rows.append([*common(person, when), when, f"{SOURCE_LETTERS[source]}) {source}"])
    return (*[(*COMMON, "Date of Contact", "Contact Source")], rows)


def _early_help(board: Board, window) -> tuple:
    rows = []
    for number, (child, day, _, _) in enumerate(board.lives.referrals):
        start = day + timedelta(days=45)
        if number % 8 == 0 and _within(start, window):
            person = board.people.children[child]
            done = _known(start + timedelta(days=30 + number % 40), window)
            rows.append([*common(person, start), start, done, "Children's centre"])
    columns = ("Assessment start date", "Assessment completion date",
               "Organisation completing assessment")  # fmt: skip
    return ((*COMMON, *columns), rows)


def _referrals(board: Board, window) -> tuple:
    dates = defaultdict(list)
    for child, day, _, _ in board.lives.referrals:
        if day <= window[1]:
            dates[child].append(day)
    rows = []
    for child, day, source, nfa in board.lives.referrals:
        if _within(day, window):
            latest = max(dates[child])
            year_before = latest - timedelta(days=365)
            earlier = sum(year_before <= each < latest for each in dates[child])
            rows.append(
                [*common(board.people.children[child], day), day,
                 f"{SOURCE_LETTERS[source]}) {source}", yes(nfa), earlier, *_worker(child)]
            )  # fmt: skip
    columns = ("Date of referral", "Referral Source", "Referral NFA?",
               "Number of Referrals in Last 12 Months", *TEAM)  # fmt: skip
    return ((*COMMON, *columns), rows)


def _assessments(board: Board, window) -> tuple:
    rows = []
    for child, start, authorised, _ in board.lives.assessments:
        done = _known(authorised, window)
        if start <= window[1] and (done is None or done >= window[0]):
            person = board.people.children[child]
            support = yes(int(child[2:]) % 3 != 0) if done else ""
            rows.append(
                [*common(person, start), "b) No", start, "a) Yes", done, support, *_worker(child)]
            )
    columns = ("Does the Child have a Disability", "Continuous Assessment Start Date",
               "Child Seen During Continuous Assessment",
               "Continuous Assessment Date of Authorisation",
               "Was the child assessed as requiring LA children’s social care support?",
               *TEAM)  # fmt: skip
    return ((*COMMON, *columns), rows)


def _enquiries(board: Board, window, quarter: Quarter) -> tuple:
    rows = []
    for number, (child, start, conference, has_plan) in enumerate(board.lives.enquiries):
        day = start or conference
        held = _known(conference, window)
        if not (_within(day, window) or _within(held, window)):
            continue
        if start is None and held is None:
            continue
        late = quarter == planted.REVISED_QUARTER and number % 40 == 0
        plan = None if held is None or late else has_plan
        unnecessary = yes(conference is None) if start else ""
        rows.append(
            [*common(board.people.children[child], day), "b) No", start, unnecessary, held,
             yes(plan), 0, 0, *_worker(child)]
        )  # fmt: skip
    columns = ("Does the Child have a Disability",
               "Strategy discussion initiating Section 47 Enquiry Start Date",
               "Was an Initial Child Protection Conference deemed unnecessary?",
               "Date of Initial Child Protection Conference",
               "Did the Initial Child Protection Conference Result in a Child Protection Plan",
               "Number of Section 47 Enquiries in the last 12 months",
               "Number of ICPCs in the last 12 months", *TEAM)  # fmt: skip
    return ((*COMMON, *columns), rows)


def _cases(board: Board, window) -> tuple:
    latest = {}
    for case in board.lives.cases:
        child, start, end, _ = case
        if start <= window[1] and end >= window[0]:
            latest[child] = case
    on_plan, in_care = board.on_plan(window[1]), board.in_care(window[1])
    rows = []
    for child, start, end, need in latest.values():
        closed = _known(end, window)
        status = ("a) Looked after child" if child in in_care
                  else "b) Child Protection plan" if child in on_plan
                  else "e) Closed episode" if closed else "c) Child in need plan")  # fmt: skip
        rows.append(
            [*common(board.people.children[child], window[1]), "b) No", start,
             f"{NEEDS[need]}) {need}", min(end, window[1]), closed, "g) RC7" if closed else "",
             status, *_worker(child)]
        )  # fmt: skip
    columns = ("Does the Child have a Disability", "CIN Start Date", "Primary Need Code",
               "Date Child Was Last Seen", "CIN Closure Date", "Reason for Closure", "Case status",
               *TEAM)  # fmt: skip
    return ((*COMMON, *columns), rows)


def _plans(board: Board, window) -> tuple:
    reviews = defaultdict(list)
    for child, start, day in board.lives.cp_reviews:
        if day <= window[1]:
            reviews[child, start].append(day)
    rows = []
    for child, start, end, initial, latest, before in board.lives.plans:
        if start <= window[1] and end >= window[0]:
            held = reviews.get((child, start))
            rows.append(
                [*common(board.people.children[child], window[1]), "b) No", start,
                 CATEGORIES[initial], CATEGORIES[latest], min(end, window[1]), "a) Yes",
                 max(held) if held else None, _known(end, window), "b) No", before,
                 *_worker(child)]
            )  # fmt: skip
    columns = ("Does the Child have a Disability", "Child Protection Plan Start Date",
               "Initial Category of Abuse", "Latest Category of Abuse",
               "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
               "Date of latest review conference", "Child Protection Plan End Date",
               "Subject to Emergency Protection Order or Protected Under Police Powers in Last "
               "Six Months (Y/N)", "Number of Previous Child Protection Plans", *TEAM)  # fmt: skip
    return ((*COMMON, *columns), rows)


def _care(board: Board, window) -> tuple:
    latest: dict[str, Period] = {}
    for period in board.care.periods:
        ended = period.ceased is not None and period.ceased < window[0]
        if period.started <= window[1] and not ended:
            latest[period.child] = period
    columns = (
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        "Does the Child have a Disability", "Date Started to be Looked After",
        "Child's Category of Need",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 "
        "months (Y/N)",
        "Start date of current legal status", "Child's Legal Status",
        "Date of Latest Statutory Review", "Date of Last Social Work Visit",
        "What is the permanence plan for this child?", "Date of Last IRO Visit / Contact to the "
        "Child", "Date of Last Health Assessment", "Date of Last Dental Check",
        "Number of Placements in the Last 12 months", "Date Ceased to be Looked After",
        "Reason Ceased to be Looked After", "Start Date of Most Recent Placement",
        "Placement Type", "Placement Provider", "Placement postcode", "URN of Placement",
        "Placement Location", "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 "
        "months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 "
        "months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?", *TEAM,
    )  # fmt: skip
    return ((*COMMON, *columns), [_care_row(board, period, window) for period in latest.values()])


def _care_row(board: Board, period: Period, window) -> list[object]:
    person = board.people.children[period.child]
    ceased = _known(period.ceased, window)
    until = ceased or window[1]
    year_before = until - timedelta(days=365)
    lived = [p for p in period.placements if p[0] <= until]
    placed = lived[-1]
    recent = sum(1 for p in lived if p[1] is None or p[1] > year_before)
    logged = board.last_logged(period, window[1])
    missing = [m for m in board.missing[period.child] if year_before < m[1] <= until]
    gone = sum(m[3] == "M" for m in missing)
    uasc = yes(period.child in board.asylum_seeking)
    return [
        *common(person, until), uasc, "b) No", period.started,
        f"{NEEDS[period.need]}) {period.need}", "b) No", period.started, LEGAL[period.legal],
        logged["review"], logged["visit"], "f) Long-term fostering", None, logged["health"],
        None, recent, ceased, f"a) {period.reason}" if ceased else "", placed[0],
        f"a) {placed[2]}", placed[3], "", "", "a) In" if placed[4] == "In" else "b) Out",
        planted.AREA if placed[4] == "In" else "Elsewhere", gone, len(missing) - gone,
        yes(True) if gone else "", yes(True) if gone else "", *_worker(period.child),
    ]  # fmt: skip


def _leavers(board: Board, quarter: Quarter) -> tuple:
    rows = []
    for child, since, touch, home, doing in board.care_leavers:
        person = board.people.children[child]
        age = age_on(person.born, quarter.end)
        if since <= quarter.end and 17 <= age <= 21:
            base = common(person, quarter.end)
            shift = (int(child[2:]) + quarter.number) % 23 == 0
            in_touch = "b) No" if touch == "No" or shift else "a) Yes"
            rows.append(
                [*base, "b) No", *_worker(child), "b) Former relevant child", in_touch,
                 "D" if home == "Suitable" else "W",
                 "a) Suitable" if home == "Suitable" else "b) Unsuitable", doing]
            )  # fmt: skip
    columns = ("Does the Child have a Disability", *TEAM, "Eligibility Category", "LA In Touch",
               "Type of Accommodation", "Suitability of Accommodation",
               "Activity Status")  # fmt: skip
    return ((*COMMON, *columns), rows)


def _dirty(lists: dict[str, tuple]) -> None:
    """Spoil a few rows of the last quarter's lists, as planted.py and the page on it say."""
    referrals, plans, care = lists["List 3"][1], lists["List 7"][1], lists["List 8"][1]
    assessments = lists["List 4"][1]
    referrals[10][5] = planted.IMPOSSIBLE_DATE
    referrals[11][3] = planted.IMPOSSIBLE_BIRTH.strftime("%d/%m/%Y")
    referrals[12][0] = f" {str(referrals[12][0]).lower()} "
    referrals.append(list(referrals[13]))
    assessments[20][2] = planted.UNKNOWN_ETHNICITY
    ended = next(row for row in plans if row[13] is not None)
    ended[13] = ended[6] - timedelta(days=9)
    plans.append(list(plans[5]))
    care[7][3] = "May be 2008"
