"""The Marac return: totals of each meeting of a multi-agency risk assessment conference."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.sources.board_rules import (
    ReadTable,
    as_parsed,
    check,
    first_of_each,
    gather_read,
    read_all,
)
from lscb_analysis.sources.board_tables import Layout, Parser, key_dates, records_of, totals
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.marac_rules import PARTS_OF_CASES, RULES
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.parsing import parse_whole_numbers
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

NAME = "marac"
NUMBERS = ("cases", "repeat_cases", "children", "police_referrals")
# What a meeting's cases are counted by beside that, as records name it, and its column.
CHARACTERISTICS = {
    "Referred by domestic abuse services": (
        *("Referrals from Domestic Abuse Services", "IDVA Referrals"),
    ),
    "Referred by children's social care": ("Referrals from Children's Social Care",),
    "Referred by adult social care": ("Referrals from Adult Social Care",),
    "Referred by health services": ("Referrals from Health", "Health Referrals"),
    "Referred by housing": ("Referrals from Housing", "Housing Referrals"),
    "Referred by probation": ("Referrals from Probation", "Probation Referrals"),
    "Referred by schools": ("Referrals from Education", "Referrals from Schools"),
    "Referred by others": ("Referrals from Others", "Other Referrals"),
    "Minority ethnic victims": ("Minority Ethnic Victims", "BME Cases", "B&ME Cases"),
    "LGBT+ victims": ("LGBT+ Victims", "LGBT Cases"),
    "Victims with a disability": ("Disabled Victims", "Cases with a Disability"),
    "Male victims": ("Male Victims", "Cases with a Male Victim"),
    "Victims aged 16 or 17": (
        *("Victims Aged 16-17", "Victims Aged 16 or 17", "16-17 Year Old Victims"),
    ),
    "Perpetrators aged 17 or under": (
        *("Perpetrators Aged 17 or Under", "Perpetrators Aged 17 and Under"),
        "Harming Others Aged 17 or Under",
    ),
}
MEETINGS = Layout(
    NAME,
    "Marac return",
    {
        "meeting_date": ("Meeting Date", "Date of Meeting"),
        "marac": ("Marac", "Marac Name"),
        "cases": ("Cases", "Number of Cases", "Cases Discussed"),
        "repeat_cases": ("Repeat Cases", "Repeats", "Number of Repeat Cases"),
        "children": ("Children", "Number of Children", "Children in Household"),
        "police_referrals": ("Referrals from Police", "Police Referrals"),
        **CHARACTERISTICS,
    },
    marks=("meeting_date", "marac", "cases"),
)
LAYOUTS = (MEETINGS,)
KEY = ["meeting_date", "marac"]


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The table `marac_meetings` of a submission, and the findings.

    One row is one meeting; the four numbers are totals (`Int64`), missing where they
    are blank, negative or more than they can be: a missing number is never zero.
    `marac_characteristics`, where a column for one was sent, has a row for each meeting
    and characteristic with the number of `cases`, those that are not known left out.
    """
    sent = _read(tables, context)
    meetings, of_meetings = gather_read(sent, MEETINGS, context, KEY, _once)
    records: dict[str, pd.DataFrame | None] = {"marac_meetings": meetings}
    if meetings is not None:
        records["marac_meetings"] = meetings.drop(columns=list(CHARACTERISTICS))
        asked = [name for name in CHARACTERISTICS if name in _parsed(sent)["meetings"].rows]
        records["marac_characteristics"] = by_characteristic(meetings, asked) if asked else None
    checked = check(RULES, _parsed(sent), context)
    return records_of(records), join_findings([of_meetings, checked])


def tables_sent(tables: list[RawTable], context: Context) -> dict[str, Parsed]:
    """Every row of `meetings` that was sent, as rules look at it."""
    return _parsed(_read(tables, context))


def _parsed(sent: list[ReadTable]) -> dict[str, Parsed]:
    meetings = as_parsed(sent, MEETINGS)
    return {} if meetings is None else {"meetings": meetings}


def by_characteristic(meetings: pd.DataFrame, characteristics: list[str]) -> pd.DataFrame:
    """One row for each meeting and characteristic whose number of `cases` is known.

    The columns: `meeting_date`, `marac`, `characteristic`, `cases` (`Int64`), the stamp.
    """
    long = meetings[[*KEY, "submission", "source", *characteristics]].melt(
        id_vars=[*KEY, "submission", "source"],
        value_vars=characteristics,
        var_name="characteristic",
        value_name="cases",
    )
    known = long[long["cases"].notna()].reset_index(drop=True)
    typed = known.assign(
        cases=known["cases"].astype("Int64"),
        characteristic=known["characteristic"].astype("str"),
    )
    return typed[[*KEY, "characteristic", "cases", "submission", "source"]]


def _read(tables: list[RawTable], context: Context) -> list[ReadTable]:
    parsers: dict[str, Parser] = {
        "meeting_date": key_dates(context),
        "marac": texts(80),
        **{number: totals() for number in NUMBERS},
        **dict.fromkeys(CHARACTERISTICS, parse_whole_numbers),
    }
    return read_all(tables, MEETINGS, parsers, frozenset(CHARACTERISTICS))


def _once(item: ReadTable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each meeting once, a part of its cases missing where it is more than they are."""
    meetings = first_of_each(item.rows, ["meeting_date"], KEY)
    sound = {
        part: meetings[part].mask(meetings[part].gt(meetings["cases"]).fillna(False).astype(bool))
        for part in (*PARTS_OF_CASES, *CHARACTERISTICS)
    }
    return meetings.assign(**sound), as_findings()
