"""Columns: recognised by their names, whatever the case, spaces, punctuation and quotes."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from lscb_analysis.sources.files import RawTable

Wordings = Mapping[str, Sequence[str]]
_NOT_WORD = re.compile(r"[\W_]+")


def normalise(name: object) -> str:
    """The name without case, spaces, punctuation, quotes or brackets.

    >>> normalise(" Episodes ‘Missing’ (Y/N)) ")
    'episodesmissingyn'
    """
    return _normalised(str(name))


@functools.lru_cache(maxsize=10_000)
def _normalised(name: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


def match_columns(headers: Iterable[object], wanted: Wordings) -> dict[str, str]:
    """Which header stands for each wanted column: canonical name to header as found.

    `wanted` gives the accepted wordings of each canonical name, the preferred first.
    A column that no header stands for is left out; of two headers the first counts.

    >>> match_columns(["CHILD ", "Date of Birth"], {"birth_date": ["DOB", "Date of birth"]})
    {'birth_date': 'Date of Birth'}
    """
    found: dict[str, str] = {}
    for header in headers:
        found.setdefault(normalise(header), str(header))
    matched = {}
    for canonical, wordings in wanted.items():
        header = next((found[normalise(w)] for w in wordings if normalise(w) in found), None)
        if header is not None:
            matched[canonical] = header
    return matched


def has_columns(table: RawTable, wanted: Wordings, required: Iterable[str]) -> bool:
    """Whether the table has a header for each of the required canonical names."""
    return set(required) <= set(match_columns(table.rows.columns, wanted))


def tidy(table: RawTable, wanted: Wordings) -> pd.DataFrame:
    """The table's rows with the wanted columns under their canonical names, and no others.

    A wanted column that the table lacks is there and wholly missing. The index is
    still the row number that Excel shows.
    """
    matched = match_columns(table.rows.columns, wanted)
    rows = pd.DataFrame(index=table.rows.index, columns=list(wanted), dtype=object)
    for canonical, header in matched.items():
        rows[canonical] = table.rows[header]
    return rows


def column_labels(table: RawTable, wanted: Wordings) -> dict[str, str]:
    """What a finding calls each column: its header as found and its letter, `Gender (B)`.

    A column that the table lacks goes by its preferred wording.
    """
    headers = list(table.rows.columns)
    labels = {canonical: wordings[0] for canonical, wordings in wanted.items()}
    for canonical, header in match_columns(headers, wanted).items():
        labels[canonical] = f"{header} ({column_letter(headers.index(header))})"
    return labels


def column_letter(position: int) -> str:
    """The letters Excel shows above the column in this position, counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
