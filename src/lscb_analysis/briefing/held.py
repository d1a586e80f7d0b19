"""What stands where a figure would, that contradicts another and is being checked."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import kept
from lscb_analysis.briefing.part import paragraph
from lscb_analysis.values import TOTAL, is_held_back


def held_notes(briefing: Briefing, indicator_id: str = "", by: str = TOTAL) -> str:
    """One paragraph for each indicator and reason: which of its periods are held back, and why.

    Of one indicator, or of all on the page; of its totals, or of the breakdown with this title.
    Nothing where no figure is held back.
    """
    held: pd.DataFrame = kept(briefing, ("held",), lambda: _held(briefing.values))
    if held.empty:
        return ""
    rows = held[held["breakdown_topic"].eq(by)]
    if indicator_id:
        rows = rows[rows["indicator"].eq(indicator_id)]
    told = []
    for item in briefing.indicators.values():
        for reason, of_reason in rows[rows["indicator"].eq(item.id)].groupby("reason", sort=False):
            told.append(paragraph(f"{item.title}, {_places(of_reason)}: {reason}.", "left-out"))
    return "".join(told)


def _held(values: pd.DataFrame) -> pd.DataFrame:
    return values[is_held_back(values) & values["is_current"]]


def _places(rows: pd.DataFrame) -> str:
    """The periods of the rows, the newest first; of parts which they are."""
    ordered = rows.sort_values(["period_end", "period_start"], ascending=False, kind="stable")
    places = [
        str(row["period"]) + ("" if row["breakdown"] == TOTAL else f" ({row['breakdown']})")
        for _, row in ordered.iterrows()
    ]
    return "; ".join(dict.fromkeys(places))
