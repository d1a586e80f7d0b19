"""Reconciliation: does what was open, plus what started, less what ended, make what is open?

Each submission's own lists are used, before they are joined: the joined records reconcile
by their making, and would hide a list that lost children on its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from lscb_analysis.catalogue import policy
from lscb_analysis.findings import as_findings, few, finding
from lscb_analysis.periods import Quarter
from lscb_analysis.sources import annex_a
from lscb_analysis.sources.submission import Submission

COLUMNS = ("stock", "quarter", "opening", "starts", "ends", "closing", "gap", "state")
_STOCKS = {
    "cp_plans": ("Children on a child protection plan", "plan_start_date", "plan_end_date"),
    "looked_after_periods": ("Children looked after", "started_date", "ceased_date"),
}


def reconciled(submissions: Sequence[Submission]) -> pd.DataFrame:
    """One row for each stock and quarter whose lists and those of the quarter before are held.

    `gap` is opening + starts - ends - closing, in children; `state` is `reconciles`, `gap`
    (up to 3 % of the opening stock), `amber` (to 5 %) or `red`, by the policy. Short breaks
    (V3, V4) are left out. An end on the day counts as ended: DECOM <= day < DEC.
    """
    rows = []
    for before, after in pairwise(submissions):
        if before.context.quarter.next() == after.context.quarter:
            for table in _STOCKS:
                earlier, later = _listed(before, table), _listed(after, table)
                if earlier is not None and later is not None:
                    rows.append(_row(table, earlier, later, after.context.quarter))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def gap_findings(reconciliation: pd.DataFrame) -> pd.DataFrame:
    """A finding for each stock and quarter that does not reconcile."""
    gaps = reconciliation[reconciliation["gap"].ne(0)]
    return as_findings(
        finding(
            annex_a.NAME,
            str(row["quarter"]),
            found=f"{row['stock'].lower()}: opening, starts and ends differ from closing by "
            f"{few(abs(int(row['gap'])))} ({row['state']})",
            expected="opening + starts - ends = closing",
            action="look for children left off a list, and for starts and ends entered late",
            rule="annex_a.stock_and_flow",
        )
        for _, row in gaps.iterrows()
    )


def _row(table: str, earlier: pd.DataFrame, later: pd.DataFrame, quarter: Quarter) -> list[object]:
    title, start, end = _STOCKS[table]
    first, last = pd.Timestamp(quarter.start), pd.Timestamp(quarter.end)
    opening = _open_on(earlier, start, end, first - pd.Timedelta(days=1))
    starts = int(later[start].between(first, last).sum())
    ends = int(later[end].between(first, last).sum())
    closing = _open_on(later, start, end, last)
    gap = opening + starts - ends - closing
    return [title, quarter.id, opening, starts, ends, closing, gap, _state(gap, opening)]


def _open_on(spells: pd.DataFrame, start: str, end: str, day: pd.Timestamp) -> int:
    return int((spells[start].le(day) & (spells[end].isna() | spells[end].gt(day))).sum())


def _state(gap: int, opening: int) -> str:
    limits = policy().reconciliation
    share = abs(gap) / opening if opening else float(bool(gap))
    if not gap:
        return "reconciles"
    return "red" if share > limits["red"] else "amber" if share > limits["amber"] else "gap"


def _listed(submission: Submission, table: str) -> pd.DataFrame | None:
    """The spells of one Annex A list as this submission alone has them."""
    _, start, end = _STOCKS[table]
    for source, name, rows in submission.parts:
        if source == annex_a.NAME and name == table and {start, end} <= set(rows.columns):
            short = rows.get("is_short_break", pd.Series(False, index=rows.index))
            return rows[~short.astype("boolean").fillna(False).astype(bool)]
    return None
