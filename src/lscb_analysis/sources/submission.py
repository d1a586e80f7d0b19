"""One submission: every file of a quarter's folder, each read by the source that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources import (
    annex_a,
    child_deaths,
    cin_census,
    da_services,
    insights,
    local_logs,
    logs,
    marac,
    partner_return,
    police,
    ssda903,
    ssda903_xml,
)
from lscb_analysis.sources.columns import has_columns, match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.dfe_columns import recognise as is_official
from lscb_analysis.sources.files import TABLE_ENDINGS, read_tables
from lscb_analysis.sources.layouts import Layout, tables_of
from lscb_analysis.sources.raw_tables import RawTable

# In order of precedence: where two give the same event, the later in this list counts.
READERS = (
    *(ssda903, logs, child_deaths, police, marac, insights, da_services),
    *(local_logs, partner_return, annex_a),
)
AGENCIES = {
    annex_a.NAME: "Children's social care",
    ssda903.NAME: "Children's social care",
    cin_census.NAME: "Children's social care",
    logs.NAME: "Children's social care",
    police.NAME: "Police",
    child_deaths.NAME: "Child death overview panel",
    marac.NAME: "Marac",
    insights.NAME: "Domestic-abuse services",
    da_services.NAME: "Domestic-abuse services",
    local_logs.NAME: "Keepers of local logs",
}
_NEAR = 0.5
_XML_START = 65_536
_XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


@dataclass(frozen=True)
class Submission:
    """What one quarter's folder holds: tables of records by source, in order of precedence."""

    context: Context
    parts: tuple[tuple[str, str, pd.DataFrame], ...] = ()
    texts: pd.DataFrame = field(default_factory=pd.DataFrame)
    returns: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: pd.DataFrame = field(default_factory=as_findings)


def files_of(folder: Path) -> list[Path]:
    """The files below the folder in order of their paths, hidden ones left out.

    What a link leads to outside the folder is not one of them.
    """
    inside = folder.resolve()
    files = (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.resolve().is_relative_to(inside)
    )
    return [
        path
        for path in files
        if not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.name.casefold() not in ("thumbs.db", "desktop.ini")
    ]


def strange_paths(folder: Path) -> pd.DataFrame:
    """A finding for each folder that has the name of a file, and each link that leads elsewhere."""
    inside, found = folder.resolve(), []
    for path in sorted(folder.rglob("*")):
        is_link = path.is_symlink() and not (
            path.exists() and path.resolve().is_relative_to(inside)
        )
        is_folder = path.is_dir() and path.suffix.casefold() in (*TABLE_ENDINGS, ".xml")
        if is_link or is_folder:
            found.append(
                finding(
                    "file",
                    path.relative_to(folder.parent).as_posix(),
                    found="a link that leads elsewhere" if is_link else "a folder named as a file",
                    expected="a file",
                    action="put the file itself in the folder",
                )
            )
    return as_findings(found)


def read_submission(folder: Path, context: Context) -> Submission:
    """Everything in the quarter's folder: its records, texts, returns and findings.

    A file that cannot be read, or that no source knows, is a finding and stops no other.
    """
    tables: list[RawTable] = []
    parts: list[tuple[str, str, pd.DataFrame]] = []
    findings: list[pd.DataFrame] = []
    census_files: list[str] = []
    findings.append(strange_paths(folder))
    for path in files_of(folder):
        if path.suffix.casefold() in TABLE_ENDINGS:
            found_tables, found = read_tables(path, folder.parent)
            tables += found_tables
        elif path.suffix.casefold() == ".xml" and xml_root(path) == ssda903_xml.ROOT:
            found_tables, found = ssda903_xml.read_xml(path, context, folder.parent)
            tables += found_tables
        elif path.suffix.casefold() == ".xml":
            records, found = cin_census.read_xml(path, context, folder.parent)
            parts += [(cin_census.NAME, name, rows) for name, rows in records.items()]
            census_files += [path.relative_to(folder.parent).as_posix()] if records else []
        else:
            found = _not_read(path.relative_to(folder.parent).as_posix())
        findings.append(found)
    for source in READERS:
        records, found = source.read(tables, context)
        parts += [(source.NAME, name, rows) for name, rows in records.items()]
        findings.append(found)
    mapped = local_logs.layouts(context.mapping or local_logs.NO_MAPPING)
    strangers = [table for table in tables if not any(tables_of([table], each) for each in mapped)]
    findings.append(unrecognised(strangers))
    texts, of_texts = partner_return.read_texts(tables, context)
    returns = _returns(tables, census_files, context)
    return Submission(context, tuple(parts), texts, returns, join_findings([*findings, of_texts]))


