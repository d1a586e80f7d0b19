"""What was wrong with the data, as it may be printed: problems and protected counts of rows."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Profile
from lscb_analysis.disclosure import protected_count

COLUMNS = ("source", "problem", "rows", "action")


def quality_table(findings: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """One row a kind of problem and source: how many rows have it, small counts withheld.

    A finding about a whole file has no row number and is counted as a file. What was
    found in a cell is never carried over, only what was expected there. Notes are left
    out. The commonest problem comes first.
    """
    findings = findings[findings["severity"].ne("note")]
    if findings.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype("str")
    problems = findings.assign(
        about=findings["row"].ne("").map({True: "rows", False: "files"}),
        problem=findings["column"].where(findings["column"].ne(""), "The file")
        + ": expected "
        + findings["expected"],
    )
    keys = ["source", "problem", "action", "about"]
    counted = problems.groupby(keys, sort=False).size().reset_index(name="count")
    counted = counted.sort_values("count", ascending=False, kind="stable", ignore_index=True)
    counted["rows"] = [
        f"{protected_count(count, profile)} {about}"
        if about == "rows"
        else f"{count} file{'s' if count > 1 else ''}"
        for count, about in zip(counted["count"], counted["about"], strict=True)
    ]
    return counted[list(COLUMNS)].astype("str")
