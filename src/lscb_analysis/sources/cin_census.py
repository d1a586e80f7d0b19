"""CIN census: the yearly return of children in need, its XML read as a stream."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.periods import Quarter, financial_year_label, financial_year_period
from lscb_analysis.sources.cin_census_layouts import NAME, TABLES
from lscb_analysis.sources.cin_census_records import records_of
from lscb_analysis.sources.cin_census_rules import RULES
from lscb_analysis.sources.cin_census_tables import header_table, parsed_tables
from lscb_analysis.sources.cin_census_xml import Rows, read_census
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.date_cells import read_date
from lscb_analysis.sources.files import below, failed
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.raw_tables import UnreadableFile
from lscb_analysis.sources.rules import run_rules
from lscb_analysis.sources.text_cells import looks_personal

__all__ = ["NAME", "covers", "read_xml", "tables_sent"]
_SEND_AGAIN = "ask for the file again, exported as the guide has it"
_COLLECTION = "CIN"
_REFERENCE_DAY = (3, 31)
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2049, 12, 31)
_MOST_STRANGERS = 20
_LONGEST_NAME = 60


def covers(_table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day covered: the financial year, as far as the quarter's end."""
    year = financial_year_period(quarter.year)
    return year.period_start, min(year.period_end, quarter.end)


def read_xml(
    path: Path, context: Context, base: Path | None = None
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The records of a census (`cin_census_records.records_of`) and the findings.

    Never raises for a bad file: one with a DOCTYPE, cut short, of another collection or of
    another financial year than the folder's is refused (`failed`). In findings the row is
    the path of the element, and the file is named by its path below `base`, or without one
    as a file of the submission.
    """
    file = f"{context.submission}/{path.name}" if base is None else below(path, base)
    try:
        sent, findings = tables_sent(path, context, file)
    except UnreadableFile as problem:
        return {}, as_findings([failed(NAME, file, problem)])
    of_rules = run_rules(RULES, sent, context, covers("", context.quarter))
    return records_of(sent, context), join_findings([findings, of_rules])


def tables_sent(
    path: Path, context: Context, file: str = ""
) -> tuple[dict[str, Parsed], pd.DataFrame]:
    """The census's tables by name as the rules look at them, and the findings of parsing.

    Findings name the `file` so. Raises UnreadableFile where it cannot be read, or is not
    the census of that year.
    """
    rows, strangers = read_census(path)
    header, of_header = _header(rows.pop("header"), file, context)
    parsed, findings = parsed_tables(rows, file, context)
    parsed["header"] = header
    told = [of_header, findings, _strangers(strangers, file), _without_child(parsed, file)]
    return parsed, join_findings(told)


def _header(rows: Rows, file: str, context: Context) -> tuple[Parsed, pd.DataFrame]:
    """The header as a table of one row, and a finding where it does not say the year.

    Raises UnreadableFile where it is the header of another collection or another year.
    """
    texts = {name: next(iter(column), None) or "" for name, column in rows.texts.items()}
    if texts["Collection"].upper() not in ("", _COLLECTION):
        raise UnreadableFile("a return that is not a CIN census", _COLLECTION, _SEND_AGAIN)
    day = read_date(texts["ReferenceDate"], _FIRST_DAY, _LAST_DAY)
    reference = day.date() if isinstance(day, date) else None
    year = int(texts["Year"]) if texts["Year"].isdecimal() and len(texts["Year"]) == 4 else None
    _check_year(reference, year, context.quarter)
    values = pd.DataFrame(
        {
            "reference_date": pd.Series([reference], dtype="datetime64[ns]"),
            "year": pd.Series([year], dtype="Int64"),
        }
    ).set_axis([1])
    one = Rows({}, {tag: array("i", [1]) for tag in rows.paths}, {})
    found = as_findings() if reference else _no_reference_date(file, context)
    return header_table(values, one, file, context), found


def _check_year(reference: date | None, year: int | None, quarter: Quarter) -> None:
    """Raise UnreadableFile where the reference date, or without one the year, is another.

    A reference date that is no 31 March (the day on which the file was made, as some
    systems write it) is no better known than the year: one of the two is enough.
    """
    expected = financial_year_period(quarter.year)
    if reference is None and year in (None, expected.period_end.year):
        return
    if reference and expected.period_start <= reference <= expected.period_end:
        return
    is_odd = reference is not None and (reference.month, reference.day) != _REFERENCE_DAY
    if is_odd and year == expected.period_end.year:
        return
    said = f"reference date {reference:%d/%m/%Y}" if reference else f"year {year}"
    raise UnreadableFile(
        f"a census of another year ({said})",
        f"that of {financial_year_label(quarter.year)}",
        "move it to the folder of its own fourth quarter",
    )


def _no_reference_date(file: str, context: Context) -> pd.DataFrame:
    told = finding(
        NAME,
        file,
        row="Header[1]",
        column="ReferenceDate",
        found="no reference date",
        expected=f"31/03/{context.quarter.year + 1}",
        action=f"add it; it is read as the census of {financial_year_label(context.quarter.year)}",
        rule=f"{NAME}.reference_date",
    )
    return as_findings([told])


def _strangers(strangers: Mapping[str, int], file: str) -> pd.DataFrame:
    """One note for each element that a census does not have, with its name and nothing else."""
    names = [name for name in sorted(strangers) if not looks_personal(name)]
    return as_findings(
        finding(
            NAME,
            file,
            column=name[:_LONGEST_NAME],
            found="an element that a census does not have there: it is not read",
            expected=f"the elements of {', '.join(table.element for table in TABLES.values())}",
            action="leave it out, above all if it names or describes a person",
            rule=f"{NAME}.element",
            severity="note",
        )
        for name in names[:_MOST_STRANGERS]
    )


def _without_child(parsed: Mapping[str, Parsed], file: str) -> pd.DataFrame:
    if len(parsed["children"].rows):
        return as_findings()
    told = finding(
        NAME,
        file,
        found="a census without a child",
        expected="a Child for everyone in need in the year",
        action=_SEND_AGAIN,
    )
    return as_findings([told])
