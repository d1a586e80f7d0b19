"""What a briefing says of figures that contradict others: held back, and being looked into."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.part import bullets, paragraph
from lscb_analysis.values import TOTAL

LISTED = 5


def held_back(briefing: Briefing) -> pd.DataFrame:
    """The rows of this theme's figures that the ledger held back: one row is one figure."""
    rows = briefing.checks.get("held_back", pd.DataFrame())
    if rows.empty:
        return rows
    return rows[rows["indicator"].isin(list(briefing.indicators))].reset_index(drop=True)


def held_back_note(briefing: Briefing) -> str:
    """A paragraph and a list at the top of the page; nothing where nothing was held back."""
    rows = held_back(briefing)
    if rows.empty:
        return ""
    lines = held_back_lines(briefing, rows)
    told, more = lines[:LISTED], len(lines) - LISTED
    rest = ["and others, which stand as not available"] if more > 0 else []
    intro = "Held back from this page, since they contradict other figures; each is looked into:"
    return paragraph(intro, "corrected") + bullets([*told, *rest])


def held_back_lines(briefing: Briefing, rows: pd.DataFrame) -> list[str]:
    """One line for each indicator, period and reason: what was held back, and why; no figure."""
    lines = []
    for _, row in rows.iterrows():
        title = briefing.indicators[row["indicator"]].title
        topic = row["breakdown_topic"]
        part = "" if topic == TOTAL else f", by {str(topic).lower()}"
        lines.append(f"{title}{part}, {row['period']}: {row['why']}")
    return list(dict.fromkeys(lines))
