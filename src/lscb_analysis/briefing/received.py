"""The returns as they came: which partner sent what, when, and what did not come."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.part import paragraph
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.tables import html_table

QUARTERS_SHOWN = 4
RETURNS_RECEIVED = "Returns for"
WITH_WORDS = "partner_return"
YEARLY = ("ssda903", "cin_census")
ON_TIME, LATE, NOT_SENT, NOT_DUE = "on time", "late", "not received", "not due"
WORDS = {
    "cp": "child protection",
    "lac": "looked-after children's",
    "da": "domestic abuse",
    "cin": "children in need",
    "marac": "Marac",
    "insights": "Insights",
}
SOURCES = {
    "annex_a": "Annex A",
    "ssda903": "SSDA903",
    "cin_census": "CIN census",
    "marac": "Marac",
    "insights": "Insights",
}


def source_name(source: str) -> str:
    """The source as a reader knows it."""
    named = [SOURCES.get(each, each.replace("_", " ")) for each in source.split(", ")]
    return ", ".join(name[0].upper() + name[1:] for name in named if name)


def records_name(table: str) -> str:
    """A table of records as a reader knows it.

    >>> records_name("cp_plans"), records_name("section_47s")
    ('Child protection plans', 'Section 47s')
    """
    words = " ".join(WORDS.get(word, word) for word in table.split("_"))
    return words[0].upper() + words[1:]


def returns_received(briefing: Briefing) -> str:
    """This quarter's returns as one table: files, on time or late, words; and what did not come."""
    now = briefing.quarter
    returns = tracked(briefing.returns, now)
    due = returns[returns[now.label].ne(NOT_DUE)] if len(returns) else returns
    if due.empty:
        return paragraph("No return was received for this quarter.")
    sent = briefing.returns.assign(quarter=_labels(briefing.returns["quarter"]))
    files = sent[sent["quarter"].eq(now.label)].groupby(["agency", "source"]).size().to_dict()
    rows = [
        {
            "Agency": row["agency"],
            "Return": source_name(str(row["source"])),
            "Files": f"{files.get((row['agency'], row['source']), 0):,}",
            "Came": row[now.label],
            "Usable commentary": row["words"],
        }
        for _, row in due.iterrows()
    ]
    return html_table(
        pd.DataFrame(rows),
        caption=f"{RETURNS_RECEIVED} {now.label}",
        row_header="Agency",
        numeric=["Files"],
        note="A return is expected where it came in an earlier quarter; yearly returns in the "
        "quarter that they came in before.",
        wide=True,
    )


def tracked(returns: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """One row for each agency and return: a column a quarter (its label) with what came of it.

    Columns `agency`, `source`, four quarters' labels, `words` (usable commentary in the
    newest: yes or none).
    """
    quarters = quarter.last(QUARTERS_SHOWN)
    labels = _labels(returns["quarter"]) if len(returns) else pd.Series(dtype="str")
    sent = returns.assign(quarter=labels)
    rows = []
    for (agency, source), mine in sent.groupby(["agency", "source"], sort=True):
        states = {each.label: _state(mine, each, str(source)) for each in quarters}
        newest = mine[mine["quarter"].eq(quarter.label)]
        has_words = newest["has_commentary"].astype(bool).any()
        words = "not asked" if source != WITH_WORDS else "yes" if has_words else "none"
        rows.append({"agency": agency, "source": source} | states | {"words": words})
    return pd.DataFrame(rows)


def _labels(quarters: pd.Series) -> pd.Series:
    """Quarters by their labels, however they are written (2016-17-Q4, 2016-17 Q4)."""
    return quarters.map(lambda text: parse_quarter(str(text).replace(" ", "-")).label)


def _state(mine: pd.DataFrame, quarter: Quarter, source: str) -> str:
    here = mine[mine["quarter"].eq(quarter.label)]
    if len(here):
        return LATE if here["is_late"].astype(bool).all() else ON_TIME
    before = [quarter.next(-4)] if source in YEARLY else [quarter.next(-1), quarter.next(-2)]
    is_expected = mine["quarter"].isin([each.label for each in before]).any()
    return NOT_SENT if is_expected else NOT_DUE
