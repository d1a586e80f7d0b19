"""What a reissued briefing says of itself: which figures changed since its release, and why."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.part import paragraph
from lscb_analysis.tables import html_table
from lscb_analysis.values import TOTAL


def corrected(briefing: Briefing) -> pd.DataFrame:
    """The changes of this theme's figures, oldest first, as the pipeline found them."""
    changes = briefing.checks.get("changes", pd.DataFrame())
    if changes.empty:
        return changes
    return changes[changes["indicator"].isin(list(briefing.indicators))].reset_index(drop=True)


def correction_note(briefing: Briefing) -> str:
    """One paragraph at the top of a reissued briefing; nothing where no figure has changed."""
    changes = corrected(briefing)
    if changes.empty:
        return ""
    told = " ".join(correction_texts(changes))
    return paragraph(f"{told} The old figures stand beside the new at the end.", "corrected")


def correction_texts(changes: pd.DataFrame) -> list[str]:
    """A sentence for each reissue: how many figures changed, when, why and by whose word."""
    texts = []
    for (day, why, who), rows in changes.groupby(["day", "why", "who"], sort=False):
        count = "One figure" if len(rows) == 1 else f"{len(rows):,} figures"
        by = f", {who}" if who else ""
        texts.append(f"Corrected on {day}: {count} changed ({why}{by}).")
    return texts


def corrections_table(briefing: Briefing) -> str:
    """The old figure beside the new, with the reason; nothing where none has changed."""
    changes = corrected(briefing)
    if changes.empty:
        return ""
    rows = [
        {
            "Figure": briefing.indicators[row["indicator"]].title,
            "Area": row["area"],
            "Period": row["period"],
            "Part": _part(row),
            "Before": row["old"],
            "Now": row["new"],
            "Why": row["why"],
            "Changed": row["day"],
        }
        for _, row in changes.iterrows()
    ]
    return html_table(
        pd.DataFrame(rows),
        caption="Corrections: figures of this briefing that were other when it was first released",
        row_header="Figure",
        numeric=["Before", "Now"],
        wide=True,
    )


def _part(row: pd.Series) -> str:
    topic = str(row["breakdown_topic"])
    return "whole" if topic == TOTAL else f"{topic}: {row['breakdown']}"
