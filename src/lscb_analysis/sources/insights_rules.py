"""Rules of the Insights table: clients with an attribute out of all clients, intake and exit."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.board_rules import twice
from lscb_analysis.sources.rules import Rule, Sent

INSIGHTS = "SafeLives Insights: forms at intake and exit, of adults and of children"
KEY = ["period_end", "client_group", "form", "attribute"]
LONGEST_DAYS = 366


def _at_intake(sent: Sent, column: str) -> pd.Series:
    """What the row of intake of the same period, clients and attribute says, on rows of exit."""
    clients = sent["clients"]
    same = ["period_start", "period_end", "client_group", "attribute"]
    intake = clients[clients["form"].eq("Intake")].drop_duplicates(same)
    exits = clients.loc[clients["form"].eq("Exit"), same]
    found = exits.merge(intake[[*same, column]], how="left", on=same, validate="m:1")[column]
    return found.set_axis(exits.index).reindex(clients.index)


def _exits_over_intakes(sent: Sent) -> pd.Series:
    return sent["clients"]["of_clients"].gt(_at_intake(sent, "of_clients"))


def _share_rises(sent: Sent) -> pd.Series:
    """Exits where a larger share has the attribute than at intake."""
    clients = sent["clients"]
    at_exit = clients["clients"].astype("Float64") / clients["of_clients"].mask(
        clients["of_clients"].le(0)
    )
    base = _at_intake(sent, "of_clients")
    at_intake = _at_intake(sent, "clients").astype("Float64") / base.mask(base.le(0))
    return at_exit.gt(at_intake)


def _other_base(sent: Sent) -> pd.Series:
    """Rows out of another number of clients than the first row of the same forms."""
    clients = sent["clients"]
    forms = ["period_start", "period_end", "client_group", "form"]
    first = clients.groupby(forms, dropna=False)["of_clients"].transform("first")
    return clients["of_clients"].ne(first)


def _too_long(sent: Sent) -> pd.Series:
    clients = sent["clients"]
    return (clients["period_end"] - clients["period_start"]).dt.days.ge(LONGEST_DAYS)


RULES: tuple[Rule, ...] = (
    twice("insights.row_twice", "clients", KEY, ["period_end"]),
    Rule(
        "insights.part_over_whole",
        f"{INSIGHTS}: the clients who have an attribute are among all clients",
        "clients",
        "clients",
        ("clients.clients", "clients.of_clients"),
        lambda sent: sent["clients"]["clients"].gt(sent["clients"]["of_clients"]),
        "more clients than there are, or a percentage",
        "a number of clients, at most the number they are of",
        "correct it; until then it is not known",
    ),
    Rule(
        "insights.period_backwards",
        "our own check: a period starts before it ends",
        "clients",
        "period_start",
        ("clients.period_start", "clients.period_end"),
        lambda sent: sent["clients"]["period_start"].gt(sent["clients"]["period_end"]),
        "a period that starts after its end",
        "a start before the end",
        "correct the date that is wrong",
    ),
    Rule(
        "insights.period_too_long",
        f"{INSIGHTS}: tables of at most a year",
        "clients",
        "period_start",
        ("clients.period_start", "clients.period_end"),
        _too_long,
        "a period of more than a year",
        "a quarter, or the year to its end",
        "send the table of a quarter or of a year",
    ),
    Rule(
        "insights.exits_over_intakes",
        f"{INSIGHTS}: a client with a form at exit had one at intake",
        "clients",
        "of_clients",
        tuple(f"clients.{name}" for name in ("period_start", *KEY, "of_clients")),
        _exits_over_intakes,
        "more clients at exit than at intake",
        "an intake for every exit; in a quarter exits may outnumber intakes",
        "check the numbers; they are used as they are",
        "note",
    ),
    Rule(
        "insights.share_rises",
        f"{INSIGHTS}: what a service lessens is less common at exit than at intake",
        "clients",
        "clients",
        tuple(f"clients.{name}" for name in ("period_start", *KEY, "clients", "of_clients")),
        _share_rises,
        "a larger share of clients at exit than at intake",
        "a share that is no larger, for a need or a harm",
        "check that intake and exit are not the wrong way round",
        "note",
    ),
    Rule(
        "insights.other_base",
        f"{INSIGHTS}: attributes of one form are out of the same clients",
        "clients",
        "of_clients",
        tuple(f"clients.{name}" for name in ("period_start", *KEY, "of_clients")),
        _other_base,
        "out of another number of clients than the first row of the same forms",
        "one number of clients for one period, group and form",
        "say which clients were left out; the number is used as it is",
        "note",
    ),
)
