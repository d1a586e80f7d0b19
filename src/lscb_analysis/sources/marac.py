"""The Marac return: totals of each meeting of a multi-agency risk assessment conference."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import (
    Layout,
    Result,
    flagged,
    gather,
    keep_first,
    key_dates,
    read_columns,
    records_of,
    totals,
    with_all,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

NAME = "marac"
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
    },
    marks=("meeting_date", "marac", "cases"),
)
LAYOUTS = (MEETINGS,)
PARTS_OF_CASES = ("repeat_cases", "police_referrals")
NUMBERS = ("cases", "repeat_cases", "children", "police_referrals")


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The table `marac_meetings` of a submission, and the findings.

    One row is one meeting; the four numbers are totals (`Int64`), missing where they
    are blank, negative or more than they can be: a missing number is never zero.
    """
    meetings, findings = gather(
        tables,
        MEETINGS,
        context,
        ["meeting_date", "marac"],
        lambda table: _meetings(table, context),
    )
    return records_of({"marac_meetings": meetings}), findings


def _meetings(table: RawTable, context: Context) -> Result:
    meetings, findings = read_columns(
        table,
        MEETINGS,
        {
            "meeting_date": key_dates(context),
            "marac": texts(80),
            **{number: totals() for number in NUMBERS},
        },
    )
    dated = with_all(meetings, ["meeting_date"])
    once, again = keep_first(dated, ["meeting_date", "marac"], table, MEETINGS)
    checked, too_many = _parts_within_cases(once, table)
    return checked, join_findings([findings, again, *too_many])


def _parts_within_cases(
    meetings: pd.DataFrame, table: RawTable
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The meetings with a part missing where it is more than the cases it is part of."""
    checked, findings = meetings.copy(), []
    for part in PARTS_OF_CASES:
        over = meetings[part].gt(meetings["cases"]).fillna(False).astype(bool)
        checked[part] = meetings[part].mask(over)
        findings.append(
            flagged(
                meetings,
                over,
                table,
                MEETINGS,
                column=part,
                found="more than the meeting's cases",
                expected="at most the number of cases",
                action="correct it; until then it is not known",
            )
        )
    return checked, findings
