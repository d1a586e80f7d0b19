"""Commissioned services' returns: totals of a domestic-abuse service in a period."""

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
from lscb_analysis.sources.board_tables import (
    Layout,
    Parser,
    Result,
    codes,
    key_dates,
    records_of,
    totals,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.da_services_rules import KEY, PARTS, RULES, days_covered
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.parsing import parse_whole_numbers
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

NAME = "da_services"
LONGEST_QUARTER = 93
NUMBERS = ("referrals", "accepted", "engaged", "waiting", "children_supported", "closed")
OPTIONAL_NUMBERS = ("open_at_start", "open_at_end", "closed_planned", "closed_safer")
RETURNS = Layout(
    NAME,
    "Commissioned domestic-abuse services",
    {
        "service": ("Service", "Service Name", "Name of Service"),
        "period_start": ("Period Start", "From"),
        "period_end": ("Period End", "To"),
        "client_group": ("Client Group", "Clients Are", "For Whom"),
        "referrals": ("Referrals", "Referrals Received", "Referrals In"),
        "accepted": ("Accepted", "Referrals Accepted"),
        "engaged": ("Engaged", "Clients Engaged", "Clients Who Engaged"),
        "waiting": ("Waiting", "Waiting at Period End", "Waiting List"),
        "children_supported": ("Children Supported", "Children and Young People Supported"),
        "closed": ("Closed", "Cases Closed"),
        "open_at_start": ("Open at Start", "Open at Period Start", "Opening Caseload"),
        "open_at_end": ("Open at End", "Open at Period End", "Closing Caseload"),
        "closed_planned": ("Closed as Planned", "Planned Closures"),
        "closed_safer": ("Closed Safer", "Closed with Improved Safety", "Closed with Outcome"),
    },
    marks=("service", "period_end", "referrals", "accepted", "engaged"),
)
LAYOUTS = (RETURNS,)


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The table `da_services` of a submission, and the findings.

    One row is one service, group of clients and period, in totals (`Int64`), missing where
    they are blank, negative or more than what they are part of: a missing number is never
    zero. `is_year_to_date` is true of periods longer than a quarter, which are never
    added to quarters.
    """
    sent = _read(tables, context)
    services, of_services = gather_read(sent, RETURNS, context, KEY, _once)
    checked = check(RULES, _parsed(sent), context)
    return records_of({"da_services": services}), join_findings([of_services, checked])


def tables_sent(tables: list[RawTable], context: Context) -> dict[str, Parsed]:
    """Every row of `services` that was sent, as rules look at it."""
    return _parsed(_read(tables, context))


def _parsed(sent: list[ReadTable]) -> dict[str, Parsed]:
    services = as_parsed(sent, RETURNS)
    return {} if services is None else {"services": services}


def _read(tables: list[RawTable], context: Context) -> list[ReadTable]:
    parsers: dict[str, Parser] = {
        "service": texts(80),
        "period_start": key_dates(context),
        "period_end": key_dates(context),
        "client_group": codes("domestic_abuse", "service_group"),
        **{number: totals() for number in NUMBERS},
        **dict.fromkeys(OPTIONAL_NUMBERS, parse_whole_numbers),
    }
    return read_all(tables, RETURNS, parsers, frozenset({"client_group", *OPTIONAL_NUMBERS}))


def _once(item: ReadTable) -> Result:
    """Each return once; a part is missing where it is more than its whole."""
    rows = first_of_each(item.rows, ["period_start", "period_end"], KEY)
    sound = {
        part: rows[part].mask(rows[part].gt(rows[whole]).fillna(False).astype(bool))
        for part, whole in PARTS.items()
    }
    is_long = days_covered(rows).gt(LONGEST_QUARTER).astype("boolean")
    return rows.assign(**sound, is_year_to_date=is_long), as_findings()
