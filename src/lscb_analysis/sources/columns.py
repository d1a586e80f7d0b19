"""Columns: recognised by their names, whatever the case, spaces, punctuation and quotes."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from lscb_analysis.sources.raw_tables import RawTable

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
    found = _by_name(tuple(map(str, headers)))
    matched = {}
    for canonical, wordings in wanted.items():
        header = next((found[name] for name in _names(tuple(wordings)) if name in found), None)
        if header is not None:
            matched[canonical] = header
    return matched


@functools.lru_cache(maxsize=10_000)
def _names(wordings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_normalised, wordings))


@functools.lru_cache(maxsize=1_000)
def _by_name(headers: tuple[str, ...]) -> dict[str, str]:
    """The first header of each normalised name."""
    found: dict[str, str] = {}
    for header in headers:
        found.setdefault(_normalised(header), header)
    return found


def has_columns(table: RawTable, wanted: Wordings, required: Iterable[str]) -> bool:
    """Whether the table has a header for each of the required canonical names."""
    found = _by_name(table.headers)
    return all(
        any(name in found for name in _names(tuple(wanted.get(column, ())))) for column in required
    )


def tidy(table: RawTable, wanted: Wordings) -> pd.DataFrame:
    """The table's rows with the wanted columns under their canonical names, and no others.

    A wanted column that the table lacks is there and wholly missing. The index is
    still the row number that Excel shows.
    """
    matched = match_columns(table.rows.columns, wanted)
    blank = pd.Series(float("nan"), index=table.rows.index, dtype=object)
    cells = {name: table.rows[matched[name]] if name in matched else blank for name in wanted}
    return pd.DataFrame(cells, index=table.rows.index, columns=list(wanted))


def column_places(table: RawTable, wanted: Wordings) -> dict[str, dict[str, str]]:
    """Where a finding says that each column is: its header as found, and its letter.

    A column that the table lacks goes by its preferred wording, one of XML has no letter.
    """
    headers = list(table.rows.columns)
    places = {name: {"column": wordings[0], "letter": ""} for name, wordings in wanted.items()}
    for canonical, header in match_columns(headers, wanted).items():
        places[canonical] = {"column": header, "letter": letter_of(table, header)}
    return places


def letter_of(table: RawTable, header: str) -> str:
    """The letter of the column with this header as Excel shows it; none in XML."""
    if table.paths is not None:
        return ""
    place = list(table.rows.columns).index(header)
    return column_letter(table.positions[place] if table.positions else place)


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
