"""The Insights table: what services know of their clients at intake and at exit."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings, row_findings
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
    dates,
    key_dates,
    records_of,
    totals,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.insights_rules import KEY, RULES
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import texts

NAME = "insights"
CLIENTS = Layout(
    NAME,
    "Insights table",
    {
        "period_start": ("Period Start", "From"),
        "period_end": ("Period End", "To"),
        "client_group": ("Client Group", "Clients Are"),
        "form": ("Form", "Form Type"),
        "attribute": ("Attribute", "Question"),
        "clients": ("Clients", "Number of Clients"),
        "of_clients": ("Of Clients", "Out of Clients", "Forms"),
    },
    marks=("period_end", "client_group", "form", "attribute", "clients"),
)
LAYOUTS = (CLIENTS,)
_PERCENTAGE = re.compile(r"%\s*$")


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The table `insights` of a submission, and the findings.

    One row is one attribute of one client group at intake or exit, with the number of
    `clients` who have it `of_clients` (`Int64`). A percentage is not made into a
    count, which is not known from it: the number is missing. Attributes overlap.
    """
    sent = _read(tables, context)
    clients, of_clients = gather_read(sent, CLIENTS, context, KEY, _once)
    checked = check(RULES, _parsed(sent), context)
    return records_of({"insights": clients}), join_findings([of_clients, checked])


def tables_sent(tables: list[RawTable], context: Context) -> dict[str, Parsed]:
    """Every row of `clients` that was sent, as rules look at it."""
    return _parsed(_read(tables, context))


def _parsed(sent: list[ReadTable]) -> dict[str, Parsed]:
    clients = as_parsed(sent, CLIENTS)
    return {} if clients is None else {"clients": clients}


def are_percentages(cells: pd.Series) -> pd.Series:
    """Whether each cell is a percentage: a per cent sign, or a part of one.

    A column that has any is taken to hold percentages, so its 0 and 1 are some too.

    >>> are_percentages(pd.Series(["27%", 0.5, 1, 12])).tolist()
    [True, True, True, False]
    >>> are_percentages(pd.Series([1, 12])).tolist()
    [False, False]
    """
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    signed = cells.map(lambda cell: bool(_PERCENTAGE.search(str(cell)))).astype(bool)
    surely = signed | (numbers.gt(0) & numbers.lt(1))
    return surely | (numbers.isin([0, 1]) & bool(surely.any()))


def _read(tables: list[RawTable], context: Context) -> list[ReadTable]:
    parsers: dict[str, Parser] = {
        "period_start": dates(context),
        "period_end": key_dates(context),
        "client_group": codes("domestic_abuse", "client_group"),
        "form": codes("domestic_abuse", "form"),
        "attribute": texts(80),
        "clients": _counts,
        "of_clients": totals(),
    }
    return read_all(tables, CLIENTS, parsers)


def _once(item: ReadTable) -> Result:
    """Each row once, its `clients` missing where they are more than the clients there are."""
    rows = first_of_each(item.rows, ["period_end"], KEY)
    over = rows["clients"].gt(rows["of_clients"]).fillna(False).astype(bool)
    return rows.assign(clients=rows["clients"].mask(over)), as_findings()


def _counts(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    percentages = are_percentages(cells)
    numbers, found = totals()(cells[~percentages], **place)
    as_percentages = row_findings(
        pd.Series("a percentage", index=cells.index[percentages], dtype="str"),
        **place,
        expected="the number of clients",
        action="send the number: a rounded percentage does not give it; until then it is not known",
    )
    return numbers.reindex(cells.index), join_findings([as_percentages, found])
