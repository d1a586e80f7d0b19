"""SSDA903 of arbitrary cells: whatever a table holds, it is read, and tells of no identifier."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.sources import ssda903
from lscb_analysis.sources.care_periods import care_periods
from lscb_analysis.sources.raw_tables import RawTable, as_table
from lscb_analysis.sources.records import as_records
from lscb_analysis.sources.ssda903_layouts import TABLES
from lscb_analysis.sources.ssda903_xml import ROOT, read_xml
from tests.examples import examples
from tests.sources.extracts import CONTEXT

CODES = (
    *("C1", "S", "X1", "E11", "U6", "T4", "1", "0", "M", "YES", "ZZ/05/2016", "01/05/2016"),
    *("02/06/2016", "42500", "V4", "PN0", "K3", "-1", "=1+1", "1e400", "31/02/2016", "NaN"),
)
ANY_CELL = st.one_of(
    st.none(),
    st.sampled_from(CODES),
    st.text(max_size=12),
    st.dates().map(str),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
)
SETTINGS = settings(
    max_examples=examples(15),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def table_of(name: str, lines: list[list[object]]) -> RawTable:
    headers = [wordings[0] for wordings in TABLES[name].columns.values()]
    table = as_table([headers, *lines], f"{name}.csv")
    assert table is not None
    return table


def lines_of(name: str) -> st.SearchStrategy[list[list[object]]]:
    width = len(TABLES[name].columns)
    ids = st.sampled_from(["1", "2", "3", None])
    rest = st.lists(ANY_CELL, min_size=width, max_size=width)
    line = st.tuples(ids, rest).map(lambda pair: [pair[0], *pair[1][1:]] if pair[0] else pair[1])
    return st.lists(line, max_size=5)


ALL_TABLES = st.fixed_dictionaries({name: lines_of(name) for name in TABLES})


@given(lines=ALL_TABLES, names=st.sets(st.sampled_from(sorted(TABLES)), min_size=1))
@SETTINGS
def test_any_cells_in_any_tables_are_read(lines: dict[str, list], names: set[str]):
    records, findings = ssda903.read([table_of(name, lines[name]) for name in names], CONTEXT)
    assert set(findings["severity"]) <= {"warning", "note"}
    for name, rows in records.items():
        assert len(as_records(name, rows)) == len(rows) if name != "lac_reviews" else True
    if "ssda903_episodes" in records:
        periods = care_periods(as_records("ssda903_episodes", records["ssda903_episodes"]))
        assert len(periods) <= len(records["ssda903_episodes"])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_nothing_but_its_headers_is_read(name: str):
    records, findings = ssda903.read([table_of(name, [])], CONTEXT)
    assert all(rows.empty for rows in records.values())
    assert set(findings["severity"]) <= {"note"}


@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
@SETTINGS
def test_any_bytes_under_the_name_of_a_return_are_no_crash(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
):
    path = tmp_path_factory.mktemp("any") / "return.xml"
    path.write_bytes(content)
    tables, findings = read_xml(path, CONTEXT)
    assert tables == []
    assert findings["severity"].tolist() == ["failed"]


ELEMENTS = st.recursive(
    st.tuples(
        st.sampled_from(["CHILDID", "DOB", "SEX", "UASC", "DECOM", "DEC", "REVIEW", "LS", "X"]),
        st.text("abc019/ ", max_size=10),
    ),
    lambda inner: st.tuples(
        st.sampled_from(["CHILD", "HEADER", "EPISODE", "AREVIEW", "OC2", "Y"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


def _as_xml(element: tuple[str, Any]) -> str:
    tag, content = element
    inside = content if isinstance(content, str) else "".join(map(_as_xml, content))
    return f"<{tag}>{inside}</{tag}>"


@given(elements=st.lists(ELEMENTS, max_size=4))
@SETTINGS
def test_any_elements_in_a_return_are_read(
    tmp_path_factory: pytest.TempPathFactory, elements: list
):
    path = tmp_path_factory.mktemp("any") / "return.xml"
    path.write_text(f"<{ROOT}>{''.join(map(_as_xml, elements))}</{ROOT}>", encoding="utf-8")
    tables, _ = read_xml(path, CONTEXT)
    records, _ = ssda903.read(tables, CONTEXT)
    assert all(isinstance(rows, pd.DataFrame) for rows in records.values())
