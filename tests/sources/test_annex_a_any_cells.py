"""Annex A with any cells at all: always records and findings, never an exception."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lscb_analysis.sources import annex_a
from lscb_analysis.sources.annex_a_rules import RULES
from lscb_analysis.sources.annex_a_tables import LISTS
from lscb_analysis.sources.raw_tables import RawTable
from tests.examples import examples
from tests.sources.extracts import CONTEXT

SAMPLE = (
    *("", "-", "N/A", "a) Yes", "b) No", "c) Unknown", "-1", "6.14", "1E400", "nan", "inf"),
    *("01/01/1900", "May be 8 Jan 2000", "31/02/2017", "15/01/2017", "2017-01-15", "42750"),
    *("u) UNKNOWN", "a) WBRI", "q) 6: Police", "V4", "E11", "K3", "=1+1", "\x00", "’", "L" * 500),
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(SAMPLE),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just(pd.NaT),
    st.just(float("nan")),
)
_WIDTHS = {item.name: len(item.layout.columns) for item in LISTS}


def table(item, rows: list[list[object]]) -> RawTable:
    columns = [wordings[0] for wordings in item.layout.columns.values()]
    cut = [row[: len(columns)] for row in rows]
    index = pd.RangeIndex(3, 3 + len(rows))
    frame = pd.DataFrame(cut, columns=columns, index=index, dtype=object)
    return RawTable("any.xlsx", f"List_{item.number}", 2, frame)


def rows_of(width: int):
    return st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)


@pytest.mark.parametrize("item", LISTS, ids=[item.name for item in LISTS])
def test_any_cells_in_a_list_are_read_or_found(item):
    @settings(max_examples=examples(25), deadline=None, derandomize=True)
    @given(rows_of(_WIDTHS[item.name]))
    @example([[datetime.max] * 40, [date.min] * 40])
    @example([[10**40] * 40, [float("-inf")] * 40, [True] * 40])
    def read(rows: list[list[object]]) -> None:
        records, findings = annex_a.read([table(item, rows)], CONTEXT)
        known = {rule.id for rule in RULES} | {"", *(f"annex_a.{x}" for x in OWN)}
        assert set(findings["rule"]) <= known
        assert all(len(frame) <= len(rows) for frame in records.values())

    read()


OWN = ("list", "column", "needed", "twice", "unexpected_column")


@settings(max_examples=examples(10), deadline=None, derandomize=True)
@given(rows_of(max(_WIDTHS.values())))
def test_any_cells_in_all_lists_together_are_read_or_found(rows):
    tables = [table(item, rows) for item in LISTS]
    _, findings = annex_a.read(tables, CONTEXT)
    assert len(findings)
