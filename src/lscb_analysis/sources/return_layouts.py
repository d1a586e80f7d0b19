"""The sheets of a partner's return: their columns, and which of them a return may lack."""

from __future__ import annotations

import dataclasses

from lscb_analysis.sources.columns import match_columns
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.raw_tables import RawTable

NAME = "partner_return"
_BY: dict[str, tuple[str, ...]] = {"author": ("Author",), "approver": ("Approver", "Approved by")}
COVER = Layout(
    NAME,
    "Partner return: cover",
    {"agency": ("Agency",), "quarter": ("Quarter",), "received": ("Date Sent", "Date of Return")},
    marks=("agency", "quarter", "received"),
)
FIGURES = Layout(
    NAME,
    "Partner return: figures",
    {
        "indicator": ("Indicator",),
        "title": ("Title",),
        "definition": ("Definition",),
        "unit": ("Unit",),
        "above": ("What Is Above the Line",),
        "below": ("What Is Below the Line",),
        "period_start": ("Period Start",),
        "period_end": ("Period End",),
        "outcome": ("Breakdown", "Outcome"),
        "value": ("Value", "Figure"),
        "numerator": ("Numerator",),
        "denominator": ("Denominator",),
    },
    marks=("indicator", "period_end", "value"),
)
COMMENTARY = Layout(
    NAME,
    "Partner return: commentary",
    {"indicator": ("Indicator",), "kind": ("Kind",), "text": ("Text", "Commentary"), **_BY},
    marks=("indicator", "kind", "text"),
)
ANSWERS = Layout(
    NAME,
    "Partner return: answers to assurance questions",
    {
        "question": ("Question",),
        "asked_in": ("Asked In",),
        "wording": ("Wording",),
        "text": ("Answer",),
        **_BY,
    },
    marks=("question", "text"),
)
HIGHLIGHTS = Layout(
    NAME,
    "Partner return: highlights",
    {
        "agency": ("Agency",),
        "issue": ("Issue",),
        "resolution": ("Resolution",),
        "evidence": ("Evidence",),
        **_BY,
    },
    marks=("issue", "resolution"),
)
AUDITS = Layout(
    NAME,
    "Partner return: audit findings",
    {
        "audit": ("Audit",),
        "indicator": ("Indicator",),
        "finding": ("Finding",),
        "action": ("Action",),
        **_BY,
    },
    marks=("audit", "finding"),
)
LAYOUTS = (COVER, FIGURES, COMMENTARY, ANSWERS, HIGHLIGHTS, AUDITS)
# What a return is read without: the words of the form, and what a simple figure needs not.
NOT_NEEDED = frozenset(
    {
        *("title", "definition", "unit", "above", "below", "asked_in", "wording"),
        *("period_start", "outcome", "numerator", "denominator", "evidence"),
    }
)
# Every sheet's cells that the agency fills in.
ENTRIES = {
    FIGURES.title: ("value", "numerator", "denominator"),
    COMMENTARY.title: ("text",),
    ANSWERS.title: ("text",),
    HIGHLIGHTS.title: ("issue", "resolution", "evidence"),
    AUDITS.title: ("audit", "finding"),
}


def as_sent(layout: Layout, table: RawTable) -> Layout:
    """The layout without the columns that this table lacks and that nobody needs."""
    matched = match_columns(table.rows.columns, layout.columns)
    kept = {
        name: wordings
        for name, wordings in layout.columns.items()
        if name in matched or name not in NOT_NEEDED
    }
    if layout is HIGHLIGHTS and "agency" not in matched:
        kept.pop("agency")
    if layout is AUDITS and "indicator" not in matched:
        kept.pop("indicator")
    return dataclasses.replace(layout, columns=kept)
