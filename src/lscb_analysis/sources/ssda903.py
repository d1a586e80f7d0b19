"""SSDA903: the yearly return of children looked after, as twelve tables known by their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.periods import Quarter, financial_year_label, financial_year_period
from lscb_analysis.sources.care_derive import care_leavers_at_date
from lscb_analysis.sources.children import with_child_columns
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.columns import match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import tables_of
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.parsed import Parsed, once_each, parse_tables, stamped
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.rules import run_rules
from lscb_analysis.sources.ssda903_around import CHILD, SHORT_BREAKS
from lscb_analysis.sources.ssda903_layouts import FIRST_YEAR, KINDS, LAYOUTS, NAME, TABLES, kinds_of
from lscb_analysis.sources.ssda903_repeated import untold, without_repeated
from lscb_analysis.sources.ssda903_rules import rules_for
from lscb_analysis.sources.ssda903_years import last_file_first, latest_first, with_return_date
from lscb_analysis.sources.unexpected import unexpected_columns

__all__ = ["LAYOUTS", "NAME", "covers", "read", "tables_sent"]
_CHILD = ("birth_date", "sex", "ethnicity")
_DROPPED = tuple(
    wording for each in TABLES.values() for of in each.columns.values() for wording in of
)
# The records table that each table gives, and by which columns its rows are told apart.
_RECORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "episodes": ("ssda903_episodes", ("child_id", "started_date", "is_short_break")),
    "reviews": ("lac_reviews", ("child_id", "review_date")),
    "missing": ("missing_episodes", ("child_id", "missing_start_date")),
    "oc3": ("care_leavers_at_date", ("child_id",)),
    "oc2": ("health_at_date", ("child_id",)),
    "ad1": ("adoptions", ("child_id", "decision_date")),
    "placed_for_adoption": ("adoption_decisions", ("child_id", "decided_date")),
    "previous_permanence": ("previous_permanence", ("child_id",)),
    "workers": ("social_worker_episodes", ("child_id", "started_date")),
    "deprivations": ("deprivations_of_liberty", ("child_id", "started_date")),
}
_SPELLS = (
    ("started_date", "ceased_date"),
    ("missing_start_date", "missing_end_date"),
    ("started_date", "ended_date"),
    ("decided_date", "reversed_date"),
)
_ANSWERS = ("is_in_touch", "is_in_education_employment_training", "is_suitable_accommodation")


def covers(table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day covered: the financial year, or for a snapshot its last day."""
    year = financial_year_period(quarter.year)
    return (
        (quarter.end, quarter.end)
        if table.endswith("_at_date")
        else (
            year.period_start,
            min(year.period_end, quarter.end),
        )
    )


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The records of a yearly return, and the findings.

    `ssda903_episodes` (episodes with the child's columns, `is_asylum_seeking` and
    `is_short_break`; `care_periods` makes periods of care of them), `lac_reviews`,
    `missing_episodes`, `care_leavers_at_date`, `health_at_date` (OC2), `adoptions` (AD1),
    `adoption_decisions`, `previous_permanence`, `social_worker_episodes` and
    `deprivations_of_liberty`. What was not sent is not in the result. Several years'
    files may be there together: of an episode that two give, the later year's counts.
    """
    sent, findings = tables_sent(tables, context)
    if not sent:
        return {}, findings
    rules = rules_for(context.quarter.year, frozenset(sent))
    of_rules = run_rules(rules, sent, context, covers("", context.quarter))
    records = _records({name: table.rows for name, table in sent.items()}, context)
    return records, join_findings([findings, of_rules])


def tables_sent(tables: list[RawTable], context: Context) -> tuple[dict[str, Parsed], pd.DataFrame]:
    """The return's tables by name as the rules look at them, and the findings of parsing.

    Coded columns hold the codes. Each event is there once, and no row without its key.
    """
    parsed, findings = _parsed(tables, context)
    once, found = {}, []
    for name, table in parsed.items():
        once[name], of_key, left_out = _once(name, table, context)
        findings = untold(findings, left_out)
        found.append(of_key)
    return (_numbered(once) if once else {}), join_findings([findings, *found])


def _parsed(tables: list[RawTable], context: Context) -> tuple[dict[str, Parsed], pd.DataFrame]:
    parsed, findings = {}, []
    for name, layout in TABLES.items():
        chosen = tables_of(tables, layout)
        sent = frozenset(
            column
            for table in chosen
            for column in match_columns(table.rows.columns, layout.columns)
        )
        result, found = parse_tables(chosen, layout, kinds_of(name, sent), context)
        findings += [found, _early(name, chosen, context)]
        findings += [unexpected_columns(table, layout, _DROPPED) for table in chosen]
        if result is not None:
            parsed[name] = result
    return parsed, join_findings(findings)


def _early(name: str, tables: list[RawTable], context: Context) -> pd.DataFrame:
    """A note for each table that is part of the return only in later years."""
    first = FIRST_YEAR.get(name, 0)
    if context.quarter.year >= first:
        return as_findings()
    return as_findings(
        finding(
            NAME,
            **table.place,
            row=table.header_row if table.paths is None else "",
            found=f"a table that the return of this year does not have: {TABLES[name].title}",
            expected=f"it from {financial_year_label(first)} on",
            action="nothing: it is read all the same",
            rule=f"{NAME}.table_of_the_year",
            severity="note",
        )
        for table in tables
    )


def _once(name: str, table: Parsed, context: Context) -> tuple[Parsed, pd.DataFrame, pd.DataFrame]:
    """The table with each event once, of several rows for one the row that counts.

    With the findings, and where the rows stand that another file gives again.
    """
    key = _RECORDS[name][1] if name in _RECORDS else ("child_id",)
    if name == "episodes":
        is_break = table.rows["legal_status"].isin(SHORT_BREAKS)
        table = replace(table, rows=table.rows.assign(is_short_break=is_break.astype("boolean")))
        table = latest_first(with_return_date(table, context))
    else:
        table = last_file_first(table)
    needed = [column for column in key if column != "is_short_break"]
    table, repeated, left_out = without_repeated(name, table, key)
    rows, findings = once_each(table, key, needed)
    return replace(table, rows=rows.sort_index()), join_findings([repeated, findings]), left_out


def _records(once: Mapping[str, pd.DataFrame], context: Context) -> dict[str, pd.DataFrame]:
    people = _labelled(once["header"]) if "header" in once else None
    records: dict[str, pd.DataFrame] = {}
    for name, (record, _) in _RECORDS.items():
        if name in once:
            rows = stamped(_ended_in_order(once[name]), NAME, context)
            records[record] = _with_header(_labelled(rows), people)
    if "ssda903_episodes" in records:
        seekers = once["uasc"]["child_id"] if "uasc" in once else pd.Series(dtype="str")
        records["ssda903_episodes"] = _episodes(records["ssda903_episodes"], seekers)
    if "lac_reviews" in records:
        columns = ["child_id", "review_date", "submission", "source"]
        records["lac_reviews"] = records["lac_reviews"][columns]
    if "missing_episodes" in records:
        missing = records["missing_episodes"]
        is_missing = missing["kind"].map({"Missing": True, "Away": False}).astype("boolean")
        records["missing_episodes"] = missing.assign(is_missing=is_missing)
    snapshot = pd.Timestamp(context.quarter.end)
    if "care_leavers_at_date" in records:
        leavers = care_leavers_at_date(records["care_leavers_at_date"], snapshot)
        records["care_leavers_at_date"] = leavers
    if "health_at_date" in records:
        health = records["health_at_date"]
        days = pd.Series(snapshot, index=health.index).astype("datetime64[ns]")
        records["health_at_date"] = health.assign(snapshot_date=days)
    return records


def _episodes(episodes: pd.DataFrame, seekers: pd.Series) -> pd.DataFrame:
    return episodes.assign(
        is_asylum_seeking=is_among(episodes["child_id"], seekers).astype("boolean")
    )


def _labelled(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what their codes stand for in place of the codes; care leavers' as answers."""
    labelled = {}
    for column in rows.columns:
        what, _, table = KINDS.get(str(column), "").partition(":")
        if what != "code":
            continue
        labels = rows[column].map(dict(code_table(table)))
        labelled[str(column)] = (
            labels.map({"Yes": True, "No": False}).astype("boolean")
            if column in _ANSWERS
            else labels.astype("str").fillna(NOT_KNOWN)
        )
    return rows.assign(**labelled)


