"""Ofsted's Annex A: social care's lists of children, six months to the quarter's end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.periods import Quarter
from lscb_analysis.sources.annex_a_columns import NAME
from lscb_analysis.sources.annex_a_records import records_of_lists
from lscb_analysis.sources.annex_a_rules import RULES
from lscb_analysis.sources.annex_a_tables import (
    EVERY_CHILD,
    LAYOUTS,
    LISTS,
    every_child,
    not_sent,
    read_lists,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed, once_each
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.rules import run_rules

__all__ = ["LAYOUTS", "NAME", "covers", "read"]

# Lists that no measure counts yet: that one was not sent is told as a note.
_NOT_COUNTED = ("contacts", "early_help", "children_in_need", "adoptions", "adopters")
_TWELVE_MONTHS = ("adoption_cases", "adopters")


def covers(table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day covered: six months, or for a snapshot the last day alone.

    Lists 10 and 11 cover twelve months.
    """
    if table.endswith("_at_date"):
        return quarter.end, quarter.end
    return quarter.next(-3 if table in _TWELVE_MONTHS else -1).start, quarter.end


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables of records in Annex A's lists, and the findings.

    `contacts`, `early_help_assessments`, `referrals`, `assessments`, `section_47s`,
    `conferences`, `children_in_need`, `cp_plans`, `cp_latest_reviews` (the latest review
    conference of each plan), `looked_after_periods`, `looked_after_at_date`,
    `care_leavers_at_date`, `adoption_cases`, `adopters`; the columns that need history are
    added later. A list that was not sent, or has no rows, is not in the result: it is a
    finding. No date is checked against the day of an inspection: the lists are those of
    the six (10 and 11: twelve) months to the quarter's last day.
    """
    parsed, of_lists = read_lists(tables, context)
    if not parsed:
        return {}, of_lists
    findings = [of_lists, _lists_not_sent(parsed, context), _lists_without_rows(parsed, context)]
    sent = {name: rows for name, rows in parsed.items() if len(rows.rows)}
    everyone = every_child(sent)
    checked = sent if everyone is None else sent | {EVERY_CHILD: everyone}
    of_rules = run_rules(RULES, checked, context, covers("", context.quarter))
    findings.append(_of_cells_read(of_rules, of_lists))
    once: dict[str, pd.DataFrame] = {}
    for item in LISTS:
        if item.name in sent:
            rows, found = once_each(_ready(item.name, sent[item.name]), item.key, item.needed)
            findings.append(found)
            once[item.name] = rows
    return records_of_lists(once, context), join_findings(findings)


def _of_cells_read(of_rules: pd.DataFrame, of_cells: pd.DataFrame) -> pd.DataFrame:
    """The findings of rules, without those about a cell that could not be read: told already."""
    place = ["file", "sheet", "row", "column"]
    told = pd.MultiIndex.from_frame(of_cells.loc[of_cells["row"].ne(""), place])
    is_told = pd.MultiIndex.from_frame(of_rules[place]).isin(told)
    return of_rules[~is_told].reset_index(drop=True)


def _ready(name: str, parsed: Parsed) -> Parsed:
    """The rows that can be told apart.

    Contacts with `contact_number`, as a child may have several of one day and source in
    a file, each a contact. List 5 without the rows that date neither an enquiry nor a
    conference (a rule tells of them).
    """
    rows = parsed.rows
    if name == "contacts":
        alike = ["child_id", "contact_date", "contact_source"]
        groups = [parsed.places["table"], *(rows[column] for column in alike if column in rows)]
        number = rows.groupby(groups, dropna=False).cumcount().add(1).astype("Int64")
        return replace(parsed, rows=rows.assign(contact_number=number))
    if name == "enquiries":
        dates = [column for column in ("s47_start_date", "conference_date") if column in rows]
        return replace(parsed, rows=rows[rows[dates].notna().any(axis=1)])
    return parsed


def _lists_not_sent(parsed: Mapping[str, Parsed], context: Context) -> pd.DataFrame:
    return as_findings(
        finding(
            NAME,
            context.submission,
            found=f"no table that is {item.layout.title}",
            expected="the list, with its own column names",
            action="ask for the list, or for its column names to be put right",
            rule=f"{NAME}.list",
            severity="note" if item.name in _NOT_COUNTED else "warning",
        )
        for item in not_sent(parsed)
    )


def _lists_without_rows(parsed: Mapping[str, Parsed], context: Context) -> pd.DataFrame:
    return as_findings(
        finding(
            NAME,
            context.submission,
            found=f"{item.layout.title} has a header and no rows: it is taken as not sent",
            expected="a row for each event, as an area has some in six months",
            action="ask for the list again",
            rule=f"{NAME}.list",
        )
        for item in LISTS
        if item.name in parsed and not len(parsed[item.name].rows)
    )
