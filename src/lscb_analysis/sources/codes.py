"""Code tables: what each code stands for and when it was in use, kept as data in the catalogue."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from lscb_analysis.catalogue.toml_file import CatalogueError, nearest, read_toml

FILES = (
    "children",
    "social_care",
    "looked_after",
    "care_leavers",
    "ssda903",
    "cin_census",
    "local_logs",
)


def code_table(name: str) -> Mapping[str, str]:
    """The labels of one code table by code, those of all years together.

    Raises CatalogueError with the nearest name where there is no such table.

    >>> code_table("ethnicity")["WBRI"]
    'White'
    """
    known = _code_tables()
    if name not in known:
        raise CatalogueError(f"there is no code table '{name}'{nearest(name, known)}")
    return known[name]


def codes_out_of_use(name: str, year: int) -> list[str]:
    """The codes of a table that are not in use in the financial year that starts in `year`.

    >>> codes_out_of_use("placement_type", 2016)
    ['K3', 'Z11', 'Z12', 'Z13', 'Z14']
    """
    years = _code_tables().get(f"{name}_years", {})
    return [code for code, (first, last) in years.items() if not first <= year <= last]


@functools.cache
def _code_tables() -> dict[str, dict[str, Any]]:
    return {
        name: table for file in FILES for name, table in read_toml(f"codes/{file}.toml").items()
    }
