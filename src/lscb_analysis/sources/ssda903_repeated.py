"""Several files of one table, as of several years: each fact is told once, a revision as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lscb_analysis.findings import as_findings, few, finding, join_findings
from lscb_analysis.sources.parsed import Parsed, element_paths, flag
from lscb_analysis.sources.ssda903_layouts import NAME
from lscb_analysis.sources.ssda903_years import LAST_DAY

# What is asked anew each year: another answer is no revision.
_OF_THE_YEAR = ("oc2", "oc3")
# The reasons go with the end of an episode, and what is made of other columns is no revision.
_NOT_COMPARED = (LAST_DAY, "is_short_break")
_PLACE = ["file", "sheet", "row"]


def given_again(table: Parsed, key: Sequence[str]) -> pd.Series:
    """The row that counts in place of each, where that is another file's; by the index.

    The rows stand in order, the one that counts first. Missing for every other row: the
    first of its key, one that an earlier row of its own file repeats, one without its key.
    """
    rows = table.rows
    whole = rows[rows[list(key)].notna().all(axis=1)]
    position = pd.Series(range(len(whole)), index=whole.index)
    first = position.groupby([whole[name] for name in key], sort=False).transform("first")
    counts = pd.Series(whole.index[first.to_numpy()], index=whole.index)
    files = table.places["table"]
    is_other = files.loc[whole.index].to_numpy() != files.loc[counts].to_numpy()
    return counts[is_other].reindex(rows.index)


def without_repeated(
    name: str, table: Parsed, key: Sequence[str]
) -> tuple[Parsed, pd.DataFrame, pd.DataFrame]:
    """The table without what another file gives better, the findings, and where that stood.

    Where several files, as of several years, give the same event, one row counts. A note
    a file says how many rows another gives again; a note a cell, that what is now given
    was another value before (a blank one is filled in, which is none). The last result has
    a row for each of the rows left out: `file`, `sheet` and `row` as findings name them.
    """
    counts = given_again(table, key) if len(table.tables) > 1 else pd.Series(dtype="float64")
    again = counts.dropna().astype("int64")
    if again.empty:
        return table, as_findings(), pd.DataFrame(columns=_PLACE, dtype="str")
    kept = replace(table, rows=table.rows.drop(index=again.index))
    findings = [_notes(table, again)]
    if name not in _OF_THE_YEAR:
        findings.append(_revisions(kept, table, again, key))
    return kept, join_findings(findings), _places(table, again.index)


def untold(findings: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The findings without those about the rows in these places."""
    if places.empty or findings.empty:
        return findings
    told = pd.MultiIndex.from_frame(places[_PLACE])
    return findings[~pd.MultiIndex.from_frame(findings[_PLACE]).isin(told)].reset_index(drop=True)


def _notes(table: Parsed, again: pd.Series) -> pd.DataFrame:
    files = table.places["table"]
    pairs = pd.DataFrame(
        {"file": files.loc[again.index].to_numpy(), "other": files.loc[again].to_numpy()}
    )
    sizes = pairs.groupby("file").agg(rows=("other", "size"), others=("other", "unique"))
    return as_findings(
        finding(
            NAME,
            **table.tables[int(str(number))].place,
            found=f"rows that {_named(table, others)} gives again: {few(rows)}",
            expected="several years' files, or each row in one file",
            action="nothing, where the files are of different years: the latest row counts",
            rule=f"{NAME}.given_again",
            severity="note",
        )
        for number, rows, others in sizes.itertuples()
    )


def _named(table: Parsed, numbers: Sequence[int]) -> str:
    files = [table.tables[int(number)] for number in sorted(numbers)]
    if len(files) > 1:
        return "another file"
    return " ".join(filter(None, (files[0].file, files[0].sheet)))


def _revisions(kept: Parsed, table: Parsed, again: pd.Series, key: Sequence[str]) -> pd.DataFrame:
    """A note for each cell that counts and of which another file gives another value."""
    compared = [
        name
        for name in table.rows.columns
        if name not in (*key, *_NOT_COMPARED) and name in table.layout.columns
    ]
    findings = []
    for column in compared:
        before = table.rows.loc[again.index, column]
        now = table.rows.loc[again, column].set_axis(again.index)
        differs = _says(before) & ~before.eq(now).fillna(False).astype(bool)
        revised = kept.rows.index.isin(again[differs])
        findings.append(
            flag(
                kept,
                pd.Series(revised, index=kept.rows.index),
                column=column,
                found="another value than an earlier file gives",
                expected="the same in every year's file, unless it was put right since",
                action="nothing, if it was put right: this value counts",
                rule=f"{NAME}.revised",
                severity="note",
            )
        )
    return join_findings(findings)


def _says(cells: pd.Series) -> pd.Series:
    """Whether each cell says something: it is neither missing nor blank."""
    return cells.notna() & cells.ne("").fillna(False).astype(bool)


def _places(table: Parsed, index: pd.Index) -> pd.DataFrame:
    """Where rows stand, as findings name it."""
    parts = []
    for number, places in table.places.loc[index].groupby("table"):
        sent = table.tables[int(str(number))]
        rows = places["row"].astype("str")
        if sent.paths is not None:
            rows = element_paths(sent.paths.loc[places["row"].to_numpy()])
        parts.append(pd.DataFrame({"row": rows.to_numpy()}).assign(**sent.place))
    return pd.concat(parts, ignore_index=True)[_PLACE]
