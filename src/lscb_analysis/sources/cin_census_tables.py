"""The CIN census's tables parsed: typed columns, each row with its child, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.sources.board_tables import Result
from lscb_analysis.sources.children import parsers_for
from lscb_analysis.sources.cin_census_layouts import (
    CHILD,
    NAME,
    TABLES,
    kind_of,
    layout_of,
)
from lscb_analysis.sources.cin_census_upn import upn_faults
from lscb_analysis.sources.cin_census_xml import Rows
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed, located, once_each
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable

UNKNOWN_CODE = "?"
LONGEST_ID = 20
_NO_DISABILITY = {"NONE": "No disability"}
# The columns that have no parser: what is wrong with them is told, and they are dropped.
_NOT_KEPT = ("upn", "collection", "year", "reference_date")


def parsed_tables(
    sent: dict[str, Rows], file: str, context: Context
) -> tuple[dict[str, Parsed], pd.DataFrame]:
    """The census's tables by name as the rules look at them, and the findings of parsing.

    Coded columns hold the codes: blank where none was sent, `?` where it is not known.
    `child_number` is the same for one child in every table; `episode`, `assessment` and
    `plan` are the number of that table's row, 0 for none. Each event is there once, no row
    without its key or its child. `upn` says only what is wrong with the pupil number.
    `sent` is emptied on the way, to hold nothing twice.
    """
    people, findings = _people(sent.pop("children"), file, context)
    parsed = {"children": people}
    for name in TABLES:
        if name not in ("children", "header"):
            parsed[name], found = _module(name, sent.pop(name), people, parsed, file, context)
            findings = join_findings([findings, found])
    return parsed, findings


def _people(rows: Rows, file: str, context: Context) -> tuple[Parsed, pd.DataFrame]:
    cells = _cells(rows)
    values, findings = _values("children", cells, file, context)
    upn, identifier = cells["UPN"], cells["LAchildID"]
    born, expected = values["birth_date"], values["expected_birth_date"]
    values = values.assign(
        is_expected=cells["PersonBirthDate"].isna() & expected.notna(),
        own_birth_date=born,
        birth_date=born.where(cells["PersonBirthDate"].notna(), expected),
        has_upn=upn.notna(),
        upn=upn_faults(upn),
        is_upn_shared=upn.notna() & upn.duplicated(keep=False),
        is_id_long=identifier.str.len().gt(LONGEST_ID).fillna(False),
        is_id_odd=identifier.notna() & ~identifier.str.fullmatch("[A-Za-z0-9]*").fillna(True),
    )
    values[CHILD] = pd.factorize(values["child_id"])[0]
    people = _as_parsed("children", values, rows, file, context)
    return people, located(findings, people.tables[0], values["child_id"])


def _module(
    name: str,
    rows: Rows,
    people: Parsed,
    parsed: Mapping[str, Parsed],
    file: str,
    context: Context,
) -> tuple[Parsed, pd.DataFrame]:
    values, findings = _values(name, _cells(rows), file, context)
    at = np.asarray(rows.belongs["children"], dtype="int32")
    for parent, column in TABLES[name].belongs.items():
        values[column] = np.asarray(rows.belongs[parent], dtype="int32") + 1
    values["child_id"] = _of(people.rows["child_id"], at, values.index)
    values[CHILD] = _of(people.rows[CHILD], at, values.index).fillna(-1).astype("int64")
    if name == "reviews":
        plans = parsed["cp_plans"].rows["plan_start_date"]
        values["plan_start_date"] = plans.reindex(values["plan"]).to_numpy()
    table = _as_parsed(name, values, rows, file, context)
    told = [located(findings, table.tables[0], values["child_id"])]
    has_all = values["child_id"].notna()
    if name == "reviews":
        has_all &= values["plan_start_date"].notna()
    once, of_key = _once(name, replace(table, rows=values[has_all]))
    return replace(table, rows=once), join_findings([*told, of_key])


def _of(values: pd.Series, at: np.ndarray, index: pd.Index) -> pd.Series:
    """For each row the value of the row of another table at that position; missing for -1."""
    return values.reindex(at + 1).set_axis(index)


def _once(name: str, table: Parsed) -> Result:
    key, needed = TABLES[name].key, TABLES[name].needed
    return once_each(table, key, needed) if key else (table.rows, as_findings())


def _values(name: str, cells: pd.DataFrame, file: str, context: Context) -> Result:
    """Each column parsed as its kind says, by row number, and the findings by row number."""
    layout = layout_of(name, context.quarter.year)
    kinds = {"child_id": "identifier"} | {
        column: kind_of(column)
        for column in TABLES[name].columns
        if column not in _NOT_KEPT and column != "child_id"
    }
    read: dict[str, pd.Series] = {}
    findings = []
    for column, parser in parsers_for(kinds, context).items():
        if column not in TABLES[name].columns:
            continue
        raw = cells[TABLES[name].columns[column][0]]
        place = {"source": NAME, "file": file, "sheet": "", "letter": ""}
        read[column], found = parser(raw, **place, column=layout.columns[column][0])
        findings.append(found)
        if kinds[column].startswith("code:"):
            read[column] = _with_unknown(read[column], raw)
    return pd.DataFrame(read, index=cells.index), join_findings(findings)


def _with_unknown(codes: pd.Series, raw: pd.Series) -> pd.Series:
    sent = raw[codes.eq("") & raw.notna()]
    unknown = sent.index[~sent.map(is_blank).astype(bool)]
    return codes.where(~codes.index.isin(unknown), UNKNOWN_CODE) if len(unknown) else codes


def _cells(rows: Rows) -> pd.DataFrame:
    length = len(next(iter(rows.texts.values())))
    index = pd.RangeIndex(1, length + 1)
    cells = {name: pd.Series(texts, index, dtype="str") for name, texts in rows.texts.items()}
    if "Disability" in cells:
        cells["Disability"] = cells["Disability"].str.upper().replace(_NO_DISABILITY)
    return pd.DataFrame(cells, index=index)


def _as_parsed(name: str, values: pd.DataFrame, rows: Rows, file: str, context: Context) -> Parsed:
    """The parsed table; what was sent as text is not in it any more."""
    paths = pd.DataFrame(
        {tag: np.asarray(numbers, dtype="int32") for tag, numbers in rows.paths.items()},
        index=values.index,
    )
    table = RawTable(file, "", 0, pd.DataFrame(index=values.index), (), paths)
    places = pd.DataFrame({"table": np.int8(0), "row": values.index}, index=values.index)
    return Parsed(layout_of(name, context.quarter.year), values, places, (table,))


def header_table(values: pd.DataFrame, rows: Rows, file: str, context: Context) -> Parsed:
    """The header as a table of one row, for rules about the whole return."""
    return _as_parsed("header", values, rows, file, context)
