"""Periods of care: SSDA903's episodes joined into spells of being looked after."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import as_findings, few, finding
from lscb_analysis.sources.spells import OPEN

_STARTED = "Started to be looked after"


def care_periods(episodes: pd.DataFrame) -> pd.DataFrame:
    """One row a period of care (child and start), with `is_start_known`.

    Those of several returns have been stitched before (`care_stitching.stitched`).
    Episodes of a child join where one starts on or before the day the last ended; a
    new start (RNE S) on that day begins a new period. Agreed short breaks (V3, V4) and
    other care are told apart. The end and its reason are the last episode's. Where the
    first episode held is not a start, the period began before it: its `started_date`
    is that episode's, and `is_start_known` false.
    """
    group = ["child_id", "is_short_break"]
    ordered = episodes.assign(until=episodes["ceased_date"].fillna(OPEN)).sort_values(
        [*group, "started_date", "until"], kind="stable", ignore_index=True
    )
    spell = [ordered[name] for name in group]
    reached = ordered.groupby(group)["until"].cummax().groupby(spell).shift()
    is_start = ordered["new_episode"].eq(_STARTED)
    begins = reached.isna() | reached.lt(ordered["started_date"])
    begins |= is_start & reached.eq(ordered["started_date"])
    ordered["spell"] = begins.cumsum()
    ordered["is_start_known"] = is_start
    first = ordered.drop_duplicates("spell").set_index("spell")
    by_end = ordered.sort_values(["spell", "until"], kind="stable")
    last = by_end.drop_duplicates("spell", keep="last").set_index("spell")
    columns = ["child_id", "birth_date", "sex", "ethnicity", "started_date", "category_of_need"]
    columns += ["is_asylum_seeking", "is_short_break", "is_start_known"]
    ends = last[["ceased_date", "ceased_reason", "submission", "source"]]
    return first[columns].join(ends).reset_index(drop=True)


def starts_not_known(periods: pd.DataFrame, first_day: pd.Timestamp) -> pd.DataFrame:
    """A finding for periods that begin on or after the first day covered, without a start."""
    unknown = ~periods["is_start_known"] & periods["started_date"].ge(first_day)
    if not unknown.any():
        return as_findings()
    return as_findings(
        [
            finding(
                "ssda903",
                str(periods["submission"].max()),
                column="RNE",
                found=f"first episodes that do not say S (started): {few(int(unknown.sum()))}",
                expected="S for the first episode of every period of care",
                action="correct the code, or send the episode before; it is read as a start",
            )
        ]
    )
