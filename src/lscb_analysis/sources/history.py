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
    taken: dict[tuple[bool, ...], np.ndarray] = {}
    columns = {}
    for column in rows.columns:
        given_by = tuple(column in part for part in parts)
        if given_by not in taken:
            gives = np.array(given_by)[last_part]
            taken[given_by] = np.full(codes.max() + 1, -1)
            taken[given_by][codes[gives]] = np.flatnonzero(gives)
        positions = taken[given_by]
        values = rows[column].take(np.maximum(positions, 0))
        columns[column] = (values if all(given_by) else values.mask(positions < 0)).array
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
    dropped = _overlapped(crowded, start)
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
    """The labels of the spells that overlap one of the same child (`whose`) that counts more."""
    order = ["whose", "rank", start]
    ranked = rows.sort_values(order, ascending=[True, False, False], kind="stable")
    begins, until = ranked[start].to_numpy(), ranked["until"].to_numpy()
    kept: dict[int, list[tuple[np.datetime64, np.datetime64]]] = {}
    dropped: list[int] = []
    for label, child, first, last in zip(ranked.index, ranked["whose"], begins, until, strict=True):
        spans = kept.setdefault(child, [])
        if any(first < other_last and other < last for other, other_last in spans):
            dropped.append(label)
        else:
            spans.append((first, last))
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
    """How many events of the first have one within 14 days in the second, neither with its own."""
    key = [child, event]
    mine, other = first[key], second[key]
    alone, other_alone = mine[~_is_among(mine, other)], other[~_is_among(other, mine)]
    pairs = alone.merge(other_alone, on=child, suffixes=("", "_other"))
    apart = (pairs[event] - pairs[f"{event}_other"]).dt.days.abs()
    return len(pairs.loc[apart.between(1, NEAR_DAYS), key].drop_duplicates())


def _is_among(rows: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Whether each row has an equal one among the others."""
    both = pd.concat([rows, others], ignore_index=True)
    codes = both.groupby(list(both.columns), sort=False, dropna=False).ngroup().to_numpy()
    return np.isin(codes[: len(rows)], codes[len(rows) :])
