"""Parsed tables: every row that was sent of one layout, from all files, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings, no_findings, row_findings
from lscb_analysis.sources.board_tables import LEFT_OUT, Result
from lscb_analysis.sources.children import parsers_for
from lscb_analysis.sources.columns import column_places, match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout, tables_of
from lscb_analysis.sources.raw_tables import RawTable

CHILD = "child_id"


@dataclass(frozen=True)
class Parsed:
    """Every row that was sent of one layout, parsed, duplicates and incomplete rows included.

    `rows` has a column for each of the layout that some file has; its index runs from 0.
    `places` has, by the same index, which of `tables` the row is in (`table`) and the
    number of the row there (`row`).
    """

    layout: Layout
    rows: pd.DataFrame
    places: pd.DataFrame
    tables: tuple[RawTable, ...]


def parse_tables(
    tables: Iterable[RawTable], layout: Layout, kinds: Mapping[str, str], context: Context
) -> tuple[Parsed | None, pd.DataFrame]:
    """Every row of the tables of this layout, each column as its kind says, and the findings.

    `kinds` are those of `children.parsers_for`. A column that a file lacks is a finding;
    one that no file has is not in the result. None where no such table was sent.
    """
    chosen = tables_of(tables, layout)
    if not chosen:
        return None, as_findings()
    parsers = parsers_for(kinds, context)
    frames, places, findings = [], [], []
    for number, table in enumerate(chosen):
        matched = match_columns(table.rows.columns, layout.columns)
        where = column_places(table, layout.columns)
        absent = [name for name in kinds if name not in matched]
        found = [_absent(table, layout, [where[name]["column"] for name in absent])]
        read: dict[str, pd.Series] = {}
        for name, header in matched.items():
            if name in parsers:
                place = {"source": layout.source, **table.place, **where[name]}
                read[name], of_column = parsers[name](table.rows[header], **place)
                found.append(of_column)
        frame = pd.DataFrame(read, index=table.rows.index)
        frames.append(frame)
        places.append(pd.DataFrame({"table": number, "row": table.rows.index}))
        findings.append(located(join_findings(found), table, frame.get(CHILD)))
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    rows = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0]
    where_rows = pd.concat(places, ignore_index=True)
    parsed = Parsed(layout, rows.reset_index(drop=True), where_rows, tuple(chosen))
    return parsed, join_findings(findings)


def located(
    findings: pd.DataFrame, table: RawTable, children: pd.Series | None = None
) -> pd.DataFrame:
    """The findings of one table with each row's child, and in XML the path of the element.

    `children` are the re-keyed references by the table's row numbers.
    """
    if findings.empty:
        return findings
    rows = findings["row"].tolist()
    numbers = np.array([int(row) if row.isdecimal() else -1 for row in rows])
    is_row = table.rows.index.get_indexer(pd.Index(numbers)) >= 0
    at = numbers[is_row]
    told = {}
    if children is not None and len(at):
        child = findings["child"].to_numpy(dtype=object, copy=True)
        child[is_row] = children.reindex(at).fillna("").astype("str").to_numpy()
        told["child"] = pd.array(child, dtype="str")
    if table.paths is not None and len(at):
        row = findings["row"].to_numpy(dtype=object, copy=True)
        row[is_row] = element_paths(table.paths.loc[at]).to_numpy()
        told["row"] = pd.array(row, dtype="str")
    return findings.assign(**told)


def element_paths(numbers: pd.DataFrame) -> pd.Series:
    """The path of each element, from the number of each element on the way to it.

    A number of 0 means that there is no such element on the way.

    >>> element_paths(pd.DataFrame({"Child": [3], "CINdetails": [1], "Section47": [2]})).tolist()
    ['Child[3]/CINdetails[1]/Section47[2]']
    """
    ways = (zip(numbers.columns, way, strict=True) for way in numbers.to_numpy().tolist())
    paths = ["/".join(f"{tag}[{number}]" for tag, number in way if number > 0) for way in ways]
    return pd.Series(paths, index=numbers.index, dtype="str")


def flag(
    parsed: Parsed,
    wrong: pd.Series,
    *,
    column: str,
    found: str,
    expected: str,
    action: str,
    severity: str = "warning",
    rule: str = "",
) -> pd.DataFrame:
    """One finding for each row where `wrong` (by the index of `parsed.rows`) is true."""
    is_wrong = wrong if wrong.dtype == bool else wrong.fillna(False).astype(bool)
    if not is_wrong.to_numpy().any():
        return no_findings()
    at = parsed.rows.index[is_wrong]
    findings = []
    for number, places in parsed.places.loc[at].groupby("table"):
        table = parsed.tables[int(str(number))]
        where = column_places(table, parsed.layout.columns).get(column, {"column": column})
        told = row_findings(
            pd.Series(found, index=places["row"].to_numpy(), dtype="str"),
            parsed.layout.source,
            **table.place,
            **where,
            rule=rule,
            expected=expected,
            action=action,
            severity=severity,
        )
        findings.append(located(told, table, _children(parsed, places)))
    return join_findings(findings)


def _children(parsed: Parsed, places: pd.DataFrame) -> pd.Series | None:
    if CHILD not in parsed.rows:
        return None
    return parsed.rows.loc[places.index, CHILD].set_axis(places["row"].to_numpy())


def once_each(parsed: Parsed, key: Sequence[str], needed: Sequence[str]) -> Result:
    """The rows with a value in each of `needed`, the first of each key; findings for the others.

    The index is still that of `parsed.rows`.
    """
    rows, findings = parsed.rows, []
    is_whole = pd.Series(True, index=rows.index)
    for column in needed:
        blank = rows[column].isna() if column in rows else pd.Series(True, index=rows.index)
        findings.append(
            flag(
                parsed,
                blank,
                column=column,
                found="blank, or not readable",
                expected="a value in every row",
                action=f"fill it in; until then {LEFT_OUT}",
                rule=f"{parsed.layout.source}.needed",
            )
        )
        is_whole &= ~blank
    whole = rows[is_whole]
    again = whole.duplicated([name for name in key if name in whole])
    findings.append(
        flag(
            parsed,
            again.reindex(rows.index, fill_value=False),
            column=key[0],
            found="a row for something that an earlier row already gives",
            expected="each once",
            action="remove the row that is wrong; until then the first is used",
            rule=f"{parsed.layout.source}.twice",
        )
    )
    return whole[~again], join_findings(findings)


def stamped(rows: pd.DataFrame, source: str, context: Context) -> pd.DataFrame:
    """The rows from 0 with the columns `submission` and `source`."""
    numbered = rows.reset_index(drop=True)
    numbered["submission"] = pd.Series(context.submission, index=numbered.index, dtype="str")
    numbered["source"] = pd.Series(source, index=numbered.index, dtype="str")
    return numbered


def _absent(table: RawTable, layout: Layout, labels: Sequence[str]) -> pd.DataFrame:
    return as_findings(
        finding(
            layout.source,
            **table.place,
            row=table.header_row if table.paths is None else "",
            column=label,
            found="no such column",
            expected=f"this column in {layout.title}",
            action="ask for the column, or for its name to be put right",
            rule=f"{layout.source}.column",
        )
        for label in labels
    )
