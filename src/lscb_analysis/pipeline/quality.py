"""What was wrong with the data, as it may be printed: problems and classes of counts."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.disclosure.coarse import coarse_count
from lscb_analysis.findings import UNREAD

COLUMNS = ("source", "problem", "rows", "action")


def quality_table(findings: pd.DataFrame) -> pd.DataFrame:
    """One row a kind of problem and source: how many rows have it, as a coarse class.

    A finding about a whole file has no row number and is counted as one about files. What was
    found in a cell is never carried over, only what was expected there. Notes are left
    out. Files that could not be read come first, then the commonest problem.
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
    problems["is_unread"] = findings["severity"].eq("failed")
    keys = ["source", "problem", "action", "about", "is_unread"]
    counted = problems.groupby(keys, sort=False).size().reset_index(name="count")
    order = ["is_unread", "count"]
    counted = counted.sort_values(order, ascending=False, kind="stable", ignore_index=True)
    counted["rows"] = [
        UNREAD if unread else f"{coarse_count(count)} {about}" if about == "rows" else "files"
        for count, about, unread in counted[["count", "about", "is_unread"]].itertuples(index=False)
    ]
    return counted[list(COLUMNS)].astype("str")
