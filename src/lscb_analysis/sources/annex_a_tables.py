"""Annex A's lists: which table is which, and every row of each list parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.sources.annex_a_cells import parse_ages, parse_names
from lscb_analysis.sources.annex_a_columns import CHILD, DROPPED, NAME, OWN_KINDS, ListLayout
from lscb_analysis.sources.annex_a_lists_1_to_5 import (
    ASSESSMENTS,
    CONTACTS,
    EARLY_HELP,
    REFERRALS,
    SECTION_47S,
)
from lscb_analysis.sources.annex_a_lists_6_to_8 import CHILDREN_IN_NEED, LOOKED_AFTER, PLANS
from lscb_analysis.sources.annex_a_lists_9_to_11 import ADOPTERS, ADOPTIONS, CARE_LEAVERS
from lscb_analysis.sources.board_tables import Parser
from lscb_analysis.sources.columns import column_places, has_columns, match_columns, normalise
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.parsed import Parsed, located, parse_tables
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.unexpected import unexpected_columns

LISTS = (
    *(CONTACTS, EARLY_HELP, REFERRALS, ASSESSMENTS, SECTION_47S, CHILDREN_IN_NEED),
    *(PLANS, LOOKED_AFTER, CARE_LEAVERS, ADOPTIONS, ADOPTERS),
)
LAYOUTS = tuple(replace(item.layout, marks=shape) for item in LISTS for shape in item.shapes)
EVERY_CHILD = "children"
_OWN_PARSERS: Mapping[str, Parser] = dict(zip(OWN_KINDS, (parse_ages, parse_names), strict=True))
_NUMBERED = re.compile(r"list\W*_?\W*0*(\d{1,2})(?!\d)", re.IGNORECASE)
_CHILD_LAYOUT = Layout(
    NAME, "Annex A", {name: each[1] for name, each in CHILD.items()}, marks=("child_id",)
)


def tables_of_lists(tables: Iterable[RawTable]) -> dict[str, list[RawTable]]:
    """The tables of each list, by the name of the list, known by their columns.

    Where one fits two lists, its sheet's or its file's name decides, else the list with
    more of its columns.
    """
    found: dict[str, list[RawTable]] = {}
    for table in tables:
        fitting = [item for item in LISTS if _fits(table, item)]
        if fitting:
            item = max(fitting, key=lambda each: _closeness(table, each))
            found.setdefault(item.name, []).append(table)
    return found


def parse_list(
    item: ListLayout, tables: Iterable[RawTable], context: Context
) -> tuple[Parsed | None, pd.DataFrame]:
    """Every row of the tables of one list, and the findings; None where there are none.

    `tables` are those of the list (`tables_of_lists`). A row of List 11 whose adopter
    has no identifier is known by that of the family.
    """
    chosen = list(tables)
    sent = {
        name for table in chosen for name in match_columns(table.rows.columns, item.layout.columns)
    }
    kinds = {
        name: kind
        for name, kind in item.kinds.items()
        if kind not in OWN_KINDS and (name in sent or name not in item.optional)
    }
    layout = replace(item.layout, marks=_shared_shape(chosen, item))
    parsed, found = parse_tables(chosen, layout, kinds, context)
    if parsed is None:
        return None, found
    rows, findings = parsed.rows, [found]
    for name in (name for name, kind in item.kinds.items() if kind in OWN_KINDS and name in sent):
        cells, of_column = _own_column(parsed, name, _OWN_PARSERS[item.kinds[name]])
        rows = rows.assign(**{name: cells})
        findings.append(of_column)
    if item is ADOPTERS and {"adopter_id", "family_id"} <= set(rows):
        rows = rows.assign(adopter_id=rows["adopter_id"].fillna(rows["family_id"]))
    findings += [unexpected_columns(table, item.layout, DROPPED) for table in chosen]
    return replace(parsed, rows=rows), join_findings(findings)


def every_child(lists: Mapping[str, Parsed]) -> Parsed | None:
    """The rows of all lists about children as one, with the columns that all lists share.

    `list` is the number of the list. None where no such list was sent.
    """
    items = [item for item in LISTS if item.name in lists and "child_id" in lists[item.name].rows]
    if not items:
        return None
    rows: list[pd.DataFrame] = []
    places: list[pd.DataFrame] = []
    tables: list[RawTable] = []
    for item in items:
        parsed = lists[item.name]
        shared = [name for name in CHILD if name in parsed.rows]
        rows.append(parsed.rows[shared].assign(list=item.number))
        places.append(parsed.places.assign(table=parsed.places["table"] + len(tables)))
        tables += list(parsed.tables)
    return Parsed(
        _CHILD_LAYOUT,
        pd.concat(rows, ignore_index=True),
        pd.concat(places, ignore_index=True),
        tuple(tables),
    )


def _fits(table: RawTable, item: ListLayout) -> bool:
    return any(has_columns(table, item.layout.columns, shape) for shape in item.shapes)


def _shared_shape(tables: list[RawTable], item: ListLayout) -> tuple[str, ...]:
    """What all these tables have: their own shape's columns, or the identifier alone."""
    columns = item.layout.columns
    shapes = (s for s in item.shapes if all(has_columns(table, columns, s) for table in tables))
    return next(shapes, item.shapes[0][:1])


def _closeness(table: RawTable, item: ListLayout) -> tuple[bool, bool, int]:
    names = (table.sheet, table.file.rpartition("/")[2])
    numbers = {int(found[1]) for name in names if (found := _NUMBERED.search(name))}
    spoken = [normalise(name) for name in names]
    is_called = any(word in name for word in item.called for name in spoken)
    matched = match_columns(table.rows.columns, item.layout.columns)
    return item.number in numbers, is_called, len(matched)


def _own_column(parsed: Parsed, name: str, parser: Parser) -> tuple[pd.Series, pd.DataFrame]:
    """One column of all the tables, as a parser of this module's kinds reads it."""
    parts, findings = [], []
    for number, table in enumerate(parsed.tables):
        header = match_columns(table.rows.columns, parsed.layout.columns).get(name)
        blank = pd.Series(None, index=table.rows.index, dtype=object)
        cells = blank if header is None else table.rows[header]
        place = column_places(table, parsed.layout.columns)[name]
        read, found = parser(cells, source=parsed.layout.source, **table.place, **place)
        parts.append(read)
        findings.append(located(found, table, _children(parsed, number)))
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True), join_findings(findings)


def _children(parsed: Parsed, number: int) -> pd.Series | None:
    if "child_id" not in parsed.rows:
        return None
    places = parsed.places[parsed.places["table"].eq(number)]
    return parsed.rows.loc[places.index, "child_id"].set_axis(places["row"].to_numpy())


def not_sent(lists: Mapping[str, Parsed]) -> list[ListLayout]:
    """The lists of which there is no table.

    >>> [item.number for item in not_sent({})]
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    """
    return [item for item in LISTS if item.name not in lists]


def read_lists(
    tables: Iterable[RawTable], context: Context
) -> tuple[dict[str, Parsed], pd.DataFrame]:
    """Every list that was sent, parsed, by its name, and the findings."""
    of_lists = tables_of_lists(tables)
    parsed: dict[str, Parsed] = {}
    findings = [as_findings()]
    for item in LISTS:
        rows, found = parse_list(item, of_lists.get(item.name, []), context)
        findings.append(found)
        if rows is not None:
            parsed[item.name] = rows
    return parsed, join_findings(findings)
