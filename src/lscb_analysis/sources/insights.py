"""The Insights table: what services know of their clients at intake and at exit."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lscb_analysis.findings import join_findings, row_findings
from lscb_analysis.sources.board_tables import (
    Layout,
    Result,
    codes,
    dates,
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
KEY = ["period_end", "client_group", "form", "attribute"]
_PERCENTAGE = re.compile(r"%\s*$")


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The table `insights` of a submission, and the findings.

    One row is one attribute of one client group at intake or exit, with the number of
    `clients` who have it `of_clients` (`Int64`). A percentage is not made into a
    count, which is not known from it: the number is missing. Attributes overlap.
    """
    clients, findings = gather(
        tables, CLIENTS, context, KEY, lambda table: _clients(table, context)
    )
    return records_of({"insights": clients}), findings


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


def _clients(table: RawTable, context: Context) -> Result:
    clients, findings = read_columns(
        table,
        CLIENTS,
        {
            "period_start": dates(context),
            "period_end": key_dates(context),
            "client_group": codes("domestic_abuse", "client_group"),
            "form": codes("domestic_abuse", "form"),
            "attribute": texts(80),
            "clients": _counts,
            "of_clients": totals(),
        },
    )
    once, again = keep_first(with_all(clients, ["period_end"]), KEY, table, CLIENTS)
    checked, unsound = _within_base(once, table)
    return checked, join_findings([findings, again, unsound])


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


def _within_base(clients: pd.DataFrame, table: RawTable) -> Result:
    """The rows with `clients` missing where they are more than the clients there are."""
    over = clients["clients"].gt(clients["of_clients"]).fillna(False).astype(bool)
    backward = clients["period_start"].gt(clients["period_end"])
    more = flagged(
        clients,
        over,
        table,
        CLIENTS,
        column="clients",
        found="more clients than there are, or a percentage",
        expected="a number of clients, at most the number they are of",
        action="correct it; until then it is not known",
    )
    turned = flagged(
        clients,
        backward,
        table,
        CLIENTS,
        column="period_start",
        found="a period that starts after its end",
        expected="a start before the end",
        action="correct the date that is wrong",
    )
    return clients.assign(clients=clients["clients"].mask(over)), join_findings([more, turned])
