"""The board's own tables, read with columns that need not be sent, and as rules look at them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.sources.board_tables import Parser, Result, gather, read_columns
from lscb_analysis.sources.columns import match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout, tables_of
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.rules import Rule, Sent, run_rules

TWICE = "a row for something that an earlier row already gives"


@dataclass(frozen=True)
class ReadTable:
    """One table as it was read: every row that was sent, by the row number that Excel shows.

    `rows` has each column of the layout; one that the table lacks is wholly missing.
    """

    table: RawTable
    rows: pd.DataFrame
    findings: pd.DataFrame


def read_all(
    tables: Iterable[RawTable],
    layout: Layout,
    parsers: Mapping[str, Parser],
    optional: Collection[str] = (),
) -> list[ReadTable]:
    """The tables of this layout, each read column by column.

    To lack one of the `optional` columns is no finding.
    """
    return [_read_one(table, layout, parsers, optional) for table in tables_of(tables, layout)]


def _read_one(
    table: RawTable, layout: Layout, parsers: Mapping[str, Parser], optional: Collection[str]
) -> ReadTable:
    matched = match_columns(table.rows.columns, layout.columns)
    asked = {
        name: wordings
        for name, wordings in layout.columns.items()
        if name in matched or name not in optional
    }
    read, findings = read_columns(
        table,
        replace(layout, columns=asked),
        {name: parser for name, parser in parsers.items() if name in asked},
    )
    nothing = pd.Series(None, index=read.index, dtype=object)
    whole = {
        name: read[name] if name in read else parser(nothing, source="", file="", column="")[0]
        for name, parser in parsers.items()
    }
    return ReadTable(table, pd.DataFrame(whole, index=read.index), findings)


def gather_read(
    read: Sequence[ReadTable],
    layout: Layout,
    context: Context,
    key: Sequence[str],
    records_of_one: Callable[[ReadTable], Result],
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    """What `board_tables.gather` gives for tables that have been read: None where there are none.

    The findings are those of reading, then those that `records_of_one` gives.
    """

    def one(table: RawTable) -> Result:
        (item,) = (item for item in read if item.table is table)
        rows, found = records_of_one(item)
        return rows, join_findings([item.findings, found])

    return gather([item.table for item in read], layout, context, key, one)


def as_parsed(read: Sequence[ReadTable], layout: Layout) -> Parsed | None:
    """The rows of all these tables as rules look at them; None where there is no table.

    A column of the layout that no table has is not there, so that a rule says what it lacks.
    """
    if not read:
        return None
    sent = {
        name for item in read for name in match_columns(item.table.rows.columns, layout.columns)
    }
    frames = [item.rows for item in read]
    rows = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    absent = [name for name in rows.columns if name in layout.columns and name not in sent]
    places = pd.concat(
        [
            pd.DataFrame({"table": number, "row": item.rows.index})
            for number, item in enumerate(read)
        ],
        ignore_index=True,
    )
    kept = rows.drop(columns=absent).reset_index(drop=True)
    return Parsed(layout, kept, places, tuple(item.table for item in read))


def check(rules: Iterable[Rule], parsed: Mapping[str, Parsed], context: Context) -> pd.DataFrame:
    """The findings of the rules on the tables that were sent; none where none of them was."""
    if not parsed:
        return as_findings()
    return run_rules(rules, parsed, context, (context.quarter.start, context.quarter.end))


def first_of_each(rows: pd.DataFrame, needed: Sequence[str], key: Sequence[str]) -> pd.DataFrame:
    """The rows with a value in each of `needed`, the first of each key (rules tell of the rest)."""
    whole = rows[rows[list(needed)].notna().all(axis=1)]
    return whole[~whole.duplicated(list(key))]


def twice(
    rule_id: str,
    table: str,
    key: Sequence[str],
    needed: Sequence[str],
    optional: Collection[str] = (),
) -> Rule:
    """The rule that each key stands in a table once, among rows with a value in `needed`.

    Of the key, the `optional` columns count where they were sent.
    """

    def fails(sent: Sent) -> pd.Series:
        rows = sent[table]
        whole = rows[rows[list(needed)].notna().all(axis=1)]
        sent_key = [column for column in key if column in rows]
        return whole.duplicated(sent_key).reindex(rows.index, fill_value=False)

    return Rule(
        rule_id,
        "our own check: what is sent twice is counted twice",
        table,
        key[0],
        tuple(
            f"{table}.{column}"
            for column in dict.fromkeys([*key, *needed])
            if column not in optional
        ),
        fails,
        TWICE,
        "each once in a table",
        "remove the row that is wrong; until then the first is used",
    )


def of_key(rows: pd.DataFrame, other: pd.DataFrame, key: str, column: str) -> pd.Series:
    """What the first row of `other` with the same key says in `column`, missing without one.

    By the index of `rows`.
    """
    known = other[[key, column]].dropna(subset=[key]).drop_duplicates(key)
    found = known.set_index(key)[column].reindex(rows[key].to_numpy())
    return found.set_axis(rows.index)


def is_in(rows: pd.DataFrame, other: pd.DataFrame, key: str) -> pd.Series:
    """Whether `other` has each row's key; a missing key counts as being there."""
    return is_among(rows[key], other[key].dropna()) | rows[key].isna()
