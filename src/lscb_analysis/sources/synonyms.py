"""Synonyms: what else partners write for the codes of a table, kept as data in the catalogue.

`catalogue/synonyms.csv` has a row for each wording: `field` is the code table
(`sources.codes`), `canonical` the code of that table that it stands for, or several codes
with `|` between them where returns disagree, and `variant` the wording without case,
spaces and punctuation (`columns.normalise`). A wording that the code table meets by
itself has no row. To add a wording, add a row.

Compiled from the value lists of two open tools that read local authorities' Annex A
returns (liia-tools and the CSCDP Annex A cleaner, MIT licence; facts only). Left out are
bare codes of one authority's own system, system messages, wordings that could be about
one child, and meanings that the law or Ofsted's guidance of August 2019 rules out. Where
the guidance gives a wording another meaning than the returns did, both are there.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType

from lscb_analysis.catalogue.toml_file import CatalogueError
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.columns import normalise

FILE = "synonyms.csv"
BETWEEN_CODES = "|"


def synonyms(table: str) -> Mapping[str, tuple[str, ...]]:
    """The codes that each wording may mean, by the normalised wording: one, or several.

    Empty where a code table has no synonyms. Raises CatalogueError with the nearest name
    where there is no such code table.

    >>> synonyms("case_status")["lac"]
    ('Looked after child',)
    """
    code_table(table)
    return _synonyms().get(table, MappingProxyType({}))


def meanings(table: str, value: object) -> tuple[str, ...]:
    """The codes that a cell's wording may mean: none where it is no synonym, several if unclear.

    >>> meanings("referral_source", "G.P./Surgery")
    ('Health services',)
    >>> meanings("referral_source", "Education - college")
    ('Schools', 'Education services')
    """
    return synonyms(table).get(normalise(value), ())


def read_synonyms(lines: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The codes of each wording by code table, from the lines of a table of synonyms.

    Raises CatalogueError where a code or its table is unknown, a wording is not
    normalised, or a wording stands there twice.
    """
    by_table: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in csv.DictReader(lines):
        table, variant = row["field"], row["variant"]
        codes = tuple(row["canonical"].split(BETWEEN_CODES))
        where = f"{FILE}: {table}: '{variant}'"
        unknown = [code for code in codes if code not in code_table(table)]
        if unknown:
            raise CatalogueError(f"{where} stands for '{unknown[0]}', which is no code")
        if not variant or normalise(variant) != variant:
            raise CatalogueError(f"{where} must be without case, spaces and punctuation")
        if variant in by_table.setdefault(table, {}):
            raise CatalogueError(f"{where} is there twice")
        by_table[table][variant] = codes
    return by_table


@functools.cache
def _synonyms() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = resources.files("lscb_analysis.catalogue").joinpath(FILE).read_text("utf-8")
    by_table = read_synonyms(text.splitlines())
    return {table: MappingProxyType(wordings) for table, wordings in by_table.items()}
