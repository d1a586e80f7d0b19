"""SSDA903 as XML: read child by child into the same tables as the CSV files."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import pandas as pd
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.files import below, failed, read_content
from lscb_analysis.sources.raw_tables import RawTable, UnreadableFile
from lscb_analysis.sources.ssda903_layouts import FIRST_YEAR, NAME, TABLES
from lscb_analysis.sources.text_cells import looks_personal

ROOT = "EXPSSDA903"
_CHILD, _HEADER = "CHILD", "HEADER"
_SEND_AGAIN = "ask for the file again, exported as the guide has it"
_SHARED = ("child_id", "birth_date", "sex")
_WHO = ("CHILD", "DOB", "SEX")
_NO = ("0", "N", "NO", "FALSE")
_HEADERS = {
    name: [wordings[0] for wordings in layout.columns.values()] for name, layout in TABLES.items()
}
# The table of each element that stands in one table only.
_OWNER = {
    wording: name
    for name, layout in TABLES.items()
    for column, wordings in layout.columns.items()
    if column not in _SHARED
    for wording in wordings
} | {"UASC": "uasc"}
_MEANT = {
    wording: wordings[0]
    for layout in TABLES.values()
    for wordings in layout.columns.values()
    for wording in wordings
}
_KNOWN = frozenset(_MEANT) | {"UASC"}
_MOST_STRANGERS, _LONGEST_NAME = 20, 60
_Rows = dict[str, list[tuple[dict[str, str], dict[str, int]]]]


def read_xml(
    path: Path, context: Context, base: Path | None = None
) -> tuple[list[RawTable], pd.DataFrame]:
    """The return's tables under the headers of the CSV files, and the findings.

    Never raises for a bad file: one with a DOCTYPE or an entity, cut short, broken, or
    with another root than EXPSSDA903 gives no table and a finding that says so (`failed`).
    Row numbers count the rows of each table; `paths` says which element each is. The file
    is named by its path below `base`, or without one as a file of the submission.
    """
    file = f"{context.submission}/{path.name}" if base is None else below(path, base)
    try:
        rows, children, strangers = _rows(read_content(path))
    except UnreadableFile as problem:
        return [], as_findings([failed(NAME, file, problem)])
    tables = [
        _as_table(name, found, file)
        for name, found in rows.items()
        if found or name not in FIRST_YEAR
    ]
    found = _without_child(file, children, rows["header"])
    return tables, join_findings([found, _strangers(file, strangers)])


def _rows(content: bytes) -> tuple[_Rows, int, set[str]]:
    """The rows of each table, how many children there are, and the elements that have no place."""
    rows: _Rows = {name: [] for name in TABLES}
    children = 0
    strangers: set[str] = set()
    try:
        for child in _children(content):
            children += 1
            _add_child(child, children, rows)
            if len(strangers) < _MOST_STRANGERS:
                strangers |= {_tag(each) for each in child.iter() if _has_text(each)} - _KNOWN
    except UnreadableFile:
        raise
    except DefusedXmlException:
        raise UnreadableFile(
            "a DOCTYPE or entity, which a return never has", "plain XML", _SEND_AGAIN
        ) from None
    except (ParseError, LookupError, ValueError):
        raise UnreadableFile(
            "XML that is cut short or broken", "a whole XML file", _SEND_AGAIN
        ) from None
    return rows, children, strangers


def _children(content: bytes) -> Iterator[Element]:
    """Each child's element once read; it is let go afterwards."""
    parents: list[Element] = []
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        if event == "start":
            if not parents and _tag(element) != ROOT:
                raise UnreadableFile("XML that is not an SSDA903 return", ROOT, _SEND_AGAIN)
            parents.append(element)
            continue
        parents.pop()
        if len(parents) == 1:
            if _tag(element) == _CHILD:
                yield element
            parents[0].remove(element)


def _add_child(child: Element, number: int, rows: _Rows) -> None:
    """Add the child's rows: its own texts, spread over their tables, and each group's."""
    at = {_CHILD: number}
    header = next((part for part in child if _tag(part) == _HEADER), None)
    own, path = (child, at) if header is None else (header, {**at, _HEADER: 1})
    texts = _texts(own)
    who = {key: texts[key] for key in _WHO if key in texts}
    spread: dict[str, dict[str, str]] = {"header": dict(who)}
    for tag, text in texts.items():
        spread.setdefault(_OWNER.get(tag, "header"), {})[tag] = text
    if spread.get("uasc", {}).get("UASC", "").upper() in _NO:
        del spread["uasc"]["UASC"]
    for name, of_table in spread.items():
        if name == "header" or any(of_table.values()):
            rows[name].append(({**who, **of_table}, path))
    _add_groups(own, who, path, rows)
    if header is not None:
        _add_groups(child, who, at, rows)


def _add_groups(parent: Element, who: dict[str, str], place: dict[str, int], rows: _Rows) -> None:
    """Add a row for each element that has others in it, to the table that those stand in."""
    counts: dict[str, int] = {}
    for group in parent:
        tag = _tag(group)
        if tag == _HEADER or not len(group):
            continue
        counts[tag] = counts.get(tag, 0) + 1
        texts = _texts(group)
        name = next((_OWNER[each] for each in texts if each in _OWNER), None)
        if name is not None and any(texts.values()):
            rows[name].append(({**who, **texts}, {**place, tag: counts[tag]}))


def _texts(element: Element) -> dict[str, str]:
    """The texts of the elements in this one that have none in them, under the CSV's headers."""
    found: dict[str, str] = {}
    for child in element:
        if not len(child):
            tag = _tag(child)
            found.setdefault(_MEANT.get(tag, tag), (child.text or "").strip())
    return found


def _as_table(name: str, found: list[tuple[dict[str, str], dict[str, int]]], file: str) -> RawTable:
    numbers = range(1, len(found) + 1)
    headers = _HEADERS[name]
    cells = {
        header: pd.Series(
            [texts.get(header) or None for texts, _ in found], index=numbers, dtype="str"
        )
        for header in headers
    }
    tags = list(dict.fromkeys(tag for _, path in found for tag in path)) or [_CHILD]
    paths = {
        tag: pd.Series([path.get(tag, 0) for _, path in found], index=numbers, dtype="int64")
        for tag in tags
    }
    return RawTable(file, "", 1, pd.DataFrame(cells), (), pd.DataFrame(paths))


def _tag(element: Element) -> str:
    return _local(str(element.tag))


@functools.lru_cache(maxsize=1000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].upper()


def _has_text(element: Element) -> bool:
    return not len(element) and bool((element.text or "").strip())


def _strangers(file: str, tags: set[str]) -> pd.DataFrame:
    """One note for each element that a return does not have, with its name and nothing else."""
    return as_findings(
        finding(
            NAME,
            file,
            column=tag[:_LONGEST_NAME],
            found="an element that a return does not have: it is not read",
            expected="the elements of the SSDA903 guide",
            action="leave it out, above all if it names or describes a person",
            rule=f"{NAME}.unexpected_column",
            severity="note",
        )
        for tag in sorted(tags)[:_MOST_STRANGERS]
        if not looks_personal(tag)
    )


def _without_child(file: str, children: int, headers: list) -> pd.DataFrame:
    if children:
        return as_findings()
    told = finding(
        NAME,
        file,
        found="a return without a child",
        expected="a CHILD for everyone looked after in the year",
        action=_SEND_AGAIN,
    )
    return as_findings([told])
