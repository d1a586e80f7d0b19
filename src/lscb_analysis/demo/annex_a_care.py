"""Annex A, Lists 8 and 9: children looked after, and care leavers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from lscb_analysis.demo import annex_a_codes as codes
from lscb_analysis.demo import planted
from lscb_analysis.demo.annex_a_codes import yes
from lscb_analysis.demo.annex_a_lists import (
    COMMON,
    DISABILITY,
    TEAM,
    List,
    Window,
    common,
    disabled,
    known_by,
    worker,
)
from lscb_analysis.demo.board import Board
from lscb_analysis.demo.care import Period
from lscb_analysis.demo.people import age_on

CARE = (
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", DISABILITY,
    "Date Started to be Looked After", "Child's Category of Need",
    "Is this a second or subsequent period of being a Looked After Child within the last 12 months "
    "(Y/N)",
    "Start date of current legal status", "Child's Legal Status",
    "Date of Latest Statutory Review", "Date of Last Social Work Visit",
    "What is the permanence plan for this child?",
    "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment",
    "Date of Last Dental Check", "Number of Placements in the Last 12 months",
    "Date Ceased to be Looked After", "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement", "Placement Type", "Placement Provider",
    "Placement postcode", "URN of Placement", "Placement Location", "LA of Placement",
    "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
)  # fmt: skip
LEAVERS = (
    DISABILITY, *TEAM, "Eligibility Category", "LA In Touch", "Type of Accommodation",
    "Suitability of Accommodation", "Activity Status",
)  # fmt: skip
ELSEWHERE = "Merefordshire"


def looked_after(board: Board, window: Window) -> List:
    """List 8: looked after on the last day or at any time in the window, each child once."""
    latest: dict[str, Period] = {}
    earlier: defaultdict[str, list[Period]] = defaultdict(list)
    for period in board.care.periods:
        if period.started > window[1]:
            continue
        if period.ceased is None or period.ceased >= window[0]:
            latest[period.child] = period
        earlier[period.child].append(period)
    rows = [_row(board, period, earlier[period.child], window) for period in latest.values()]
    return (*COMMON, *CARE, *TEAM), rows


def _row(board: Board, period: Period, periods: list[Period], window: Window) -> list[object]:
    person = board.people.children[period.child]
    ceased = known_by(period.ceased, window)
    until = ceased or window[1]
    year_before = until - timedelta(days=365)
    lived = [placement for placement in period.placements if placement[0] <= until]
    since, _, place, provider, inside = lived[-1]
    logged = board.last_logged(period, window[1])
    episodes = [m for m in board.missing[period.child] if year_before < m[1] <= until]
    gone = sum(episode[3] == "M" for episode in episodes)
    again = any(
        other is not period and other.ceased is not None and other.ceased > year_before
        for other in periods
    )
    came_alone = period.child in board.asylum_seeking and period.started > year_before
    number = int(period.child[2:])
    offered = gone > 0 and number % 10 != 3
    return [
        *common(person, window), yes(came_alone), disabled(person), period.started,
        codes.NEEDS[period.need], yes(again), period.started, codes.LEGAL[period.legal],
        logged["review"], logged["visit"], codes.PERMANENCE[place], logged["review"],
        logged["health"], _dental(number, period.started, until),
        sum(placement[1] is None or placement[1] > year_before for placement in lived), ceased,
        codes.CEASED[period.reason] if ceased else "", since, codes.PLACEMENTS[place],
        codes.PROVIDERS[provider], "", "", "a) In" if inside == "In" else "b) Out",
        planted.AREA if inside == "In" else ELSEWHERE, gone, len(episodes) - gone,
        yes(offered) if gone else "", yes(number % 4 != 0) if offered else "",
        *worker(period.child),
    ]  # fmt: skip


def _dental(number: int, started: date, until: date) -> date | None:
    checked = until - timedelta(days=20 + number % 390)
    return checked if checked > started else None


def care_leavers(board: Board, window: Window) -> List:
    """List 9: care leavers aged 17 to 21 on the last day."""
    rows = []
    for leaver in board.care_leavers:
        person = board.people.children[leaver.child]
        age = age_on(person.born, window[1])
        if leaver.since > window[1] or not 17 <= age <= 21:
            continue
        eligible = "a) Relevant child" if age == 17 else "b) Former relevant child"
        suits = "a) Suitable" if leaver.is_suitable else "b) Unsuitable"
        rows.append(
            [*common(person, window), disabled(person), *worker(leaver.child), eligible,
             yes(leaver.is_in_touch), codes.ACCOMMODATION[leaver.home], suits,
             codes.ACTIVITIES[leaver.activity]]
        )  # fmt: skip
    return (*COMMON, *LEAVERS), rows
