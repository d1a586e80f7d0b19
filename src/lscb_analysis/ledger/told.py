"""The ledger's findings: one row is one thing that does not add up, or that needs a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

COLUMNS = ("severity", "rule", "figures", "labels", "found", "expected", "action")
SEVERITIES = ("failed", "warning", "look", "note")
DOUBTS = ("failed", "warning", "look")
SEPARATOR = "; "
Number = Fraction | float


def finding(
    figures: pd.DataFrame,
    rule: str,
    ids: Sequence[str],
    *,
    found: str,
    expected: str,
    action: str,
    severity: str = "warning",
) -> dict[str, str]:
    """One finding about the figures of these ids: what was found, expected, what to do.

    `failed` means that the report could not be read, `warning` that it does not add up, `look`
    that it does not if its words mean what they suggest, `note` that something in it cannot be
    judged as it is printed. Raises ValueError where the severity is none of these.
    """
    if severity not in SEVERITIES:
        raise ValueError(f"severity is one of {SEVERITIES}, not {severity!r}")
    once = list(dict.fromkeys(ids))
    labels = [str(cell(figures, name, "label")) for name in once if name in figures.index]
    return {
        "severity": severity,
        "rule": rule,
        "figures": SEPARATOR.join(once),
        "labels": SEPARATOR.join(labels),
        "found": found,
        "expected": expected,
        "action": action,
    }


def as_findings(rows: Iterable[dict[str, str]] = ()) -> pd.DataFrame:
    """The findings as a table with its fixed columns, all text."""
    return pd.DataFrame(list(rows), columns=list(COLUMNS)).fillna("").astype("str")


def join_findings(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one table, the gravest first, each written once."""
    frames = [table for table in tables if len(table)]
    if not frames:
        return as_findings()
    joined = pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)
    order = joined["severity"].map(SEVERITIES.index)
    return joined.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def cell(figures: pd.DataFrame, name: str, column: str) -> Any:
    """What stands in one column of a figure."""
    return figures.at[name, column]


def ids_of(finding_row: pd.Series) -> list[str]:
    """The ids of the figures that a finding is about."""
    return [name for name in str(finding_row["figures"]).split(SEPARATOR) if name]


def has_problems(findings: pd.DataFrame) -> bool:
    """Whether anything does not add up, or may not; what only cannot be judged is no problem."""
    return bool(findings["severity"].isin(DOUBTS).any())


def number_text(number: Number, decimals: int | None = None) -> str:
    """A number as it is printed: commas, and no more decimals than it needs (four at most).

    >>> number_text(Fraction(12345)), number_text(Fraction(2, 3), 2), number_text(Fraction(5, 2))
    ('12,345', '0.67', '2.5')
    """
    if decimals is None:
        text = f"{float(number):,.4f}".rstrip("0").rstrip(".")
        return text if text not in ("-0", "") else "0"
    return f"{float(number):,.{decimals}f}"


def named(figures: pd.DataFrame, name: str) -> str:
    """A figure as a text speaks of it: what is printed, and its id.

    >>> named(pd.DataFrame({"text": ["408"]}, index=["CP01"]), "CP01")
    '408 (CP01)'
    """
    return f"{cell(figures, name, 'text')} ({name})"


def listed(texts: Iterable[str]) -> str:
    """The texts in a sentence: `a, b and c`."""
    every = list(texts)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"
