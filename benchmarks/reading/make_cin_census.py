"""A synthetic CIN census for 2024/25 as XML, every module, seeded, mostly valid.

    python make_cin_census.py FILE [--children 20000] [--seed 856]

Nobody in this file exists. The pre-proceedings module is of later years; readers of 2024/25 that
do not know it pass it over. Standard library only.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from drawing import ETHNICITIES, NEEDS, YEAR_END, YEAR_START, day_between, pick, pupil

SOURCES = {
    "6": 29, "2A": 19, "3F": 8, "3E": 6, "5A": 12, "5B": 4, "5C": 4, "1A": 7, "1C": 1, "3A": 2,
    "5D": 3, "7": 2, "9": 1, "8": 2,
}  # fmt: skip
FACTORS = (
    "1A", "1B", "2A", "2B", "3A", "3B", "3C", "4A", "4B", "5A", "6A", "7A", "10A", "11A", "13A",
    "14A", "15A", "16A", "17A", "18B", "18C", "19B", "19C", "20", "24A",
)  # fmt: skip
ABUSE = {"NEG": 49, "EMO": 38, "PHY": 8, "SAB": 4, "MUL": 1}
DISABILITIES = ("AUT", "LD", "BEH", "COMM", "CON", "HEAR", "MOB", "VIS", "PC", "INC", "HAND", "DDA")
CLOSED = {"RC7": 60, "RC8": 30, "RC9": 6, "RC5": 4}
HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
 <Header>
  <CollectionDetails>
   <Collection>CIN</Collection><Year>2025</Year><ReferenceDate>2025-03-31</ReferenceDate>
  </CollectionDetails>
  <Source>
   <SourceLevel>L</SourceLevel><LEA>856</LEA><SoftwareCode>Synthetic</SoftwareCode>
   <Release>1</Release><SerialNo>001</SerialNo><DateTime>2025-05-01T09:00:00</DateTime>
  </Source>
 </Header>
 <Children>
"""
FOOTER = " </Children>\n</Message>\n"


def element(name: str, value: object) -> str:
    """One element, or none where there is no value."""
    return "" if value is None or value == "" else f"<{name}>{value}</{name}>"


def group(name: str, *parts: str) -> str:
    """One element around others."""
    return f"<{name}>{''.join(parts)}</{name}>"


