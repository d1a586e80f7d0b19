"""Stitching: the episodes of several years' SSDA903 returns made one history of each child."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings, row_findings
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.spells import OPEN

_STARTED = "Started to be looked after"
_RETURN = "return_date"
# What each rule found, what is expected, and what is done.
_TOLD: Mapping[str, tuple[str, str, str]] = {
    "1": (
        "an episode left open, though a later one of the child goes on from it",
        "an end on the day the next begins",
        "send the end; until then it ends on the day the next begins",
    ),
    "1a": (
        "an episode left open, though a later one starts care anew",
        "an end before the new start",
        "send the end; until then it ends on the last day of its return, or the day before",
    ),
    "2": (
        "an episode left open, that later returns no longer have",
        "an end, or the episode in every later return",
        "send the end; until then it ends on the last day of its return",
    ),
    "3a": (
        "an episode that overlaps one of a later submission of the same year, which lacks it",
        "the later submission: it counts",
        "nothing, if it was replaced; if not, correct the dates",
    ),
    "4": (
        "an episode that overlaps the next, which a later return gives",
        "one episode at a time",
        "correct the dates; until then it ends on the day the next begins",
    ),
    "5": (
        "a gap before an episode that says it goes on from another",
        "a start on the day that the one before ended",
        "correct the dates; until then the days between are no care",
    ),
}


def stitched(episodes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The episodes of all returns as one history, and a finding for each that a rule touched.

    `episodes` are records (`ssda903_episodes`), each once: of an episode in several
    returns the last counts (rule 3). `return_date` is the last day of the return that a
    row was last in. The rules, in this order:

    3A. Left out where it overlaps one that a later submission of the same year gives.
    1. Open, and a later return has the next, which goes on: it ends on the day that begins.
    1A. Open, and a later return has the next, which is a new start: it ends on the last day
    of its return, but no later than the day before the new start.
    2. Open, not in the later returns, and they have no next: it ends on the last day of its
    return.
    4. Overlaps the next, which a later return has: it ends on the day that begins.
    5. A gap before the next, which a later return has and which is no start: told, and not
    filled.

    Episodes of one return are kept as sent: what overlaps there counts as one period, and
    the return's own rules tell of it. An end made here has the reason `Not known`. Stitching
    again changes nothing. (After the six rules of Data to Insight's liia-tools, which also
    close, cut and fill within one return.)
    """
    if _RETURN not in episodes or episodes.empty:
        return episodes, as_findings()
    is_replaced = _replaced(episodes)
    found = [_told("3a", episodes[is_replaced])]
    rows = episodes[~is_replaced].sort_values(
        ["child_id", "started_date", "ceased_date"], kind="stable"
    )
    after = rows.groupby("child_id")[["started_date", _RETURN]].shift(-1)
    after["is_start"] = rows["new_episode"].eq(_STARTED).groupby(rows["child_id"]).shift(-1)
    is_open, has_next = rows["ceased_date"].isna(), after["started_date"].gt(rows["started_date"])
    has_next &= after[_RETURN].gt(rows[_RETURN])
    anew = after["is_start"].eq(True)
    is_absent = rows[_RETURN].lt(rows[_RETURN].max())
    is_after_start = rows[_RETURN].ge(rows["started_date"])
    touched = {
        "1": is_open & has_next & ~anew,
        "1a": is_open & has_next & anew,
        "2": is_open & ~has_next & is_absent & is_after_start,
        "4": has_next & rows["ceased_date"].gt(after["started_date"]),
        "5": has_next & rows["ceased_date"].lt(after["started_date"]) & ~anew,
    }
    before_next = after["started_date"] - pd.Timedelta(days=1)
    at_last = pd.concat([rows[_RETURN], before_next], axis=1).min(axis=1)
    at_last = at_last.where(at_last.ge(rows["started_date"]), rows["started_date"])
    ends = rows["ceased_date"].mask(touched["1"] | touched["4"], after["started_date"])
    ends = ends.mask(touched["1a"], at_last).mask(touched["2"], rows[_RETURN])
    is_made = touched["1"] | touched["1a"] | touched["2"] | touched["4"]
    reasons = rows["ceased_reason"].mask(is_made, NOT_KNOWN)
    found += [_told(rule, rows[at]) for rule, at in touched.items()]
    joined = rows.assign(ceased_date=ends, ceased_reason=reasons).sort_index()
    return joined, join_findings(found)


def _replaced(episodes: pd.DataFrame) -> pd.Series:
    """Rows that overlap one of the same child in a later submission of the same year."""
    whose = ["child_id", _RETURN]
    spans = episodes[[*whose, "submission", "started_date"]].assign(
        until=episodes["ceased_date"].fillna(OPEN)
    )
    latest = spans.groupby(whose)["submission"].transform("max")
    older = spans[latest.gt(spans["submission"]).fillna(False).astype(bool)]
    pairs = older.reset_index(names="row").merge(spans, on=whose, suffixes=("", "_other"))
    is_over = pairs["submission_other"].gt(pairs["submission"])
    is_over &= pairs["started_date"].lt(pairs["until_other"])
    is_over &= pairs["started_date_other"].lt(pairs["until"])
    rows = pairs.loc[is_over.fillna(False).astype(bool), "row"]
    return pd.Series(episodes.index.isin(rows), index=episodes.index)


def _told(rule: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One finding for each of the rows, in the submission that it came in last."""
    found, expected, action = _TOLD[rule]
    tables = []
    for submission, of_submission in rows.groupby("submission"):
        told = row_findings(
            pd.Series(found, index=range(len(of_submission)), dtype="str"),
            "ssda903",
            str(submission),
            column="DEC",
            expected=expected,
            action=action,
            rule=f"ssda903.stitching_{rule}",
        )
        children = of_submission["child_id"].astype("str").to_numpy()
        tables.append(told.assign(row="", child=children))
    return join_findings(tables)
