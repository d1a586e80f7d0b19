"""History: the submissions of all quarters joined, the later superseding the earlier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lscb_analysis.findings import as_findings, few, finding, join_findings
from lscb_analysis.sources.spells import OPEN

NEAR_DAYS = 14


def join_submissions(parts: Sequence[pd.DataFrame], key: Sequence[str]) -> pd.DataFrame:
    """One row for each key: every column as the last part that has that column gives it.

    The parts come in the order of precedence, the one that counts most last. A
    column that a source does not send is thus not lost to a later one that lacks it;
    a value that the later one gives as missing is missing.

    >>> first = pd.DataFrame({"id": ["a", "b"], "end": [1, 1], "reason": ["x", "y"]})
    >>> join_submissions([first, pd.DataFrame({"id": ["a"], "end": [2]})], ["id"]).values.tolist()
    [['a', 2, 'x'], ['b', 1, 'y']]
    """
    rows = pd.concat(parts, ignore_index=True)
    if rows.empty:
        return rows
    codes = rows.groupby(list(key), sort=False, dropna=False).ngroup().to_numpy()
    last_part = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    columns = {}
    for column in rows.columns:
        gives = np.array([column in part for part in parts])[last_part]
        positions = np.full(codes.max() + 1, -1)
        positions[codes[gives]] = np.flatnonzero(gives)
        columns[column] = rows[column].take(np.maximum(positions, 0)).mask(positions < 0).array
    return pd.DataFrame(columns)


def without_overlaps(
    spells: pd.DataFrame,
    start: str,
    end: str,
    rank: pd.Series,
    within: Sequence[str] = ("child_id",),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The spells of each child, none open while another is, and those left out.

    Of two that overlap the one with the higher `rank` is kept; of equal rank, the one
    that starts later. A spell without length overlaps nothing. Only spells that are
    alike in the columns `within` are compared.
    """
    ends = spells[end].fillna(OPEN)
    whose = spells.groupby(list(within), sort=False, dropna=False).ngroup()
    lasting = spells[ends > spells[start]].assign(until=ends, rank=rank, whose=whose)
    ordered = lasting.sort_values(["whose", start], kind="stable")
    reached = ordered.groupby("whose")["until"].cummax().groupby(ordered["whose"]).shift()
    touched = ordered.loc[reached.gt(ordered[start]), "whose"].unique()
    crowded = ordered[ordered["whose"].isin(touched)]
    dropped: list[int] = []
    for _, rows in crowded.groupby("whose"):
        dropped += _overlapped(rows, start)
    kept = spells.drop(index=dropped).reset_index(drop=True)
    return kept, spells.loc[dropped].reset_index(drop=True)


def overlap_findings(left_out: pd.DataFrame, start: str, table: str) -> pd.DataFrame:
    """A finding for the spells left out because they overlap another, by source."""
    return as_findings(
        finding(
            str(source),
            "all submissions",
            column=start,
            found=f"{table} that overlap another of the same child: {few(len(rows))}",
            expected="one spell at a time for each child",
            action="correct the start dates; until then the latest submission's is used",
        )
        for source, rows in left_out.groupby("source")
    )


def _overlapped(rows: pd.DataFrame, start: str) -> list[int]:
    kept: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    dropped: list[int] = []
    ranked = rows.sort_values(["rank", start], ascending=False)
    spans = zip(ranked.index, ranked[start], ranked["until"], strict=True)
    for label, begins, until in spans:
        if any(begins < other_until and other < until for other, other_until in kept):
            dropped.append(label)
        else:
            kept.append((begins, until))
    return dropped


def open_but_absent(
    spells: pd.DataFrame, end: str, source: str, last_sent: str, table: str
) -> pd.DataFrame:
    """A finding for the spells still open that the source's last submission no longer holds.

    `last_sent` is that submission. They stay open: nobody said that they ended.
    """
    is_left = spells[end].isna() & spells["source"].eq(source)
    left = spells[is_left & spells["submission"].lt(last_sent)]
    return as_findings(
        finding(
            source,
            str(submission),
            found=f"{table} still open that {last_sent} no longer holds: {few(len(rows))}",
            expected="an end date, or the child in every later submission",
            action="send the end date; until then they count as open",
        )
        for submission, rows in left.groupby("submission")
    )


def disagreements(parts: Sequence[pd.DataFrame], key: Sequence[str], table: str) -> pd.DataFrame:
    """Findings where two sources of one submission give one event different dates.

    Counted are events with the same key and another date (an end, a conference), and
    events that only one source holds where the other has one of the same child
    within 14 days. Nothing is merged: a count for each pair of sources.
    """
    rows = pd.concat(parts, ignore_index=True)
    found = []
    for submission, of_submission in rows.groupby("submission"):
        sources = {str(name): part for name, part in of_submission.groupby("source")}
        names = sorted(sources)
        for first, second in [(a, b) for a in names for b in names if a < b]:
            found += _disagree(sources[first], sources[second], key, table, str(submission))
    return join_findings([as_findings(found)])


def _disagree(
    first: pd.DataFrame, second: pd.DataFrame, key: Sequence[str], table: str, submission: str
) -> list[dict[str, str]]:
    pair = f"{first['source'].iloc[0]} and {second['source'].iloc[0]}"
    both = first.merge(second, on=list(key), suffixes=("", "_other"))
    shared = [str(column) for column in first if f"{column}_other" in both]
    dates = [name for name in shared if name.endswith("_date") and name != "birth_date"]
    counts = {column: _differing(both, column) for column in dates}
    child, event = key
    counts[event] = _near_misses(first, second, child, event)
    return [
        finding(
            pair,
            submission,
            column=column,
            found=f"{table} with different dates in the two: {few(count)}",
            expected="the same date in both",
            action="agree the date; until then the last submission counts, Annex A first",
        )
        for column, count in counts.items()
        if count
    ]


def _differing(both: pd.DataFrame, column: str) -> int:
    mine, other = both[column], both[f"{column}_other"]
    return int((mine.notna() & other.notna() & mine.ne(other)).sum())


def _near_misses(first: pd.DataFrame, second: pd.DataFrame, child: str, event: str) -> int:
    pairs = first[[child, event]].merge(second[[child, event]], on=child, suffixes=("", "_other"))
    apart = (pairs[event] - pairs[f"{event}_other"]).dt.days.abs()
    exact = pairs[apart.eq(0)]
    unmatched = ~pd.MultiIndex.from_frame(pairs[[child, event]]).isin(
        pd.MultiIndex.from_frame(exact[[child, event]])
    ) & ~pd.MultiIndex.from_frame(pairs[[child, f"{event}_other"]]).isin(
        pd.MultiIndex.from_frame(exact[[child, f"{event}_other"]])
    )
    near = pairs[unmatched & apart.between(1, NEAR_DAYS)]
    return len(near[[child, event]].drop_duplicates())
