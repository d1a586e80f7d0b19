"""Arbitrary cells in the board's own tables: they are read, and tell of no identifier or date."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.sources import child_deaths, da_services, insights, marac, police
from lscb_analysis.sources.board_tables import Layout
from lscb_analysis.sources.raw_tables import RawTable, as_table
from tests.examples import examples
from tests.sources.extracts import CONTEXT

MODULES = (child_deaths, police, marac, insights, da_services)
SECRET = "Petra Example"
BIRTHDAY = "17/05/2009"
TYPICAL = (
    *("1", "0", "-1", "2017-01-05", "05/01/2017", "31/02/2017", "42500", "Yes", "No", "1*", "3"),
    *("8", "8;1", "9, 8", "8; x", ";", "Category 1", "Closed", "High", "Adults", "Intake", "53%"),
    *("=1+1", "1e400", "NaN", "1" * 400, "\x00", "Housing", "B", BIRTHDAY, SECRET),
)
ANY_CELL = st.one_of(
    st.none(),
    st.sampled_from(TYPICAL),
    st.text(max_size=12),
    st.dates(),
    st.datetimes(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
)
SETTINGS = settings(
    max_examples=examples(20),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def table_of(layout: Layout, lines: list[list[object]]) -> RawTable:
    headers = [wordings[0] for wordings in layout.columns.values()]
    table = as_table([headers, *lines], f"{layout.title}.csv")
    assert table is not None
    return table


def lines_of(layout: Layout) -> st.SearchStrategy[list[list[object]]]:
    width = len(layout.columns)
    ids = st.sampled_from(["1", "2", "3", None])
    line = st.tuples(ids, st.lists(ANY_CELL, min_size=width - 1, max_size=width - 1))
    return st.lists(line.map(lambda pair: [pair[0], *pair[1]]), max_size=5)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.NAME)
@given(data=st.data())
@SETTINGS
def test_any_cells_in_any_tables_are_read(module, data):
    layouts = data.draw(st.lists(st.sampled_from(module.LAYOUTS), min_size=1, unique_by=id))
    tables = [table_of(layout, data.draw(lines_of(layout))) for layout in layouts]
    records, findings = module.read(tables, CONTEXT)
    assert set(findings["severity"]) <= {"warning", "note"}
    assert all(set(rows["source"]) <= {module.NAME} for rows in records.values())
    assert SECRET not in findings.to_csv()
    assert BIRTHDAY not in findings.to_csv()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.NAME)
@given(data=st.data())
@SETTINGS
def test_what_is_read_has_the_same_types_whatever_the_cells(module, data):
    layout = data.draw(st.sampled_from(module.LAYOUTS))
    filled, empty = table_of(layout, data.draw(lines_of(layout))), table_of(layout, [])
    records, _ = module.read([filled], CONTEXT)
    of_nothing, _ = module.read([empty], CONTEXT)
    for name, rows in records.items():
        assert rows.dtypes.astype(str).to_dict() == of_nothing[name].dtypes.astype(str).to_dict()


@pytest.mark.parametrize(
    "layout", [layout for module in MODULES for layout in module.LAYOUTS], ids=lambda one: one.title
)
def test_a_table_of_nothing_but_its_headers_breaks_no_rule(layout):
    module = next(module for module in MODULES if layout in module.LAYOUTS)
    records, findings = module.read([table_of(layout, [])], CONTEXT)
    assert all(rows.empty for rows in records.values())
    assert set(findings["severity"]) <= {"note"}
