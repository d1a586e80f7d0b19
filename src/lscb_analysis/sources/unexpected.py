"""Columns of a national return that nobody asked for: said by their headers, never read."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.sources.columns import letter_of, match_columns, normalise
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import looks_personal

SAMPLE = 200
LONG_TEXT = 60
SHOWN = 60
_PERSONAL_WORDS = re.compile(
    r"\b(?:id|ids|identifier|identifiers|reference|ref|number|no|nhs|upn|uln|name|names|surname"
    r"|forename|forenames|initials|address|postcode|phone|telephone|mobile|email|mother|father"
    r"|parent|parents|carer|carers|sibling|siblings|note|notes|comment|comments|narrative"
    r"|description|details|summary|concerns|chronology|text)\b",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


def unexpected_columns(
    table: RawTable, layout: Layout, dropped: Iterable[str] = ()
) -> pd.DataFrame:
    """A finding for each column that nobody asked for, by its header; nothing of it is read.

    A warning where header or cells look like an identifier, contact details or free
    text about a child, else a note. Columns that the form has and we do not need
    (teams, workers, postcodes), the `dropped` ones, are left out without a word.
    """
    headers = list(table.rows.columns)
    matched = set(match_columns(headers, layout.columns).values())
    silent = set(map(normalise, dropped))
    strangers = [
        header for header in headers if header not in matched and normalise(header) not in silent
    ]
    return as_findings(_told(table, layout, header) for header in strangers)


def _told(table: RawTable, layout: Layout, header: str) -> dict[str, str]:
    is_personal = looks_personal_column(header, table.rows[header])
    found = "a column that was not asked for: it is not read"
    if is_personal:
        found = "a column that looks like an identifier or free text about a child: it is not read"
    return finding(
        layout.source,
        **table.place,
        row=table.header_row,
        column="" if looks_personal(header) else header[:SHOWN],
        letter=letter_of(table, header),
        found=found,
        expected=f"the columns of {layout.title}",
        action="leave it out, above all if it names or describes a person",
        rule=f"{layout.source}.unexpected_column",
        severity="warning" if is_personal else "note",
    )


def looks_personal_column(header: str, cells: pd.Series) -> bool:
    """Whether a column looks as if it pointed to persons, by its header and its first cells.

    >>> looks_personal_column("SiblingNames", pd.Series(["x"]))
    True
    >>> looks_personal_column("Ward", pd.Series(["Abbey", "Aylestone"]))
    False
    """
    if _PERSONAL_WORDS.search(_CAMEL.sub(" ", header)) or looks_personal(header):
        return True
    texts = [cell for cell in cells.dropna().head(SAMPLE) if isinstance(cell, str)]
    return any(len(text) > LONG_TEXT or looks_personal(text) for text in texts)
