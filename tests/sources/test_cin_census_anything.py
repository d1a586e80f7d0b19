"""A CIN census of arbitrary texts: whatever an element holds, it is read without a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb_analysis.sources import cin_census
from lscb_analysis.sources.cin_census_layouts import TABLES, WRAPPERS
from lscb_analysis.sources.records import COLUMNS, KEYS, as_records
from tests.examples import examples
from tests.sources.extracts import CONTEXT

SETTINGS = settings(
    max_examples=examples(15),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
GROUPS = [table.element for table in TABLES.values() if not table.is_text and table.belongs]
LEAVES = [
    names[0]
    for name, table in TABLES.items()
    if name != "header"
    for names in table.columns.values()
]
CODES = ("1", "0", "true", "N1", "RC8", "21", "3A", "UN7", "NEG", "C1", "C2", "NONE", "nan", "1A")
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)
ANY_TEXT = st.one_of(
    st.sampled_from(CODES),
    st.dates().map(str),
    st.dates(min_value=CONTEXT.quarter.start).map(str),
    st.integers(-(10**20), 10**20).map(str),
    XML_TEXT,
)
LEAF = st.tuples(st.sampled_from(LEAVES), ANY_TEXT)
TREE = st.recursive(
    LEAF,
    lambda inner: st.tuples(
        st.sampled_from([*GROUPS, "Child", *WRAPPERS[1:]]), st.lists(inner, max_size=5)
    ),
    max_leaves=25,
)
# A child with its parts where they belong, the texts arbitrary.
CHILD_PARTS = st.lists(LEAF, max_size=8)


def _as_xml(element: tuple[str, Any]) -> str:
    tag, content = element
    inside = escape(content) if isinstance(content, str) else "".join(map(_as_xml, content))
    return f"<{tag}>{inside}</{tag}>"


def _read(folder: Path, inside: str) -> None:
    path = folder / "census.xml"
    path.write_text(f"<Message>{inside}</Message>", "utf-8")
    records, findings = cin_census.read_xml(path, CONTEXT)
    assert set(findings["severity"]) <= {"warning", "note"}
    assert records
    for name, rows in records.items():
        assert not rows.duplicated(list(KEYS[name])).any() or name == "cp_reviews"
        if name in COLUMNS:
            assert len(as_records(name, rows)) == len(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(elements=st.lists(TREE, max_size=4))
@SETTINGS
def test_any_elements_with_any_texts_anywhere_are_read(folder: Path, elements: list):
    _read(folder, "".join(map(_as_xml, elements)))


@given(
    children=st.lists(
        st.tuples(
            CHILD_PARTS,
            st.lists(
                st.tuples(
                    CHILD_PARTS,
                    st.lists(st.tuples(st.sampled_from(GROUPS), CHILD_PARTS), max_size=4),
                ),
                max_size=3,
            ),
        ),
        max_size=3,
    )
)
@SETTINGS
def test_any_texts_in_whole_children_are_read(folder: Path, children: list):
    def episode(leaves: list, modules: list) -> tuple[str, list]:
        return ("CINdetails", [*leaves, *modules])

    parts = [
        (
            "Child",
            [("LAchildID", f"C{number % 2}"), *leaves, *(episode(*each) for each in episodes)],
        )
        for number, (leaves, episodes) in enumerate(children)
    ]
    _read(folder, "".join(map(_as_xml, parts)))


@given(content=st.one_of(st.binary(max_size=300), XML_TEXT.map(str.encode)))
@SETTINGS
def test_any_bytes_are_no_crash(folder: Path, content: bytes):
    for start in (b"", b"<Message>", b'<?xml version="1.0" encoding="utf-16"?>'):
        path = folder / "bytes.xml"
        path.write_bytes(start + content)
        records, findings = cin_census.read_xml(path, CONTEXT)
        assert records == {}
        assert findings["severity"].tolist() == ["failed"]


@given(at=st.integers(0, 600), byte=st.binary(min_size=1, max_size=3))
@SETTINGS
def test_a_census_with_any_bytes_put_in_it_is_no_crash(folder: Path, at: int, byte: bytes):
    whole = (
        b"<Message><Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID>"
        b"<PersonBirthDate>2010-01-01</PersonBirthDate></ChildIdentifiers><CINdetails>"
        b"<CINreferralDate>2016-05-10</CINreferralDate><Assessments><AssessmentActualStartDate>"
        b"2016-05-11</AssessmentActualStartDate></Assessments></CINdetails></Child></Children>"
        b"</Message>"
    )
    path = folder / "changed.xml"
    path.write_bytes(whole[:at] + byte + whole[at:])
    _, findings = cin_census.read_xml(path, CONTEXT)
    assert (
        not findings.astype("str").apply(lambda texts: texts.str.contains("2010-01")).any(axis=None)
    )