def xml_root(path: Path) -> str:
    """The name of the first element of an XML file, in capitals; blank where none is found.

    Only the first bytes are looked at: whether it is whole XML is for its source to say.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_XML_START)
    except OSError:
        return ""
    text = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "ignore")
    found = _FIRST_ELEMENT.search(_XML_COMMENT.sub("", text))
    return found[1].upper() if found else ""


def layouts() -> list[Layout]:
    """The layouts of every table that some source knows."""
    return [layout for source in READERS for layout in source.LAYOUTS]


def is_recognised(table: RawTable) -> bool:
    """Whether some source knows the table by its columns."""
    return any(has_columns(table, layout.columns, layout.marks) for layout in layouts())


def unrecognised(tables: Iterable[RawTable]) -> pd.DataFrame:
    """A finding for each table that is nearly one we know, and for each file with none we know.

    Sheets of guidance beside recognised ones are no finding: what is nearly a table of
    another source than theirs is taken for one.
    """
    by_file: dict[str, list[RawTable]] = {}
    for table in tables:
        by_file.setdefault(table.file, []).append(table)
    found = []
    for file, of_file in by_file.items():
        strangers = [table for table in of_file if not is_recognised(table)]
        among = _layouts_of([table for table in of_file if is_recognised(table)]) or layouts()
        near = [table for table in strangers if _is_near(table, among)]
        found += [_near_finding(table, among) for table in near]
        if len(strangers) == len(of_file) and not near:
            found.append(_stranger_finding(file, of_file))
    return as_findings(found)


def _layouts_of(tables: Iterable[RawTable]) -> list[Layout]:
    """The layouts of the sources that know any of the tables."""
    known = {each.source for table in tables for each in layouts() if tables_of([table], each)}
    return [each for each in layouts() if each.source in known]


def _is_near(table: RawTable, among: Iterable[Layout]) -> bool:
    """Whether the table has the first mark of a layout (the child, the case) and half of all."""
    layout, share, lacking = _nearest(table, among)
    return share >= _NEAR and layout.columns[layout.marks[0]][0] not in lacking


def _nearest(table: RawTable, among: Iterable[Layout]) -> tuple[Layout, float, list[str]]:
    """The layout that shares most marks with the table, the share, and the marks it lacks."""
    best: tuple[Layout, float, list[str]] | None = None
    for layout in among:
        matched = match_columns(table.rows.columns, layout.columns)
        lacking = [layout.columns[mark][0] for mark in layout.marks if mark not in matched]
        share = 1 - len(lacking) / len(layout.marks)
        if best is None or share > best[1]:
            best = (layout, share, lacking)
    assert best is not None
    return best


def _near_finding(table: RawTable, among: Iterable[Layout]) -> dict[str, str]:
    layout, _, lacking = _nearest(table, among)
    return finding(
        layout.source,
        **table.place,
        row=table.header_row,
        found=f"a table that is nearly {layout.title}: it is not read",
        expected=f"a column named {' and one named '.join(lacking)}",
        action="put the name of the column right",
    )


def _stranger_finding(file: str, tables: list[RawTable]) -> dict[str, str]:
    if any(is_official(list(table.rows.columns)) for table in tables):
        return finding(
            "file",
            file,
            found="official statistics, which no partner sends: they are not read from here",
            expected="what partners sent for the quarter",
            action="take the file out of the folder; docs/formats.md says how it is read",
        )
    nearest = (_nearest(table, layouts()) for table in tables)
    layout, _, lacking = max(nearest, key=lambda near: near[1])
    return finding(
        "file",
        file,
        found="no table that any source knows by its columns",
        expected=f"the nearest is {layout.title}, which has {', '.join(lacking)} as well",
        action="put the column names right, or take the file out of the folder",
    )


def _not_read(file: str) -> pd.DataFrame:
    return as_findings(
        [
            finding(
                "file",
                file,
                found="a kind of file that is not read",
                expected="CSV, .xlsx, .xls or XML",
                action="save it as one of those, or take it out of the folder",
            )
        ]
    )


def _returns(tables: list[RawTable], census_files: list[str], context: Context) -> pd.DataFrame:
    """The returns tracker of one submission: a row a file and source, cover or no cover.

    Only a partner return says when it was sent: for others `received` is missing.
    """
    with_cover = partner_return.read_returns(tables, context)
    files = [(cin_census.NAME, file) for file in census_files]
    for source in READERS:
        if source is not partner_return:
            for table in tables:
                if any(has_columns(table, item.columns, item.marks) for item in source.LAYOUTS):
                    files.append((source.NAME, table.file))
    others = pd.DataFrame(sorted(set(files)), columns=["source", "file"]).assign(
        quarter=context.quarter.label,
        is_late=False,
        has_commentary=False,
    )
    others["received"] = pd.Series(pd.NaT, index=others.index, dtype="datetime64[ns]")
    others["agency"] = others["source"].map(AGENCIES).astype("str")
    frames = [frame for frame in (with_cover, others[list(with_cover.columns)]) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else with_cover
