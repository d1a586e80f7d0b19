"""The data-quality briefing: returns, completeness, validity, revisions and reconciliation."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part, bullets, paragraph
from lscb_analysis.briefing.received import (
    LATE,
    NOT_SENT,
    ON_TIME,
    QUARTERS_SHOWN,
    source_name,
    tracked,
)
from lscb_analysis.catalogue import indicators as catalogue_indicators
from lscb_analysis.catalogue import policy
from lscb_analysis.tables import html_table
from lscb_analysis.values import TOTAL


@once
def checked_answer(briefing: Briefing) -> Part:
    """The page's title and its answer: how many returns came, how many are missing or late."""
    title = f"<h1>{briefing.title}</h1>\n"
    returns = tracked(briefing.returns, briefing.quarter)
    now = returns[briefing.quarter.label] if len(returns) else pd.Series(dtype="str")
    counts = {state: int(now.eq(state).sum()) for state in (ON_TIME, LATE, NOT_SENT)}
    due = sum(counts.values())
    told = f"{counts[ON_TIME]} of {due} returns due for {briefing.quarter.label} came on time."
    told += f" {counts[LATE]} came late, {counts[NOT_SENT]} did not come."
    gaps = briefing.checks["reconciliation"]
    newest = gaps[gaps["quarter"].eq(briefing.quarter.label)]
    wrong = newest[newest["state"].isin(["amber", "red"])]
    if len(newest):
        told += (
            " Stocks and flows of "
            + " and ".join(wrong["stock"].str.lower())
            + " do not reconcile."
            if len(wrong)
            else f" Stocks and flows reconcile within {_limits()['amber']:.0%}."
        )
    revised = briefing.checks["revisions"]["indicator"].nunique()
    told += f" Figures of past periods of {revised} indicators were revised." if revised else ""
    question = paragraph(briefing.theme.question, "question")
    return Part(title + question + paragraph(told, "answer"))


@once
def returns_tracker(briefing: Briefing) -> Part:
    """Which partner sent what in the last four quarters, on time or late, with words or not."""
    rows = tracked(briefing.returns, briefing.quarter)
    if rows.empty:
        return Part(paragraph("No return has been received."))
    named = rows.assign(source=rows["source"].map(source_name))
    return Part(
        html_table(
            named.rename(
                columns={"agency": "Agency", "source": "Return", "words": "Usable commentary"}
            ),
            caption=f"Returns by agency, {QUARTERS_SHOWN} quarters to {briefing.quarter.label}",
            row_header="Agency",
            note="A return is expected where it came in an earlier quarter; yearly returns in the "
            "quarter that they came in before. Late: after the submission of its own quarter.",
            wide=True,
        )
    )


@once
def completeness(briefing: Briefing) -> Part:
    """How many of this quarter's records say what must be known."""
    rows = briefing.checks["completeness"]
    if rows.empty:
        return Part(paragraph("No records came with this quarter's submission."))
    named = rows.assign(records=rows["records"].map(source_name))
    return Part(
        html_table(
            named.rename(columns={"records": "Records", "what": "What", "known": "Known"}),
            caption=f"Completeness of the records sent for {briefing.quarter.label}",
            row_header="Records",
            numeric=["Known"],
            note="In classes, so that no release tells another's count. [u] stands for too few "
            "records.",
            wide=True,
        )
    )


@once
def reconciliation(briefing: Briefing) -> Part:
    """Whether opening, starts and ends make the closing stock, quarter by quarter."""
    rows = briefing.checks["reconciliation"]
    if rows.empty:
        told = "Two consecutive submissions are needed to reconcile stocks with their flows."
        return Part(paragraph(told))
    shown = rows.tail(QUARTERS_SHOWN * rows["stock"].nunique()).iloc[::-1]
    return Part(
        html_table(
            shown.assign(state=shown["state"].map(_states())).rename(
                columns={
                    "stock": "Stock",
                    "quarter": "Quarter",
                    "gap": "Gap in children",
                    "state": "Result",
                }
            ),
            caption="Reconciliation: opening + starts − ends against closing, lists as sent",
            row_header="Stock",
            numeric=["Gap in children"],
            wide=True,
        )
    )


def _states() -> dict[str, str]:
    limits = {name: f"{share:.0%}".replace("%", " %") for name, share in _limits().items()}
    return {
        "reconciles": "reconciles",
        "gap": f"a gap of up to {limits['amber']}",
        "amber": f"amber: a gap of over {limits['amber']}",
        "red": f"red: a gap of over {limits['red']}",
    }


def _limits() -> dict[str, float]:
    return policy().reconciliation


@once
def revised_figures(briefing: Briefing) -> Part:
    """The figures of past periods that this quarter's submission changed."""
    rows = briefing.checks["revisions"]
    if rows.empty:
        return Part(paragraph("This quarter's submission changed no figure of a past period."))
    is_shown = rows["old"].ne("")
    title = f"Revisions: figures that submissions up to {briefing.quarter.label} changed"
    table = ""
    if is_shown.any():
        table = html_table(
            pd.DataFrame([_revision(row) for _, row in rows[is_shown].iterrows()]),
            caption=title,
            row_header="Figure",
            numeric=["Before", "Now"],
            wide=True,
        )
    return Part(table + _small_revisions(rows[~is_shown]))


def _revision(row: pd.Series) -> dict[str, str]:
    topic = str(row["breakdown_topic"])
    part = "" if topic == TOTAL else f"{topic}: {row['breakdown']}"
    return {
        "Figure": catalogue_indicators()[row["indicator"]].title,
        "Period": row["period"],
        "Part": part,
        "Before": row["old"],
        "Now": row["new"],
    }


def _small_revisions(rows: pd.DataFrame) -> str:
    """The indicators whose figures changed by too few to show: no period, which would point
    to the one record that was corrected."""
    if rows.empty:
        return ""
    known = catalogue_indicators()
    told = "Figures of these indicators changed by too few children or events to be shown; until"
    told += " they change by more, they stand as they were first released:"
    return paragraph(told) + bullets(known[str(name)].title for name in rows["indicator"].unique())