def weekday(day: date) -> date:
    """The day, or the Monday after where it is a weekend."""
    return day + timedelta((7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def by_year_end(day: date) -> date | None:
    """The day, or none where it is after the census."""
    return day if day <= YEAR_END else None


def assessment(draw: random.Random, start: date) -> tuple[str, date | None]:
    """One assessment with its factors, and the day it was authorised."""
    authorised = by_year_end(start + timedelta(draw.choice((12, 25, 38, 45, 58, 61, 70))))
    factors: list[str] = []
    if authorised:
        factors = sorted(draw.sample(FACTORS, draw.choice((1, 2, 3, 4))))
    listed = "".join(element("AssessmentFactors", factor) for factor in factors)
    text = group(
        "Assessments",
        element("AssessmentActualStartDate", start),
        element("AssessmentInternalReviewDate", by_year_end(start + timedelta(10))),
        element("AssessmentAuthorisationDate", authorised),
        group("FactorsIdentifiedAtAssessment", listed) if listed else "",
    )
    return text, authorised


def section_47(start: date, conference: date | None, *, is_needed: bool) -> str:
    """One section 47 enquiry."""
    return group(
        "Section47",
        element("S47ActualStartDate", start),
        element("InitialCPCtarget", weekday(start + timedelta(21))),
        element("DateOfInitialCPC", conference),
        element("ICPCnotRequired", 0 if is_needed else 1),
    )


def protection_plan(draw: random.Random, start: date, end: date | None) -> str:
    """One child protection plan and its reviews, three months and then six months apart."""
    reviews, day = [], start + timedelta(draw.randint(70, 91))
    while day <= (end or YEAR_END):
        reviews.append(element("CPPreviewDate", day))
        day += timedelta(draw.randint(150, 182))
    first, latest = pick(draw, ABUSE), pick(draw, ABUSE)
    return group(
        "ChildProtectionPlans",
        element("CPPstartDate", start),
        element("CPPendDate", end),
        element("InitialCategoryOfAbuse", first),
        element("LatestCategoryOfAbuse", latest if draw.random() < 0.1 else first),
        element("NumberOfPreviousCPP", 1 if draw.random() < 0.24 else 0),
        *(group("Reviews", review) for review in reviews),
    )


def pre_proceedings(draw: random.Random, start: date) -> str:
    """One set of pre-proceedings with its family group decision-making meeting."""
    return group(
        "PreProceedingsandFGDM",
        element("PPStartDate", start),
        element("LBPSentDate", start + timedelta(5)),
        element("FGDMMeetingOffer", 1),
        element("FGDMMeetingFac", draw.choice((0, 1))),
        element("InitialPPMeetingDate", by_year_end(start + timedelta(20))),
        element("ReviewMeetingsCount", draw.choice((0, 1, 2))),
    )


def episode(draw: random.Random, referred: date, latest: date) -> tuple[str, date]:
    """One referral with all that followed it, and the last day of it.

    A closed episode ends by `latest`; one still open is said to end on the day after the year.
    """
    head = [
        element("CINreferralDate", referred),
        element("ReferralSource", pick(draw, SOURCES)),
    ]
    if referred >= YEAR_START and draw.random() < 0.08:
        return group("CINdetails", *head, element("ReferralNFA", 1)), referred
    started = max(referred, YEAR_START - timedelta(5)) + timedelta(1)
    text, authorised = assessment(draw, started)
    modules, reason = [text], pick(draw, CLOSED)
    planned = authorised is not None and reason not in ("RC8", "RC9")
    last = authorised or YEAR_END + timedelta(1)
    enquiry = draw.random() < 0.36
    conference: date | None = None
    if enquiry:
        reason = "RC7" if reason in ("RC8", "RC9") else reason
        begun = started + timedelta(draw.randint(0, 10))
        is_needed = draw.random() < 0.42
        if is_needed:
            conference = by_year_end(weekday(begun + timedelta(draw.randint(9, 22))))
        if begun <= YEAR_END:
            modules.append(section_47(begun, conference, is_needed=is_needed))
    plan = ""
    if conference and draw.random() < 0.85:
        ended = by_year_end(conference + timedelta(draw.randint(60, 420)))
        plan = protection_plan(draw, conference, ended)
        last = max(last, ended or YEAR_END + timedelta(1))
        reason = "RC7"
    elif planned and authorised and draw.random() < 0.6:
        first = authorised + timedelta(3)
        end = by_year_end(first + timedelta(draw.randint(30, 300)))
        if first <= YEAR_END:
            dates = element("CINPlanStartDate", first) + element("CINPlanEndDate", end)
            modules.insert(1, group("CINPlanDates", dates))
            last = max(last, end or YEAR_END + timedelta(1))
    if draw.random() < 0.02 and started + timedelta(10) <= YEAR_END:
        modules.append(pre_proceedings(draw, started + timedelta(10)))
    closed = None
    if last <= latest and authorised and draw.random() < 0.85:
        closed = max(last, YEAR_START)
    need = pick(draw, NEEDS)
    return group(
        "CINdetails",
        *head,
        element("PrimaryNeedCode", need),
        element("CINclosureDate", closed),
        element("ReasonForClosure", reason if closed else None),
        *modules,
        element("ReferralNFA", 0),
        plan,
    ), closed or YEAR_END + timedelta(1)


def child_text(draw: random.Random, position: int) -> str:
    """One child with one referral, or more where the first was closed."""
    unborn = draw.random() < 0.015
    if draw.random() < 0.68:
        referred = day_between(draw, YEAR_START, YEAR_END - timedelta(3))
    else:
        referred = day_between(draw, YEAR_START - timedelta(700), YEAR_START)
    born = YEAR_END - timedelta(draw.randint(120, int(17.9 * 365)))
    if unborn:
        referred = max(referred, YEAR_END - timedelta(90))
    referred = max(referred, born - timedelta(60)) if not unborn else referred
    due = YEAR_END + timedelta(draw.randint(5, 150))
    has_number = not unborn and (YEAR_END - born).days > 5 * 365
    identity = group(
        "ChildIdentifiers",
        element("LAchildID", f"SYN{1_000_000 + position}"),
        element("UPN", pupil(draw)) if has_number else element("UPNunknown", "UN1"),
        element("ExpectedPersonBirthDate", due) if unborn else element("PersonBirthDate", born),
        element("Sex", "U" if unborn else draw.choice("MF")),
    )
    disabled = draw.random() < 0.12
    codes = sorted(draw.sample(DISABILITIES, draw.choice((1, 2, 2, 3)))) if disabled else ["NONE"]
    about = group(
        "ChildCharacteristics",
        element("Ethnicity", pick(draw, ETHNICITIES)),
        group("Disabilities", *(element("Disability", code) for code in codes)),
    )
    return group("Child", identity, about, *episodes(draw, referred))


def episodes(draw: random.Random, referred: date) -> Iterator[str]:
    """Referrals one after another: a next one only once the last is closed."""
    while True:
        text, last = episode(draw, referred, YEAR_END)
        yield text
        referred = last + timedelta(draw.randint(10, 90))
        if last > YEAR_END or referred > YEAR_END - timedelta(3) or draw.random() < 0.45:
            return


def census(children: int, seed: int) -> Iterable[str]:
    """The census, a piece at a time."""
    draw = random.Random(seed)
    yield HEADER
    for position in range(children):
        yield child_text(draw, position) + "\n"
    yield FOOTER


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=856)
    asked = parser.parse_args()
    asked.file.parent.mkdir(parents=True, exist_ok=True)
    with asked.file.open("w", encoding="utf-8") as file:
        file.writelines(census(asked.children, asked.seed))
    print(f"{asked.file}: {asked.children} children, {asked.file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
