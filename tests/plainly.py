"""Figures of the example board's 2016-17 Q4, straight from the raw files with plain pandas.

Nothing here comes from the package: files are read as they lie, and what a planted dirty row
counts for is what its finding says. A figure is given as the briefing is to print it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from defusedxml import ElementTree

START, END = pd.Timestamp("2017-01-01"), pd.Timestamp("2017-03-31")
YEAR_START, POOLED_START = pd.Timestamp("2016-04-01"), pd.Timestamp("2014-04-01")
# England's bank holidays of the financial year 2016-17, from gov.uk/bank-holidays
BANK_HOLIDAYS = [
    *("2016-05-02", "2016-05-30", "2016-08-29", "2016-12-26", "2016-12-27", "2017-01-02"),
]
CHILD = "Child Unique ID"
SECTION_47 = "Strategy discussion initiating Section 47 Enquiry Start Date"
CONFERENCE = "Date of Initial Child Protection Conference"
PLAN_START, PLAN_END = "Child Protection Plan Start Date", "Child Protection Plan End Date"


def nearest_five(count: float) -> int:
    """Halves go up."""
    return int(5 * np.floor(count / 5 + 0.5))


def number(count: float) -> str:
    return f"{count:,.0f}"


def per_cent(part: float, whole: float) -> str:
    """One decimal, halves up."""
    return f"{np.floor(1000 * part / whole + 0.5 + 1e-9) / 10:.1f}%"


def annex_a(folder: Path, list_number: int) -> pd.DataFrame:
    """One list as sent, identifiers trimmed; impossible dates are missing, as their finding says.

    A row for something that an earlier row gives is left to each indicator's own key.
    """
    (path,) = folder.glob("Annex*.xlsx")
    rows = pd.read_excel(path, sheet_name=f"List {list_number}", skiprows=1, engine="calamine")
    for column in rows.columns:
        if "date" in column.lower():
            rows[column] = pd.to_datetime(rows[column], dayfirst=True, errors="coerce")
    rows[CHILD] = rows[CHILD].str.strip().str.upper()
    return rows


def working_days(start: pd.Series, end: pd.Series) -> np.ndarray:
    """Day 0 is the start date."""
    first = start.to_numpy().astype("datetime64[D]") + 1
    last = end.to_numpy().astype("datetime64[D]") + 1
    return np.busday_count(first, last, holidays=BANK_HOLIDAYS)


def in_quarter(days: pd.Series) -> pd.Series:
    return days.between(START, END)


def plans_at_date(folder: Path) -> str:
    plans = annex_a(folder, 7).drop_duplicates([CHILD, PLAN_START])
    # the plan that ends before it starts: "it ends on the day it starts", so it is not open
    is_open = (plans[PLAN_START] <= END) & (plans[PLAN_END].isna() | (plans[PLAN_END] > END))
    return number(plans.loc[is_open, CHILD].nunique())


def plan_starts(folder: Path) -> str:
    plans = annex_a(folder, 7).drop_duplicates([CHILD, PLAN_START])
    return number(in_quarter(plans[PLAN_START]).sum())


def section_47s(folder: Path) -> str:
    enquiries = annex_a(folder, 5).drop_duplicates([CHILD, SECTION_47])
    return number(in_quarter(enquiries[SECTION_47]).sum())


def conferences_in_time(folder: Path) -> str:
    held = annex_a(folder, 5).drop_duplicates([CHILD, CONFERENCE])
    # without a section 47 it is a transfer in, which is not timed
    held = held[in_quarter(held[CONFERENCE]) & (held[SECTION_47] <= held[CONFERENCE])]
    return per_cent((working_days(held[SECTION_47], held[CONFERENCE]) <= 15).sum(), len(held))


def assessments_in_time(folder: Path) -> str:
    start, done = (
        "Continuous Assessment Start Date",
        "Continuous Assessment Date of Authorisation",
    )
    finished = annex_a(folder, 4).drop_duplicates([CHILD, start])
    finished = finished[in_quarter(finished[done])]
    return per_cent((working_days(finished[start], finished[done]) <= 45).sum(), len(finished))


def _in_care(folder: Path) -> pd.DataFrame:
    """Periods of care, agreed series of short breaks (V3, V4) left out."""
    periods = annex_a(folder, 8).drop_duplicates([CHILD, "Date Started to be Looked After"])
    return periods[~periods["Child's Legal Status"].str.contains("V3|V4")]


def _looked_after(folder: Path) -> pd.DataFrame:
    periods = _in_care(folder)
    ceased = periods["Date Ceased to be Looked After"]
    return periods[ceased.isna() | (ceased > END)]


def looked_after_at_date(folder: Path) -> str:
    return number(_looked_after(folder)[CHILD].nunique())


def looked_after_starts(folder: Path) -> str:
    return number(in_quarter(_in_care(folder)["Date Started to be Looked After"]).sum())


def three_placements(folder: Path) -> str:
    children = _looked_after(folder)
    many = children["Number of Placements in the Last 12 months"] >= 3
    return per_cent(many.sum(), len(children))


def leavers_in_touch(folder: Path) -> str:
    leavers = annex_a(folder, 9)
    leavers = leavers[leavers["Age of Child (Years)"].between(17, 21)]
    answers = leavers["LA In Touch"].str.strip().str.lower()
    return per_cent(answers.str.endswith("yes").sum(), len(answers))


def missing_episodes(folder: Path) -> str:
    episodes = pd.read_csv(folder / "ssda903" / "missing.csv")
    started = pd.to_datetime(episodes["MIS_START"], dayfirst=True)
    is_missing = episodes["MISSING"] == "M"  # A is away without authority
    return number((is_missing & started.between(YEAR_START, END)).sum())


def _police(folder: Path, which: str) -> pd.DataFrame:
    (path,) = folder.glob(f"police*{which}.csv")
    return pd.read_csv(path, encoding="cp1252")


def _incidents(folder: Path) -> pd.DataFrame:
    incidents = _police(folder, "incidents").drop_duplicates("Incident ID")
    # the impossible date: "the row is left out"
    days = pd.to_datetime(incidents["Incident Date"], dayfirst=True, errors="coerce")
    return incidents[in_quarter(days)]


def incidents(folder: Path) -> str:
    return number(nearest_five(len(_incidents(folder))))


def child_resident(folder: Path) -> str:
    """Of rounded counts, so that the percentage does not give an exact one back."""
    recorded = _incidents(folder)
    with_child = (recorded["Children Resident"] == "Yes").sum()
    return per_cent(nearest_five(with_child), nearest_five(len(recorded)))


def children_notified(folder: Path) -> str:
    notified = _police(folder, "children")
    days = pd.to_datetime(notified["Notification Date"], dayfirst=True)
    return number(nearest_five(notified.loc[in_quarter(days), "Child Reference"].nunique()))


def _marac(folder: Path) -> pd.DataFrame:
    return pd.read_excel(folder / "marac.xlsx", skiprows=1, engine="calamine")


def marac_cases(folder: Path) -> str:
    return number(nearest_five(_marac(folder)["Cases"].sum()))


def marac_repeats(folder: Path) -> str:
    meetings = _marac(folder)
    repeats, cases = meetings["Repeat Cases"].sum(), meetings["Cases"].sum()
    return per_cent(nearest_five(repeats), nearest_five(cases))


def assessments_with_abuse(folder: Path) -> str:
    """Of the assessments authorised in the year that name any factor, from the census."""
    found = []
    for assessment in ElementTree.parse(folder / "cin_census.xml").iter("Assessments"):
        done = pd.Timestamp(assessment.findtext("AssessmentAuthorisationDate"))
        factors = {factor.text for factor in assessment.iter("AssessmentFactors")}
        factors -= {"21"}  # no factor was found
        if factors and YEAR_START <= done <= END:
            found.append(bool(factors & {"3A", "3B", "3C"}))
    return per_cent(nearest_five(sum(found)), nearest_five(len(found)))


def _deaths_sheet(folder: Path, name: str) -> pd.DataFrame:
    path = folder / "child_deaths.xlsx"
    return pd.read_excel(path, sheet_name=name, skiprows=1, engine="calamine")


def _deaths(folder: Path, dated_by: str) -> pd.DataFrame:
    """Cases of the three areas together, dated in the three years that are pooled."""
    cases = _deaths_sheet(folder, "Cases")
    return cases[pd.to_datetime(cases[dated_by], dayfirst=True).between(POOLED_START, END)]


def deaths_occurred(folder: Path) -> str:
    return number(len(_deaths(folder, "Date of Death")))


def deaths_notified(folder: Path) -> str:
    return number(len(_deaths(folder, "Date Notified")))


def deaths_reviewed(folder: Path) -> str:
    return number(len(_deaths(folder, "Date of Panel Review")))


def deaths_modifiable(folder: Path) -> str:
    reviewed = _deaths(folder, "Date of Panel Review")
    return per_cent((reviewed["Modifiable"] == "Yes").sum(), len(reviewed))


def death_forms_in_time(folder: Path) -> str:
    forms = _deaths_sheet(folder, "Forms")
    due, returned = (
        pd.to_datetime(forms[column], dayfirst=True) for column in ("Date Due", "Date Returned")
    )
    is_due = due.between(POOLED_START, END)
    return per_cent((returned <= due)[is_due].sum(), is_due.sum())


def deaths_in_first_month(folder: Path) -> str:
    died = _deaths(folder, "Date of Death")
    return per_cent((died["Age in Days"] <= 27).sum(), len(died))
