"""Rules of commissioned services' returns: parts within wholes, stock with flow, the period."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.board_rules import twice
from lscb_analysis.sources.rules import Rule, Sent

FUNNEL = "our own check: from referral to acceptance to engagement numbers only fall"
STOCK = "our own check: closing = opening + accepted - closed"
KEY = ["period_start", "period_end", "service", "client_group"]
# Each number that is wholly part of another: more than it cannot be known.
PARTS = {"closed_planned": "closed", "closed_safer": "closed"}
LONGEST_DAYS = 366


def days_covered(services: pd.DataFrame) -> pd.Series:
    """The days from the first to the last of each return's period, both counted."""
    days: pd.Series = (services["period_end"] - services["period_start"]).dt.days + 1
    return days


def _over(part: str, whole: str, origin: str, found: str, severity: str = "warning") -> Rule:
    def fails(sent: Sent) -> pd.Series:
        return sent["services"][part].gt(sent["services"][whole])

    until = "it is not known" if part in PARTS else "both are used as they are"
    return Rule(
        f"da_services.{part}_over_{whole}",
        origin,
        "services",
        part,
        (f"services.{part}", f"services.{whole}"),
        fails,
        found,
        f"at most the number in the column {whole.replace('_', ' ')}",
        f"correct it, or say why it is more; until then {until}",
        severity,
    )


def _unreconciled(sent: Sent) -> pd.Series:
    services = sent["services"]
    expected = services["open_at_start"] + services["accepted"] - services["closed"]
    return services["open_at_end"].ne(expected)


def _more_engaged_than_could(sent: Sent) -> pd.Series:
    services = sent["services"]
    return services["engaged"].gt(services["open_at_start"] + services["accepted"])


def _children_without_clients(sent: Sent) -> pd.Series:
    services = sent["services"]
    return services["children_supported"].gt(0) & services["engaged"].eq(0)


def _part_of_a_quarter(sent: Sent) -> pd.Series:
    """Periods that do not end with a quarter: they can be added to none."""
    ends = sent["services"]["period_end"]
    is_quarter_end = ends.dt.month.isin([3, 6, 9, 12]) & ends.dt.is_month_end
    return ends.notna() & ~is_quarter_end


RULES: tuple[Rule, ...] = (
    twice(
        *("da_services.return_twice", "services", KEY),
        needed=["period_start", "period_end"],
        optional=["client_group"],
    ),
    Rule(
        "da_services.period_backwards",
        "our own check: a period starts before it ends",
        "services",
        "period_start",
        ("services.period_start", "services.period_end"),
        lambda sent: sent["services"]["period_start"].gt(sent["services"]["period_end"]),
        "a period that starts after its end",
        "a start before the end",
        "correct the date that is wrong",
    ),
    Rule(
        "da_services.period_too_long",
        "our own check: a return is of a quarter, or of the year to its end",
        "services",
        "period_start",
        ("services.period_start", "services.period_end"),
        lambda sent: days_covered(sent["services"]).gt(LONGEST_DAYS),
        "a period of more than a year",
        "a quarter, or the year to its end",
        "send the return of the quarter",
    ),
    Rule(
        "da_services.period_ends_within_quarter",
        "our own check: a return is of a quarter, or of the year to its end",
        "services",
        "period_end",
        ("services.period_end",),
        _part_of_a_quarter,
        "a period that does not end with a quarter",
        "the last day of March, June, September or December",
        "send the return of the whole quarter",
    ),
    _over("accepted", "referrals", FUNNEL, "more accepted than referred", "note"),
    _over("closed_planned", "closed", FUNNEL, "more closed as planned than closed"),
    _over("closed_safer", "closed", FUNNEL, "more closed with an outcome than closed"),
    Rule(
        "da_services.engaged_over_accepted",
        "our own check: more supported than were referred needs an opening caseload",
        "services",
        "engaged",
        ("services.engaged", "services.accepted", "services.open_at_start"),
        _more_engaged_than_could,
        "more engaged than were open at the start or accepted since",
        "at most those two together",
        "correct the number that is wrong; until then they are used as they are",
    ),
    Rule(
        "da_services.caseload_not_reconciled",
        STOCK,
        "services",
        "open_at_end",
        tuple(
            f"services.{name}" for name in ("open_at_start", "accepted", "closed", "open_at_end")
        ),
        _unreconciled,
        "a closing caseload that the opening one, those accepted and those closed do not give",
        "opening + accepted - closed = closing",
        "check the four numbers; they are used as they are",
    ),
    Rule(
        "da_services.children_without_clients",
        "our own check: children are supported with a client, or are clients",
        "services",
        "children_supported",
        ("services.children_supported", "services.engaged"),
        _children_without_clients,
        "children supported, and no client who engaged",
        "clients who engaged, where children are supported",
        "check both numbers; they are used as they are",
    ),
)
