"""What is wrong with the data: one table, a row a finding, to send back to the partner."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

COLUMNS = (
    *("severity", "source", "rule", "file", "sheet", "row", "column", "letter", "child"),
    *("found", "expected", "action"),
)
SEVERITIES = ("failed", "warning", "note")
UNREAD = "could not be read"  # what a page says of a file whose finding is `failed`
ROWS_SHOWN = 10
_FEW_FINDINGS = 1_000


def finding(
    source: str,
    file: str,
    *,
    found: str,
    expected: str,
    action: str,
    sheet: str = "",
    row: str | int = "",
    column: str = "",
    letter: str = "",
    child: str = "",
    rule: str = "",
    severity: str = "warning",
) -> dict[str, str]:
    """One finding: where it is, what was found, what was expected, what to do.

    `row` is the row number that Excel shows (in XML, the path of the element), `letter`
    the column's letter there, `child` the re-keyed reference of the child, `rule` the
    id of the rule that found it. `found` never holds an identifier, a name, a date of
    birth or free text of a child's record: it describes them. `failed` means that the
    source could not be used at all.
    """
    if severity not in SEVERITIES:
        raise ValueError(f"severity is one of {SEVERITIES}, not {severity!r}")
    return {
        "severity": severity,
        "source": source,
        "rule": rule,
        "file": file,
        "sheet": sheet,
        "row": str(row),
        "column": column,
        "letter": letter,
        "child": child,
        "found": found,
        "expected": expected,
        "action": action,
    }


def row_findings(
    problems: Mapping[int, str] | pd.Series,
    source: str,
    file: str,
    *,
    expected: str,
    action: str,
    column: str = "",
    sheet: str = "",
    letter: str = "",
    rule: str = "",
    severity: str = "warning",
) -> pd.DataFrame:
    """One finding for each row with a problem; `problems` is what was found by row number."""
    if not len(problems):
        return no_findings()
    found = problems if isinstance(problems, pd.Series) else pd.Series(problems)
    shared = finding(
        source,
        file,
        sheet=sheet,
        column=column,
        letter=letter,
        rule=rule,
        found="",
        expected=expected,
        action=action,
        severity=severity,
    )
    own = {"row": found.index.astype("str").array, "found": found.astype("str").array}
    same = {name: _repeated(text, len(found)) for name, text in shared.items() if name not in own}
    return pd.DataFrame(same | own, columns=list(COLUMNS))


def as_findings(rows: Iterable[dict[str, str]] = ()) -> pd.DataFrame:
    """The findings as a table with its fixed columns, all text."""
    listed = list(rows)
    return _as_table(listed) if listed else no_findings().copy(deep=False)


def _as_table(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS)).fillna("").astype("str")


def _repeated(text: str, times: int) -> pd.api.extensions.ExtensionArray:
    one = _one_text(text)
    return one if times == 1 else one.take(np.zeros(times, dtype="int64"))


@functools.lru_cache(maxsize=5_000)
def _one_text(text: str) -> pd.api.extensions.ExtensionArray:
    return pd.array([text], dtype="str")


@functools.cache
def no_findings() -> pd.DataFrame:
    """The table without a row, the same one every time: to be joined, never to be changed."""
    return _as_table([])


def join_findings(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one table, in the order given, with each written once."""
    frames = [table for table in tables if len(table)]
    if not frames:
        return as_findings()
    joined = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    if len(joined) <= _FEW_FINDINGS:
        # Of few rows, this tells sooner than pandas that none is there twice.
        rows = joined.to_numpy().tolist()
        if len(set(map(tuple, rows))) == len(rows):
            return joined.reset_index(drop=True)
    return joined.drop_duplicates(ignore_index=True)


def summarised(findings: pd.DataFrame) -> pd.DataFrame:
    """One row for each problem of a place: `rows` that have it (the first ten), `count` of them.

    The columns are those of findings without `row` and `child`. A problem of a whole
    file has no rows and counts once.

    >>> problems = pd.Series("a blank cell", index=[3, 2])
    >>> found = row_findings(problems, "x", "x.csv", expected="a date", action="fill it in")
    >>> summarised(found)[["rows", "count"]].values.tolist()
    [['2, 3', 2]]
    """
    if findings.empty:
        return findings.drop(columns=["row", "child"]).assign(rows="", count=0)
    keys = [name for name in COLUMNS if name not in ("row", "child")]
    grouped = findings.groupby(keys, sort=False)["row"]
    return grouped.agg(row_numbers).rename("rows").reset_index().assign(count=grouped.size().array)


def row_numbers(rows: Iterable[str | int]) -> str:
    """Row numbers as they are shown: the first ten in order, and how many more there are.

    >>> row_numbers([10, 2, 3])
    '2, 3, 10'
    """
    texts = [str(row) for row in rows if str(row)]
    ordered = sorted(texts, key=lambda text: (int(text), "") if text.isdecimal() else (0, text))
    shown, more = ", ".join(ordered[:ROWS_SHOWN]), len(ordered) - ROWS_SHOWN
    return f"{shown} and {few(more)} more" if more > 0 else shown


def few(count: int) -> str:
    """The count, but `a few` from 1 to 5.

    >>> few(3), few(1200)
    ('a few', '1,200')
    """
    return "a few" if 1 <= count <= 5 else f"{count:,}"


def has_failed(findings: pd.DataFrame) -> bool:
    """Whether any finding means that a source could not be used."""
    return bool((findings["severity"] == "failed").any())
