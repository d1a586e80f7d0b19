"""What each local log holds, from the catalogue (local_logs.toml)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from lscb_analysis.catalogue.toml_file import entry, read_toml


@dataclass(frozen=True)
class LogColumn:
    """One column: its accepted names, what a cell holds, whether a row or the log needs it."""

    names: tuple[str, ...]
    kind: str
    needed: bool = False
    mark: bool = False


@dataclass(frozen=True)
class LocalLog:
    """One log: its id (the table of records), title, who keeps it, key and columns."""

    id: str
    title: str
    agency: str
    key: tuple[str, ...]
    columns: Mapping[str, LogColumn]


@functools.cache
def local_logs() -> dict[str, LocalLog]:
    """The local logs by id.

    >>> local_logs()["training"].columns["course"].kind
    'text'
    """
    found = {}
    for name, table in read_toml("local_logs.toml").items():
        where = f"local_logs.toml [{name}]"
        columns = {
            column: entry(LogColumn, f"{where} {column}", dict(given))
            for column, given in table["columns"].items()
        }
        given = {key: value for key, value in table.items() if key != "columns"}
        found[name] = entry(LocalLog, where, given, id=name, columns=columns)
    return found
