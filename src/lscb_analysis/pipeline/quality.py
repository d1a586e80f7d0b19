"""What was wrong with the data, as it may be printed: problems and classes of counts."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.disclosure.coarse import coarse_count

COLUMNS = ("source", "problem", "rows", "action")


def quality_table(findings: pd.DataFrame) -> pd.DataFrame:
    """One row a kind of problem and source: how many rows have it, as a coarse class.

    A finding about a whole file has no row number and is counted as one about files. What was
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
        f"{coarse_count(count)} {about}" if about == "rows" else "files"
        for count, about in zip(counted["count"], counted["about"], strict=True)
    ]
    return counted[list(COLUMNS)].astype("str")
