"""What is wrong with the data: one table, a row a finding, to send back to the partner."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import pandas as pd

COLUMNS = ("severity", "source", "file", "row", "column", "found", "expected", "action")
SEVERITIES = ("failed", "warning", "note")


def finding(
    source: str,
    file: str,
    *,
    found: str,
    expected: str,
    action: str,
    row: str | int = "",
    column: str = "",
    severity: str = "warning",
) -> dict[str, str]:
    """One finding: where it is, what was found, what was expected, what to do.

    `row` is the row number that Excel shows. `found` never holds an identifier, a
    name, a date of birth or free text of a child's record: it describes them.
    `failed` means that the source could not be used at all.
    """
    if severity not in SEVERITIES:
        raise ValueError(f"severity is one of {SEVERITIES}, not {severity!r}")
    return {
        "severity": severity,
        "source": source,
        "file": file,
        "row": str(row),
        "column": column,
        "found": found,
        "expected": expected,
        "action": action,
    }


def as_findings(rows: Iterable[dict[str, str]] = ()) -> pd.DataFrame:
    """The findings as a table with its fixed columns, all text."""
    listed = list(rows)
    return _as_table(listed) if listed else _no_findings().copy()


def _as_table(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS)).fillna("").astype("str")


@functools.cache
def _no_findings() -> pd.DataFrame:
    return _as_table([])


def join_findings(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one table, in the order given, with each written once."""
    frames = [table for table in tables if len(table)]
    if not frames:
        return as_findings()
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)


def has_failed(findings: pd.DataFrame) -> bool:
    """Whether any finding means that a source could not be used."""
    return bool((findings["severity"] == "failed").any())