def _ended_in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, each that ends before it starts ending on the day it starts."""
    spells = [(start, end) for start, end in _SPELLS if start in rows and end in rows]
    for start, end in spells:
        rows = rows.assign(**{end: rows[end].mask(rows[end].lt(rows[start]), rows[start])})
    return rows


def _with_header(rows: pd.DataFrame, headers: pd.DataFrame | None) -> pd.DataFrame:
    """The rows with the columns of the child's header, or their own where there is none."""
    own = with_child_columns(rows).drop(columns=CHILD)
    if headers is None or headers.empty:
        return own
    known = with_child_columns(headers)
    places = pd.Series(range(len(known)), index=known[CHILD].to_numpy())
    at = rows[CHILD].map(places).fillna(-1).astype("int64")
    of_header = {
        name: known[name].take(at.clip(lower=0).to_numpy()).set_axis(rows.index) for name in _CHILD
    }
    return own.assign(**{name: of_header[name].where(at.ge(0), own[name]) for name in _CHILD})


def _numbered(tables: Mapping[str, Parsed]) -> dict[str, Parsed]:
    """The tables with the child of each row as a number too, the same in all of them."""
    ids = pd.concat([table.rows["child_id"] for table in tables.values()], ignore_index=True)
    numbers, first = pd.factorize(ids)[0], 0
    numbered = {}
    for name, table in tables.items():
        own = numbers[first : first + len(table.rows)]
        numbered[name] = replace(table, rows=table.rows.assign(**{CHILD: own}))
        first += len(table.rows)
    return numbered
